package io.github.cdimqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MqttConfigBuilderTest {
    private static final String BOOLEAN = "unknown; write true or false";
    private static final String DURATION = "not a duration; write 5, 5s, 500ms or PT5S";
    private static final String YEAR = "out of range; more than 0 s, at most 365 days";

    static Stream<Arguments> wrong() {
        return Stream.of(
                arguments("broker-url", "", "broker-url='': empty; write tcp://host:port"),
                arguments("broker-port", "abc", "broker-port='abc': not a whole number; 1 to 65535"),
                arguments("broker-port", "0", "broker-port='0': out of range; 1 to 65535"),
                arguments("broker-port", "65536", "broker-port='65536': out of range; 1 to 65535"),
                arguments(
                        "broker-port",
                        "99999999999999999999",
                        "broker-port='99999999999999999999': out of range; 1 to 65535"),
                arguments("client-id", "a\0b", "client-id='a?b': contains U+0000, which MQTT does not allow"),
                arguments("client-id", "a\ud800", "client-id='a?': contains half of a surrogate pair"),
                arguments(
                        "client-id",
                        "ä".repeat(32_768),
                        "client-id='" + "ä".repeat(100) + "...': 65536 bytes long; at most 65535"),
                arguments(
                        "client-id",
                        "a-{hots}",
                        "client-id='a-{hots}': unknown placeholder {hots}; {host}, {app} or {random}"),
                arguments("clean-session", "maybe", "clean-session='maybe': " + BOOLEAN),
                arguments("username", "canary\0", "username: contains U+0000, which MQTT does not allow"),
                arguments("password", "canary\0", "password: contains U+0000, which MQTT does not allow"),
                arguments("keepalive", "abc", "keepalive='abc': " + DURATION),
                arguments("keepalive", "-5", "keepalive='-5': " + DURATION),
                arguments("keepalive", "1.5", "keepalive='1.5': " + DURATION),
                arguments("keepalive", "5 apples", "keepalive='5 apples': " + DURATION),
                arguments("keepalive", "999999999999999999h", "keepalive='999999999999999999h': " + DURATION),
                arguments(
                        "keepalive",
                        "65536",
                        "keepalive='65536': out of range; 0 s (off) to 65535 s, in whole seconds"),
                arguments(
                        "keepalive",
                        "500ms",
                        "keepalive='500ms': out of range; 0 s (off) to 65535 s, in whole seconds"),
                arguments("connection-timeout", "0", "connection-timeout='0': " + YEAR),
                arguments("connection-timeout", "PT-5S", "connection-timeout='PT-5S': " + YEAR),
                arguments("connection-timeout", "8761h", "connection-timeout='8761h': " + YEAR),
                arguments("transport", "unix", "transport='unix': unknown; write tcp or websockets"),
                arguments("protocol-version", "5", "protocol-version='5': not supported yet; write 3.1.1 or 3.1"),
                arguments("protocol-version", "5.0", "protocol-version='5.0': not supported yet; write 3.1.1 or 3.1"),
                arguments("protocol-version", "2", "protocol-version='2': unknown; write 3.1.1 or 3.1"),
                arguments("tls.enabled", "2", "tls.enabled='2': " + BOOLEAN),
                arguments("tls.ca-certs", "a\0", "tls.ca-certs='a?': contains U+0000, which MQTT does not allow"),
                arguments("tls.certfile", "a\0", "tls.certfile='a?': contains U+0000, which MQTT does not allow"),
                arguments("tls.keyfile", "a\0", "tls.keyfile='a?': contains U+0000, which MQTT does not allow"),
                arguments(
                        "tls.keyfile-password",
                        "a\0",
                        "tls.keyfile-password: contains U+0000, which MQTT does not allow"),
                arguments("tls.cert-reqs", "some", "tls.cert-reqs='some': unknown; write required or none"),
                arguments("tls.version", "4", "tls.version='4': not safe any more; write TLSv1.2 or TLSv1.3"),
                arguments(
                        "tls.version",
                        "PROTOCOL_TLSv1",
                        "tls.version='PROTOCOL_TLSv1': not safe any more; write TLSv1.2 or TLSv1.3"),
                arguments("tls.version", "1.4", "tls.version='1.4': unknown; write TLSv1.2 or TLSv1.3"),
                arguments("tls.ciphers", "a\0", "tls.ciphers='a?': contains U+0000, which MQTT does not allow"),
                arguments("tls.insecure", "", "tls.insecure='': " + BOOLEAN),
                arguments("tls.keystore", "a\0", "tls.keystore='a?': contains U+0000, which MQTT does not allow"),
                arguments(
                        "tls.keystore-password",
                        "a\0",
                        "tls.keystore-password: contains U+0000, which MQTT does not allow"),
                arguments("tls.keystore-type", "PEM", "tls.keystore-type='PEM': unknown; write PKCS12 or JKS"),
                arguments("tls.truststore", "a\0", "tls.truststore='a?': contains U+0000, which MQTT does not allow"),
                arguments(
                        "tls.truststore-password",
                        "a\0",
                        "tls.truststore-password: contains U+0000, which MQTT does not allow"),
                arguments("tls.truststore-type", "x", "tls.truststore-type='x': unknown; write PKCS12 or JKS"),
                arguments("last-will.topic", "a\0", "last-will.topic='a?': contains U+0000, which MQTT does not allow"),
                arguments(
                        "last-will.message",
                        "canary\0",
                        "last-will.message: contains U+0000, which MQTT does not allow"),
                arguments("last-will.qos", "3", "last-will.qos='3': unknown; write 0, 1 or 2"),
                arguments("last-will.retain", "x", "last-will.retain='x': " + BOOLEAN),
                arguments("presence.topic", "a\0", "presence.topic='a?': contains U+0000, which MQTT does not allow"),
                arguments("connect-async", "x", "connect-async='x': " + BOOLEAN),
                arguments("enabled", "x", "enabled='x': " + BOOLEAN),
                arguments("fail-fast", "x", "fail-fast='x': " + BOOLEAN),
                arguments("reconnect.min-delay", "0", "reconnect.min-delay='0': " + YEAR),
                arguments("reconnect.max-delay", "x", "reconnect.max-delay='x': " + DURATION),
                arguments("max-inflight", "0", "max-inflight='0': out of range; 1 to 65535"),
                arguments("max-inflight", "65536", "max-inflight='65536': out of range; 1 to 65535"),
                arguments("offline-buffer", "-1", "offline-buffer='-1': out of range; 0 or more"),
                arguments("offline-buffer", "2147483648", "offline-buffer='2147483648': out of range; 0 or more"),
                arguments(
                        "persistence-directory",
                        "a\0b",
                        "persistence-directory='a?b': not a path; Nul character not allowed"),
                arguments("dispatch.concurrency", "1025", "dispatch.concurrency='1025': out of range; 1 to 1024"),
                arguments("dispatch.concurrency", "0", "dispatch.concurrency='0': out of range; 1 to 1024"),
                arguments("dispatch.queue-capacity", "0", "dispatch.queue-capacity='0': out of range; 1 or more"),
                arguments(
                        "on-failure", "default", "on-failure='default': unknown; write ack, redeliver or dead-letter"),
                arguments(
                        "dead-letter-topic",
                        "a\0",
                        "dead-letter-topic='a?': contains U+0000, which MQTT does not allow"),
                arguments("shutdown-timeout", "PT-1S", "shutdown-timeout='PT-1S': out of range; 0 s to 365 days"),
                arguments("max-message-size", "0", "max-message-size='0': out of range; 1 to 268435455 bytes"),
                arguments(
                        "max-message-size", "257MiB", "max-message-size='257MiB': out of range; 1 to 268435455 bytes"),
                arguments(
                        "max-message-size", "1GB", "max-message-size='1GB': not a size; write 1048576, 64KiB or 1MiB"));
    }

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource("wrong")
    void set_ofAWrongValue_saysWhatIsAllowed(String key, String value, String fault) {
        MqttConfigBuilder builder = MqttConfig.builder();
        assertThatThrownBy(() -> builder.set(key, value))
                .isInstanceOf(MqttException.class)
                .hasMessage(fault);
    }

    @Test
    void everyKey_hasAWrongValueInTheTable() {
        assertThat(wrong().map(arguments -> arguments.get()[0]).distinct())
                .containsExactlyInAnyOrderElementsOf(MqttConfig.keys());
    }

    @Test
    void set_ofAnUnknownKey_namesThoseThereAre() {
        assertThatThrownBy(() -> MqttConfig.builder().set("brokr-url", "x"))
                .isInstanceOf(MqttException.class)
                .hasMessage("brokr-url: unknown key; there are " + String.join(", ", MqttConfig.keys()));
    }

    @Test
    void set_ofAWrongValue_leavesTheOldOne() {
        MqttConfigBuilder builder = MqttConfig.builder().maxInflight(5);
        assertThatThrownBy(() -> builder.set("max-inflight", "x")).isInstanceOf(MqttException.class);
        assertThat(builder.build().maxInflight()).isEqualTo(5);
    }

    static Stream<Arguments> wrongTyped() {
        return Stream.of(
                typed(b -> b.brokerPort(0), "broker-port='0': out of range; 1 to 65535"),
                typed(
                        b -> b.keepalive(Duration.ofMillis(1500)),
                        "keepalive='1.5s': out of range; 0 s (off) to 65535 s, in whole seconds"),
                typed(
                        b -> b.keepalive(Duration.ofSeconds(-1)),
                        "keepalive='-1s': out of range; 0 s (off) to 65535 s, in whole seconds"),
                typed(
                        b -> b.connectionTimeout(Duration.ofSeconds(Long.MAX_VALUE)),
                        "connection-timeout='2562047788015215h30m7s': " + YEAR),
                typed(b -> b.maxMessageSize(-1), "max-message-size='-1': out of range; 1 to 268435455 bytes"),
                typed(
                        b -> b.onFailure(OnFailure.DEFAULT),
                        "on-failure='DEFAULT': unknown; write ack, redeliver or dead-letter"),
                typed(b -> b.transport("x"), "transport='x': unknown; write tcp or websockets"),
                typed(b -> b.password("canary\0"), "password: contains U+0000, which MQTT does not allow"));
    }

    private static Arguments typed(Consumer<MqttConfigBuilder> setter, String fault) {
        return arguments(setter, fault);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrongTyped")
    void setter_ofAWrongValue_saysWhatIsAllowed(Consumer<MqttConfigBuilder> setter, String fault) {
        assertThatThrownBy(() -> setter.accept(MqttConfig.builder()))
                .isInstanceOf(MqttException.class)
                .hasMessage(fault);
    }

    @Test
    void setters_areNamedAfterTheKeys() {
        assertThat(Arrays.stream(MqttConfigBuilder.class.getMethods())
                        .filter(method -> method.getReturnType() == MqttConfigBuilder.class
                                && method.getParameterCount() == 1
                                && Modifier.isPublic(method.getModifiers()))
                        .map(Method::getName)
                        .collect(Collectors.toSet()))
                .isEqualTo(MqttConfig.keys().stream()
                        .map(MqttConfigBuilderTest::camelCase)
                        .collect(Collectors.toSet()));
    }

    private static String camelCase(String key) {
        return Pattern.compile("[.-](.)")
                .matcher(key)
                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    }

    @Test
    void setters_ofEveryType_giveWhatTheGettersReturn() {
        MqttConfig config = MqttConfig.builder()
                .brokerUrl("a,b")
                .brokerPort(7)
                .clientId("c")
                .cleanSession(false)
                .username("u")
                .password("p")
                .keepalive(Duration.ofSeconds(7))
                .connectionTimeout(Duration.ofMillis(7))
                .transport("websockets")
                .protocolVersion("3.1")
                .tlsEnabled(true)
                .tlsCaCerts("ca")
                .tlsCertfile("cert")
                .tlsKeyfile("key")
                .tlsKeyfilePassword("kp")
                .tlsCertReqs("none")
                .tlsVersion("TLSv1.3")
                .tlsCiphers("ci")
                .tlsInsecure(true)
                .tlsKeystore("ks")
                .tlsKeystorePassword("ksp")
                .tlsKeystoreType("JKS")
                .tlsTruststore("ts")
                .tlsTruststorePassword("tsp")
                .tlsTruststoreType("JKS")
                .lastWillTopic("w")
                .lastWillMessage("m")
                .lastWillQos(Qos.EXACTLY_ONCE)
                .lastWillRetain(true)
                .connectAsync(true)
                .enabled(false)
                .failFast(true)
                .reconnectMinDelay(Duration.ofMillis(3))
                .reconnectMaxDelay(Duration.ofMillis(4))
                .maxInflight(8)
                .offlineBuffer(9)
                .persistenceDirectory(Path.of("d"))
                .dispatchConcurrency(10)
                .dispatchQueueCapacity(11)
                .onFailure(OnFailure.DEAD_LETTER)
                .deadLetterTopic("dead")
                .shutdownTimeout(Duration.ofMillis(12))
                .maxMessageSize(13)
                .build();
        assertThat(config.serverUris()).containsExactly("wss://a:7", "wss://b:7");
        assertThat(config.clientId()).isEqualTo("c");
        assertThat(config.cleanSession()).isFalse();
        assertThat(config.username()).isEqualTo("u");
        assertThat(config.password()).isEqualTo("p");
        assertThat(config.keepalive()).hasSeconds(7);
        assertThat(config.connectionTimeout()).hasMillis(7);
        assertThat(config.protocolVersion()).isEqualTo("3.1");
        assertThat(config.tlsEnabled()).isTrue();
        assertThat(config.tlsCaCerts()).isEqualTo("ca");
        assertThat(config.tlsCertfile()).isEqualTo("cert");
        assertThat(config.tlsKeyfile()).isEqualTo("key");
        assertThat(config.tlsKeyfilePassword()).isEqualTo("kp");
        assertThat(config.tlsCertRequired()).isFalse();
        assertThat(config.tlsVersion()).isEqualTo("TLSv1.3");
        assertThat(config.tlsCiphers()).isEqualTo("ci");
        assertThat(config.tlsInsecure()).isTrue();
        assertThat(config.tlsKeystore()).isEqualTo("ks");
        assertThat(config.tlsKeystorePassword()).isEqualTo("ksp");
        assertThat(config.tlsKeystoreType()).isEqualTo("JKS");
        assertThat(config.tlsTruststore()).isEqualTo("ts");
        assertThat(config.tlsTruststorePassword()).isEqualTo("tsp");
        assertThat(config.tlsTruststoreType()).isEqualTo("JKS");
        assertThat(config.lastWill()).isEqualTo(new MqttConfig.LastWill("w", "m", Qos.EXACTLY_ONCE, true));
        assertThat(config.connectAsync()).isTrue();
        assertThat(config.enabled()).isFalse();
        assertThat(config.failFast()).isTrue();
        assertThat(config.reconnectMinDelay()).hasMillis(3);
        assertThat(config.reconnectMaxDelay()).hasMillis(4);
        assertThat(config.maxInflight()).isEqualTo(8);
        assertThat(config.offlineBuffer()).isEqualTo(9);
        assertThat(config.persistenceDirectory()).isEqualTo(Path.of("d"));
        assertThat(config.dispatchConcurrency()).isEqualTo(10);
        assertThat(config.dispatchQueueCapacity()).isEqualTo(11);
        assertThat(config.onFailure()).isEqualTo(OnFailure.DEAD_LETTER);
        assertThat(config.deadLetterTopic()).isEqualTo("dead");
        assertThat(config.shutdownTimeout()).hasMillis(12);
        assertThat(config.maxMessageSize()).isEqualTo(13);
        assertThat(MqttConfig.builder().presenceTopic("p").build().presenceTopic())
                .isEqualTo("p");
    }

    @Test
    void setters_ofNullOrEmptyText_unset() {
        MqttConfig config = MqttConfig.builder()
                .username("u")
                .username(null)
                .clientId("c")
                .clientId("")
                .persistenceDirectory(Path.of("d"))
                .persistenceDirectory(null)
                .brokerUrl("a")
                .brokerUrl(null)
                .build();
        assertThat(config).hasToString("MqttConfig[]");
    }
}
