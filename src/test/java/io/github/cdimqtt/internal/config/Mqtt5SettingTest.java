package io.github.cdimqtt.internal.config;

import static io.github.cdimqtt.internal.config.SettingTest.config;
import static io.github.cdimqtt.internal.config.SettingTest.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys that only MQTT 5 has. */
class Mqtt5SettingTest {

    /** What is set, the getter, what it gives. */
    static final String TEXTS = """
            session-expiry=10m                | sessionExpiry           | PT10M
            session-expiry=0                  | sessionExpiry           | PT0S
            session-expiry=1500ms             | sessionExpiry           | PT2S
            session-expiry=4294967294         | sessionExpiry           | PT1193046H28M14S
            session-expiry=never              | sessionExpiry           | PT1193046H28M15S
            'session-expiry= Never '          | sessionExpiry           | PT1193046H28M15S
            session-expiry=1                  | sessionKept             | true
            session-expiry=never              | sessionKept             | true
            session-expiry=0                  | sessionKept             | false
            receive-maximum=1                 | receiveMaximum          | 1
            receive-maximum=65535             | receiveMaximum          | 65535
            topic-alias-maximum=0             | topicAliasMaximum       | 0
            topic-alias-maximum=65535         | topicAliasMaximum       | 65535
            subscription-identifiers=false    | subscriptionIdentifiers | false
            no-local=true                     | noLocal                 | true
            retain-as-published=yes           | retainAsPublished       | true
            user-properties=a=b               | userProperties          | [a=b]
            'user-properties= a = b , a=c=d,e=' | userProperties        | [a=b, a=c=d, e=]
            user-properties=                  | userProperties          | []
            reply-topic=answers/{app}         | replyTopic              | answers/{app}
            reply-topic=                      | replyTopic              | reply/{client-id}
            request-timeout=1ms               | requestTimeout          | PT0.001S
            request-timeout=1h                | requestTimeout          | PT1H
            library=direct                    | library                 | direct
            """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = TEXTS)
    void getter_afterText_givesItsValue(String setting, String getter, String expected) throws Exception {
        assertThat(value(config("protocol-version=5", setting), getter)).hasToString(expected);
    }

    @Test
    void lastWill_ofTexts_hasItsProperties() {
        MqttConfig config = config(
                "protocol-version=5",
                "session-expiry=1m",
                "last-will.topic=w",
                "last-will.message=gone",
                "last-will.delay=30",
                "last-will.expiry=1500ms",
                "last-will.content-type=text/plain",
                "last-will.response-topic=why",
                "last-will.user-properties=a=b,a=c");
        assertThat(config.lastWill().delay()).hasSeconds(30);
        assertThat(config.lastWillDelay()).hasSeconds(30);
        assertThat(config.lastWill().properties())
                .isEqualTo(MqttProperties.builder()
                        .contentType("text/plain")
                        .responseTopic("why")
                        .expiry(Duration.ofSeconds(2))
                        .text(true)
                        .user("a", "b")
                        .user("a", "c")
                        .build());
    }

    @Test
    void lastWillDelay_withAPresenceTopic_isOfItsWill() {
        MqttConfig config = config("protocol-version=5", "session-expiry=1m", "presence.topic=p", "last-will.delay=30");
        assertThat(config.lastWill()).isNull();
        assertThat(config.lastWillDelay()).hasSeconds(30);
        assertThat(config.toBuilder().build().lastWillDelay()).hasSeconds(30);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    client-id=c                                           | false | PT0S
                    client-id=c, clean-session=false                      | true  | PT1193046H28M15S
                    protocol-version=3.1, client-id=c, clean-session=false | true | PT1193046H28M15S
                    protocol-version=5                                    | false | PT0S
                    protocol-version=5, client-id=c, clean-session=false  | true  | PT1193046H28M15S
                    protocol-version=5, client-id=c, clean-session=false, session-expiry=1h | true | PT1H
                    """)
    void sessionExpiry_whereItIsNotSet_followsTheSession(String settings, boolean kept, String expiry) {
        MqttConfig config = config(settings.split(", "));
        assertThat(config.sessionKept()).isEqualTo(kept);
        assertThat(config.sessionExpiry()).hasToString(expiry);
    }
}
