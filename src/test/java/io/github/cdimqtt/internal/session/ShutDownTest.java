package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.SessionFixture.inbound;
import static io.github.cdimqtt.internal.session.SessionFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.session.store.MemoryMessageStore;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The end of a session: admitted messages are sent if the broker answers, and no wait is for ever. */
class ShutDownTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final IOException LOST = new IOException("gone");
    private final MemoryMessageStore store = new MemoryMessageStore();
    private final SessionFixture fixture = new SessionFixture(MqttConfig.builder(), store);

    @Test
    void shutDown_connectsOnceMoreForAdmittedMessages() {
        fixture.session.connect();
        fixture.channels.last().lose(LOST);
        CompletableFuture<?> publishing = fixture.session.publish(message("t", Qos.AT_LEAST_ONCE));

        CompletableFuture<Void> ending = fixture.session.shutDown(Duration.ofSeconds(5));
        FakeChannel again = fixture.channels.last().accept();
        assertThat(ending).isNotDone();
        again.acknowledge(1);

        assertThat(publishing).isCompleted();
        assertThat(ending).isCompleted();
    }

    @Test
    void shutDown_doesNotWaitForAnUnreachableBroker() {
        fixture.session.connect();
        fixture.channels.last().lose(LOST);
        CompletableFuture<?> publishing = fixture.session.publish(message("t", Qos.AT_LEAST_ONCE));

        CompletableFuture<Void> ending = fixture.session.shutDown(Duration.ofSeconds(5));
        fixture.channels.last().lose(LOST);

        assertThat(publishing).isCompletedExceptionally();
        assertThat(ending).isCompleted();
        fixture.timer.pass(LONG);
        assertThat(fixture.channels.opened).hasSize(2);
    }

    @Test
    void shutDown_connectsOnceAtOnce_toABrokerThatHangsUpAgainAndAgain() {
        FakeChannel channel = fixture.connected();
        CompletableFuture<?> publishing = fixture.session.publish(message("t", Qos.AT_LEAST_ONCE));
        CompletableFuture<Void> ending = fixture.session.shutDown(Duration.ofSeconds(5));

        channel.lose(new EOFException());
        fixture.channels.last().accept().lose(new EOFException());

        assertThat(fixture.channels.opened).hasSize(2); // the next one waits for its time
        fixture.nextAttempt().accept().acknowledge(1);
        assertThat(publishing).isCompleted();
        assertThat(ending).isCompleted();
    }

    /** Nobody else has it: the broker sent it once, and has forgotten the session. */
    @Test
    void messageThatAwaitsPubrel_staysStored_whenTheBrokerForgetsTheSessionMeanwhile() {
        SessionFixture kept =
                new SessionFixture(MqttConfig.builder().cleanSession(false).clientId("me"), store);
        FakeChannel channel = kept.connected();
        channel.receive(inbound("a", Qos.EXACTLY_ONCE, 1));
        kept.session.stopObserving(Duration.ofSeconds(5));

        channel.lose(LOST);
        kept.nextAttempt().accept(false);
        kept.timer.pass(Duration.ofSeconds(11));

        assertThat(kept.handled).isEmpty();
        assertThat(store.read("in-")).hasSize(1);
    }

    @Test
    void messageThatAwaitsPubrel_staysStored_whenItsPubrelDoesNotComeMeanwhile() {
        SessionFixture kept =
                new SessionFixture(MqttConfig.builder().cleanSession(false).clientId("me"), store);
        FakeChannel channel = kept.connected();
        channel.receive(inbound("a", Qos.EXACTLY_ONCE, 1));
        channel.lose(LOST);
        kept.nextAttempt().accept(true);

        kept.session.stopObserving(Duration.ofSeconds(5));
        kept.timer.pass(Duration.ofSeconds(11));

        assertThat(kept.handled).isEmpty();
        assertThat(store.read("in-")).hasSize(1);
    }

    @Test
    void shutDown_waitsForObserversAndAdmittedMessages() {
        FakeChannel channel = fixture.connected();
        fixture.handler = message -> new CompletableFuture<>();
        Packet.Publish atWork = inbound("a", Qos.AT_LEAST_ONCE, 1);
        channel.deliver(atWork);
        CompletableFuture<?> publishing = fixture.session.publish(message("t", Qos.AT_LEAST_ONCE));

        CompletableFuture<Void> ending = fixture.session.shutDown(Duration.ofSeconds(5));
        channel.deliver(inbound("a", Qos.AT_LEAST_ONCE, 2));
        assertThat(fixture.handled).containsExactly(atWork);
        channel.acknowledge(1);
        assertThat(ending).isNotDone();
        fixture.outcomes.get(0).complete(Outcome.HANDLED);

        assertThat(ending).isCompleted();
        assertThat(publishing).isCompleted();
        assertThat(channel.acknowledged()).containsExactly(new Packet.PubAck(1));
        assertThat(channel.calls).containsExactly("close orderly");
        assertThat(store.closed).isTrue();
    }

    @Test
    void messageOfQos2WhileStopping_getsNoPubrec() {
        FakeChannel channel = fixture.connected();
        channel.receive(inbound("a", Qos.EXACTLY_ONCE, 1));
        fixture.session.stopObserving(Duration.ofSeconds(5));

        channel.receive(inbound("a", Qos.EXACTLY_ONCE, 2));
        channel.receive(new Packet.PubRel(1));

        assertThat(channel.sent(Packet.PubRec.class)).containsExactly(new Packet.PubRec(1));
        assertThat(channel.acknowledged()).isEmpty();
        assertThat(fixture.handled).isEmpty();
    }

    @Test
    void shutDown_acknowledgesMessagesPublishedAsDeadLettersMeanwhile() {
        SessionFixture dead = new SessionFixture(MqttConfig.builder().deadLetterTopic("dead"));
        FakeChannel channel = dead.connected();
        dead.handler = message -> new CompletableFuture<>();
        Packet.Publish failing = inbound("a", Qos.AT_LEAST_ONCE, 1);
        channel.deliver(failing);
        CompletableFuture<Void> ending = dead.session.shutDown(Duration.ofSeconds(5));
        dead.outcomes.get(0).complete(Outcome.DEAD_LETTER);
        Queue<Runnable> busy = new ArrayDeque<>();
        dead.callbacks = busy::add; // run what the application chained

        channel.acknowledge(1);

        assertThat(channel.acknowledged()).containsExactly(new Packet.PubAck(1));
        assertThat(channel.calls).containsExactly("close orderly");
        assertThat(ending).isCompleted();
    }

    @Test
    void shutDown_endsInTimeThoughAnObserverBlocksAndTheBrokerIsFrozen() {
        FakeChannel channel = fixture.connected();
        fixture.handler = message -> new CompletableFuture<>();
        channel.deliver(inbound("a", Qos.AT_LEAST_ONCE, 1));
        CompletableFuture<?> publishing = fixture.session.publish(message("t", Qos.AT_LEAST_ONCE));

        CompletableFuture<Void> ending = fixture.session.shutDown(Duration.ofSeconds(5));
        fixture.timer.pass(Duration.ofSeconds(5));

        assertThat(ending).isCompleted();
        assertThat(publishing).isCompletedExceptionally();
        assertThat(channel.acknowledged()).isEmpty();
        assertThat(fixture.session.publish(message("t", Qos.AT_LEAST_ONCE))).isCompletedExceptionally();
    }
}
