package io.github.cdimqtt.internal.session;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of one connection: CONNECT, the steps of an authentication if there is one, and CONNACK (MQTT 3.1.1 and 5.0,
 * sections 3.1 and 3.2). On the channel's thread, except where a method says more.
 */
final class ConnectExchange {
    private final ConnectionAttempt attempt;
    private final SessionParts parts;
    private final BrokerAddress server;
    private final PacketChannel channel;
    private final AuthenticationExchange authentication;
    private final ProtocolVersion version;
    private Packet.@Nullable Connect connect; // written before the channel is opened
    private volatile boolean accepted;

    ConnectExchange(
            ConnectionAttempt attempt,
            SessionParts parts,
            BrokerAddress server,
            PacketChannel channel,
            AuthenticationExchange authentication) {
        this.attempt = attempt;
        this.parts = parts;
        this.server = server;
        this.channel = channel;
        this.authentication = authentication;
        this.version = ProtocolVersion.of(parts.config().protocolVersion());
    }

    /** Sets what is sent when the channel is open. On the session's executor. */
    void begin(Packet.Connect connect) {
        this.connect = connect;
        authentication.begin(connect.properties().authenticationMethod());
    }

    void opened() {
        if (connect != null) {
            channel.send(connect);
        }
    }

    /** Returns whether the broker has accepted the connection. Any thread. */
    boolean isAccepted() {
        return accepted;
    }

    void answered(Packet.ConnAck answer) {
        if (accepted) {
            attempt.violated("the broker answered CONNECT twice"); // [MQTT-3.2.0-2]
        } else if (answer.returnCode() != 0) {
            attempt.lost(ConnectRefusal.of(server, version, answer));
        } else if (version.hasProperties()
                && answer.sessionPresent()
                && requireNonNull(connect).cleanSession()) {
            attempt.violated("the broker has kept the session that it was asked to forget"); // [MQTT-3.2.2-4]
        } else if (!Objects.equals(answer.terms().authenticationMethod(), authentication.method())) {
            attempt.violated("the broker answered CONNECT with another authentication method"); // [MQTT-4.12.0-5]
        } else if (authentication.method() == null) {
            accept(answer);
            attempt.onExecutor(() -> attempt.accepted(answer, isSessionKept(answer)));
        } else {
            channel.pause(); // nothing is taken from a broker that the application may refuse
            attempt.onExecutor(() -> authentication.accepted(answer, () -> {
                accept(answer);
                attempt.accepted(answer, isSessionKept(answer));
                channel.resume();
            }));
        }
    }

    /** Before the channel receives anything else: the first message may follow at once. */
    private void accept(Packet.ConnAck answer) {
        accepted = true;
        parts.receiveQueue().connected(channel, isSessionKept(answer), answer.terms());
    }

    /** A CONNACK of MQTT 3.1 does not report it. */
    private boolean isSessionKept(Packet.ConnAck answer) {
        return answer.sessionPresent() || parts.config().sessionKept() && !version.reportsSessionPresent();
    }
}
