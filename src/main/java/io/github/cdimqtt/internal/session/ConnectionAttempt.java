package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.session.inbound.AcknowledgementOrder;
import io.github.cdimqtt.internal.session.inbound.Delivery;
import io.github.cdimqtt.internal.session.inbound.MessageSource;
import io.github.cdimqtt.internal.session.inbound.ReceiveQueue;
import io.github.cdimqtt.internal.session.outbound.PublishQueue;
import io.github.cdimqtt.internal.session.subscription.RequestListener;
import io.github.cdimqtt.internal.session.subscription.SubscriptionSync;
import io.github.cdimqtt.internal.text.Printable;
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
 * One attempt to connect, and the connection that comes of it: brings what the transport reports to the session's
 * executor, and knows what must be acknowledged on this connection and no other.
 */
final class ConnectionAttempt implements Transport.Listener, RequestListener, MessageSource {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    /** Follows one attempt. On the session's executor only. */
    interface Owner {
        /** The broker accepted the connection. */
        void accepted(ConnectionAttempt attempt, Transport.Connection connection, boolean sessionPresent);

        /** The attempt failed, or the connection is gone. */
        void lost(ConnectionAttempt attempt, MqttException cause);
    }

    private final Owner owner;
    private final SubscriptionSync subscriber;
    private final ReceiveQueue inbox;
    private final PublishQueue outbox;
    private final SerialExecutor executor;
    private final Timer timer;
    private final String serverUri;
    private final AcknowledgementOrder acknowledgements = new AcknowledgementOrder(this::acknowledge);
    private volatile Transport.@Nullable Connection connection; // written on the executor only
    private boolean paused; // guarded by this; reading is held back
    private Timer.@Nullable Task limit; // on the executor only
    private boolean ended; // on the executor only

    ConnectionAttempt(
            Owner owner,
            SubscriptionSync subscriber,
            ReceiveQueue inbox,
            PublishQueue outbox,
            SerialExecutor executor,
            Timer timer,
            String serverUri) {
        this.owner = owner;
        this.subscriber = subscriber;
        this.inbox = inbox;
        this.outbox = outbox;
        this.executor = executor;
        this.timer = timer;
        this.serverUri = serverUri;
    }

    String serverUri() {
        return serverUri;
    }

    /** Returns the URI as it may be shown: a query in it may be a secret. */
    String shownUri() {
        return Printable.of(serverUri);
    }

    /** Starts the attempt, unless it was ended before. On the executor. */
    void open(Transport transport, ConnectRequest request) {
        if (!ended) {
            opened(transport.open(request, this));
        }
    }

    /** Messages may have come before this, and enough of them to stop reading. */
    private synchronized void opened(Transport.Connection attempt) {
        connection = attempt;
        if (paused) {
            attempt.pause();
        }
    }

    /** Ends it; nothing is heard of it any more, and nothing acknowledged. On the executor. */
    void close(boolean orderly) {
        limit(null, "");
        ended = true;
        Transport.Connection open = connection;
        if (open != null) {
            open.close(orderly);
        }
    }

    /** Gives it a time limit in place of the former one, after which it counts as lost; null for none. On the executor. */
    void limit(@Nullable Duration duration, String reason) {
        if (limit != null) {
            limit.cancel();
            limit = null;
        }
        if (duration != null) {
            MqttException cause =
                    new MqttException(reason + " within " + duration.toMillis() + " ms", new TimeoutException());
            limit = timer.schedule(duration, () -> lost(cause));
        }
    }

    /** Tells whether it was closed: what it brought and was not acknowledged may come again. On the executor. */
    boolean hasEnded() {
        return ended;
    }

    /** Returns the message of ours that the broker was to answer first, if there is one. On the executor. */
    @Nullable
    OutboundMessage firstUnanswered(boolean behindRequests) {
        Transport.Connection open = connection;
        return open == null ? null : open.firstUnanswered(behindRequests);
    }

    /** Says something more before it is closed. On the executor. */
    void say(Consumer<Transport.Connection> lastWords) {
        Transport.Connection open = connection;
        if (open != null) {
            lastWords.accept(open);
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

    /** Acknowledges what is next in order and done. */
    private void acknowledge() {
        onConnection(open -> {
            List<Delivery> ready = acknowledgements.takeReady();
            for (Delivery each : ready) {
                inbox.acknowledged(each); // before the broker may use the identifier again
                open.acknowledge(each.message());
            }
        });
    }

    @Override
    public void requested() {
        inbox.answerIsDue();
        limit(ANSWER_TIMEOUT, "the broker did not answer a subscription");
    }

    @Override
    public void settled() {
        limit(null, "");
    }

    @Override
    public void connected(boolean sessionPresent) {
        inbox.connected(sessionPresent); // at once: the first message may follow
        onConnection(open -> owner.accepted(this, open, sessionPresent));
    }

    @Override
    public void granted(List<Subscription> requested, int[] reasonCodes) {
        onExecutor(() -> subscriber.granted(reasonCodes));
    }

    @Override
    public void unsubscribed(List<String> filters) {
        onExecutor(subscriber::unsubscribed);
    }

    @Override
    public void received(InboundMessage message) {
        inbox.received(this, message);
    }

    @Override
    public void delivered(OutboundMessage message, int packetId) {
        executor.execute(() -> outbox.delivered(message, packetId)); // ended or not: otherwise it would go once more
    }

    @Override
    public void rejected(OutboundMessage message, MqttException cause) {
        onExecutor(() -> outbox.rejected(message, cause));
    }

    @Override
    public void lost(MqttException cause) {
        onExecutor(() -> owner.lost(this, cause));
    }

    /** Runs something on the executor, unless the connection has ended by then. */
    private void onExecutor(Runnable task) {
        executor.execute(() -> {
            if (!ended) {
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
