package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.SessionFixture.inbound;
import static io.github.cdimqtt.internal.session.SessionFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.support.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One connection after the other, and the answers of its broker. */
class ConnectionAttemptTest {
    private static final String UNASKED =
            "the broker answered what it was never asked, with an unknown packet identifier";
    private final SessionFixture fixture = new SessionFixture();

    private String lossCause() {
        List<MqttEvent.Disconnected> losses = fixture.listener.events(MqttEvent.Disconnected.class);
        assertThat(losses).hasSize(1);
        return losses.get(0).cause().getMessage();
    }

    @Test
    void pauseAndResume_doNotWaitForABusyExecutor() {
        SessionFixture full = new SessionFixture(MqttConfig.builder().dispatchQueueCapacity(1));
        full.handler = message -> new CompletableFuture<>();
        FakeChannel channel = full.connected();
        full.sessionThread = task -> {};

        channel.deliver(inbound("a", Qos.AT_MOST_ONCE, 0));
        channel.deliver(inbound("a", Qos.AT_MOST_ONCE, 0));
        assertThat(channel.calls).containsExactly("pause");
        full.outcomes.get(0).complete(Outcome.HANDLED);
        full.outcomes.get(1).complete(Outcome.HANDLED);

        assertThat(channel.calls).containsExactly("pause", "resume");
    }

    static List<Consumer<Session>> callsThatAreAnswered() {
        return List.of(
                session -> session.publish(message("a", Qos.AT_LEAST_ONCE)),
                session -> session.subscribe(TopicFilter.of("a"), Qos.AT_MOST_ONCE, Retained.SEND, false));
    }

    @ParameterizedTest
    @MethodSource("callsThatAreAnswered")
    void pause_isShort_onceAnAnswerIsDue(Consumer<Session> call) {
        SessionFixture full = new SessionFixture(MqttConfig.builder().dispatchQueueCapacity(1));
        full.handler = message -> new CompletableFuture<>();
        FakeChannel channel = full.connected();
        channel.deliver(inbound("a", Qos.AT_MOST_ONCE, 0));
        channel.deliver(inbound("a", Qos.AT_MOST_ONCE, 0));
        full.timer.pass(Duration.ofSeconds(5));
        assertThat(channel.calls).containsExactly("pause");

        call.accept(full.session);
        full.timer.pass(Duration.ofSeconds(1));

        assertThat(channel.calls).containsExactly("pause", "resume");
    }

    @Test
    void messageRightAfterConnack_isNotLostByABusyExecutor() {
        fixture.session.connect();
        Queue<Runnable> busy = new ArrayDeque<>();
        fixture.sessionThread = busy::add;

        fixture.channels.last().accept(true);
        fixture.channels.last().deliver(inbound("a", Qos.AT_LEAST_ONCE, 1));

        assertThat(fixture.handled).hasSize(1);
        assertThat(fixture.channels.last().acknowledged()).containsExactly(new Packet.PubAck(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1 | the broker does not support MQTT 3.1.1
                    2 | the broker refused the client identifier
                    3 | the broker is not available
                    4 | wrong user name or password
                    5 | not authorised to connect; check user name and password
                    6 | the broker refused the connection
                    """)
    void refusal_isExplained_andTheNextAttemptFollows(int returnCode, String reason) {
        fixture.session.connect();

        fixture.channels.last().receive(new Packet.ConnAck(false, returnCode));

        assertThat(fixture.listener.events(MqttEvent.ConnectFailed.class))
                .singleElement()
                .extracting(failed -> failed.cause().getMessage())
                .isEqualTo("tcp://localhost:1883: " + reason + " (CONNACK return code " + returnCode + ")");
        assertThat(fixture.channels.last().calls).containsExactly("close");
        assertThat(fixture.nextAttempt().sent()).hasOnlyElementsOfType(Packet.Connect.class);
    }

    @Statement("MQTT-3.2.0-1")
    @Test
    void packetBeforeConnack_endsTheAttempt() {
        fixture.session.connect();

        fixture.channels.last().deliver(inbound("t", Qos.AT_MOST_ONCE, 0));

        assertThat(fixture.listener.events(MqttEvent.ConnectFailed.class))
                .singleElement()
                .extracting(failed -> failed.cause().getMessage())
                .isEqualTo("tcp://localhost:1883: the broker sent another packet before CONNACK,"
                        + " or after refusing the connection");
        assertThat(fixture.handled).isEmpty();
    }

    @Test
    void messageBehindARefusal_isNotReceived() {
        fixture.session.connect();

        fixture.channels.last().receive(new Packet.ConnAck(false, 5));
        fixture.channels.last().deliver(inbound("t", Qos.AT_MOST_ONCE, 0));

        assertThat(fixture.listener.events(MqttEvent.ConnectFailed.class))
                .singleElement()
                .extracting(failed -> failed.cause().getMessage())
                .isEqualTo("tcp://localhost:1883: not authorised to connect; check user name and password"
                        + " (CONNACK return code 5)");
        assertThat(fixture.handled).isEmpty();
    }

    @Test
    void secondConnack_endsTheConnection() {
        fixture.connected().accept(false);

        assertThat(lossCause()).isEqualTo("tcp://localhost:1883: the broker answered CONNECT twice");
    }

    static List<Packet> answersToNothing() {
        return List.of(
                new Packet.SubAck(2, List.of(0)),
                new Packet.SubAck(0, List.of(0)),
                new Packet.UnsubAck(1),
                new Packet.UnsubAck(9));
    }

    /** The session waits for the answer to SUBSCRIBE 1. */
    @Statement("MQTT-2.2.1-6")
    @ParameterizedTest
    @MethodSource("answersToNothing")
    void answerToNothing_endsTheConnection(Packet answer) {
        FakeChannel channel = fixture.connected();
        fixture.session.subscribe(TopicFilter.of("a"), Qos.AT_MOST_ONCE, Retained.SEND, false);

        channel.receive(answer);

        assertThat(lossCause()).endsWith(UNASKED);
    }

    @Test
    void answerAfterTheAnswer_endsTheConnection() {
        FakeChannel channel = fixture.connected();
        fixture.session.subscribe(TopicFilter.of("a"), Qos.AT_MOST_ONCE, Retained.SEND, false);
        channel.grantAll();

        channel.receive(new Packet.SubAck(1, List.of(0)));

        assertThat(lossCause()).endsWith(UNASKED);
    }

    @Test
    void tooFewCodes_endTheConnection() {
        fixture.session.subscribe(TopicFilter.of("a"), Qos.AT_MOST_ONCE, Retained.SEND, false);
        fixture.session.subscribe(TopicFilter.of("b"), Qos.AT_MOST_ONCE, Retained.SEND, false);
        fixture.session.connect();
        fixture.channels.last().accept(false);

        fixture.channels.last().answerSubscribe(0);

        assertThat(lossCause())
                .isEqualTo(
                        "tcp://localhost:1883: the broker answered 2 topic filters of SUBSCRIBE with 1 reason codes");
    }

    @Test
    void acknowledgementsOfNothing_areIgnored() {
        FakeChannel channel = fixture.connected();

        channel.receive(new Packet.PubAck(1));
        channel.receive(new Packet.PubRec(1));
        channel.receive(new Packet.PubComp(1));
        channel.receive(new Packet.PingResp());

        assertThat(fixture.session.isConnected()).isTrue();
        assertThat(channel.sent()).hasOnlyElementsOfType(Packet.Connect.class);
    }

    @Test
    void packetIdOfARequestCutOff_isFreeAgain() {
        SessionFixture full = new SessionFixture(MqttConfig.builder().maxInflight(65_000));
        full.connected();
        for (int i = 0; i < 1_000; i++) {
            full.session.subscribe(TopicFilter.of("a"), Qos.AT_MOST_ONCE, Retained.SEND, false);
            full.session.disconnect();
            full.session.connect();
            full.channels.last().accept(false);
        }

        for (int i = 0; i < 65_000; i++) {
            full.session.publish(message("a", Qos.AT_LEAST_ONCE));
        }

        assertThat(full.session.metrics(Map.of()).inflight()).isEqualTo(65_000);
    }
}
