package io.github.cdimqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MqttConfigTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    serverUris            | [tcp://localhost:1883]
                    clientId              | null
                    cleanSession          | true
                    username              | null
                    password              | null
                    keepalive             | PT1M
                    connectionTimeout     | PT5S
                    protocolVersion       | 3.1.1
                    library               | auto
                    tlsEnabled            | false
                    tls.caCerts            | null
                    tls.certfile           | null
                    tls.keyfile            | null
                    tls.keyfilePassword    | null
                    tls.certRequired       | true
                    tls.version            | null
                    tls.ciphers            | null
                    tls.insecure           | false
                    tls.keystore           | null
                    tls.keystorePassword   | null
                    tls.keystoreType       | null
                    tls.truststore         | null
                    tls.truststorePassword | null
                    tls.truststoreType     | null
                    lastWill              | null
                    presenceTopic         | null
                    connectAsync          | false
                    enabled               | true
                    failFast              | false
                    reconnect.minDelay     | PT1S
                    reconnect.maxDelay     | PT1M
                    maxInflight           | 1000
                    offlineBuffer         | 10000
                    persistenceDirectory  | null
                    dispatchConcurrency   | 1
                    dispatchQueueCapacity | 10000
                    onFailure             | ACK
                    deadLetterTopic       | null
                    shutdownTimeout       | PT5S
                    maxMessageSize        | 268435455
                    lastWillDelay         | PT0S
                    sessionExpiry         | PT0S
                    sessionKept           | false
                    receiveMaximum        | 1000
                    topicAliasMaximum     | 16
                    subscriptionIdentifiers | true
                    noLocal               | false
                    retainAsPublished     | false
                    userProperties        | []
                    replyTopic            | reply/{client-id}
                    requestTimeout        | PT10S
                    """)
    void getter_ofAnEmptyConfiguration_givesTheDefault(String getter, String expected) throws Exception {
        assertThat(value(MqttConfig.builder().build(), getter)).hasToString(expected);
    }

    /** Returns what a getter gives, of a group behind a dot. */
    private static String value(Object config, String getter) throws Exception {
        Object value = config;
        for (String each : getter.split("[.]")) {
            value = value.getClass().getMethod(each).invoke(value);
        }
        return String.valueOf(value);
    }

    @Test
    void toString_ofEverything_hidesSecrets() {
        MqttConfig config = MqttConfig.builder()
                .username("canary1")
                .password("canary2")
                .tls(tls -> tls.keyfilePassword("canary3")
                        .keystorePassword("canary4")
                        .truststorePassword("canary5"))
                .lastWill(will -> will.topic("w").payload("canary6"))
                .brokerUrl("a, wss://b/mqtt")
                .build();
        assertThat(config)
                .hasToString("MqttConfig[broker-url=[tcp://a:1883, wss://b:8883/mqtt], username=***, password=***, "
                        + "tls.keyfile-password=***, tls.keystore-password=***, tls.truststore-password=***, "
                        + "last-will.topic=w, last-will.message=***]");
        assertThat(config.lastWill()).hasToString("LastWill[w, QoS 0]");
    }

    @Test
    void build_thenChangeOfTheBuilder_leavesTheConfigurationAsItWas() {
        MqttConfig.Builder builder = MqttConfig.builder().clientId("a");
        MqttConfig config = builder.build();
        builder.clientId("b");
        assertThat(config.clientId()).isEqualTo("a");
    }

    @Test
    void toString_ofEverySetting_namesItInTheOrderOfTheKeys() {
        MqttConfig config = MqttConfig.builder()
                .brokerPort(7)
                .clientId("c")
                .cleanSession(false)
                .keepalive(Duration.ZERO)
                .connectionTimeout(Duration.ofSeconds(1))
                .webSockets(true)
                .protocolVersion("3.1")
                .library("paho")
                .tls(tls -> tls.enabled(true)
                        .caCerts("ca")
                        .certfile("cert")
                        .keyfile("key")
                        .certRequired(false)
                        .version("TLSv1.3")
                        .ciphers("ci")
                        .alpn(List.of("a", "b"))
                        .insecure(true)
                        .keystoreType("JKS")
                        .truststoreType("PKCS12"))
                .lastWill(will -> will.topic("w").qos(Qos.AT_LEAST_ONCE).retain(true))
                .connectAsync(true)
                .enabled(false)
                .failFast(true)
                .reconnect(delay -> delay.minDelay(Duration.ofSeconds(2)).maxDelay(Duration.ofSeconds(3)))
                .maxInflight(1)
                .offlineBuffer(2)
                .persistenceDirectory(Path.of("d"))
                .dispatchConcurrency(3)
                .dispatchQueueCapacity(4)
                .onFailure(OnFailure.REDELIVER)
                .deadLetterTopic("dead")
                .shutdownTimeout(Duration.ofSeconds(6))
                .maxMessageSize(5)
                .build();
        assertThat(config)
                .hasToString("MqttConfig[broker-port=7, client-id=c, clean-session=false, keepalive=PT0S,"
                        + " connection-timeout=PT1S, transport=websockets, protocol-version=3.1, library=paho, tls.enabled=true,"
                        + " tls.ca-certs=ca, tls.certfile=cert, tls.keyfile=key, tls.cert-reqs=none,"
                        + " tls.version=TLSv1.3, tls.ciphers=ci, tls.alpn=[a, b], tls.insecure=true,"
                        + " tls.keystore-type=JKS, tls.truststore-type=PKCS12, last-will.topic=w,"
                        + " last-will.qos=AT_LEAST_ONCE, last-will.retain=true, connect-async=true, enabled=false,"
                        + " fail-fast=true, reconnect.min-delay=PT2S, reconnect.max-delay=PT3S, max-inflight=1,"
                        + " offline-buffer=2, persistence-directory=d, dispatch.concurrency=3,"
                        + " dispatch.queue-capacity=4, on-failure=REDELIVER, dead-letter-topic=dead,"
                        + " shutdown-timeout=PT6S, max-message-size=5]");
        assertThat(config.toBuilder().build()).hasToString(config.toString());
        assertThat(config.tls())
                .hasToString(config.tls().toBuilder().build().toString())
                .asString()
                .startsWith("TlsConfig[tls.enabled=true, ");
        assertThat(config.reconnect())
                .hasToString("ReconnectConfig[reconnect.min-delay=PT2S, reconnect.max-delay=PT3S]");
    }

    @Test
    void toBuilder_thenChange_leavesTheConfigurationAsItWas() {
        MqttConfig config = MqttConfig.builder()
                .clientId("a")
                .tls(tls -> tls.caCerts("ca"))
                .lastWill(will -> will.topic("w").payload("m"))
                .reconnect(delay -> delay.minDelay(Duration.ofSeconds(2)))
                .build();
        String before = config.toString();
        MqttConfig changed = config.toBuilder()
                .clientId("b")
                .tls(tls -> tls.caCerts("other"))
                .lastWill(will -> will.topic("other"))
                .reconnect(delay -> delay.minDelay(Duration.ofSeconds(3)))
                .build();
        assertThat(config).hasToString(before);
        assertThat(changed.lastWill().text()).isEqualTo("m");
        assertThat(changed)
                .hasToString(before.replace("client-id=a", "client-id=b")
                        .replace("certs=ca", "certs=other")
                        .replace("topic=w", "topic=other")
                        .replace("PT2S", "PT3S"));
    }

    @Test
    void groups_ofTheirOwn_areTakenAsTheyAre() {
        TlsConfig tls = TlsConfig.builder().caCerts("ca").build();
        LastWill will = LastWill.builder().topic("w").qos(Qos.EXACTLY_ONCE).build();
        ReconnectConfig reconnect =
                ReconnectConfig.builder().maxDelay(Duration.ofSeconds(9)).build();
        assertThat(MqttConfig.builder()
                        .tls(tls)
                        .lastWill(will)
                        .reconnect(reconnect)
                        .build())
                .hasToString("MqttConfig[tls.ca-certs=ca, last-will.topic=w, last-will.qos=EXACTLY_ONCE,"
                        + " reconnect.max-delay=PT9S]");
    }
}
