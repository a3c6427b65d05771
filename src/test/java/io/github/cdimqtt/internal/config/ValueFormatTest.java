package io.github.cdimqtt.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.support.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueFormatTest {

    /** Key, value, fault. */
    private static final String WRONG = """
            broker-url              | ''                   | broker-url='': empty; write tcp://host:port
            broker-port             | abc                  | broker-port='abc': not a whole number; 1 to 65535
            broker-port             | 0                    | broker-port='0': out of range; 1 to 65535
            broker-port             | 65536                | broker-port='65536': out of range; 1 to 65535
            broker-port             | 99999999999999999999 | broker-port='99999999999999999999': out of range; 1 to 65535
            client-id               | a\0b                 | client-id='a\\u0000b': contains U+0000, which is not allowed
            client-id               | a\ud800              | client-id='a\\ud800': contains half of a surrogate pair
            client-id               | a-{hots}             | client-id='a-{hots}': unknown placeholder {hots}; {host}, {app} or {random}
            client-id               | a\uffffb            | client-id='a\\uffffb': brokers may close the connection because of U+FFFF, a non-character (character 1)
            username                | can\u0007ary        | username: brokers may close the connection because of U+0007, a control character (character 3)
            clean-session           | maybe                | clean-session='maybe': unknown; write true or false
            username                | can\0ary            | username: contains U+0000, which is not allowed
            password                | can\0ary            | password: contains U+0000, which is not allowed
            keepalive               | abc                  | keepalive='abc': not a duration; write 5, 5s, 500ms or PT5S
            keepalive               | -5                   | keepalive='-5': not a duration; write 5, 5s, 500ms or PT5S
            keepalive               | 1.5                  | keepalive='1.5': not a duration; write 5, 5s, 500ms or PT5S
            keepalive               | 5 apples             | keepalive='5 apples': not a duration; write 5, 5s, 500ms or PT5S
            keepalive               | 999999999999999999h  | keepalive='999999999999999999h': not a duration; write 5, 5s, 500ms or PT5S
            keepalive               | 65536                | keepalive='65536': out of range; 0 s (off) to 65535 s, in whole seconds
            keepalive               | 500ms                | keepalive='500ms': out of range; 0 s (off) to 65535 s, in whole seconds
            connection-timeout      | 0                    | connection-timeout='0': out of range; more than 0 s, at most 365 days
            connection-timeout      | PT-5S                | connection-timeout='PT-5S': out of range; more than 0 s, at most 365 days
            connection-timeout      | 8761h                | connection-timeout='8761h': out of range; more than 0 s, at most 365 days
            transport               | unix                 | transport='unix': unknown; write tcp or websockets
            protocol-version        | 6                    | protocol-version='6': unknown; write 5, 3.1.1 or 3.1
            protocol-version        | 5.1                  | protocol-version='5.1': unknown; write 5, 3.1.1 or 3.1
            protocol-version        | 2                    | protocol-version='2': unknown; write 5, 3.1.1 or 3.1
            library                 | hivemq               | library='hivemq': unknown; write auto, paho or direct
            tls.enabled             | 2                    | tls.enabled='2': unknown; write true or false
            tls.ca-certs            | a\0b                 | tls.ca-certs='a\\u0000b': contains U+0000, which is not allowed
            tls.certfile            | a\0b                 | tls.certfile='a\\u0000b': contains U+0000, which is not allowed
            tls.keyfile             | a\0b                 | tls.keyfile='a\\u0000b': contains U+0000, which is not allowed
            tls.keyfile             | file:///k            | tls.keyfile='file:///k': is a URI; write a path
            tls.keyfile-password    | a\0b                 | tls.keyfile-password: contains U+0000, which is not allowed
            tls.cert-reqs           | some                 | tls.cert-reqs='some': unknown; write required or none
            tls.version             | 4                    | tls.version='4': not safe any more; write TLSv1.2 or TLSv1.3
            tls.version             | PROTOCOL_TLSv1       | tls.version='PROTOCOL_TLSv1': not safe any more; write TLSv1.2 or TLSv1.3
            tls.version             | 1.4                  | tls.version='1.4': unknown; write TLSv1.2 or TLSv1.3
            tls.ciphers             | a\0b                 | tls.ciphers='a\\u0000b': contains U+0000, which is not allowed
            tls.alpn                | a,,b                 | tls.alpn='a,,b': not a comma list of names of 1 to 255 ASCII characters
            tls.alpn                | mqttä                | tls.alpn='mqttä': not a comma list of names of 1 to 255 ASCII characters
            tls.insecure            | ''                   | tls.insecure='': unknown; write true or false
            tls.keystore            | a\0b                 | tls.keystore='a\\u0000b': contains U+0000, which is not allowed
            tls.keystore-password   | a\0b                 | tls.keystore-password: contains U+0000, which is not allowed
            tls.keystore-type       | PEM                  | tls.keystore-type='PEM': unknown; write PKCS12 or JKS
            tls.truststore          | a\0b                 | tls.truststore='a\\u0000b': contains U+0000, which is not allowed
            tls.truststore-password | a\0b                 | tls.truststore-password: contains U+0000, which is not allowed
            tls.truststore-type     | x                    | tls.truststore-type='x': unknown; write PKCS12 or JKS
            last-will.topic         | a\0b                 | last-will.topic='a\\u0000b': contains U+0000, which is not allowed
            last-will.message       | can\0ary            | last-will.message: contains U+0000, which is not allowed
            last-will.qos           | 3                    | last-will.qos='3': unknown; write 0, 1 or 2
            last-will.retain        | x                    | last-will.retain='x': unknown; write true or false
            last-will.delay         | never                | last-will.delay='never': not a duration; write 5, 5s, 500ms or PT5S
            last-will.delay         | 4294967296           | last-will.delay='4294967296': out of range; 0 s to 4294967295 s
            last-will.expiry        | PT-1S                | last-will.expiry='PT-1S': out of range; 0 s to 4294967295 s
            last-will.content-type  | a\0b                 | last-will.content-type='a\\u0000b': contains U+0000, which is not allowed
            last-will.content-type  | a\tb                 | last-will.content-type='a\\u0009b': brokers may close the connection because of U+0009, a control character (character 1)
            last-will.response-topic | a/+                 | last-will.response-topic='a/+': contains a wildcard; write a topic
            last-will.response-topic | a/{topic}           | last-will.response-topic='a/{topic}': unknown placeholder {topic}; {host}, {app} or {client-id}
            last-will.user-properties | canary             | last-will.user-properties: not a comma list of name=value; set a value with a comma in code
            last-will.user-properties | a=can\0ary         | last-will.user-properties: contains U+0000, which is not allowed
            presence.topic          | a\0b                 | presence.topic='a\\u0000b': contains U+0000, which is not allowed
            connect-async           | x                    | connect-async='x': unknown; write true or false
            enabled                 | x                    | enabled='x': unknown; write true or false
            fail-fast               | x                    | fail-fast='x': unknown; write true or false
            reconnect.min-delay     | 0                    | reconnect.min-delay='0': out of range; more than 0 s, at most 365 days
            reconnect.max-delay     | x                    | reconnect.max-delay='x': not a duration; write 5, 5s, 500ms or PT5S
            max-inflight            | 0                    | max-inflight='0': out of range; 1 to 65000
            max-inflight            | 65001                | max-inflight='65001': out of range; 1 to 65000
            offline-buffer          | -1                   | offline-buffer='-1': out of range; 0 or more
            offline-buffer          | 2147483648           | offline-buffer='2147483648': out of range; 0 or more
            publish-in-transaction  | later                | publish-in-transaction='later': unknown; write now, after-commit or outbox
            outbox.data-source      | a\0b                 | outbox.data-source='a\\u0000b': contains U+0000, which is not allowed
            outbox.table            | drop table           | outbox.table='drop table': no name of a table; write letters, digits and _, at most 60, perhaps behind a schema and a dot
            outbox.create           | maybe                | outbox.create='maybe': unknown; write true or false
            outbox.interval         | 99ms                 | outbox.interval='99ms': out of range; 100 ms to 1 hour
            outbox.interval         | 3601                 | outbox.interval='3601': out of range; 100 ms to 1 hour
            outbox.attempts         | 0                    | outbox.attempts='0': out of range; 1 or more
            persistence-directory   | a\0b                 | persistence-directory='a\\u0000b': not a path; Nul character not allowed
            dispatch.concurrency    | 1025                 | dispatch.concurrency='1025': out of range; 1 to 1024
            dispatch.concurrency    | 0                    | dispatch.concurrency='0': out of range; 1 to 1024
            dispatch.queue-capacity | 0                    | dispatch.queue-capacity='0': out of range; 1 or more
            on-failure              | default              | on-failure='default': unknown; write ack, redeliver or dead-letter
            dead-letter-topic       | a\0b                 | dead-letter-topic='a\\u0000b': contains U+0000, which is not allowed
            shutdown-timeout        | PT-1S                | shutdown-timeout='PT-1S': out of range; 0 s to 365 days
            session-expiry          | forever              | session-expiry='forever': not a duration; write 5, 5s, 500ms or PT5S, or never
            session-expiry          | -1                   | session-expiry='-1': not a duration; write 5, 5s, 500ms or PT5S, or never
            session-expiry          | 4294967296           | session-expiry='4294967296': out of range; 0 s to 4294967295 s
            receive-maximum         | 0                    | receive-maximum='0': out of range; 1 to 65535
            receive-maximum         | 65536                | receive-maximum='65536': out of range; 1 to 65535
            topic-alias-maximum     | -1                   | topic-alias-maximum='-1': out of range; 0 to 65535
            topic-alias-maximum     | 65536                | topic-alias-maximum='65536': out of range; 0 to 65535
            subscription-identifiers | 2                   | subscription-identifiers='2': unknown; write true or false
            no-local                | x                    | no-local='x': unknown; write true or false
            retain-as-published     | x                    | retain-as-published='x': unknown; write true or false
            user-properties         | =canary              | user-properties: not a comma list of name=value; set a value with a comma in code
            user-properties         | a=b,canary           | user-properties: not a comma list of name=value; set a value with a comma in code
            user-properties         | a=b,                 | user-properties: not a comma list of name=value; set a value with a comma in code
            user-properties         | can\0ary=b           | user-properties: contains U+0000, which is not allowed
            user-properties         | a=can\u0007ary       | user-properties: brokers may close the connection because of U+0007, a control character (character 3)
            reply-topic             | a/{random}           | reply-topic='a/{random}': unknown placeholder {random}; {host}, {app} or {client-id}
            request-timeout         | 0                    | request-timeout='0': out of range; more than 0 s, at most 365 days
            max-message-size        | 0                    | max-message-size='0': out of range; 1 to 268435455 bytes
            max-message-size        | 257MiB               | max-message-size='257MiB': out of range; 1 to 268435455 bytes
            max-message-size        | 1GB                  | max-message-size='1GB': not a size; write 1048576, 64KiB or 1MiB
            """;

    @Statement({"MQTT-1.5.4-2", "MQTT-3.1.2-12", "MQTT-3.1.3-11", "MQTT-3.1.3-12"})
    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(delimiter = '|', textBlock = WRONG)
    void set_ofAWrongValue_saysWhatIsAllowed(String key, String value, String fault) {
        assertThatThrownBy(() -> set(key, value))
                .isInstanceOf(MqttException.class)
                .hasMessage(fault);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client-id", "username"})
    void set_ofAStringWithTheEndOfALine_isRefused(String key) {
        assertThatThrownBy(() -> set(key, "canary\r\n"))
                .isInstanceOf(MqttException.class)
                .hasMessageEndingWith(
                        ": brokers may close the connection because of U+000D, a control character (character 6)")
                .message()
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls.ca-certs", "tls.certfile", "tls.keyfile", "tls.keystore", "tls.truststore"})
    void set_ofAFileWithTheEndOfALine_isRefused(String key) {
        assertThatThrownBy(() -> set(key, "a.pem\n"))
                .isInstanceOf(MqttException.class)
                .hasMessage(key + "='a.pem\\u000a': contains a control character or the end of a line; write a path");
    }

    @Test
    void set_ofTextThatIsTooLong_printsItsBeginning() {
        assertThatThrownBy(() -> set("client-id", "ä".repeat(32_768)))
                .isInstanceOf(MqttException.class)
                .hasMessage("client-id='" + "ä".repeat(240) + "...': 65536 bytes long; at most 65535");
    }

    @Test
    void everyKey_hasAWrongValueInTheTable() {
        assertThat(WRONG.lines()
                        .map(line -> line.substring(0, line.indexOf(' ')))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(Settings.KEYS);
    }

    private static void set(String key, String text) {
        SettingTest.of(key).read(text, MqttConfig.builder());
    }
}
