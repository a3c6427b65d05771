package io.github.cdimqtt.internal.client;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.Timer;
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
 * One attempt to connect, and the connection that comes of it: brings what the transport tells onto the session's lane,
 * and knows what must be acknowledged on this connection and no other.
 */
final class Link implements Transport.Listener {
    private final Uplink uplink;
    private final Inbox inbox;
    private final Outbox outbox;
    private final SerialExecutor lane;
    private final Timer timer;
    private final String serverUri;
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private volatile Transport.@Nullable Connection connection; // written on the lane only
    private boolean paused; // guarded by this; reading is held back
    private Timer.@Nullable Task limit; // on the lane only
    private boolean ended; // on the lane only

    Link(Uplink uplink, Inbox inbox, Outbox outbox, SerialExecutor lane, Timer timer, String serverUri) {
        this.uplink = uplink;
        this.inbox = inbox;
        this.outbox = outbox;
        this.lane = lane;
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

    /** Starts the attempt, unless it was ended before. On the lane. */
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

    /** Ends it; nothing is heard of it any more, and nothing acknowledged. On the lane. */
    void close(boolean orderly) {
        limit(null, "");
        ended = true;
        Transport.Connection open = connection;
        if (open != null) {
            open.close(orderly);
        }
    }

    /** Gives it a time limit in place of the former one, after which it counts as lost; null for none. On the lane. */
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

    /** Tells whether it was closed: what it brought and was not acknowledged may come again. On the lane. */
    boolean hasEnded() {
        return ended;
    }

    /** Returns the message of ours that the broker was to answer first, if there is one. On the lane. */
    @Nullable
    OutboundMessage unanswered(boolean behindRequests) {
        Transport.Connection open = connection;
        return open == null ? null : open.unanswered(behindRequests);
    }

    /** Says something more before it is closed. On the lane. */
    void say(Consumer<Transport.Connection> lastWords) {
        Transport.Connection open = connection;
        if (open != null) {
            lastWords.accept(open);
        }
    }

    /** Stops reading at once: on the transport's own thread, so that no further message is taken. */
    synchronized void pause() {
        paused = true;
        Transport.Connection open = connection;
        if (open != null) {
            open.pause();
        }
    }

    synchronized void resume() {
        paused = false;
        Transport.Connection open = connection;
        if (open != null) {
            open.resume();
        }
    }

    /** A message waits for its turn to be acknowledged. */
    void arrived(Delivery delivery) {
        acknowledgements.arrived(delivery);
    }

    /** The observers of a message are done with it. */
    void done(Delivery delivery, Outcome outcome) {
        if (outcome != Outcome.REDELIVER && outcome != Outcome.DEAD_LETTER) {
            settled(delivery);
            return;
        }
        lane.execute(() -> {
            if (delivery.link() == this) {
                uplink.failed(this, delivery, outcome);
            } else {
                delivery.link().done(delivery, outcome);
            }
        });
    }

    /** A message may be acknowledged as soon as those before it are. */
    void settled(Delivery delivery) {
        delivery.done();
        if (delivery.message().packetId() > 0) {
            delivery.link().acknowledge();
        }
    }

    /** Acknowledges what is next in order and done. */
    void acknowledge() {
        onConnection(open -> {
            List<Delivery> ready = acknowledgements.ready();
            for (Delivery each : ready) {
                inbox.acknowledged(each); // before the broker may use the identifier again
                open.acknowledge(each.message());
            }
        });
    }

    @Override
    public void connected(boolean sessionPresent) {
        inbox.connected(sessionPresent); // at once: the first message may follow
        onConnection(open -> uplink.accepted(this, open, sessionPresent));
    }

    @Override
    public void granted(List<Subscription> asked, int[] reasonCodes) {
        onLane(() -> uplink.answered(all -> all.granted(reasonCodes)));
    }

    @Override
    public void unsubscribed(List<String> filters) {
        onLane(() -> uplink.answered(Subscriber::unsubscribed));
    }

    @Override
    public void received(InboundMessage message) {
        inbox.received(this, message);
    }

    @Override
    public void delivered(OutboundMessage message, int packetId) {
        lane.execute(() -> outbox.delivered(message, packetId)); // ended or not: otherwise it would go once more
    }

    @Override
    public void rejected(OutboundMessage message, MqttException cause) {
        onLane(() -> outbox.rejected(message, cause));
    }

    @Override
    public void lost(MqttException cause) {
        onLane(() -> uplink.lost(this, cause));
    }

    /** Runs something on the lane, unless the connection has ended by then. */
    private void onLane(Runnable task) {
        lane.execute(() -> {
            if (!ended) {
                task.run();
            }
        });
    }

    private void onConnection(Consumer<Transport.Connection> task) {
        onLane(() -> {
            Transport.Connection open = connection;
            if (open != null) {
                task.accept(open);
            }
        });
    }
}
