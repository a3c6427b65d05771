package io.github.cdimqtt.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownKeysTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mqtt.brokr-url              | mqtt.brokr-url (did you mean mqtt.broker-url?)
                    mqtt.broker.url             | mqtt.broker.url (did you mean mqtt.broker-url?)
                    mqtt.brokerUrl              | mqtt.brokerUrl (did you mean mqtt.broker-url?)
                    mqtt.tsl.enabled            | mqtt.tsl.enabled (did you mean mqtt.tls.enabled?)
                    mqtt.last-will-topic        | mqtt.last-will-topic (did you mean mqtt.last-will.topic?)
                    mqtt.reconnect.delay.min    | mqtt.reconnect.delay.min
                    mqtt.user                   | mqtt.user
                    mqtt.user-name              | mqtt.user-name (did you mean mqtt.username?)
                    mqtt.clientid               | mqtt.clientid (did you mean mqtt.client-id?)
                    mqtt.client                 | mqtt.client
                    mqtt.                       | mqtt.
                    mqtt.default.broker-url     | mqtt.default.broker-url (did you mean mqtt.broker-url?)
                    mqtt.tls.broker-url         | mqtt.tls.broker-url (did you mean mqtt.broker-url?)
                    mqtt.plant.brokr-url        | mqtt.plant.brokr-url (did you mean mqtt.plant.broker-url?)
                    mqtt.pant.keepalive         | mqtt.pant.keepalive (did you mean mqtt.plant.keepalive?)
                    mqtt.cloud.keepalive        | mqtt.cloud.keepalive (there is no mqtt.cloud.broker-url)
                    mqtt.cloud.tls.enabled      | mqtt.cloud.tls.enabled (there is no mqtt.cloud.broker-url)
                    mqtt.cloud.brokr-url        | mqtt.cloud.brokr-url (did you mean mqtt.cloud.broker-url?)
                    MQTT_BROKR_URL              | MQTT_BROKR_URL (did you mean MQTT_BROKER_URL?)
                    MQTT_TLS_CA_CERT            | MQTT_TLS_CA_CERT (did you mean MQTT_TLS_CA_CERTS?)
                    MQTT_DEFAULT_KEEPALIVE      | MQTT_DEFAULT_KEEPALIVE (did you mean MQTT_KEEPALIVE?)
                    MQTT_CLOUD_KEEPALIVE        | MQTT_CLOUD_KEEPALIVE (there is no MQTT_CLOUD_BROKER_URL)
                    MQTT_PLANT_BROKR_URL        | MQTT_PLANT_BROKR_URL (did you mean MQTT_PLANT_BROKER_URL?)
                    MQTT_TOPIC                  | MQTT_TOPIC
                    MQTT_OTHER_PORT             | MQTT_OTHER_PORT
                    """)
    void describe_ofAnUnknownKey_saysWhatWasMeant(String name, String description) {
        assertThat(new UnknownKeys(Set.of(name), List.of("plant")).describe()).containsExactly(description);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MQTT_PORT",
                "MQTT_SERVICE_HOST",
                "MQTT_SERVICE_PORT",
                "MQTT_SERVICE_PORT_MQTT_TLS",
                "MQTT_PORT_1883_TCP",
                "MQTT_PORT_1883_TCP_ADDR",
                "MQTT_PORT_1883_TCP_PORT",
                "MQTT_PORT_1883_TCP_PROTO",
                "MQTT_REFRESH_TIME",
                "MQTT",
                "MQTTX_HOST",
                "mqttx.host",
                "path"
            })
    void describe_ofWhatIsNotOurs_isSilent(String name) {
        assertThat(new UnknownKeys(Set.of(name), List.of()).describe()).isEmpty();
    }

    @Test
    void describe_ofAllKnownKeys_isSilent() {
        Set<String> names = new HashSet<>();
        for (String key : MqttConfig.keys()) {
            names.addAll(Set.of("mqtt." + key, "mqtt.plant." + key));
            names.add(EnvironmentName.upperCaseOf("mqtt." + key));
            names.add(EnvironmentName.upperCaseOf("mqtt.plant." + key));
        }
        assertThat(new UnknownKeys(names, List.of("plant", "default")).describe())
                .isEmpty();
    }

    @Test
    void describe_ofAVariableThatMicroProfileListsAsAKeyToo_isSilent() {
        assertThat(new UnknownKeys(Set.of("MQTT_BROKER_URL", "mqtt.broker.url"), List.of()).describe())
                .isEmpty();
    }
}
