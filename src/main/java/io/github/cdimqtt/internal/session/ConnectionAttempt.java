package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.session.inbound.AcknowledgementOrder;
import io.github.cdimqtt.internal.session.inbound.Delivery;
import io.github.cdimqtt.internal.session.inbound.MessageSource;
import io.github.cdimqtt.internal.session.inbound.ReceiveQueue;
import io.github.cdimqtt.internal.session.outbound.PublishQueue;
import io.github.cdimqtt.internal.session.subscription.RequestListener;
import io.github.cdimqtt.internal.session.subscription.SubscriptionSync;
import io.github.cdimqtt.internal.transport.ConnectRequest;
import io.github.cdimqtt.internal.transport.InboundMessage;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import io.github.cdimqtt.internal.transport.Subscription;
import io.github.cdimqtt.internal.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect, and the connection that it leads to. It passes the transport's events to the session's
 * executor, and holds the messages that must be acknowledged on this connection and no other. Thread-safe, except where
 * noted.
 */
final class ConnectionAttempt implements Transport.Listener, RequestListener, MessageSource {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    /** Follows one attempt. On the session's executor only. */
    interface Owner {
        /** The broker accepted the connection. */
        void accepted(ConnectionAttempt attempt, Transport.Connection connection, boolean sessionPresent);

        /** The attempt failed, or the connection is lost. */
        void lost(ConnectionAttempt attempt, MqttException cause);
    }

    private final Owner owner;
    private final SubscriptionSync subscriptionSync;
    private final ReceiveQueue receiveQueue;
    private final PublishQueue publishQueue;
    private final SerialExecutor executor;
    private final Timer timer;
    private final BrokerAddress server;
    private final AcknowledgementOrder acknowledgements = new AcknowledgementOrder(this::acknowledge);
    private volatile Transport.@Nullable Connection connection; // written on the executor only
    private boolean paused; // guarded by this
    private Timer.@Nullable Task timeout; // on the executor only
    private boolean closed; // on the executor only

    ConnectionAttempt(
            Owner owner,
            SubscriptionSync subscriptionSync,
            ReceiveQueue receiveQueue,
            PublishQueue publishQueue,
            SerialExecutor executor,
            Timer timer,
            BrokerAddress server) {
        this.owner = owner;
        this.subscriptionSync = subscriptionSync;
        this.receiveQueue = receiveQueue;
        this.publishQueue = publishQueue;
        this.executor = executor;
        this.timer = timer;
        this.server = server;
    }

    BrokerAddress server() {
        return server;
    }

    /** Starts the attempt, unless it was closed before. On the executor. */
    void open(Transport transport, ConnectRequest request) {
        if (!closed) {
            assign(transport.open(request, this));
        }
    }

    /** Assigns the connection. Messages may have been received before, and enough of them to pause reading. */
    private synchronized void assign(Transport.Connection opened) {
        connection = opened;
        if (paused) {
            opened.pause();
        }
    }

    /** Closes the connection. From then on, its events are ignored, and nothing is acknowledged. On the executor. */
    void close(boolean orderly) {
        setTimeout(null, "");
        closed = true;
        Transport.Connection open = connection;
        if (open != null) {
            open.close(orderly);
        }
    }

    /**
     * Sets the time after which the attempt counts as lost, in place of the former one; null for none. On the executor.
     */
    void setTimeout(@Nullable Duration duration, String reason) {
        if (timeout != null) {
            timeout.cancel();
            timeout = null;
        }
        if (duration != null) {
            MqttException cause =
                    new MqttException(reason + " within " + duration.toMillis() + " ms", new TimeoutException());
            timeout = timer.schedule(duration, () -> lost(cause));
        }
    }

    /**
     * Returns whether it was closed: messages that it received and did not acknowledge may be sent again. On the
     * executor.
     */
    boolean isClosed() {
        return closed;
    }

    /** Returns the message that the broker had to answer first; null if there is none. On the executor. */
    @Nullable
    OutboundMessage firstUnanswered(boolean behindRequests) {
        Transport.Connection open = connection;
        return open == null ? null : open.firstUnanswered(behindRequests);
    }

    /** Sends packets before the connection is closed. On the executor. */
    void sendBeforeClose(Consumer<Transport.Connection> packets) {
        Transport.Connection open = connection;
        if (open != null) {
            packets.accept(open);
        }
    }

    @Override
    public synchronized void pause() {
        paused = true;
        Transport.Connection open = connection;
        if (open != null) {
            open.pause();
        }
    }

    @Override
    public synchronized void resume() {
        paused = false;
        Transport.Connection open = connection;
        if (open != null) {
            open.resume();
        }
    }

    @Override
    public AcknowledgementOrder acknowledgements() {
        return acknowledgements;
    }

    /** Acknowledges the messages that are complete and next in order. */
    private void acknowledge() {
        onConnection(open -> {
            List<Delivery> ready = acknowledgements.takeReady();
            for (Delivery each : ready) {
                receiveQueue.acknowledged(each); // before the broker may use its packet identifier again
                open.acknowledge(each.message());
            }
        });
    }

    @Override
    public void answerDue(boolean due) {
        if (due) {
            receiveQueue.answerIsDue();
        }
        setTimeout(due ? ANSWER_TIMEOUT : null, "the broker did not answer a subscription");
    }

    @Override
    public void connected(boolean sessionPresent) {
        receiveQueue.connected(sessionPresent); // here, because the first message may follow at once
        onConnection(open -> owner.accepted(this, open, sessionPresent));
    }

    @Override
    public void granted(List<Subscription> requested, int[] reasonCodes) {
        onExecutor(() -> subscriptionSync.granted(reasonCodes));
    }

    @Override
    public void unsubscribed(List<String> filters) {
        onExecutor(subscriptionSync::unsubscribed);
    }

    @Override
    public void received(InboundMessage message) {
        receiveQueue.received(this, message);
    }

    @Override
    public void delivered(OutboundMessage message, int packetId) {
        // Also when closed: otherwise the message would be sent again.
        executor.execute(() -> publishQueue.delivered(message, packetId));
    }

    @Override
    public void rejected(OutboundMessage message, MqttException cause) {
        onExecutor(() -> publishQueue.rejected(message, cause));
    }

    @Override
    public void lost(MqttException cause) {
        onExecutor(() -> owner.lost(this, cause));
    }

    /** Runs a task on the executor, unless the attempt is closed by then. */
    private void onExecutor(Runnable task) {
        executor.execute(() -> {
            if (!closed) {
                task.run();
            }
        });
    }

    private void onConnection(Consumer<Transport.Connection> task) {
        onExecutor(() -> {
            Transport.Connection open = connection;
            if (open != null) {
                task.accept(open);
            }
        });
    }
}
