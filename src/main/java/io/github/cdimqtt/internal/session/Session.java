package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMetrics;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.reporting.Counters;
import io.github.cdimqtt.internal.reporting.IgnoredFailures;
import io.github.cdimqtt.internal.session.inbound.ReceiveQueue;
import io.github.cdimqtt.internal.session.outbound.PublishQueue;
import io.github.cdimqtt.internal.session.subscription.SubscriptionSync;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the application sees it: opened once, then reopened after each loss, each time with all subscriptions
 * and all unacknowledged messages.
 *
 * <p>Thread-safe: every call becomes a task of one serial executor, which owns the {@link ConnectionLifecycle} and all
 * its parts. Received messages pass through the {@link ReceiveQueue}; only their acknowledgements pass through the
 * executor.
 */
public final class Session {
    private final SessionSetup setup;
    private final SerialExecutor executor;
    private final StageCompleter completer;
    private final IgnoredFailures ignored;
    private final Counters counters;
    private final SubscriptionSync subscriptionSync;
    private final PublishQueue publishQueue;
    private final ReceiveQueue receiveQueue;
    private final ConnectionLifecycle lifecycle;
    private volatile boolean started;

    /** Creates a session that is closed; {@link SessionSetup#session} makes its parts. */
    Session(
            SessionSetup setup,
            SerialExecutor executor,
            StageCompleter completer,
            Counters counters,
            SubscriptionSync subscriptionSync,
            PublishQueue publishQueue,
            ReceiveQueue receiveQueue,
            ConnectionLifecycle lifecycle) {
        this.setup = setup;
        this.executor = executor;
        this.completer = completer;
        this.ignored = new IgnoredFailures(setup.listener(), setup.executors().timer());
        this.counters = counters;
        this.subscriptionSync = subscriptionSync;
        this.publishQueue = publishQueue;
        this.receiveQueue = receiveQueue;
        this.lifecycle = lifecycle;
    }

    /** Opens the session unless it was opened or closed before: for calls before the application has started. */
    public void begin() {
        if (!started) {
            started = true;
            CompletableFuture<?> unused = submit(new CompletableFuture<@Nullable Void>(), lifecycle::connect);
        }
    }

    /** Returns whether the session was ever opened or closed. */
    public boolean hasBegun() {
        return started;
    }

    /** Opens the session if it is closed. Completes when it is connected and every subscription is answered. */
    public CompletableFuture<@Nullable Void> connect() {
        started = true;
        return submit(ignored.stage("connect"), lifecycle::connect);
    }

    /**
     * Opens the session. Completes when it is connected and subscribed. Fails as soon as no address of the broker
     * answered; attempts continue.
     */
    public CompletableFuture<@Nullable Void> start() {
        started = true;
        return submit(new CompletableFuture<>(), lifecycle::start);
    }

    /** Closes the session at once, and fails everything that is open. */
    public CompletableFuture<@Nullable Void> disconnect() {
        started = true;
        return submit(ignored.stage("disconnect"), stage -> {
            lifecycle.close();
            completer.complete(stage);
        });
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
        return submit(new CompletableFuture<>(), stage -> {
            Runnable end = () -> executor.execute(() -> {
                end();
                ignored.close();
                stage.complete(null); // on this thread: no application code depends on it
            });
            setup.executors().timer().schedule(timeout, end);
            receiveQueue.stop(() -> executor.execute(() -> lifecycle.drain(end)));
        });
    }

    /** Publishes a message of a valid topic. */
    public CompletableFuture<MqttEvent.Published> publish(OutboundMessage message) {
        if (!publishQueue.admit()) {
            CompletableFuture<MqttEvent.Published> full = ignored.stage("publish");
            completer.fail(full, publishQueue.queueFull(message.topic()));
            return full;
        }
        return submit(ignored.stage("publish"), stage -> {
            publishQueue.publish(message, stage);
            if (message.qos() != Qos.AT_MOST_ONCE) {
                receiveQueue.answerIsDue();
            }
        });
    }

    /** As {@link #subscribe(TopicFilter, Qos, boolean)}, for the observers of the filter. */
    public CompletableFuture<Qos> subscribe(TopicFilter filter, Qos qos) {
        return subscribe(filter, qos, false);
    }

    /**
     * Subscribes; without a connection, on the next one.
     *
     * @param consumer whether retained messages are for the filter's consumer; otherwise for its observers
     */
    public CompletableFuture<Qos> subscribe(TopicFilter filter, Qos qos, boolean consumer) {
        return submit(ignored.stage("subscribe"), stage -> subscriptionSync.want(filter, qos, consumer, stage));
    }

    /** Unsubscribes; without a connection, on the next one. */
    public CompletableFuture<@Nullable Void> unsubscribe(TopicFilter filter) {
        return submit(ignored.stage("unsubscribe"), stage -> subscriptionSync.drop(filter, stage));
    }

    /** Unsubscribes all topic filters. */
    public CompletableFuture<@Nullable Void> unsubscribeAll() {
        return submit(ignored.stage("unsubscribeAll"), stage -> subscriptionSync.dropAll(stage));
    }

    /** Returns the failed stage of a call that failed before it reached this session. */
    public <T extends @Nullable Object> CompletableFuture<T> failed(String call, MqttException cause) {
        CompletableFuture<T> stage = ignored.stage(call);
        stage.completeExceptionally(cause);
        return stage;
    }

    /** Returns the wanted topic filters, granted or not. */
    public Set<String> wanted() {
        return subscriptionSync.wanted();
    }

    /** Returns the granted QoS by topic filter. */
    public Map<String, Qos> subscriptions() {
        return subscriptionSync.granted();
    }

    /** Returns whether the broker accepted the connection and it was not lost since. */
    public boolean isConnected() {
        return lifecycle.isConnected();
    }

    /** Returns the client identifier. */
    public String clientId() {
        return setup.clientId();
    }

    /** Returns the counts so far; the handling times are measured elsewhere. */
    public MqttMetrics metrics(Map<String, MqttMetrics.Handling> handling) {
        return counters.snapshot(publishQueue.inflight(), publishQueue.queued(), handling);
    }

    private void end() {
        if (!lifecycle.hasEnded()) {
            lifecycle.end();
            setup.transport().close();
        }
    }

    private <T extends @Nullable Object> CompletableFuture<T> submit(
            CompletableFuture<T> stage, Consumer<CompletableFuture<T>> task) {
        executor.offer(
                () -> {
                    if (lifecycle.hasEnded()) {
                        completer.fail(stage, endedWithApplication());
                    } else {
                        run(task, stage);
                    }
                },
                () -> stage.completeExceptionally(endedWithApplication()));
        return stage;
    }

    private <T extends @Nullable Object> void run(Consumer<CompletableFuture<T>> task, CompletableFuture<T> stage) {
        try {
            task.accept(stage);
        } catch (Throwable e) {
            completer.fail(stage, new MqttException("a fault of cdi-mqtt: " + e, e));
            throw e;
        }
    }

    private MqttException endedWithApplication() {
        return new MqttException("the connection '" + setup.broker() + "' has ended with its application");
    }
}
