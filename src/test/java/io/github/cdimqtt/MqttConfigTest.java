package io.github.cdimqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MqttConfigTest {

    @Test
    void keys_areThoseOfTheContract() {
        assertThat(MqttConfig.keys())
                .containsExactlyInAnyOrder(
                        "broker-url",
                        "broker-port",
                        "client-id",
                        "clean-session",
                        "username",
                        "password",
                        "keepalive",
                        "connection-timeout",
                        "transport",
                        "protocol-version",
                        "tls.enabled",
                        "tls.ca-certs",
                        "tls.certfile",
                        "tls.keyfile",
                        "tls.keyfile-password",
                        "tls.cert-reqs",
                        "tls.version",
                        "tls.ciphers",
                        "tls.insecure",
                        "tls.keystore",
                        "tls.keystore-password",
                        "tls.keystore-type",
                        "tls.truststore",
                        "tls.truststore-password",
                        "tls.truststore-type",
                        "last-will.topic",
                        "last-will.message",
                        "last-will.qos",
                        "last-will.retain",
                        "presence.topic",
                        "connect-async",
                        "enabled",
                        "fail-fast",
                        "reconnect.min-delay",
                        "reconnect.max-delay",
                        "max-inflight",
                        "offline-buffer",
                        "persistence-directory",
                        "dispatch.concurrency",
                        "dispatch.queue-capacity",
                        "on-failure",
                        "dead-letter-topic",
                        "shutdown-timeout",
                        "max-message-size");
    }

    static Stream<Arguments> defaults() {
        return Stream.of(
                value("serverUris", MqttConfig::serverUris, List.of("tcp://localhost:1883")),
                value("clientId", MqttConfig::clientId, null),
                value("cleanSession", MqttConfig::cleanSession, true),
                value("username", MqttConfig::username, null),
                value("password", MqttConfig::password, null),
                value("keepalive", MqttConfig::keepalive, Duration.ofSeconds(60)),
                value("connectionTimeout", MqttConfig::connectionTimeout, Duration.ofSeconds(5)),
                value("protocolVersion", MqttConfig::protocolVersion, "3.1.1"),
                value("tlsEnabled", MqttConfig::tlsEnabled, false),
                value("tlsCaCerts", MqttConfig::tlsCaCerts, null),
                value("tlsCertfile", MqttConfig::tlsCertfile, null),
                value("tlsKeyfile", MqttConfig::tlsKeyfile, null),
                value("tlsKeyfilePassword", MqttConfig::tlsKeyfilePassword, null),
                value("tlsCertRequired", MqttConfig::tlsCertRequired, true),
                value("tlsVersion", MqttConfig::tlsVersion, null),
                value("tlsCiphers", MqttConfig::tlsCiphers, null),
                value("tlsInsecure", MqttConfig::tlsInsecure, false),
                value("tlsKeystore", MqttConfig::tlsKeystore, null),
                value("tlsKeystorePassword", MqttConfig::tlsKeystorePassword, null),
                value("tlsKeystoreType", MqttConfig::tlsKeystoreType, null),
                value("tlsTruststore", MqttConfig::tlsTruststore, null),
                value("tlsTruststorePassword", MqttConfig::tlsTruststorePassword, null),
                value("tlsTruststoreType", MqttConfig::tlsTruststoreType, null),
                value("lastWill", MqttConfig::lastWill, null),
                value("presenceTopic", MqttConfig::presenceTopic, null),
                value("connectAsync", MqttConfig::connectAsync, false),
                value("enabled", MqttConfig::enabled, true),
                value("failFast", MqttConfig::failFast, false),
                value("reconnectMinDelay", MqttConfig::reconnectMinDelay, Duration.ofSeconds(1)),
                value("reconnectMaxDelay", MqttConfig::reconnectMaxDelay, Duration.ofSeconds(60)),
                value("maxInflight", MqttConfig::maxInflight, 1000),
                value("offlineBuffer", MqttConfig::offlineBuffer, 10_000),
                value("persistenceDirectory", MqttConfig::persistenceDirectory, null),
                value("dispatchConcurrency", MqttConfig::dispatchConcurrency, 1),
                value("dispatchQueueCapacity", MqttConfig::dispatchQueueCapacity, 10_000),
                value("onFailure", MqttConfig::onFailure, OnFailure.ACK),
                value("deadLetterTopic", MqttConfig::deadLetterTopic, null),
                value("shutdownTimeout", MqttConfig::shutdownTimeout, Duration.ofSeconds(5)),
                value("maxMessageSize", MqttConfig::maxMessageSize, 268_435_455));
    }

    private static Arguments value(String getter, Function<MqttConfig, Object> get, Object expected) {
        return arguments(getter, get, expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("defaults")
    void getter_ofAnEmptyConfiguration_givesTheDefault(
            String getter, Function<MqttConfig, Object> get, Object expected) {
        assertThat(get.apply(MqttConfig.builder().build())).isEqualTo(expected);
    }

    static Stream<Arguments> texts() {
        Function<MqttConfig, Object> tlsVersion = MqttConfig::tlsVersion;
        Function<MqttConfig, Object> certRequired = MqttConfig::tlsCertRequired;
        Function<MqttConfig, Object> uris = MqttConfig::serverUris;
        Function<MqttConfig, Object> keepalive = MqttConfig::keepalive;
        Function<MqttConfig, Object> size = MqttConfig::maxMessageSize;
        return Stream.of(
                text("broker-url=ssl://b", uris, List.of("ssl://b:8883")),
                text("broker-port=1884", uris, List.of("tcp://localhost:1884")),
                text("broker-port= 1884 ", uris, List.of("tcp://localhost:1884")),
                text("transport=websockets", uris, List.of("ws://localhost:1883")),
                text("transport=WebSockets", uris, List.of("ws://localhost:1883")),
                text("transport=tcp", uris, List.of("tcp://localhost:1883")),
                text("client-id=c {host}-{app}-{random}", MqttConfig::clientId, "c {host}-{app}-{random}"),
                text("client-id=", MqttConfig::clientId, null),
                text("clean-session=true", MqttConfig::cleanSession, true),
                text("username=u", MqttConfig::username, "u"),
                text("username=", MqttConfig::username, null),
                text("keepalive=5", keepalive, Duration.ofSeconds(5)),
                text("keepalive=5s", keepalive, Duration.ofSeconds(5)),
                text("keepalive= 5 S ", keepalive, Duration.ofSeconds(5)),
                text("keepalive=3000ms", keepalive, Duration.ofSeconds(3)),
                text("keepalive=2m", keepalive, Duration.ofMinutes(2)),
                text("keepalive=1h", keepalive, Duration.ofHours(1)),
                text("keepalive=PT5S", keepalive, Duration.ofSeconds(5)),
                text("keepalive=0", keepalive, Duration.ZERO),
                text("keepalive=65535", keepalive, Duration.ofSeconds(65_535)),
                text("connection-timeout=1ms", MqttConfig::connectionTimeout, Duration.ofMillis(1)),
                text("protocol-version=3.1", MqttConfig::protocolVersion, "3.1"),
                text("protocol-version=3", MqttConfig::protocolVersion, "3.1"),
                text("protocol-version=MQTTv31", MqttConfig::protocolVersion, "3.1"),
                text("protocol-version=3.1.1", MqttConfig::protocolVersion, "3.1.1"),
                text("protocol-version=4", MqttConfig::protocolVersion, "3.1.1"),
                text("protocol-version=MQTTv311", MqttConfig::protocolVersion, "3.1.1"),
                text("tls.enabled=true", MqttConfig::tlsEnabled, true),
                text("tls.enabled=true", uris, List.of("ssl://localhost:8883")),
                text("tls.ca-certs=/a b/ca.pem", MqttConfig::tlsCaCerts, "/a b/ca.pem"),
                text("tls.certfile=c", MqttConfig::tlsCertfile, "c"),
                text("tls.keyfile=k", MqttConfig::tlsKeyfile, "k"),
                text("tls.keyfile-password= p ", MqttConfig::tlsKeyfilePassword, " p "),
                text("tls.cert-reqs=required", certRequired, true),
                text("tls.cert-reqs=CERT_REQUIRED", certRequired, true),
                text("tls.cert-reqs=ssl.CERT_REQUIRED", certRequired, true),
                text("tls.cert-reqs=2", certRequired, true),
                text("tls.cert-reqs=True", certRequired, true),
                text("tls.cert-reqs=CERT_OPTIONAL", certRequired, true),
                text("tls.cert-reqs=1", certRequired, true),
                text("tls.cert-reqs=none", certRequired, false),
                text("tls.cert-reqs=CERT_NONE", certRequired, false),
                text("tls.cert-reqs=ssl.CERT_NONE", certRequired, false),
                text("tls.cert-reqs=0", certRequired, false),
                text("tls.version=TLSv1.3", tlsVersion, "TLSv1.3"),
                text("tls.version=1.3", tlsVersion, "TLSv1.3"),
                text("tls.version=tlsv1.2", tlsVersion, "TLSv1.2"),
                text("tls.version=PROTOCOL_TLSv1_2", tlsVersion, "TLSv1.2"),
                text("tls.version=ssl.PROTOCOL_TLSv1_2", tlsVersion, "TLSv1.2"),
                text("tls.version=5", tlsVersion, "TLSv1.2"),
                text("tls.version=PROTOCOL_TLS", tlsVersion, null),
                text("tls.version=PROTOCOL_TLS_CLIENT", tlsVersion, null),
                text("tls.version=2", tlsVersion, null),
                text("tls.version=16", tlsVersion, null),
                text("tls.ciphers=A:B", MqttConfig::tlsCiphers, "A:B"),
                text("tls.insecure=True", MqttConfig::tlsInsecure, true),
                text("tls.keystore=k", MqttConfig::tlsKeystore, "k"),
                text("tls.keystore-password=p", MqttConfig::tlsKeystorePassword, "p"),
                text("tls.keystore-type=pkcs12", MqttConfig::tlsKeystoreType, "PKCS12"),
                text("tls.truststore=t", MqttConfig::tlsTruststore, "t"),
                text("tls.truststore-password=p", MqttConfig::tlsTruststorePassword, "p"),
                text("tls.truststore-type=jks", MqttConfig::tlsTruststoreType, "JKS"),
                text("last-will.topic=w", MqttConfig::lastWill, will("w", "", Qos.AT_MOST_ONCE, false)),
                text("presence.topic=p", MqttConfig::presenceTopic, "p"),
                text("connect-async=yes", MqttConfig::connectAsync, true),
                text("enabled=off", MqttConfig::enabled, false),
                text("enabled=False", MqttConfig::enabled, false),
                text("enabled=0", MqttConfig::enabled, false),
                text("enabled=no", MqttConfig::enabled, false),
                text("fail-fast=1", MqttConfig::failFast, true),
                text("fail-fast=on", MqttConfig::failFast, true),
                text("fail-fast=TRUE", MqttConfig::failFast, true),
                text("reconnect.min-delay=500ms", MqttConfig::reconnectMinDelay, Duration.ofMillis(500)),
                text("reconnect.max-delay=PT2M", MqttConfig::reconnectMaxDelay, Duration.ofMinutes(2)),
                text("max-inflight=65535", MqttConfig::maxInflight, 65_535),
                text("offline-buffer=0", MqttConfig::offlineBuffer, 0),
                text("dispatch.concurrency=1024", MqttConfig::dispatchConcurrency, 1024),
                text("dispatch.queue-capacity=1", MqttConfig::dispatchQueueCapacity, 1),
                text("on-failure=Ack", MqttConfig::onFailure, OnFailure.ACK),
                text("dead-letter-topic=dead/{topic}", MqttConfig::deadLetterTopic, "dead/{topic}"),
                text("shutdown-timeout=0", MqttConfig::shutdownTimeout, Duration.ZERO),
                text("max-message-size=1048576", size, 1_048_576),
                text("max-message-size=64KiB", size, 65_536),
                text("max-message-size=255 MiB", size, 267_386_880),
                text("max-message-size=256 MiB", size, 268_435_455),
                text("max-message-size=10b", size, 10));
    }

    private static Arguments text(String setting, Function<MqttConfig, Object> get, Object expected) {
        return arguments(setting, get, expected);
    }

    private static MqttConfig.LastWill will(String topic, String message, Qos qos, boolean retain) {
        return new MqttConfig.LastWill(topic, message, qos, retain);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("texts")
    void getter_afterText_givesItsValue(String setting, Function<MqttConfig, Object> get, Object expected) {
        assertThat(get.apply(config(setting))).isEqualTo(expected);
    }

    /** Those that the table above can't show alone, because they need another key. */
    @Test
    void getter_afterTextThatNeedsAnotherKey_givesItsValue() {
        MqttConfig config = config(
                "client-id=c",
                "clean-session=False",
                "username=u",
                "password=p",
                "last-will.topic=w",
                "last-will.message=gone",
                "last-will.qos=2",
                "last-will.retain=True",
                "persistence-directory=/var/lib/x",
                "on-failure=redeliver");
        assertThat(config.cleanSession()).isFalse();
        assertThat(config.password()).isEqualTo("p");
        assertThat(config.lastWill()).isEqualTo(will("w", "gone", Qos.EXACTLY_ONCE, true));
        assertThat(config.persistenceDirectory()).isEqualTo(Path.of("/var/lib/x"));
        assertThat(config.onFailure()).isEqualTo(OnFailure.REDELIVER);
    }

    @ParameterizedTest
    @CsvSource({"0, AT_MOST_ONCE", "1, AT_LEAST_ONCE", "2, EXACTLY_ONCE", "at_least_once, AT_LEAST_ONCE"})
    void lastWill_ofEachQos_hasIt(String text, Qos expected) {
        assertThat(config("last-will.topic=w", "last-will.qos=" + text)
                        .lastWill()
                        .qos())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"dead-letter", "DEAD_LETTER", "Dead-Letter"})
    void onFailure_inAnySpelling_isDeadLetter(String text) {
        assertThat(config("on-failure=" + text, "dead-letter-topic=d").onFailure())
                .isEqualTo(OnFailure.DEAD_LETTER);
    }

    @Test
    void everyKey_isReadByATextOfTheTable() {
        List<String> shown = Stream.concat(
                        texts().map(arguments -> arguments.get()[0].toString()),
                        Stream.of(
                                "password=",
                                "last-will.message=",
                                "last-will.qos=",
                                "last-will.retain=",
                                "persistence-directory="))
                .map(setting -> setting.substring(0, setting.indexOf('=')))
                .distinct()
                .collect(Collectors.toList());
        assertThat(shown).containsExactlyInAnyOrderElementsOf(MqttConfig.keys());
    }

    @Test
    void toString_ofEverything_hidesSecrets() {
        MqttConfig config = config(
                "username=canary1",
                "password=canary2",
                "tls.keyfile-password=canary3",
                "tls.keystore-password=canary4",
                "tls.truststore-password=canary5",
                "last-will.topic=w",
                "last-will.message=canary6",
                "broker-url=a, wss://b/mqtt");
        assertThat(config)
                .hasToString("MqttConfig[broker-url=[tcp://a:1883, wss://b:8883/mqtt], username=***, password=***, "
                        + "tls.keyfile-password=***, tls.keystore-password=***, tls.truststore-password=***, "
                        + "last-will.topic=w, last-will.message=***]");
        assertThat(config.lastWill()).hasToString("LastWill[w, QoS 0]");
    }

    @Test
    void build_thenChangeOfTheBuilder_leavesTheConfigurationAsItWas() {
        MqttConfigBuilder builder = MqttConfig.builder().clientId("a");
        MqttConfig config = builder.build();
        builder.clientId("b");
        assertThat(config.clientId()).isEqualTo("a");
    }

    static MqttConfig config(String... settings) {
        MqttConfigBuilder builder = MqttConfig.builder();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            builder.set(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return builder.build();
    }
}
