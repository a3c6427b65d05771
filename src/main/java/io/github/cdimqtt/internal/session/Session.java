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
 * A connection as the application sees it: it is opened once, and lost and found again for ever, each time with all
 * subscriptions and with what was not acknowledged.
 *
 * <p>Thread-safe: every call becomes a task of one serial executor, which owns the {@link ConnectionLifecycle} and all that belongs to it.
 * Messages that arrive go through the {@link ReceiveQueue}; only their acknowledgements pass the executor.
 */
public final class Session {
    private final SessionSetup setup;
    private final SerialExecutor executor;
    private final StageCompleter replies;
    private final IgnoredFailures ignored;
    private final Counters counters;
    private final SubscriptionSync subscriber;
    private final PublishQueue outbox;
    private final ReceiveQueue inbox;
    private final ConnectionLifecycle lifecycle;
    private volatile boolean begun;

    /** Creates a session that is closed; {@link SessionSetup#session} makes its parts. */
    Session(
            SessionSetup setup,
            SerialExecutor executor,
            StageCompleter replies,
            Counters counters,
            SubscriptionSync subscriber,
            PublishQueue outbox,
            ReceiveQueue inbox,
            ConnectionLifecycle lifecycle) {
        this.setup = setup;
        this.executor = executor;
        this.replies = replies;
        this.ignored = new IgnoredFailures(setup.listener(), setup.threads().timer());
        this.counters = counters;
        this.subscriber = subscriber;
        this.outbox = outbox;
        this.inbox = inbox;
        this.lifecycle = lifecycle;
    }

    /** Opens it, if nobody has opened or closed it before: for what is asked of it before the application has started. */
    public void begin() {
        if (!begun) {
            begun = true;
            CompletableFuture<?> unused = ask(new CompletableFuture<@Nullable Void>(), lifecycle::connect);
        }
    }

    /** Tells whether it was ever to be opened or closed. */
    public boolean hasBegun() {
        return begun;
    }

    /** Opens it, if it is closed. Completes when connected and every subscription was answered. */
    public CompletableFuture<@Nullable Void> connect() {
        begun = true;
        return ask(ignored.stage("connect"), lifecycle::connect);
    }

    /** Opens it. Completes when connected and subscribed, or fails as soon as no address answered; that is tried again. */
    public CompletableFuture<@Nullable Void> start() {
        begun = true;
        return ask(new CompletableFuture<>(), lifecycle::start);
    }

    /** Closes it at once, and fails what is open. */
    public CompletableFuture<@Nullable Void> disconnect() {
        begun = true;
        return ask(ignored.stage("disconnect"), reply -> {
            lifecycle.close();
            replies.complete(reply);
        });
    }

    /**
     * Hands nothing more to observers, while it stays open for what is published. Completes when those at work are done, or
     * when the time given is over.
     */
    public CompletableFuture<@Nullable Void> stopObserving(Duration patience) {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        setup.threads().timer().schedule(patience, () -> done.complete(null));
        inbox.stop(() -> done.complete(null));
        return done;
    }

    /** Leaves what observers still work on unacknowledged; they are interrupted next. */
    public void abandon() {
        inbox.abandon();
    }

    /**
     * Closes it for good: hands nothing more to observers, and waits until those at work are done and what was accepted
     * is sent, but not longer than the time given.
     */
    public CompletableFuture<@Nullable Void> shutDown(Duration patience) {
        begun = true;
        return ask(new CompletableFuture<>(), reply -> {
            Runnable end = () -> executor.execute(() -> {
                end();
                ignored.close();
                reply.complete(null); // no user's code waits for it, and not behind theirs
            });
            setup.threads().timer().schedule(patience, end);
            inbox.stop(() -> executor.execute(() -> lifecycle.drain(end)));
        });
    }

    /** Publishes a message of a valid topic. */
    public CompletableFuture<MqttEvent.Published> publish(OutboundMessage message) {
        if (!outbox.admit()) {
            CompletableFuture<MqttEvent.Published> full = ignored.stage("publish");
            replies.fail(full, outbox.queueFull(message.topic()));
            return full;
        }
        return ask(ignored.stage("publish"), reply -> {
            outbox.publish(message, reply);
            if (message.qos() != Qos.AT_MOST_ONCE) {
                inbox.answerIsDue();
            }
        });
    }

    /** As {@link #subscribe(TopicFilter, Qos, boolean)}, for the observers of the filter. */
    public CompletableFuture<Qos> subscribe(TopicFilter filter, Qos qos) {
        return subscribe(filter, qos, false);
    }

    /**
     * Subscribes; while there is no connection, with the next one.
     *
     * @param consumer whether what the broker kept is for the filter's consumer; otherwise for its observers
     */
    public CompletableFuture<Qos> subscribe(TopicFilter filter, Qos qos, boolean consumer) {
        return ask(ignored.stage("subscribe"), reply -> subscriber.want(filter, qos, consumer, reply));
    }

    /** Unsubscribes; while there is no connection, with the next one. */
    public CompletableFuture<@Nullable Void> unsubscribe(TopicFilter filter) {
        return ask(ignored.stage("unsubscribe"), reply -> subscriber.drop(filter, reply));
    }

    /** Unsubscribes everything. */
    public CompletableFuture<@Nullable Void> unsubscribeAll() {
        return ask(ignored.stage("unsubscribeAll"), reply -> subscriber.dropAll(reply));
    }

    /** Returns the stage of a call that failed before it was one of this session's. */
    public <T extends @Nullable Object> CompletableFuture<T> failed(String call, MqttException cause) {
        CompletableFuture<T> reply = ignored.stage(call);
        reply.completeExceptionally(cause);
        return reply;
    }

    /** Returns the topic filters that are wanted, granted or not. */
    public Set<String> wanted() {
        return subscriber.wanted();
    }

    /** Returns the granted QoS by topic filter. */
    public Map<String, Qos> subscriptions() {
        return subscriber.effective();
    }

    /** Tells whether the broker accepted the connection and it was not lost since. */
    public boolean isConnected() {
        return lifecycle.isConnected();
    }

    /** Returns the client identifier. */
    public String clientId() {
        return setup.clientId();
    }

    /** Returns what was done so far; the time that handling took is for others to measure. */
    public MqttMetrics metrics(Map<String, MqttMetrics.Handling> handling) {
        return counters.snapshot(outbox.inflight(), outbox.queued(), handling);
    }

    private void end() {
        if (!lifecycle.hasEnded()) {
            lifecycle.end();
            setup.transport().close();
        }
    }

    private <T extends @Nullable Object> CompletableFuture<T> ask(
            CompletableFuture<T> reply, Consumer<CompletableFuture<T>> task) {
        executor.offer(
                () -> {
                    if (lifecycle.hasEnded()) {
                        replies.fail(reply, ended());
                    } else {
                        answer(task, reply);
                    }
                },
                () -> reply.completeExceptionally(ended()));
        return reply;
    }

    private <T extends @Nullable Object> void answer(Consumer<CompletableFuture<T>> task, CompletableFuture<T> reply) {
        try {
            task.accept(reply);
        } catch (Throwable e) {
            replies.fail(reply, new MqttException("a fault of cdi-mqtt: " + e, e));
            throw e;
        }
    }

    private MqttException ended() {
        return new MqttException("the connection '" + setup.broker() + "' has ended with its application");
    }
}
