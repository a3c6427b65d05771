package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.SessionFixture.inbound;
import static io.github.cdimqtt.internal.session.SessionFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.transport.InboundMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The end of a session: admitted messages are sent if the broker answers, and no wait is for ever. */
class ShutDownTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final MqttException LOST = new MqttException("gone");
    private final SessionFixture fixture = new SessionFixture();

    @Test
    void shutDown_connectsOnceMoreForAdmittedMessages() {
        fixture.session.connect();
        fixture.transport.last().broker.lost(LOST);
        CompletableFuture<?> publishing = fixture.session.publish(message("t", Qos.AT_LEAST_ONCE));

        CompletableFuture<Void> ending = fixture.session.shutDown(Duration.ofSeconds(5));
        FakeTransport.FakeConnection again = fixture.transport.last().accept();
        assertThat(ending).isNotDone();
        again.broker.delivered(again.published.get(0), 1);

        assertThat(publishing).isCompleted();
        assertThat(ending).isCompleted();
    }

    @Test
    void shutDown_doesNotWaitForAnUnreachableBroker() {
        fixture.session.connect();
        fixture.transport.last().broker.lost(LOST);
        CompletableFuture<?> publishing = fixture.session.publish(message("t", Qos.AT_LEAST_ONCE));

        CompletableFuture<Void> ending = fixture.session.shutDown(Duration.ofSeconds(5));
        fixture.transport.last().broker.lost(LOST);

        assertThat(publishing).isCompletedExceptionally();
        assertThat(ending).isCompleted();
        fixture.timer.pass(LONG);
        assertThat(fixture.transport.connections).hasSize(2);
    }

    @Test
    void shutDown_waitsForObserversAndAdmittedMessages() {
        FakeTransport.FakeConnection connection = fixture.connected();
        fixture.handler = message -> new CompletableFuture<>();
        InboundMessage atWork = inbound("a", Qos.AT_LEAST_ONCE, 1);
        connection.broker.received(atWork);
        CompletableFuture<?> publishing = fixture.session.publish(message("t", Qos.AT_LEAST_ONCE));

        CompletableFuture<Void> ending = fixture.session.shutDown(Duration.ofSeconds(5));
        connection.broker.received(inbound("a", Qos.AT_LEAST_ONCE, 2));
        assertThat(fixture.handled).containsExactly(atWork);
        connection.broker.delivered(connection.published.get(0), 1);
        assertThat(ending).isNotDone();
        fixture.outcomes.get(0).complete(Outcome.HANDLED);

        assertThat(ending).isCompleted();
        assertThat(publishing).isCompleted();
        assertThat(connection.acknowledged).containsExactly(atWork);
        assertThat(connection.calls).containsExactly("close orderly");
        assertThat(fixture.transport.closed).isTrue();
    }

    @Test
    void shutDown_acknowledgesMessagesPublishedAsDeadLettersMeanwhile() {
        SessionFixture dead = new SessionFixture(MqttConfig.builder().deadLetterTopic("dead"));
        FakeTransport.FakeConnection connection = dead.connected();
        dead.handler = message -> new CompletableFuture<>();
        InboundMessage failing = inbound("a", Qos.AT_LEAST_ONCE, 1);
        connection.broker.received(failing);
        CompletableFuture<Void> ending = dead.session.shutDown(Duration.ofSeconds(5));
        dead.outcomes.get(0).complete(Outcome.DEAD_LETTER);
        Queue<Runnable> busy = new ArrayDeque<>();
        dead.callbacks = busy::add; // run what the application chained

        connection.broker.delivered(connection.published.get(0), 1);

        assertThat(connection.acknowledged).containsExactly(failing);
        assertThat(connection.calls).containsExactly("close orderly");
        assertThat(ending).isCompleted();
    }

    @Test
    void shutDown_endsInTimeThoughAnObserverBlocksAndTheBrokerIsFrozen() {
        FakeTransport.FakeConnection connection = fixture.connected();
        fixture.handler = message -> new CompletableFuture<>();
        connection.broker.received(inbound("a", Qos.AT_LEAST_ONCE, 1));
        CompletableFuture<?> publishing = fixture.session.publish(message("t", Qos.AT_LEAST_ONCE));

        CompletableFuture<Void> ending = fixture.session.shutDown(Duration.ofSeconds(5));
        fixture.timer.pass(Duration.ofSeconds(5));

        assertThat(ending).isCompleted();
        assertThat(publishing).isCompletedExceptionally();
        assertThat(connection.acknowledged).isEmpty();
        assertThat(fixture.session.publish(message("t", Qos.AT_LEAST_ONCE))).isCompletedExceptionally();
    }
}
