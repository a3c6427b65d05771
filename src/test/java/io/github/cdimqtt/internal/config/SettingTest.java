package io.github.cdimqtt.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.LastWill;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.support.Statement;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingTest {

    /** What is set, the getter, what it gives. */
    private static final String TEXTS = """
            broker-url=ssl://b                | serverUris            | [ssl://b:8883]
            broker-port=1884                  | serverUris            | [tcp://localhost:1884]
            'broker-port= 1884 '              | serverUris            | [tcp://localhost:1884]
            transport=websockets              | serverUris            | [ws://localhost:1883]
            transport=WebSockets              | serverUris            | [ws://localhost:1883]
            transport=tcp                     | serverUris            | [tcp://localhost:1883]
            client-id=c {host}-{app}-{random} | clientId              | c {host}-{app}-{random}
            client-id=                        | clientId              | null
            clean-session=true                | cleanSession          | true
            username=u                        | username              | u
            username=                         | username              | null
            keepalive=5                       | keepalive             | PT5S
            keepalive=5s                      | keepalive             | PT5S
            'keepalive= 5 S '                 | keepalive             | PT5S
            keepalive=3000ms                  | keepalive             | PT3S
            keepalive=2m                      | keepalive             | PT2M
            keepalive=1h                      | keepalive             | PT1H
            keepalive=PT5S                    | keepalive             | PT5S
            keepalive=0                       | keepalive             | PT0S
            keepalive=65535                   | keepalive             | PT18H12M15S
            connection-timeout=1ms            | connectionTimeout     | PT0.001S
            protocol-version=3.1              | protocolVersion       | 3.1
            protocol-version=3                | protocolVersion       | 3.1
            protocol-version=MQTTv31          | protocolVersion       | 3.1
            protocol-version=3.1.1            | protocolVersion       | 3.1.1
            protocol-version=4                | protocolVersion       | 3.1.1
            protocol-version=MQTTv311         | protocolVersion       | 3.1.1
            protocol-version=5                | protocolVersion       | 5
            protocol-version=5.0              | protocolVersion       | 5
            protocol-version=MQTTv5           | protocolVersion       | 5
            library=direct                    | library               | direct
            library=Paho                      | library               | paho
            tls.enabled=true                  | tlsEnabled            | true
            tls.enabled=true                  | serverUris            | [ssl://localhost:8883]
            tls.ca-certs=/a b/ca.pem          | tls.caCerts            | /a b/ca.pem
            tls.certfile=c                    | tls.certfile           | c
            tls.keyfile=k                     | tls.keyfile            | k
            'tls.keyfile-password= p '        | tls.keyfilePassword    | ' p '
            tls.cert-reqs=required            | tls.certRequired       | true
            tls.cert-reqs=CERT_REQUIRED       | tls.certRequired       | true
            tls.cert-reqs=ssl.CERT_REQUIRED   | tls.certRequired       | true
            tls.cert-reqs=2                   | tls.certRequired       | true
            tls.cert-reqs=True                | tls.certRequired       | true
            tls.cert-reqs=CERT_OPTIONAL       | tls.certRequired       | true
            tls.cert-reqs=1                   | tls.certRequired       | true
            tls.cert-reqs=none                | tls.certRequired       | false
            tls.cert-reqs=CERT_NONE           | tls.certRequired       | false
            tls.cert-reqs=ssl.CERT_NONE       | tls.certRequired       | false
            tls.cert-reqs=0                   | tls.certRequired       | false
            tls.version=TLSv1.3               | tls.version            | TLSv1.3
            tls.version=1.3                   | tls.version            | TLSv1.3
            tls.version=tlsv1.2               | tls.version            | TLSv1.2
            tls.version=PROTOCOL_TLSv1_2      | tls.version            | TLSv1.2
            tls.version=ssl.PROTOCOL_TLSv1_2  | tls.version            | TLSv1.2
            tls.version=5                     | tls.version            | TLSv1.2
            tls.version=PROTOCOL_TLS          | tls.version            | null
            tls.version=PROTOCOL_TLS_CLIENT   | tls.version            | null
            tls.version=2                     | tls.version            | null
            tls.version=16                    | tls.version            | null
            tls.ciphers=A:B                   | tls.ciphers            | A:B
            tls.alpn=                         | tls.alpn               | []
            'tls.alpn= x-amzn-mqtt-ca , h2'   | tls.alpn               | [x-amzn-mqtt-ca, h2]
            tls.insecure=True                 | tls.insecure           | true
            tls.keystore=k                    | tls.keystore           | k
            tls.keystore-password=p           | tls.keystorePassword   | p
            tls.keystore-type=pkcs12          | tls.keystoreType       | PKCS12
            tls.truststore=t                  | tls.truststore         | t
            tls.truststore-password=p         | tls.truststorePassword | p
            tls.truststore-type=jks           | tls.truststoreType     | JKS
            last-will.topic=w                 | lastWill              | LastWill[w, QoS 0]
            presence.topic=p                  | presenceTopic         | p
            connect-async=yes                 | connectAsync          | true
            enabled=off                       | enabled               | false
            enabled=False                     | enabled               | false
            enabled=0                         | enabled               | false
            enabled=no                        | enabled               | false
            fail-fast=1                       | failFast              | true
            fail-fast=on                      | failFast              | true
            fail-fast=TRUE                    | failFast              | true
            reconnect.min-delay=500ms         | reconnect.minDelay     | PT0.5S
            reconnect.max-delay=PT2M          | reconnect.maxDelay     | PT2M
            max-inflight=65000                | maxInflight           | 65000
            offline-buffer=0                  | offlineBuffer         | 0
            publish-in-transaction=now        | publishInTransaction  | NOW
            publish-in-transaction=After_Commit | publishInTransaction  | AFTER_COMMIT
            outbox.data-source=java:comp/db   | outbox.dataSource     | java:comp/db
            outbox.table=shop.told            | outbox.table          | shop.told
            outbox.create=true                | outbox.create         | true
            outbox.interval=100ms             | outbox.interval       | PT0.1S
            outbox.interval=1h                | outbox.interval       | PT1H
            outbox.attempts=1                 | outbox.attempts       | 1
            dispatch.concurrency=1024         | dispatchConcurrency   | 1024
            dispatch.queue-capacity=1         | dispatchQueueCapacity | 1
            on-failure=Ack                    | onFailure             | ACK
            dead-letter-topic=dead/{topic}    | deadLetterTopic       | dead/{topic}
            shutdown-timeout=0                | shutdownTimeout       | PT0S
            max-message-size=1048576          | maxMessageSize        | 1048576
            max-message-size=64KiB            | maxMessageSize        | 65536
            max-message-size=255 MiB          | maxMessageSize        | 267386880
            max-message-size=256 MiB          | maxMessageSize        | 268435455
            max-message-size=10b              | maxMessageSize        | 10
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = TEXTS)
    void getter_afterText_givesItsValue(String setting, String getter, String expected) throws Exception {
        assertThat(value(config(setting), getter)).hasToString(expected);
    }

    /** Returns what a getter gives, of a group behind a dot. */
    static String value(Object config, String getter) throws Exception {
        Object value = config;
        for (String each : getter.split("[.]")) {
            value = value.getClass().getMethod(each).invoke(value);
        }
        return String.valueOf(value);
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
        assertThat(config.lastWill())
                .extracting(LastWill::topic, LastWill::text, LastWill::qos, LastWill::retain)
                .containsExactly("w", "gone", Qos.EXACTLY_ONCE, true);
        assertThat(config.persistenceDirectory()).isEqualTo(Path.of("/var/lib/x"));
        assertThat(config.onFailure()).isEqualTo(OnFailure.REDELIVER);
    }

    @Statement("MQTT-3.1.2-12")
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
        Stream<String> shown = Stream.concat(
                        Stream.of(TEXTS, Mqtt5SettingTest.TEXTS)
                                .flatMap(String::lines)
                                .map(line -> line.replace("'", "")),
                        Stream.of(
                                "password=",
                                "last-will.message=",
                                "last-will.qos=",
                                "last-will.retain=",
                                "last-will.delay=",
                                "last-will.expiry=",
                                "last-will.content-type=",
                                "last-will.response-topic=",
                                "last-will.user-properties=",
                                "persistence-directory="))
                .map(setting -> setting.substring(0, setting.indexOf('=')).strip())
                .distinct();
        assertThat(shown).containsExactlyInAnyOrderElementsOf(Settings.KEYS);
    }

    static MqttConfig config(String... settings) {
        MqttConfig.Builder builder = MqttConfig.builder();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            of(setting.substring(0, equals)).read(setting.substring(equals + 1), builder);
        }
        return builder.build();
    }

    static Setting<?> of(String key) {
        return Settings.ALL.stream()
                .filter(setting -> setting.key().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
