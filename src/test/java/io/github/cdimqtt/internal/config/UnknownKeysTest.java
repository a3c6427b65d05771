package io.github.cdimqtt.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
                    mqtt.reconnect.delay.min    | mqtt.reconnect.delay.min (did you mean mqtt.reconnect.min-delay?)
                    mqtt.user                   | mqtt.user (did you mean mqtt.username?)
                    mqtt.user-name              | mqtt.user-name (did you mean mqtt.username?)
                    mqtt.clientid               | mqtt.clientid (did you mean mqtt.client-id?)
                    mqtt.client                 | mqtt.client (did you mean mqtt.client-id?)
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
                    MQTT_OTHER_PORT             | MQTT_OTHER_PORT (did you mean MQTT_OTHER_BROKER_PORT?)
                    mqtt.host                   | mqtt.host (did you mean mqtt.broker-url?)
                    mqtt.server-uri             | mqtt.server-uri (did you mean mqtt.broker-url?)
                    mqtt.serverUri              | mqtt.serverUri (did you mean mqtt.broker-url?)
                    mqtt.cloud.url              | mqtt.cloud.url (did you mean mqtt.cloud.broker-url?)
                    mqtt.plant.port             | mqtt.plant.port (did you mean mqtt.plant.broker-port?)
                    mqtt.ssl.enabled            | mqtt.ssl.enabled (did you mean mqtt.tls.enabled?)
                    mqtt.tls.ca                 | mqtt.tls.ca (did you mean mqtt.tls.ca-certs?)
                    mqtt.driver                 | mqtt.driver (did you mean mqtt.library?)
                    mqtt.will.topic             | mqtt.will.topic (did you mean mqtt.last-will.topic?)
                    mqtt.session-expiry-interval | mqtt.session-expiry-interval (did you mean mqtt.session-expiry?)
                    mqtt.receivemaximum         | mqtt.receivemaximum (did you mean mqtt.receive-maximum?)
                    mqtt.topic-alias            | mqtt.topic-alias (did you mean mqtt.topic-alias-maximum?)
                    mqtt.will.delay             | mqtt.will.delay (did you mean mqtt.last-will.delay?)
                    mqtt.response-topic         | mqtt.response-topic (did you mean mqtt.reply-topic?)
                    mqtt.user-property          | mqtt.user-property (did you mean mqtt.user-properties?)
                    MQTT_PASS                   | MQTT_PASS (did you mean MQTT_PASSWORD?)
                    MQTT_HOST                   | MQTT_HOST (did you mean MQTT_BROKER_URL?)
                    MQTT_PLANT_USER             | MQTT_PLANT_USER (did you mean MQTT_PLANT_USERNAME?)
                    \ufeffmqtt.broker-url      | \\ufeffmqtt.broker-url (a byte order mark is in front of mqtt.broker-url; save the file without one)
                    """)
    void describe_ofAnUnknownKey_saysWhatWasMeant(String name, String description) {
        assertThat(new UnknownKeys(Set.of(name), List.of("plant"), any -> null).describe())
                .containsExactly(description);
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
        assertThat(new UnknownKeys(Set.of(name), List.of(), any -> null).describe())
                .isEmpty();
    }

    @Test
    void describe_ofAPort_tellsANumberFromTheUrlOfKubernetes() {
        Map<String, String> values =
                Map.of("MQTT_PORT", "21000", "MQTT_OTHER_PORT", "1883", "MQTT_OTHER_SERVICE_HOST", "10.0.0.1");
        assertThat(new UnknownKeys(values.keySet(), List.of(), values::get).describe())
                .containsExactly(
                        "MQTT_OTHER_PORT (did you mean MQTT_OTHER_BROKER_PORT?)",
                        "MQTT_PORT (did you mean MQTT_BROKER_PORT?)");
        assertThat(new UnknownKeys(values.keySet(), List.of(), name -> "tcp://10.0.0.1:1883").describe())
                .isEmpty();
    }

    @Test
    void synonyms_areOfKeysThatThereAre() {
        for (String word : List.of("host", "port", "user", "pass", "id", "cafile", "ssl", "willTopic", "trust-store")) {
            assertThat(Settings.KEYS).contains(Synonyms.keyOf(word));
        }
        assertThat(Settings.KEYS).containsAll(Synonyms.keys());
        for (String key : Settings.KEYS) {
            assertThat(Synonyms.keyOf(key)).isIn(null, key);
        }
    }

    @Test
    void describe_ofAllKnownKeys_isSilent() {
        Set<String> names = new HashSet<>();
        for (String key : Settings.KEYS) {
            names.addAll(Set.of("mqtt." + key, "mqtt.plant." + key));
            names.add(EnvironmentName.upperCaseOf("mqtt." + key));
            names.add(EnvironmentName.upperCaseOf("mqtt.plant." + key));
        }
        assertThat(new UnknownKeys(names, List.of("plant", "default"), any -> null).describe())
                .isEmpty();
    }

    @Test
    void describe_ofAVariableThatMicroProfileListsAsAKeyToo_isSilent() {
        assertThat(new UnknownKeys(Set.of("MQTT_BROKER_URL", "mqtt.broker.url"), List.of(), any -> null).describe())
                .isEmpty();
    }
}
