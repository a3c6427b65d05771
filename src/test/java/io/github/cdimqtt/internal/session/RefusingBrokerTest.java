package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.PublishFixture.receiveMaximum;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A broker that allows few messages at a time, and refuses: each code in each packet that may have it (MQTT 5.0, section 2.4).
 * What was refused is told in words, everything else goes on, and nothing is lost.
 */
class RefusingBrokerTest {
    private static final int MESSAGES = 60;
    private static final List<Integer> RECEIVE_MAXIMA = List.of(1, 2, 20);
    private static final int NOT_AUTHORISED = 0x87;
    private static final int QUOTA_EXCEEDED = 0x97;
    private static final int WRONG_FORMAT = 0x99;
    private static final int OTHER_SERVER = 0x9c;

    private final PublishFixture fixture = new PublishFixture();
    private final List<CompletableFuture<MqttEvent.Published>> stages = new ArrayList<>();

    private static Stream<Arguments> codes(int... codes) {
        return RECEIVE_MAXIMA.stream()
                .flatMap(maximum -> IntStream.of(codes).mapToObj(code -> Arguments.of(maximum, code)));
    }

    static Stream<Arguments> codesOfMessages() {
        return codes(NOT_AUTHORISED, QUOTA_EXCEEDED, WRONG_FORMAT);
    }

    static Stream<Arguments> codesOfFilters() {
        return codes(NOT_AUTHORISED, QUOTA_EXCEEDED);
    }

    static Stream<Arguments> codesOfConnections() {
        return codes(NOT_AUTHORISED, QUOTA_EXCEEDED, WRONG_FORMAT, OTHER_SERVER);
    }

    private static MqttReason reason(int code) {
        return new MqttReason(code, "as it is", null, List.of());
    }

    private static String meaning(int code) {
        return switch (code) {
            case NOT_AUTHORISED -> "0x87 not authorised: as it is";
            case QUOTA_EXCEEDED -> "0x97 quota exceeded: as it is";
            case WRONG_FORMAT -> "0x99 payload format invalid: as it is";
            default -> "0x9c use another server: as it is";
        };
    }

    private void publishAll() {
        for (int i = 0; i < MESSAGES; i++) {
            stages.add(fixture.publish(String.valueOf(i), i % 2 == 0 ? Qos.AT_LEAST_ONCE : Qos.EXACTLY_ONCE));
        }
    }

    /** Of four messages, two are refused: one of each QoS. */
    private static boolean isRefused(int message) {
        return message % 4 < 2;
    }

    private static Throwable failure(CompletableFuture<?> stage) {
        return stage.handle((done, cause) -> cause).getNow(null);
    }

    @ParameterizedTest
    @MethodSource("codesOfMessages")
    void refusedMessages_areToldInWords_andTheOthersGo(int maximum, int code) {
        FakeChannel channel = fixture.connected(receiveMaximum(maximum));
        publishAll();
        AnsweringBroker broker = new AnsweringBroker(
                channel, message -> isRefused(Integer.parseInt(message.topic())) ? reason(code) : MqttReason.SUCCESS);
        broker.answer(2 * MESSAGES);

        assertThat(broker.most()).isEqualTo(maximum);
        assertThat(channel.topics())
                .isEqualTo(
                        IntStream.range(0, MESSAGES).mapToObj(String::valueOf).toList());
        for (int i = 0; i < MESSAGES; i++) {
            if (isRefused(i)) {
                assertThat(failure(stages.get(i)))
                        .hasMessage("the broker refused the message of QoS " + (i % 2 + 1) + " to '" + i + "' ("
                                + meaning(code) + "): it is not sent again;"
                                + " allow it in the broker, or change it, and publish it anew");
            } else {
                assertThat(stages.get(i)).isCompleted();
            }
        }
        assertThat(fixture.session.listener.logs(MessageId.PUBLISH_REFUSED))
                .singleElement()
                .asString()
                .contains(meaning(code));
        assertThat(fixture.session.listener.events(MqttEvent.PublishRefused.class))
                .hasSize(MESSAGES / 2);
        assertThat(fixture.reconnected(channel, true, receiveMaximum(maximum)).topics())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("codesOfFilters")
    void refusedFilter_isToldInWords_andTheOthersAreGranted(int maximum, int code) {
        FakeChannel channel = fixture.connected(receiveMaximum(maximum));
        CompletableFuture<Qos> refused =
                fixture.session.session.subscribe(TopicFilter.of("a"), Qos.AT_LEAST_ONCE, Retained.SEND, false);
        CompletableFuture<Qos> granted =
                fixture.session.session.subscribe(TopicFilter.of("b"), Qos.AT_LEAST_ONCE, Retained.SEND, false);
        publishAll();

        channel.answerSubscribe(reason(code), code);
        channel.grantAll();
        new AnsweringBroker(channel).answer(2 * MESSAGES);

        assertThat(failure(refused)).hasMessageContaining("'a'").hasMessageContaining(meaning(code));
        assertThat(fixture.session.listener.logs(MessageId.SUBSCRIPTION_REFUSED))
                .singleElement()
                .asString()
                .contains("'a' (" + meaning(code) + ")");
        assertThat(granted).isCompletedWithValue(Qos.AT_LEAST_ONCE);
        assertThat(stages).allSatisfy(stage -> assertThat(stage).isCompleted());
        assertThat(channel.calls()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("codesOfConnections")
    void refusedConnection_isToldInWords_andWhatWaitedGoesOnTheNext(int maximum, int code) {
        CompletableFuture<Qos> subscribed =
                fixture.session.session.subscribe(TopicFilter.of("a"), Qos.AT_LEAST_ONCE, Retained.SEND, false);
        publishAll();
        fixture.session.session.connect();
        FakeChannel refused = fixture.session.channels.last();
        refused.receive(new Packet.ConnAck(false, code, reason(code), PublishFixture.ALL));
        assertThat(cause(MqttEvent.ConnectFailed.class)).hasMessageEndingWith("(" + meaning(code) + ")");
        assertThat(fixture.session.listener.logs(MessageId.CONNECT_FAILED))
                .singleElement()
                .asString()
                .contains(meaning(code));

        FakeChannel channel = PublishFixture.accept(fixture.session.nextAttempt(), false, receiveMaximum(maximum));
        channel.grantAll();
        AnsweringBroker broker = new AnsweringBroker(channel);
        broker.answer(2 * MESSAGES);

        assertThat(refused.topics()).isEmpty();
        assertThat(broker.most()).isEqualTo(maximum);
        assertThat(channel.topics()).hasSize(MESSAGES).doesNotHaveDuplicates();
        assertThat(stages).allSatisfy(stage -> assertThat(stage).isCompleted());
        assertThat(subscribed).isCompletedWithValue(Qos.AT_LEAST_ONCE);
    }

    @ParameterizedTest
    @MethodSource("codesOfConnections")
    void endedConnections_areToldInWords_andWhatWasUnansweredGoesAgain(int maximum, int code) {
        FakeChannel channel = fixture.connected(receiveMaximum(maximum));
        publishAll();
        for (int i = 0; i < 3; i++) {
            AnsweringBroker broker = new AnsweringBroker(channel);
            broker.answer(MESSAGES / 4);
            assertThat(broker.most()).isEqualTo(maximum);
            channel.receive(new Packet.Disconnect(reason(code), -1));
            channel = PublishFixture.accept(fixture.session.nextAttempt(), true, receiveMaximum(maximum));
        }
        new AnsweringBroker(channel).answer(2 * MESSAGES);

        assertThat(cause(MqttEvent.Disconnected.class))
                .hasMessage("the broker tcp://localhost:1883 ended the connection (" + meaning(code) + ")");
        assertThat(fixture.session.listener.logs(MessageId.CONNECTION_LOST))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains(meaning(code)));
        assertThat(stages).allSatisfy(stage -> assertThat(stage).isCompleted());
        assertThat(channel.topics()).doesNotHaveDuplicates().endsWith(String.valueOf(MESSAGES - 1));
    }

    private Throwable cause(Class<? extends MqttEvent> type) {
        MqttEvent event = fixture.session.listener.events(type).get(0);
        Throwable cause = event instanceof MqttEvent.ConnectFailed failed
                ? failed.cause()
                : ((MqttEvent.Disconnected) event).cause();
        assertThat(cause).isInstanceOf(MqttException.class);
        return cause;
    }
}
