package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.net.connect.ConnectFailure;
import io.github.cdimqtt.internal.net.connect.ConnectProgress;
import io.github.cdimqtt.internal.packet.MalformedPacketException;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect, and the connection that it leads to: passes each received packet to the part of the session that
 * it is for. On the session's executor only, except for the methods of the channel's listener.
 */
final class ConnectionAttempt implements PacketChannel.Listener {
    /** Follows one attempt. On the session's executor only. */
    interface Owner {
        /**
         * The broker accepted the connection.
         *
         * @param answer what it said of it
         * @param sessionKept whether the broker kept the session, as far as is known
         */
        void accepted(ConnectionAttempt attempt, PacketChannel channel, Packet.ConnAck answer, boolean sessionKept);

        /** The attempt failed, or the connection is lost. */
        void lost(ConnectionAttempt attempt, MqttException cause);
    }

    /** How long DISCONNECT may take; less than the session waits for it at its end. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(1_750);

    private final Owner owner;
    private final SessionParts parts;
    private final BrokerAddress server;
    private final PacketChannel channel;
    private final ConnectFailure failure;
    private final KeepAlive keepAlive;
    private final RequestExchange requests;
    private final AuthenticationExchange authentication;
    private final ProtocolVersion version;
    private final ConnectExchange beginning;
    private Timer.@Nullable Task timeout;
    private boolean closed;
    private volatile boolean over; // the broker has ended it, or broken the protocol
    private Packet.@Nullable Disconnect complaint; // says why we end it

    ConnectionAttempt(Owner owner, SessionParts parts, BrokerAddress server) {
        MqttConfig config = parts.config();
        this.owner = owner;
        this.parts = parts;
        this.server = server;
        this.channel = parts.channels().channel(server, this);
        this.failure = new ConnectFailure(server, config);
        this.keepAlive =
                new KeepAlive(channel, server, config.keepalive(), parts.timer(), parts.executor(), this::lost);
        this.requests = new RequestExchange(this, parts, channel);
        this.authentication = new AuthenticationExchange(this, parts, channel);
        this.beginning = new ConnectExchange(this, parts, server, channel, authentication);
        this.version = ProtocolVersion.of(config.protocolVersion());
    }

    BrokerAddress server() {
        return server;
    }

    RequestExchange requests() {
        return requests;
    }

    AuthenticationExchange authentication() {
        return authentication;
    }

    /** Starts the attempt, unless it was closed before. */
    void open(Packet.Connect connect) {
        if (!closed) {
            beginning.begin(connect);
            channel.open();
        }
    }

    /**
     * Closes the connection. From then on, its events are ignored.
     *
     * @param last sent before, so that the broker does not publish the will; null for what is wrong, or nothing
     * @param cause why it ends
     * @return completes when the connection is closed
     */
    CompletableFuture<@Nullable Void> close(Packet.@Nullable Disconnect last, MqttException cause) {
        setTimeout(null, "");
        closed = true;
        keepAlive.stop();
        requests.end();
        authentication.end(cause);
        CompletableFuture<@Nullable Void> whenClosed =
                channel.close(last != null && beginning.isAccepted() ? last : complaint);
        parts.receiveQueue().disconnected(); // until now, the channel's thread may have received CONNACK
        if (!whenClosed.isDone()) {
            Timer.Task limit = parts.timer().schedule(CLOSE_TIMEOUT, this::closeAtOnce);
            CompletableFuture<?> unused = whenClosed.thenRun(limit::cancel);
        }
        return whenClosed;
    }

    private void closeAtOnce() {
        CompletableFuture<?> unused = channel.close(null);
    }

    /** Sets the time after which the attempt counts as lost, in place of the former one; null for none. */
    void setTimeout(@Nullable Duration duration, String reason) {
        if (timeout != null) {
            timeout.cancel();
            timeout = null;
        }
        if (duration != null) {
            timeout = after(duration, reason, this::lost);
        }
    }

    /** Returns the task that ends the attempt after this time. */
    Timer.Task after(Duration duration, String reason, Consumer<MqttException> end) {
        MqttException cause =
                new MqttException(reason + " within " + duration.toMillis() + " ms", new TimeoutException());
        return parts.timer().schedule(duration, () -> end.accept(cause));
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void opened() {
        beginning.opened();
    }

    @Override
    public void received(Packet packet) {
        if (over) {
            return; // what follows is for the next connection
        }
        try {
            pass(packet);
        } catch (MalformedPacketException e) {
            violated(e);
        }
    }

    private void pass(Packet packet) throws MalformedPacketException {
        if (packet instanceof Packet.ConnAck answer) {
            beginning.answered(answer);
        } else if (packet instanceof Packet.Auth step) {
            onExecutor(() -> authentication.received(step));
        } else if (!beginning.isAccepted()) {
            violated("the broker sent another packet before CONNACK, or after refusing the connection");
        } else if (packet instanceof Packet.Publish message) {
            parts.receiveQueue().received(channel, message);
        } else if (packet instanceof Packet.PubAck answer) {
            parts.publishQueue().acknowledged(answer.packetId(), Qos.AT_LEAST_ONCE, answer.reason());
        } else if (packet instanceof Packet.PubRec answer) {
            parts.publishQueue().pubrecReceived(answer.packetId(), answer.reason());
        } else if (packet instanceof Packet.PubComp answer) {
            parts.publishQueue().acknowledged(answer.packetId(), Qos.EXACTLY_ONCE, answer.reason());
        } else if (packet instanceof Packet.PubRel release) {
            parts.receiveQueue().released(channel, release.packetId(), release.reason());
        } else if (packet instanceof Packet.SubAck answer) {
            onExecutor(() -> requests.answered(answer));
        } else if (packet instanceof Packet.UnsubAck answer) {
            onExecutor(() -> requests.answered(answer));
        } else if (packet instanceof Packet.Disconnect end) {
            over = true;
            lost(new MqttException(
                    "the broker " + server + " ended the connection (" + end.reason() + ")", null, end.reason()));
        } // the bytes of a PINGRESP have counted as an answer
    }

    /** The broker accepted the connection. On the executor. */
    void accepted(Packet.ConnAck answer, boolean sessionKept) {
        keepAlive.start(answer.terms());
        owner.accepted(this, channel, answer, sessionKept);
    }

    /** The broker has violated the protocol. */
    void violated(String rule) {
        violated(new MalformedPacketException(rule, MalformedPacketException.PROTOCOL_ERROR));
    }

    private void violated(MalformedPacketException cause) {
        violated(cause, failure.of(cause, ConnectProgress.AGREED, true));
    }

    private void violated(MalformedPacketException violation, MqttException cause) {
        over = true;
        end(violation.reasonCode(), cause);
    }

    /** Ends the connection, and tells a broker of MQTT 5 why (section 4.13). Any thread. */
    void end(int reasonCode, MqttException cause) {
        onExecutor(() -> {
            if (version.hasProperties()) {
                complaint = new Packet.Disconnect(new MqttReason(reasonCode), -1);
            }
            owner.lost(this, cause);
        });
    }

    @Override
    public void written(int count) {
        parts.publishQueue().written(channel, count);
    }

    @Override
    public void closed(Throwable cause, ConnectProgress progress) {
        MqttException explained = failure.of(cause, progress, beginning.isAccepted());
        if (cause instanceof MalformedPacketException violated) {
            violated(violated, explained);
        } else {
            lost(explained);
        }
    }

    /** The attempt failed, or the connection is lost. Any thread. */
    void lost(MqttException cause) {
        onExecutor(() -> owner.lost(this, cause));
    }

    /** Runs a task on the executor, unless the attempt is closed by then. */
    void onExecutor(Runnable task) {
        parts.executor().execute(() -> {
            if (!closed) {
                task.run();
            }
        });
    }
}
