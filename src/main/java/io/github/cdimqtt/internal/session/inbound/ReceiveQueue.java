package io.github.cdimqtt.internal.session.inbound;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.packet.MalformedPacketException;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.Terms;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.Counters;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.internal.session.subscription.Overlaps;
import io.github.cdimqtt.internal.session.subscription.Recipient;
import io.github.cdimqtt.internal.session.subscription.RetainedMessages;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes received messages off the channel's thread, into the {@link DispatchQueue}: those of QoS 0 within bounds, those of
 * QoS 1 and 2 always, because the broker's window, on MQTT 5 ours, bounds their number. Thread-safe.
 */
public final class ReceiveQueue {
    private static final int HEAP_FRACTION = 8;

    /** How long a broker that kept the session may take to release the messages of QoS 2 received before. */
    private static final Duration PUBREL_TIMEOUT = Duration.ofSeconds(10);

    private final Counters counters;
    private final ConnectionListener listener;
    private final RetainedMessages retained;
    private final Diversion diversion;
    private final DispatchQueue dispatchQueue;
    private final Backpressure backpressure;
    private final IncomingFlows flows;
    private final Timer timer;
    private final Duration keepalive;
    private final TopicAliasMappings aliases;
    private volatile BiConsumer<Delivery, Outcome> failureListener = (delivery, outcome) -> {};
    private volatile boolean abandoned;

    /**
     * Creates an empty queue.
     *
     * @param config sets its bounds
     * @param responses take what answers requests
     * @param store keeps messages of QoS 2 until they are acknowledged
     * @param answerDue whether an answer of the broker is due, so that reading must continue soon
     */
    public ReceiveQueue(
            MqttConfig config,
            MessageHandler handler,
            SessionExecutors executors,
            ConnectionListener listener,
            Counters counters,
            RetainedMessages retained,
            Overlaps overlaps,
            Responses responses,
            MessageStore store,
            BooleanSupplier answerDue) {
        this.counters = counters;
        this.listener = listener;
        this.retained = retained;
        this.diversion = new Diversion(responses, overlaps, counters);
        this.timer = executors.timer();
        this.flows = new IncomingFlows(config, store, counters);
        this.dispatchQueue =
                new DispatchQueue(config.dispatchConcurrency(), handler, executors, listener, counters, this::ended);
        this.keepalive = config.keepalive();
        this.aliases = new TopicAliasMappings(config.topicAliasMaximum());
        this.backpressure = new Backpressure(
                config.dispatchQueueCapacity(),
                Runtime.getRuntime().maxMemory() / HEAP_FRACTION,
                answerDue,
                executors.timer(),
                this::dropped);
        overlaps.setBrokerWaits(() -> backpressure.isPaused() || flows.isAcknowledgementDue());
    }

    /** Sets the listener for messages whose outcome is not final. Called once, before the first message. */
    public void onFailure(BiConsumer<Delivery, Outcome> failureListener) {
        this.failureListener = failureListener;
    }

    /** Returns the highest topic alias that the broker may send on the next connection, 0 for none. */
    public int topicAliasMaximum() {
        return aliases.maximum();
    }

    /**
     * A PUBLISH was received. Called on the channel's thread.
     *
     * @throws MalformedPacketException if the broker may not send it; the connection can't go on
     */
    public void received(PacketChannel from, Packet.Publish packet) throws MalformedPacketException {
        Packet.Publish message = aliases.resolve(packet); // first of all: what comes later relies on it
        if (!isDispatched(message)) {
            counters.received.increment(); // a broker that keeps the session sends it again at QoS 1 and 2
            from.settled(message);
        } else if (message.qos() == Qos.AT_MOST_ONCE) {
            dispatch(new Delivery(from, message, Delivery.State.RELEASED));
        } else {
            flows.received(from, message).forEach(this::dispatch);
        }
    }

    /** A PUBREL was received. Called on the channel's thread. */
    public void released(PacketChannel from, int packetId, MqttReason reason) {
        Delivery delivery = reason.isFailure()
                ? flows.givenUp(from, packetId, this::isDispatched)
                : flows.released(from, packetId, this::isDispatched);
        if (delivery != null) {
            dispatch(delivery);
        }
    }

    private boolean isDispatched(Packet.Publish message) {
        return !dispatchQueue.isStopped()
                || diversion.responses().isAwaited(message); // a running observer may wait for one
    }

    private void dispatch(Delivery delivery) {
        if (diversion.concerns(delivery.message())) {
            diversion.take(delivery.message(), () -> dispatchMessage(delivery), () -> complete(delivery));
        } else {
            dispatchMessage(delivery);
        }
    }

    private void dispatchMessage(Delivery delivery) {
        Packet.Publish message = delivery.message();
        Set<Recipient> recipients = retained.recipients(message);
        if (recipients != null && recipients.isEmpty()) {
            complete(delivery);
            return;
        }
        counters.received.increment();
        if (message.qos() == Qos.AT_MOST_ONCE
                && !backpressure.admit(message.topic(), MessageSize.of(message), requireNonNull(delivery.channel))) {
            counters.dropped.increment();
            complete(delivery);
        } else {
            delivery.setRecipients(recipients);
            dispatchQueue.add(delivery);
        }
    }

    /**
     * The broker accepted a connection. Called on the channel's thread, before the first message. A broker sends PUBREL again
     * right after CONNACK [MQTT-4.4.0-1]. Without a session it never does. And Artemis, after it was killed, reports the
     * session as present although it has forgotten its packet identifiers.
     *
     * @param sessionKept whether the broker kept the session
     * @param terms what the broker says of this connection
     */
    public void connected(PacketChannel channel, boolean sessionKept, Terms terms) {
        aliases.connected();
        backpressure.connected(terms.keepAlive(keepalive));
        boolean stopped = dispatchQueue.isStopped(); // then all stays as it is, for the next JVM
        flows.connected(channel, sessionKept || stopped).forEach(this::dispatch);
        List<Delivery> awaiting = flows.awaitingPubrel();
        if (!awaiting.isEmpty()) {
            timer.schedule(PUBREL_TIMEOUT, () -> abandon(channel, awaiting));
        }
    }

    private void abandon(PacketChannel on, List<Delivery> awaiting) {
        if (!dispatchQueue.isStopped()) {
            flows.abandon(on, awaiting).forEach(this::dispatch);
        }
    }

    /** The connection is lost: nothing is acknowledged until the next one. */
    public void disconnected() {
        flows.disconnected();
    }

    /** Completes a message: it is acknowledged as soon as those before it are. */
    public void complete(Delivery delivery) {
        if (delivery.message().packetId() > 0) {
            flows.complete(delivery);
        } else {
            delivery.settle();
        }
    }

    /** Returns whether the connection that a message was received on last is open. */
    public boolean isConnected(Delivery delivery) {
        return flows.isConnected(delivery);
    }

    /**
     * Forgets that a message is handled, so that it is handled again when the broker sends it again.
     *
     * @param connected as {@link #isConnected} returned
     * @return false if that has changed since
     */
    public boolean forget(Delivery delivery, boolean connected) {
        return flows.forget(delivery, connected);
    }

    /** Dispatches no more messages, and runs an action as soon as the running observers have completed. */
    public void stop(Runnable whenIdle) {
        dispatchQueue.stop(whenIdle);
    }

    /** Acknowledges no more messages, because the observers that still run are interrupted. */
    public void abandon() {
        abandoned = true;
    }

    private void ended(Delivery delivery, @Nullable Outcome outcome) {
        if (delivery.message().qos() == Qos.AT_MOST_ONCE) {
            backpressure.release(MessageSize.of(delivery.message()));
            delivery.settle();
        }
        if (outcome != null && !abandoned) {
            if (outcome.isFinal()) {
                complete(delivery);
            } else {
                failureListener.accept(delivery, outcome);
            }
        }
    }

    private void dropped(String topic, long count) {
        String reason = count + " messages of QoS 0 were dropped: observers are slower than messages come"
                + " (dispatch.queue-capacity, or an eighth of the heap, is reached)";
        listener.log(MessageId.MESSAGES_DROPPED, "dispatch", () -> reason + "; last on '" + Printable.of(topic) + "'");
        listener.event(new MqttEvent.MessageDropped(listener.broker(), topic, reason));
    }
}
