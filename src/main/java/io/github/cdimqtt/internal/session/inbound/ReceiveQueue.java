package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.Counters;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.session.subscription.Recipient;
import io.github.cdimqtt.internal.session.subscription.RetainedMessages;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.transport.InboundMessage;
import io.github.cdimqtt.internal.transport.Transport;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes received messages off the transport's thread and dispatches them: in order of arrival on one serial executor
 * or, with several, in order for each topic. Messages of QoS 1 and 2 are always accepted: the broker's window bounds
 * their number. Thread-safe.
 */
public final class ReceiveQueue {
    private static final int HEAP_FRACTION = 8;

    /** Memory of a queued message besides its payload and topic. */
    private static final int MESSAGE_OVERHEAD_BYTES = 256;

    private static final Duration MAX_PAUSE_WITHOUT_KEEPALIVE = Duration.ofSeconds(20);

    private final String broker;
    private final MessageHandler handler;
    private final Counters counters;
    private final ConnectionListener listener;
    private final RetainedMessages retained;
    private final boolean assumesSessionPresent;
    private final SerialExecutor[] serialExecutors;
    private final Backpressure backpressure;
    private final UnacknowledgedMessages unacknowledged = new UnacknowledgedMessages();
    private final AtomicInteger running = new AtomicInteger();
    private volatile BiConsumer<Delivery, Outcome> failureListener = (delivery, outcome) -> {};
    private volatile boolean stopped;
    private volatile boolean abandoned;
    private volatile Runnable whenIdle = () -> {};

    /**
     * Creates an empty queue.
     *
     * @param config sets its bounds
     * @param answerDue whether an answer of the broker is due, so that reading must continue soon
     */
    public ReceiveQueue(
            MqttConfig config,
            MessageHandler handler,
            SessionExecutors executors,
            ConnectionListener listener,
            Counters counters,
            RetainedMessages retained,
            BooleanSupplier answerDue) {
        this.broker = listener.broker();
        this.handler = handler;
        this.counters = counters;
        this.listener = listener;
        this.retained = retained;
        this.assumesSessionPresent = Transport.assumesSessionPresent(config);
        this.serialExecutors = new SerialExecutor[config.dispatchConcurrency()];
        for (int i = 0; i < serialExecutors.length; i++) {
            serialExecutors[i] = new SerialExecutor(executors.dispatch(), executors.timer(), this::dispatchFailed);
        }
        Duration keepalive = config.keepalive();
        this.backpressure = new Backpressure(
                config.dispatchQueueCapacity(),
                Runtime.getRuntime().maxMemory() / HEAP_FRACTION,
                keepalive.isZero() ? MAX_PAUSE_WITHOUT_KEEPALIVE : keepalive.dividedBy(3),
                answerDue,
                executors.timer(),
                this::dropped);
    }

    /** Sets the listener for messages whose outcome is not final. Called once, before the first message. */
    public void onFailure(BiConsumer<Delivery, Outcome> failureListener) {
        this.failureListener = failureListener;
    }

    /** A message was received. Called on the transport's thread. */
    public void received(MessageSource source, InboundMessage message) {
        if (stopped) { // unacknowledged, so a broker that keeps the session sends it again at QoS 1 and 2
            counters.received.increment();
            return;
        }
        Set<Recipient> recipients = recipients(message);
        boolean hasRecipients = recipients == null || !recipients.isEmpty();
        Delivery delivery = new Delivery(source.acknowledgements(), message, recipients);
        if (message.packetId() > 0) {
            if (unacknowledged.transfer(delivery)) {
                counters.received.increment();
                return;
            }
            unacknowledged.add(delivery);
            source.acknowledgements().arrived(delivery);
            if (!hasRecipients) {
                delivery.complete();
            }
        } else if (hasRecipients
                && message.qos() == Qos.AT_MOST_ONCE
                && !backpressure.admit(message.topic(), size(message), source)) {
            counters.received.increment();
            counters.dropped.increment();
            return;
        }
        if (!hasRecipients) { // a retained copy that every recipient has received before
            return;
        }
        counters.received.increment();
        running.incrementAndGet();
        executorOf(message.topic()).execute(() -> handle(delivery));
    }

    private @Nullable Set<Recipient> recipients(InboundMessage message) {
        if (message.retained()) {
            return retained.recipients(message.topic());
        }
        retained.liveMessage(message.topic());
        return null;
    }

    private static int size(InboundMessage message) {
        return message.payload().remaining() + message.topic().length() + MESSAGE_OVERHEAD_BYTES;
    }

    /** The broker accepted a connection. Called on the transport's thread, before the first message. */
    public void connected(boolean sessionPresent) {
        backpressure.connected();
        if (!sessionPresent && !assumesSessionPresent) {
            unacknowledged.clear();
        }
    }

    /** A message is being acknowledged, so its packet identifier becomes free. */
    public void acknowledged(Delivery delivery) {
        counters.acknowledged.increment();
        unacknowledged.remove(delivery);
    }

    /** Forgets a message, so that it is handled again when the broker sends it again. */
    public void forget(Delivery delivery) {
        unacknowledged.remove(delivery);
    }

    /** An answer of the broker is due from now on, so reading must not pause for long. */
    public void answerIsDue() {
        backpressure.answerIsDue();
    }

    /** Dispatches no more messages, and runs an action as soon as the running observers have completed. */
    public void stop(Runnable whenIdle) {
        this.whenIdle = whenIdle;
        stopped = true;
        if (running.get() == 0) {
            whenIdle.run();
        }
    }

    /** Acknowledges no more messages, because the observers that still run are interrupted. */
    public void abandon() {
        abandoned = true;
    }

    private SerialExecutor executorOf(String topic) {
        return serialExecutors.length == 1
                ? serialExecutors[0]
                : serialExecutors[Math.floorMod(topic.hashCode(), serialExecutors.length)];
    }

    private void handle(Delivery delivery) {
        if (stopped) {
            releaseRoom(delivery);
            handlingEnded();
            return;
        }
        CompletableFuture<Outcome> outcome = outcome(delivery);
        if (outcome.isDone()) {
            handled(delivery, outcome.join());
        } else {
            CompletableFuture<?> unused = outcome.thenAccept(each -> handled(delivery, each));
        }
    }

    /** Returns an outcome whatever happens: a message that is never acknowledged would block the broker's window. */
    private CompletableFuture<Outcome> outcome(Delivery delivery) {
        try {
            return handler.handle(delivery.message(), delivery.recipients());
        } catch (Throwable e) { // a fault of cdi-mqtt or the container; failures of observers are handled below
            dispatchFailed(e);
            return CompletableFuture.completedFuture(Outcome.FAILED);
        }
    }

    private void releaseRoom(Delivery delivery) {
        if (delivery.message().qos() == Qos.AT_MOST_ONCE) {
            backpressure.release(size(delivery.message()));
        }
    }

    private void handled(Delivery delivery, Outcome outcome) {
        count(outcome);
        releaseRoom(delivery);
        if (!abandoned) {
            if (outcome.isFinal()) {
                delivery.complete();
            } else {
                failureListener.accept(delivery, outcome);
            }
        }
        handlingEnded();
    }

    private void count(Outcome outcome) {
        switch (outcome) {
            case HANDLED -> counters.handled.increment();
            case UNHEARD -> counters.unheard.increment();
            default -> counters.failed.increment();
        }
    }

    private void handlingEnded() {
        if (running.decrementAndGet() == 0 && stopped) {
            whenIdle.run();
        }
    }

    private void dispatchFailed(Throwable e) {
        listener.log(MessageId.DISPATCH_FAULT, "dispatch", () -> "a message could not be dispatched", e);
    }

    private void dropped(String topic, long count) {
        String reason = count + " messages of QoS 0 were dropped: observers are slower than messages come"
                + " (dispatch.queue-capacity, or an eighth of the heap, is reached)";
        listener.log(MessageId.MESSAGES_DROPPED, "dispatch", () -> reason + "; last on '" + Printable.of(topic) + "'");
        listener.event(new MqttEvent.MessageDropped(broker, topic, reason));
    }
}
