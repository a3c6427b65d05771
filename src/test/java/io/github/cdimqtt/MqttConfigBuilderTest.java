package io.github.cdimqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.cdimqtt.support.Canary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MqttConfigBuilderTest {
    private static final String YEAR = "out of range; more than 0 s, at most 365 days";

    @Test
    void setter_ofAWrongValue_leavesTheOldOne() {
        MqttConfig.Builder builder = MqttConfig.builder().maxInflight(5).brokerUrl("a");
        assertThatThrownBy(() -> builder.maxInflight(0)).isInstanceOf(MqttException.class);
        assertThatThrownBy(() -> builder.brokerUrl("a:b")).isInstanceOf(MqttException.class);
        MqttConfig config = builder.build();
        assertThat(config.maxInflight()).isEqualTo(5);
        assertThat(config.brokerUrl()).isEqualTo("a");
        assertThat(config.serverUris()).containsExactly("tcp://a:1883");
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
                typed(b -> b.library("x"), "library='x': unknown; write auto, paho or direct"),
                typed(b -> b.protocolVersion("x"), "protocol-version='x': unknown; write 5, 3.1.1 or 3.1"),
                typed(
                        b -> b.tls(tls -> tls.version("TLSv1")),
                        "tls.version='TLSv1': not safe any more; write TLSv1.2 or TLSv1.3"),
                typed(
                        b -> b.tls(tls -> tls.keystoreType("PEM")),
                        "tls.keystore-type='PEM': unknown; write PKCS12 or JKS"),
                typed(
                        b -> b.tls(tls -> tls.alpn(List.of("a,b"))),
                        "tls.alpn='[a,b]': not a comma list of names of 1 to 255 ASCII characters"),
                typed(b -> b.tls(tls -> tls.keyfile("file:///k")), "tls.keyfile='file:///k': is a URI; write a path"),
                typed(
                        b -> b.persistenceDirectory(Path.of("a\nb")),
                        "persistence-directory='a\\u000ab': contains a control character or the end of a line; write a path"),
                typed(b -> b.reconnect(delay -> delay.minDelay(Duration.ZERO)), "reconnect.min-delay='0s': " + YEAR),
                typed(
                        b -> b.lastWill(will -> will.payload("canary\0")),
                        "last-will.message: contains U+0000, which is not allowed"),
                typed(b -> b.password("canary\0"), "password: contains U+0000, which is not allowed"));
    }

    private static Arguments typed(Consumer<MqttConfig.Builder> setter, String fault) {
        return arguments(setter, fault);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrongTyped")
    void setter_ofAWrongValue_saysWhatIsAllowed(Consumer<MqttConfig.Builder> setter, String fault) {
        assertThatThrownBy(() -> setter.accept(MqttConfig.builder()))
                .isInstanceOf(MqttException.class)
                .hasMessage(fault);
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
                .webSockets(true)
                .protocolVersion("3.1")
                .library("direct")
                .tls(tls -> tls.enabled(true)
                        .caCerts("ca")
                        .certfile("cert")
                        .keyfile("key")
                        .keyfilePassword(Canary.WORD + "kp")
                        .certRequired(false)
                        .version("TLSv1.3")
                        .ciphers("ci")
                        .alpn(List.of("al"))
                        .insecure(true))
                .lastWill(will ->
                        will.topic("w").payload("m").qos(Qos.EXACTLY_ONCE).retain(true))
                .connectAsync(true)
                .enabled(false)
                .failFast(true)
                .reconnect(delay -> delay.minDelay(Duration.ofMillis(3)).maxDelay(Duration.ofMillis(4)))
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
        assertThat(config.library()).isEqualTo("direct");
        assertThat(config.tlsEnabled()).isTrue();
        assertThat(config.tls().enabled()).isTrue();
        assertThat(config.tls().caCerts()).isEqualTo("ca");
        assertThat(config.tls().certfile()).isEqualTo("cert");
        assertThat(config.tls().keyfile()).isEqualTo("key");
        assertThat(config.tls().keyfilePassword()).isEqualTo(Canary.WORD + "kp");
        assertThat(config.tls().certRequired()).isFalse();
        assertThat(config.tls().version()).isEqualTo("TLSv1.3");
        assertThat(config.tls().ciphers()).isEqualTo("ci");
        assertThat(config.tls().alpn()).containsExactly("al");
        assertThat(config.tls().insecure()).isTrue();
        assertThat(config.lastWill())
                .extracting(LastWill::topic, LastWill::text, LastWill::qos, LastWill::retain)
                .containsExactly("w", "m", Qos.EXACTLY_ONCE, true);
        assertThat(config.connectAsync()).isTrue();
        assertThat(config.enabled()).isFalse();
        assertThat(config.failFast()).isTrue();
        assertThat(config.reconnect().minDelay()).hasMillis(3);
        assertThat(config.reconnect().maxDelay()).hasMillis(4);
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
        MqttConfig config = MqttConfig.builder()
                .lastWill(will -> will.topic("w").payload(payload))
                .build();
        payload[0] = 7;
        config.lastWill().payload()[0] = 8;
        assertThat(config.lastWill().payload()).containsExactly(0, 0xff, 1);
        assertThat(config.toString() + config.lastWill())
                .isEqualTo("MqttConfig[last-will.topic=w, last-will.message=***]LastWill[w, QoS 0]");
        byte[] large = new byte[65_536];
        assertThatThrownBy(() -> LastWill.builder().payload(large))
                .isInstanceOf(MqttException.class)
                .hasMessage("last-will.message: 65536 bytes long; at most 65535");
    }

    @Test
    void setters_ofKeyStores_giveWhatTheGettersReturn() {
        TlsConfig tls = TlsConfig.builder()
                .keystore("ks")
                .keystorePassword(Canary.WORD + "ksp")
                .keystoreType("JKS")
                .truststore("ts")
                .truststorePassword(Canary.WORD + "tsp")
                .truststoreType("JKS")
                .build();
        assertThat(tls.keystore()).isEqualTo("ks");
        assertThat(tls.keystorePassword()).isEqualTo(Canary.WORD + "ksp");
        assertThat(tls.keystoreType()).isEqualTo("JKS");
        assertThat(tls.truststore()).isEqualTo("ts");
        assertThat(tls.truststorePassword()).isEqualTo(Canary.WORD + "tsp");
        assertThat(tls.truststoreType()).isEqualTo("JKS");
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
                .tls(tls -> tls.caCerts("a").caCerts(null).ciphers("b").ciphers(""))
                .lastWill(will -> will.topic("w").payload("m").topic(null).payload(""))
                .build();
        assertThat(config).hasToString("MqttConfig[]");
    }

    @Test
    void build_ofGroupsThatContradict_reportsAllOfThem() {
        MqttConfig.Builder builder = MqttConfig.builder()
                .password(Canary.WORD)
                .lastWill(will -> will.qos(Qos.AT_LEAST_ONCE))
                .reconnect(delay -> delay.minDelay(Duration.ofSeconds(90)))
                .tls(tls -> tls.caCerts("ca").truststore("ts"));
        assertThatThrownBy(builder::build).isInstanceOf(MqttException.class).hasMessage("""
                        password: needs a user name (MQTT 3.1.1 [MQTT-3.1.2-22]); set username
                        last-will.qos: a last will needs a topic; set last-will.topic
                        reconnect.min-delay='1m30s': longer than reconnect.max-delay, 1m
                        tls.ca-certs='ca': says the same as tls.truststore; remove one of them""");
    }

    @Test
    void build_ofOneGroup_reportsItsFaults() {
        assertThatThrownBy(() -> LastWill.builder().build())
                .isInstanceOf(MqttException.class)
                .hasMessage("last-will.topic: a last will needs a topic; set it");
        assertThatThrownBy(() -> LastWill.builder().retain(true).build())
                .isInstanceOf(MqttException.class)
                .hasMessage("last-will.retain: a last will needs a topic; set last-will.topic");
        assertThatThrownBy(() -> TlsConfig.builder().certfile("c").keystore("k").build())
                .isInstanceOf(MqttException.class)
                .hasMessage("tls.certfile='c': says the same as tls.keystore; remove one of them");
        assertThatThrownBy(() ->
                        ReconnectConfig.builder().maxDelay(Duration.ofMillis(1)).build())
                .isInstanceOf(MqttException.class)
                .hasMessage("reconnect.min-delay='1s': longer than reconnect.max-delay, 0.001s");
    }
}
