package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMetrics;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.reporting.Counters;
import io.github.cdimqtt.internal.reporting.IgnoredFailures;
import io.github.cdimqtt.internal.session.inbound.ReceiveQueue;
import io.github.cdimqtt.internal.session.outbound.PublishFailures;
import io.github.cdimqtt.internal.session.outbound.PublishQueue;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.internal.session.subscription.Recipient;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the application sees it: opened once, then reopened after each loss, each time with all subscriptions
 * and all unacknowledged messages.
 *
 * <p>Thread-safe: a call becomes a task of one serial executor, which owns the {@link ConnectionLifecycle} and its parts.
 * Messages do not go through it: those that are published go through the {@link PublishQueue} on the caller's thread, those
 * received through the {@link ReceiveQueue} on the channel's.
 */
public final class Session {
    private final SessionSetup setup;
    private final SessionParts parts;
    private final SerialExecutor executor;
    private final StageCompleter completer;
    private final IgnoredFailures ignored;
    private final Counters counters;
    private final PublishQueue publishQueue;
    private final ReceiveQueue receiveQueue;
    private final ConnectionLifecycle lifecycle;
    private final long maxSubmitted;
    private final SubmittedCalls calls;
    private volatile boolean started;

    /** Creates a session that is closed; {@link SessionSetup#session} makes its parts. */
    Session(
            SessionSetup setup,
            SessionParts parts,
            StageCompleter completer,
            Counters counters,
            ConnectionLifecycle lifecycle) {
        this.setup = setup;
        this.parts = parts;
        this.executor = parts.executor();
        this.completer = completer;
        this.calls = new SubmittedCalls(executor, completer, setup.broker());
        this.ignored = new IgnoredFailures(setup.listener(), setup.executors().timer());
        this.counters = counters;
        this.maxSubmitted = setup.config().offlineBuffer() + 2L * setup.config().maxInflight();
        this.publishQueue = parts.publishQueue();
        this.receiveQueue = parts.receiveQueue();
        this.lifecycle = lifecycle;
    }

    /** Opens the session unless it was opened or closed before: for calls before the application has started. */
    public void begin() {
        if (!started) {
            started = true;
            CompletableFuture<?> unused = calls.submit(new CompletableFuture<@Nullable Void>(), lifecycle::connect);
        }
    }

    /** Returns whether the session was ever opened or closed. */
    public boolean hasBegun() {
        return started;
    }

    /** Opens the session if it is closed. Completes when it is connected and every subscription is answered. */
    public CompletableFuture<@Nullable Void> connect() {
        started = true;
        return calls.submit(ignored.stage("connect"), lifecycle::connect);
    }

    /**
     * Opens the session. Completes when it is connected and subscribed. Fails as soon as no address of the broker
     * answered; attempts continue.
     */
    public CompletableFuture<@Nullable Void> start() {
        started = true;
        return calls.submit(new CompletableFuture<>(), lifecycle::start);
    }

    /** Closes the session at once, and fails everything that is open. */
    public CompletableFuture<@Nullable Void> disconnect() {
        started = true;
        return calls.submit(ignored.stage("disconnect"), stage -> {
            lifecycle.close(new Packet.Disconnect());
            completer.complete(stage);
        });
    }

    /** Proves again who the client is (MQTT 5.0, section 4.12.1). Completes when the broker accepted that. */
    public CompletableFuture<@Nullable Void> reauthenticate() {
        return calls.submit(ignored.stage("reauthenticate"), lifecycle::reauthenticate);
    }

    /**
     * Dispatches no more messages, but stays open for publishing. Completes when the running observers have completed,
     * or when the time given is over.
     */
    public CompletableFuture<@Nullable Void> stopObserving(Duration timeout) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        setup.executors().timer().schedule(timeout, () -> done.complete(null));
        receiveQueue.stop(() -> done.complete(null));
        return done;
    }

    /** Leaves messages whose observers still run unacknowledged; these observers are interrupted next. */
    public void abandon() {
        receiveQueue.abandon();
    }

    /**
     * Closes the session for good: dispatches no more messages, and waits until the running observers have completed
     * and all admitted messages are acknowledged, but not longer than the time given.
     */
    public CompletableFuture<@Nullable Void> shutDown(Duration timeout) {
        started = true;
        return calls.submit(new CompletableFuture<>(), stage -> {
            Runnable end = () -> executor.execute(() -> {
                end();
                ignored.close();
                stage.complete(null); // on this thread: no application code depends on it
            });
            setup.executors().timer().schedule(timeout, end);
            receiveQueue.stop(() -> executor.execute(() -> lifecycle.drain(end)));
        });
    }

    /** Publishes with a stage for the application. */
    public CompletableFuture<MqttEvent.Published> publish(Packet.Publish message) {
        return publish(message, stage("publish"), completer);
    }

    /**
     * Publishes a message of a valid topic: on the calling thread, unless earlier calls wait for the executor, which it must
     * not overtake, or the message is stored. Returns the stage, which the completer completes.
     */
    public CompletableFuture<MqttEvent.Published> publish(
            Packet.Publish message, CompletableFuture<MqttEvent.Published> stage, StageCompleter completer) {
        int waiting = calls.waiting();
        if (waiting == 0 && setup.store() == MessageStore.NONE) {
            publishQueue.publish(message, stage, completer);
        } else if (waiting < maxSubmitted) {
            long calledAt = setup.executors().timer().nanoTime(); // its expiry counts while it waits here, too
            return calls.submit(stage, each -> publishQueue.publish(message, each, completer, calledAt));
        } else {
            completer.fail(
                    stage,
                    PublishFailures.queueFull(message.topic(), setup.config().offlineBuffer()));
        }
        return stage;
    }

    /** Asks with a message of a valid topic (MQTT 5.0, section 4.10). Completes with the response; a failure is not logged. */
    public CompletableFuture<Packet.Publish> request(Packet.Publish message) {
        CompletableFuture<Packet.Publish> stage = new CompletableFuture<>();
        if (calls.waiting() >= maxSubmitted) {
            completer.fail(stage, parts.requester().tooMany(message));
            return stage;
        }
        long calledAt = setup.executors().timer().nanoTime();
        return calls.submit(stage, each -> parts.requester().request(message, each, calledAt));
    }

    /**
     * Subscribes; without a connection, on the next one.
     *
     * @param retained which retained messages come; on MQTT 3.1.1 all do
     * @param consumer whether they are for the filter's consumer; otherwise for its observers
     */
    public CompletableFuture<Qos> subscribe(TopicFilter filter, Qos qos, Retained retained, boolean consumer) {
        if (retained != Retained.SKIP) {
            parts.subscriptionSync().called(new Recipient(filter, consumer));
        }
        return calls.submit(
                ignored.stage("subscribe"),
                stage -> parts.subscriptionSync().want(filter, qos, retained, consumer, stage));
    }

    /** Unsubscribes; without a connection, on the next one. */
    public CompletableFuture<@Nullable Void> unsubscribe(TopicFilter filter) {
        return calls.submit(
                ignored.stage("unsubscribe"), stage -> parts.subscriptionSync().drop(filter, stage));
    }

    /** Unsubscribes all topic filters. */
    public CompletableFuture<@Nullable Void> unsubscribeAll() {
        return calls.submit(
                ignored.stage("unsubscribeAll"),
                stage -> parts.subscriptionSync().dropAll(stage));
    }

    /** Returns the stage of a call that has not reached this session yet. */
    public <T extends @Nullable Object> CompletableFuture<T> stage(String call) {
        return ignored.stage(call);
    }

    /** Completes when it is connected, all subscriptions are answered and all calls so far made. Fails if it is closed. */
    public CompletableFuture<@Nullable Void> ready() {
        return calls.submit(new CompletableFuture<>(), lifecycle::whenOpen);
    }

    /** Returns the wanted topic filters, granted or not. */
    public Set<String> wanted() {
        return parts.subscriptionSync().wanted();
    }

    /** Returns the granted QoS by topic filter. */
    public Map<String, Qos> subscriptions() {
        return parts.subscriptionSync().granted();
    }

    /** Returns whether the broker accepted the connection and it was not lost since. */
    public boolean isConnected() {
        return lifecycle.isConnected();
    }

    /** Returns the client identifier: on MQTT 5 perhaps one that the broker assigned. */
    public String clientId() {
        return parts.connectPacket().clientId();
    }

    /** Returns the counts so far; the handling times are measured elsewhere. */
    public MqttMetrics metrics(Map<String, MqttMetrics.Handling> handling) {
        return counters.snapshot(publishQueue.inflight(), publishQueue.queued(), handling);
    }

    private void end() {
        if (!calls.hasEnded()) {
            calls.end();
            lifecycle.end();
            publishQueue.end(calls.endedWithApplication());
            lifecycle.awaitClosed();
            setup.store().close();
        }
    }
}
