package io.github.cdimqtt.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.LastWill;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.reporting.Problem;
import io.github.cdimqtt.support.Canary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every variable of Flask-MQTT's "Configuration Keys", with the values that its documents and Python write. */
class FlaskEnvironmentTest {
    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("MQTT_CLIENT_ID", "flask_mqtt"),
            Map.entry("MQTT_CLEAN_SESSION", "False"),
            Map.entry("MQTT_BROKER_URL", "mybroker.com"),
            Map.entry("MQTT_BROKER_PORT", "8884"),
            Map.entry("MQTT_USERNAME", "user"),
            Map.entry("MQTT_PASSWORD", Canary.WORD),
            Map.entry("MQTT_KEEPALIVE", "5"),
            Map.entry("MQTT_CONNECTION_TIMEOUT", "10"),
            Map.entry("MQTT_TLS_ENABLED", "True"),
            Map.entry("MQTT_TLS_CA_CERTS", "mosquitto.org.crt"),
            Map.entry("MQTT_TLS_CERTFILE", "client.crt"),
            Map.entry("MQTT_TLS_KEYFILE", "client.key"),
            Map.entry("MQTT_TLS_CERT_REQS", "CERT_NONE"),
            Map.entry("MQTT_TLS_VERSION", "PROTOCOL_TLSv1_2"),
            Map.entry("MQTT_TLS_CIPHERS", "ECDHE-RSA-AES128-GCM-SHA256"),
            Map.entry("MQTT_TLS_INSECURE", "True"),
            Map.entry("MQTT_LAST_WILL_TOPIC", "home/lastwill"),
            Map.entry("MQTT_LAST_WILL_MESSAGE", "bye"),
            Map.entry("MQTT_LAST_WILL_QOS", "2"),
            Map.entry("MQTT_LAST_WILL_RETAIN", "True"),
            Map.entry("MQTT_TRANSPORT", "websockets"),
            Map.entry("MQTT_PROTOCOL_VERSION", "3"),
            Map.entry("MQTT_REFRESH_TIME", "1.0"));

    private final List<Problem> reported = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void environment_ofFlaskMqtt_worksAsItIs(Sources sources) {
        MqttConfig config = read(sources, ENVIRONMENT);
        assertThat(reported).isEmpty();
        assertThat(config.clientId()).isEqualTo("flask_mqtt");
        assertThat(config.cleanSession()).isFalse();
        assertThat(config.serverUris()).containsExactly("wss://mybroker.com:8884");
        assertThat(config.username()).isEqualTo("user");
        assertThat(config.password()).isEqualTo(Canary.WORD);
        assertThat(config.keepalive()).hasSeconds(5);
        assertThat(config.connectionTimeout()).hasSeconds(10);
        assertThat(config.tlsEnabled()).isTrue();
        assertThat(config.tls().caCerts()).isEqualTo("mosquitto.org.crt");
        assertThat(config.tls().certfile()).isEqualTo("client.crt");
        assertThat(config.tls().keyfile()).isEqualTo("client.key");
        assertThat(config.tls().certRequired()).isFalse();
        assertThat(config.tls().version()).isEqualTo("TLSv1.2");
        assertThat(config.tls().ciphers()).isEqualTo("ECDHE-RSA-AES128-GCM-SHA256");
        assertThat(config.tls().insecure()).isTrue();
        assertThat(config.lastWill())
                .extracting(LastWill::topic, LastWill::text, LastWill::qos, LastWill::retain)
                .containsExactly("home/lastwill", "bye", Qos.EXACTLY_ONCE, true);
        assertThat(config.protocolVersion()).isEqualTo("3.1");
    }

    static Stream<Arguments> values() {
        Function<MqttConfig, Object> certRequired = config -> config.tls().certRequired();
        Function<MqttConfig, Object> version = config -> config.tls().version();
        return Stream.of(
                Arguments.of(
                        "MQTT_PROTOCOL_VERSION",
                        "4",
                        (Function<MqttConfig, Object>) MqttConfig::protocolVersion,
                        "3.1.1"),
                Arguments.of("MQTT_TLS_CERT_REQS", "CERT_REQUIRED", certRequired, true),
                Arguments.of("MQTT_TLS_CERT_REQS", "2", certRequired, true),
                Arguments.of("MQTT_TLS_CERT_REQS", "0", certRequired, false),
                Arguments.of("MQTT_TLS_CERT_REQS", "True", certRequired, true),
                Arguments.of("MQTT_TLS_VERSION", "5", version, "TLSv1.2"),
                Arguments.of("MQTT_TLS_VERSION", "2", version, null),
                Arguments.of("MQTT_CLIENT_ID", "", (Function<MqttConfig, Object>) MqttConfig::clientId, null),
                Arguments.of("MQTT_USERNAME", "", (Function<MqttConfig, Object>) MqttConfig::username, null));
    }

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource("values")
    void variable_withAValueOfPython_means(
            String variable, String value, Function<MqttConfig, Object> getter, Object expected) {
        for (Sources sources : Sources.values()) {
            assertThat(getter.apply(read(sources, Map.of(variable, value)))).isEqualTo(expected);
        }
        assertThat(reported).isEmpty();
    }

    /** A service named {@code mqtt}, one named {@code mqtt-broker}, and what an application for Flask-MQTT sets. */
    @ParameterizedTest
    @EnumSource
    void environment_ofKubernetes_isNotOurs(Sources sources) {
        Map<String, String> environment = new HashMap<>(Map.of("MQTT_BROKER_URL", "mqtt"));
        for (String service : List.of("MQTT", "MQTT_BROKER", "MQTT_GATEWAY")) {
            environment.put(service + "_SERVICE_HOST", "10.0.0.1");
            environment.put(service + "_SERVICE_PORT", "1883");
            environment.put(service + "_SERVICE_PORT_MQTT", "1883");
            environment.put(service + "_PORT", "tcp://10.0.0.1:1883");
            environment.put(service + "_PORT_1883_TCP", "tcp://10.0.0.1:1883");
            environment.put(service + "_PORT_1883_TCP_ADDR", "10.0.0.1");
            environment.put(service + "_PORT_1883_TCP_PORT", "1883");
            environment.put(service + "_PORT_1883_TCP_PROTO", "tcp");
        }
        assertThat(read(sources, environment).serverUris()).containsExactly("tcp://mqtt:1883");
        assertThat(reported).extracting(Problem::id).containsExactly(MessageId.IGNORED_PORT);
    }

    private MqttConfig read(Sources sources, Map<String, String> environment) {
        ConfigReader reader = new ConfigReader(sources.of(Map.of(), environment), reported::add);
        MqttConfig config = reader.read("default");
        reader.warnOfUnknownKeys(Set.of());
        return config;
    }
}
