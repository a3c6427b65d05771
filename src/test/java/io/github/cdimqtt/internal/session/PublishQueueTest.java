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
    private static final MqttException LOST = new MqttException("gone");

    private final SessionFixture fixture =
            new SessionFixture(MqttConfig.builder().maxInflight(2).offlineBuffer(3));
    private final OutboundMessage first = message("1", Qos.AT_LEAST_ONCE);
    private final OutboundMessage second = message("2", Qos.EXACTLY_ONCE);
    private final OutboundMessage third = message("3", Qos.AT_LEAST_ONCE);

    @Test
    void publish_completesWhenDelivered() {
        FakeTransport.FakeConnection connection = fixture.connected();
        CompletableFuture<MqttEvent.Published> reply = fixture.session.publish(first);
        assertThat(reply).isNotDone();

        connection.broker.delivered(first, 17);

        MqttEvent.Published published = new MqttEvent.Published("default", "1", Qos.AT_LEAST_ONCE, 17);
        assertThat(reply).isCompletedWithValue(published);
        assertThat(fixture.listener.events(MqttEvent.Published.class)).containsExactly(published);
    }

    @Test
    void window_holdsBackMoreThanMaxInflight() {
        FakeTransport.FakeConnection connection = fixture.connected();
        fixture.session.publish(first);
        fixture.session.publish(second);
        fixture.session.publish(third);
        assertThat(connection.published).containsExactly(first, second);
        assertThat(fixture.session.metrics(Map.of()).inflight()).isEqualTo(2);
        assertThat(fixture.session.metrics(Map.of()).queued()).isEqualTo(1);

        connection.broker.delivered(second, 2);

        assertThat(connection.published).containsExactly(first, second, third);
    }

    @Test
    void messageDeliveredWhileTheConnectionCloses_isNotSentAgain() {
        FakeTransport.FakeConnection connection = fixture.connected();
        CompletableFuture<?> reply = fixture.session.publish(second);
        fixture.session.subscribe(TopicFilter.of("silent"), Qos.AT_MOST_ONCE);
        fixture.timer.pass(Duration.ofSeconds(30));
        assertThat(fixture.session.isConnected()).isFalse();

        connection.broker.delivered(second, 1);

        assertThat(reply).isCompleted();
        assertThat(fixture.nextAttempt().accept().published).isEmpty();
    }

    @Test
    void atMostOnceWhileDisconnected_fails() {
        CompletableFuture<?> reply = fixture.session.publish(message("t", Qos.AT_MOST_ONCE));

        assertThatThrownBy(reply::join)
                .hasRootCauseInstanceOf(MqttException.class)
                .hasMessageContaining("not connected: a message of QoS 0 to 't' is not kept");
    }

    @Test
    void offlineQueue_isBoundedAndSentInOrder() {
        fixture.session.publish(first);
        fixture.session.publish(second);
        fixture.session.publish(third);
        CompletableFuture<?> tooMany = fixture.session.publish(message("4", Qos.AT_LEAST_ONCE));

        assertThatThrownBy(tooMany::join)
                .hasMessageContaining("the queue of messages to be sent is full (offline-buffer=3)");
        FakeTransport.FakeConnection connection = fixture.connected();
        assertThat(connection.published).containsExactly(first, second);
        connection.broker.delivered(first, 1);
        assertThat(connection.published).containsExactly(first, second, third);
    }

    @Test
    void unacknowledgedMessages_areSentAgainFirst() {
        FakeTransport.FakeConnection previous = fixture.connected();
        CompletableFuture<?> reply = fixture.session.publish(first);
        CompletableFuture<?> atMostOnce = fixture.session.publish(message("0", Qos.AT_MOST_ONCE));
        previous.broker.lost(LOST);
        fixture.session.publish(second);
        assertThat(atMostOnce).isCompletedExceptionally();

        FakeTransport.FakeConnection next = fixture.nextAttempt().accept();

        assertThat(next.published).containsExactly(first, second);
        next.broker.delivered(first, 1);
        assertThat(reply).isCompleted();
    }

    @Test
    void rejectedMessage_failsAndMakesRoom() {
        FakeTransport.FakeConnection connection = fixture.connected();
        CompletableFuture<?> reply = fixture.session.publish(first);
        fixture.session.publish(second);
        fixture.session.publish(third);

        connection.broker.rejected(first, new MqttException("no"));

        assertThatThrownBy(reply::join).hasMessageContaining("no");
        assertThat(connection.published).contains(third);
    }

    @Test
    void admission_isReleasedHoweverAMessageEnds() {
        for (int i = 0; i < 1_000; i++) {
            FakeTransport.FakeConnection connection = fixture.connected();
            fixture.session.publish(message("0", Qos.AT_MOST_ONCE));
            fixture.session.publish(first);
            connection.broker.delivered(first, 1);
            fixture.session.publish(second);
            connection.broker.rejected(second, LOST);
            fixture.session.publish(third);
            connection.broker.lost(LOST);
            fixture.session.disconnect();
        }

        assertThat(fixture.session.publish(first)).isNotCompletedExceptionally();
    }
}
