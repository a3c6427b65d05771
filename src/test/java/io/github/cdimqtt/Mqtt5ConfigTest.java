package io.github.cdimqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings that only MQTT 5 has. */
class Mqtt5ConfigTest {

    @Test
    void toString_ofEverySettingOfMqtt5_namesItInTheOrderOfTheKeys() {
        MqttConfig config = ofMqtt5().build();
        assertThat(config)
                .hasToString("MqttConfig[protocol-version=5, last-will.topic=w, last-will.message=***,"
                        + " last-will.delay=PT30S, last-will.expiry=PT1M, last-will.content-type=text/plain,"
                        + " last-will.response-topic=why, last-will.user-properties=***, session-expiry=PT1H,"
                        + " receive-maximum=1, topic-alias-maximum=0, subscription-identifiers=false, no-local=true,"
                        + " retain-as-published=true, user-properties=***, reply-topic=answers,"
                        + " request-timeout=PT5S]");
        assertThat(config.toBuilder().build()).hasToString(config.toString());
        assertThat(config.toBuilder()
                        .sessionExpiry(MqttConfig.NEVER)
                        .lastWill((LastWill) null)
                        .presenceTopic("p")
                        .lastWill(will -> will.delay(Duration.ofSeconds(7)))
                        .build()
                        .toString())
                .contains("[protocol-version=5, last-will.delay=PT7S, presence.topic=p, session-expiry=never, ");
    }

    @Test
    void settersOfMqtt5_giveWhatTheGettersReturn() {
        MqttConfig config = ofMqtt5().build();
        assertThat(config.sessionExpiry()).hasHours(1);
        assertThat(config.receiveMaximum()).isEqualTo(1);
        assertThat(config.topicAliasMaximum()).isZero();
        assertThat(config.subscriptionIdentifiers()).isFalse();
        assertThat(config.noLocal()).isTrue();
        assertThat(config.retainAsPublished()).isTrue();
        assertThat(config.userProperties()).containsExactly(Map.entry("a", "canary, with a comma"), Map.entry("a", ""));
        assertThat(config.replyTopic()).isEqualTo("answers");
        assertThat(config.requestTimeout()).hasSeconds(5);
        assertThat(config.lastWillDelay()).hasSeconds(30);
        assertThat(config.lastWill().properties().user()).containsExactly(Map.entry("b", "canary"));
    }

    @Test
    void settersOfMqtt5_ofNullOrNothing_unset() {
        MqttConfig config = ofMqtt5()
                .sessionExpiry(null)
                .userProperties(List.of())
                .replyTopic("")
                .lastWill(will -> will.delay(null)
                        .expiry(null)
                        .contentType("")
                        .responseTopic(null)
                        .userProperties(List.of()))
                .build();
        assertThat(config)
                .hasToString(
                        "MqttConfig[protocol-version=5, last-will.topic=w, last-will.message=***, receive-maximum=1,"
                                + " topic-alias-maximum=0, subscription-identifiers=false, no-local=true,"
                                + " retain-as-published=true, request-timeout=PT5S]");
        assertThat(MqttConfig.builder()
                        .sessionExpiry(Duration.ZERO)
                        .sessionExpiry(null)
                        .build())
                .hasToString("MqttConfig[]");
    }

    @Test
    void userProperties_whoseListChangesLater_areAsTheyWere() {
        List<Map.Entry<String, String>> list = new ArrayList<>(List.of(Map.entry("a", "b")));
        MqttConfig config =
                MqttConfig.builder().protocolVersion("5").userProperties(list).build();
        list.clear();
        assertThat(config.userProperties()).containsExactly(Map.entry("a", "b"));
        assertThatThrownBy(() -> config.userProperties().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    private static MqttConfig.Builder ofMqtt5() {
        return MqttConfig.builder()
                .protocolVersion("5")
                .lastWill(will -> will.topic("w")
                        .payload("canary")
                        .delay(Duration.ofSeconds(30))
                        .expiry(Duration.ofMinutes(1))
                        .contentType("text/plain")
                        .responseTopic("why")
                        .userProperties(List.of(Map.entry("b", "canary"))))
                .sessionExpiry(Duration.ofHours(1))
                .receiveMaximum(1)
                .topicAliasMaximum(0)
                .subscriptionIdentifiers(false)
                .noLocal(true)
                .retainAsPublished(true)
                .userProperties(List.of(Map.entry("a", "canary, with a comma"), Map.entry("a", "")))
                .replyTopic("answers")
                .requestTimeout(Duration.ofSeconds(5));
    }

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                arguments(
                        (Consumer<MqttConfig.Builder>) b -> b.sessionExpiry(Duration.ofSeconds(-1)),
                        "session-expiry='-1s': out of range; 0 s to 4294967295 s"),
                arguments(
                        (Consumer<MqttConfig.Builder>) b -> b.sessionExpiry(MqttConfig.NEVER.plusNanos(1)),
                        "session-expiry='1193046h28m15.000000001s': out of range; 0 s to 4294967295 s"),
                arguments(
                        (Consumer<MqttConfig.Builder>) b -> b.receiveMaximum(0),
                        "receive-maximum='0': out of range; 1 to 65535"),
                arguments(
                        (Consumer<MqttConfig.Builder>) b -> b.topicAliasMaximum(-1),
                        "topic-alias-maximum='-1': out of range; 0 to 65535"),
                arguments(
                        (Consumer<MqttConfig.Builder>) b -> b.userProperties(List.of(Map.entry("canary\0", "b"))),
                        "user-properties: contains U+0000, which is not allowed"),
                arguments(
                        (Consumer<MqttConfig.Builder>)
                                b -> b.lastWill(will -> will.userProperties(List.of(Map.entry("a", "canary\ud800")))),
                        "last-will.user-properties: contains half of a surrogate pair"),
                arguments(
                        (Consumer<MqttConfig.Builder>) b -> b.lastWill(will -> will.responseTopic("a/#")),
                        "last-will.response-topic='a/#': contains a wildcard; write a topic"),
                arguments(
                        (Consumer<MqttConfig.Builder>) b -> b.lastWill(will -> will.responseTopic("{topic}")),
                        "last-will.response-topic='{topic}': unknown placeholder {topic}; {host}, {app} or {client-id}"),
                arguments(
                        (Consumer<MqttConfig.Builder>) b -> b.lastWill(will -> will.expiry(Duration.ofSeconds(-1))),
                        "last-will.expiry='-1s': out of range; 0 s to 4294967295 s"),
                arguments(
                        (Consumer<MqttConfig.Builder>) b -> b.requestTimeout(Duration.ZERO),
                        "request-timeout='0s': " + "out of range; more than 0 s, at most 365 days"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("wrongValues")
    void setter_ofAWrongValue_saysWhatIsAllowed(Consumer<MqttConfig.Builder> setter, String fault) {
        assertThatThrownBy(() -> setter.accept(MqttConfig.builder()))
                .isInstanceOf(MqttException.class)
                .hasMessage(fault);
    }
}
