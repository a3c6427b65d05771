package io.github.cdimqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.cdimqtt.MqttConfig.LastWill;
import io.github.cdimqtt.testing.Canary;
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
    private static final String YEAR = "out of range; more than 0 s, at most 365 days";

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
                typed(b -> b.password("canary\0"), "password: contains U+0000, which is not allowed"));
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
                .password(Canary.WORD)
                .keepalive(Duration.ofSeconds(7))
                .connectionTimeout(Duration.ofMillis(7))
                .transport("websockets")
                .protocolVersion("3.1")
                .tlsEnabled(true)
                .tlsCaCerts("ca")
                .tlsCertfile("cert")
                .tlsKeyfile("key")
                .tlsKeyfilePassword(Canary.WORD + "kp")
                .tlsCertReqs("none")
                .tlsVersion("TLSv1.3")
                .tlsCiphers("ci")
                .tlsAlpn("al")
                .tlsInsecure(true)
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
        assertThat(config.password()).isEqualTo(Canary.WORD);
        assertThat(config.keepalive()).hasSeconds(7);
        assertThat(config.connectionTimeout()).hasMillis(7);
        assertThat(config.protocolVersion()).isEqualTo("3.1");
        assertThat(config.tlsEnabled()).isTrue();
        assertThat(config.tlsCaCerts()).isEqualTo("ca");
        assertThat(config.tlsCertfile()).isEqualTo("cert");
        assertThat(config.tlsKeyfile()).isEqualTo("key");
        assertThat(config.tlsKeyfilePassword()).isEqualTo(Canary.WORD + "kp");
        assertThat(config.tlsCertRequired()).isFalse();
        assertThat(config.tlsVersion()).isEqualTo("TLSv1.3");
        assertThat(config.tlsCiphers()).isEqualTo("ci");
        assertThat(config.tlsAlpn()).containsExactly("al");
        assertThat(config.tlsInsecure()).isTrue();
        assertThat(config.lastWill())
                .extracting(LastWill::topic, LastWill::message, LastWill::qos, LastWill::retain)
                .containsExactly("w", "m", Qos.EXACTLY_ONCE, true);
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
    void lastWill_ofBytes_isTheBytesAsTheyWere() {
        byte[] payload = {0, (byte) 0xff, 1};
        MqttConfig config =
                MqttConfig.builder().lastWillTopic("w").lastWillMessage(payload).build();
        payload[0] = 7;
        config.lastWill().payload()[0] = 8;
        assertThat(config.lastWill().payload()).containsExactly(0, 0xff, 1);
        assertThat(config.toString() + config.lastWill())
                .isEqualTo("MqttConfig[last-will.topic=w, last-will.message=***]LastWill[w, QoS 0]");
        byte[] large = new byte[65_536];
        assertThatThrownBy(() -> MqttConfig.builder().lastWillMessage(large))
                .isInstanceOf(MqttException.class)
                .hasMessage("last-will.message: 65536 bytes long; at most 65535");
    }

    @Test
    void setters_ofKeyStores_giveWhatTheGettersReturn() {
        MqttConfig config = MqttConfig.builder()
                .tlsKeystore("ks")
                .tlsKeystorePassword(Canary.WORD + "ksp")
                .tlsKeystoreType("JKS")
                .tlsTruststore("ts")
                .tlsTruststorePassword(Canary.WORD + "tsp")
                .tlsTruststoreType("JKS")
                .build();
        assertThat(config.tlsKeystore()).isEqualTo("ks");
        assertThat(config.tlsKeystorePassword()).isEqualTo(Canary.WORD + "ksp");
        assertThat(config.tlsKeystoreType()).isEqualTo("JKS");
        assertThat(config.tlsTruststore()).isEqualTo("ts");
        assertThat(config.tlsTruststorePassword()).isEqualTo(Canary.WORD + "tsp");
        assertThat(config.tlsTruststoreType()).isEqualTo("JKS");
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
