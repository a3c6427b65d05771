package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.SessionFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PublishQueueTest {
    private static final MqttException GONE = new MqttException("gone");

    private final SessionFixture a =
            new SessionFixture(MqttConfig.builder().maxInflight(2).offlineBuffer(3));
    private final OutboundMessage first = message("1", Qos.AT_LEAST_ONCE);
    private final OutboundMessage second = message("2", Qos.EXACTLY_ONCE);
    private final OutboundMessage third = message("3", Qos.AT_LEAST_ONCE);

    @Test
    void publish_completesWhenDelivered() {
        FakeTransport.FakeConnection connection = a.connected();
        CompletableFuture<MqttEvent.Published> reply = a.session.publish(first);
        assertThat(reply).isNotDone();

        connection.broker.delivered(first, 17);

        MqttEvent.Published published = new MqttEvent.Published("default", "1", Qos.AT_LEAST_ONCE, 17);
        assertThat(reply).isCompletedWithValue(published);
        assertThat(a.listener.events(MqttEvent.Published.class)).containsExactly(published);
    }

    @Test
    void window_holdsBackMoreThanMaxInflight() {
        FakeTransport.FakeConnection connection = a.connected();
        a.session.publish(first);
        a.session.publish(second);
        a.session.publish(third);
        assertThat(connection.published).containsExactly(first, second);
        assertThat(a.session.metrics(Map.of()).inflight()).isEqualTo(2);
        assertThat(a.session.metrics(Map.of()).queued()).isEqualTo(1);

        connection.broker.delivered(second, 2);

        assertThat(connection.published).containsExactly(first, second, third);
    }

    @Test
    void messageDeliveredWhileTheConnectionCloses_isNotSentAgain() {
        FakeTransport.FakeConnection connection = a.connected();
        CompletableFuture<?> reply = a.session.publish(second);
        a.session.subscribe(TopicFilter.of("silent"), Qos.AT_MOST_ONCE);
        a.timer.pass(Duration.ofSeconds(30));
        assertThat(a.session.isConnected()).isFalse();

        connection.broker.delivered(second, 1);

        assertThat(reply).isCompleted();
        assertThat(a.nextAttempt().accept().published).isEmpty();
    }

    @Test
    void atMostOnceWhileDisconnected_fails() {
        CompletableFuture<?> reply = a.session.publish(message("t", Qos.AT_MOST_ONCE));

        assertThatThrownBy(reply::join)
                .hasRootCauseInstanceOf(MqttException.class)
                .hasMessageContaining("not connected: a message of QoS 0 to 't' is not kept");
    }

    @Test
    void offlineQueue_isBoundedAndSentInOrder() {
        a.session.publish(first);
        a.session.publish(second);
        a.session.publish(third);
        CompletableFuture<?> tooMany = a.session.publish(message("4", Qos.AT_LEAST_ONCE));

        assertThatThrownBy(tooMany::join)
                .hasMessageContaining("the queue of messages to be sent is full (offline-buffer=3)");
        FakeTransport.FakeConnection connection = a.connected();
        assertThat(connection.published).containsExactly(first, second);
        connection.broker.delivered(first, 1);
        assertThat(connection.published).containsExactly(first, second, third);
    }

    @Test
    void unacknowledgedMessages_areSentAgainFirst() {
        FakeTransport.FakeConnection former = a.connected();
        CompletableFuture<?> reply = a.session.publish(first);
        CompletableFuture<?> atMostOnce = a.session.publish(message("0", Qos.AT_MOST_ONCE));
        former.broker.lost(GONE);
        a.session.publish(second);
        assertThat(atMostOnce).isCompletedExceptionally();

        FakeTransport.FakeConnection next = a.nextAttempt().accept();

        assertThat(next.published).containsExactly(first, second);
        next.broker.delivered(first, 1);
        assertThat(reply).isCompleted();
    }

    @Test
    void rejectedMessage_failsAndMakesRoom() {
        FakeTransport.FakeConnection connection = a.connected();
        CompletableFuture<?> reply = a.session.publish(first);
        a.session.publish(second);
        a.session.publish(third);

        connection.broker.rejected(first, new MqttException("no"));

        assertThatThrownBy(reply::join).hasMessageContaining("no");
        assertThat(connection.published).contains(third);
    }

    @Test
    void admission_isReleasedHoweverAMessageEnds() {
        for (int i = 0; i < 1_000; i++) {
            FakeTransport.FakeConnection connection = a.connected();
            a.session.publish(message("0", Qos.AT_MOST_ONCE));
            a.session.publish(first);
            connection.broker.delivered(first, 1);
            a.session.publish(second);
            connection.broker.rejected(second, GONE);
            a.session.publish(third);
            connection.broker.lost(GONE);
            a.session.disconnect();
        }

        assertThat(a.session.publish(first)).isNotCompletedExceptionally();
    }
}
