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
 * Takes what arrives off the transport's thread and hands it to the observers: in order of arrival on one lane, or, with
 * more, in order by topic. Messages of QoS 1 and 2 are always taken: the broker's window bounds them. Thread-safe.
 */
public final class ReceiveQueue {
    private static final int SHARE_OF_THE_HEAP = 8;

    /** What one takes that waits, without its payload and its topic. */
    private static final int BYTES_OF_A_MESSAGE = 256;

    private static final Duration PAUSE_WITHOUT_KEEPALIVE = Duration.ofSeconds(20);

    private final String broker;
    private final MessageHandler handler;
    private final Counters counters;
    private final ConnectionListener listener;
    private final RetainedMessages retained;
    private final boolean assumesSessionPresent;
    private final SerialExecutor[] lanes;
    private final Backpressure backpressure;
    private final UnacknowledgedMessages inWork = new UnacknowledgedMessages();
    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile BiConsumer<Delivery, Outcome> failures = (delivery, outcome) -> {};
    private volatile boolean stopped;
    private volatile boolean abandoned;
    private volatile Runnable whenIdle = () -> {};

    /**
     * Creates it, empty.
     *
     * @param config for its bounds
     * @param answersAreDue whether the broker owes an answer, so that reading must go on soon
     */
    public ReceiveQueue(
            MqttConfig config,
            MessageHandler handler,
            SessionExecutors executors,
            ConnectionListener listener,
            Counters counters,
            RetainedMessages retained,
            BooleanSupplier answersAreDue) {
        this.broker = listener.broker();
        this.handler = handler;
        this.counters = counters;
        this.listener = listener;
        this.retained = retained;
        this.assumesSessionPresent = Transport.assumesSessionPresent(config);
        this.lanes = new SerialExecutor[config.dispatchConcurrency()];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = new SerialExecutor(executors.dispatch(), executors.timer(), this::broken);
        }
        Duration keepalive = config.keepalive();
        this.backpressure = new Backpressure(
                config.dispatchQueueCapacity(),
                Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP,
                keepalive.isZero() ? PAUSE_WITHOUT_KEEPALIVE : keepalive.dividedBy(3),
                answersAreDue,
                executors.timer(),
                this::dropped);
    }

    /** Sets who decides what becomes of messages whose outcome is not final. Called once, before the first message. */
    public void onFailure(BiConsumer<Delivery, Outcome> failures) {
        this.failures = failures;
    }

    /** A message came. Called on the transport's thread. */
    public void received(MessageSource from, InboundMessage message) {
        if (stopped) { // not acknowledged, so that one of QoS 1 or 2 comes again where the session is kept
            counters.received.increment();
            return;
        }
        Set<Recipient> recipients = recipients(message);
        boolean wanted = recipients == null || !recipients.isEmpty();
        Delivery delivery = new Delivery(from.acknowledgements(), message, recipients);
        if (message.packetId() > 0) {
            Delivery known = inWork.find(delivery);
            if (known != null && adopt(known, from.acknowledgements())) {
                counters.received.increment();
                return;
            }
            inWork.add(delivery);
            from.acknowledgements().arrived(delivery);
            if (!wanted) {
                delivery.settle();
            }
        } else if (wanted
                && message.qos() == Qos.AT_MOST_ONCE
                && !backpressure.admit(message.topic(), size(message), from)) {
            counters.received.increment();
            counters.dropped.increment();
            return;
        }
        if (!wanted) { // a copy of what all have heard before
            return;
        }
        counters.received.increment();
        unfinished.incrementAndGet();
        lane(message.topic()).execute(() -> handle(delivery));
    }

    private @Nullable Set<Recipient> recipients(InboundMessage message) {
        if (message.retained()) {
            return retained.recipients(message.topic());
        }
        retained.live(message.topic());
        return null;
    }

    private static int size(InboundMessage message) {
        return message.payload().remaining() + message.topic().length() + BYTES_OF_A_MESSAGE;
    }

    /** The broker accepted a connection. Called on the transport's thread, before the first message. */
    public void connected(boolean sessionPresent) {
        backpressure.connected();
        if (!sessionPresent && !assumesSessionPresent) {
            inWork.clear();
        }
    }

    /** A message is being acknowledged: its packet identifier is free. */
    public void acknowledged(Delivery delivery) {
        counters.acknowledged.increment();
        inWork.remove(delivery);
    }

    /** A message is to be handled again when it comes again. */
    public void forget(Delivery delivery) {
        inWork.remove(delivery);
    }

    /** The broker owes us an answer from now on, so reading may not stop for long. */
    public void answerIsDue() {
        backpressure.answerIsDue();
    }

    /** Hands nothing more to observers, and runs something as soon as those at work are done. */
    public void stop(Runnable whenIdle) {
        this.whenIdle = whenIdle;
        stopped = true;
        if (unfinished.get() == 0) {
            whenIdle.run();
        }
    }

    /** Acknowledges nothing more: whatever observers come to from now on, they were interrupted. */
    public void abandon() {
        abandoned = true;
    }

    /** A message that is in work came again: it is not handled twice, only acknowledged on the new connection. */
    private static boolean adopt(Delivery known, AcknowledgementOrder order) {
        boolean adopted = known.adoptedBy(order);
        if (adopted && known.isDone()) {
            order.done();
        }
        return adopted;
    }

    private SerialExecutor lane(String topic) {
        return lanes.length == 1 ? lanes[0] : lanes[Math.floorMod(topic.hashCode(), lanes.length)];
    }

    private void handle(Delivery delivery) {
        if (stopped) {
            release(delivery);
            finished();
            return;
        }
        CompletableFuture<Outcome> outcome = outcome(delivery);
        if (outcome.isDone()) {
            done(delivery, outcome.join());
        } else {
            CompletableFuture<?> unused = outcome.thenAccept(each -> done(delivery, each));
        }
    }

    /** Whatever happens, the message gets an outcome: one that is never acknowledged would stop the broker some day. */
    private CompletableFuture<Outcome> outcome(Delivery delivery) {
        try {
            return handler.handle(delivery.message(), delivery.recipients());
        } catch (Throwable e) { // of cdi-mqtt or the container: observers' are handled below it
            broken(e);
            return CompletableFuture.completedFuture(Outcome.FAILED);
        }
    }

    private void release(Delivery delivery) {
        if (delivery.message().qos() == Qos.AT_MOST_ONCE) {
            backpressure.release(size(delivery.message()));
        }
    }

    private void done(Delivery delivery, Outcome outcome) {
        count(outcome);
        release(delivery);
        if (!abandoned) {
            if (outcome.isFinal()) {
                delivery.settle();
            } else {
                failures.accept(delivery, outcome);
            }
        }
        finished();
    }

    private void count(Outcome outcome) {
        switch (outcome) {
            case HANDLED -> counters.handled.increment();
            case UNHEARD -> counters.unheard.increment();
            default -> counters.failed.increment();
        }
    }

    private void finished() {
        if (unfinished.decrementAndGet() == 0 && stopped) {
            whenIdle.run();
        }
    }

    private void broken(Throwable e) {
        listener.log(MessageId.DISPATCH_FAULT, "dispatch", () -> "a message could not be dispatched", e);
    }

    private void dropped(String topic, long count) {
        String reason = count + " messages of QoS 0 were dropped: observers are slower than messages come"
                + " (dispatch.queue-capacity, or an eighth of the heap, is reached)";
        listener.log(MessageId.MESSAGES_DROPPED, "dispatch", () -> reason + "; last on '" + Printable.of(topic) + "'");
        listener.event(new MqttEvent.MessageDropped(broker, topic, reason));
    }
}
