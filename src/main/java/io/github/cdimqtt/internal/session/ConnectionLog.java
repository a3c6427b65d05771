package io.github.cdimqtt.internal.session;

import static java.lang.System.Logger.Level.DEBUG;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.Terms;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.session.reconnect.ConnectionEnd;
import io.github.cdimqtt.internal.session.reconnect.ReconnectPolicy;
import io.github.cdimqtt.internal.text.Printable;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** Logs what happens to the connection, and fires its events. Thread-safe. */
final class ConnectionLog {
    private final String broker;
    private final Supplier<String> clientId;
    private final boolean sessionKept;
    private final ConnectionListener listener;
    private long reportedExpiry = -1; // in seconds; on the session's executor only

    ConnectionLog(ConnectionListener listener, Supplier<String> clientId, boolean sessionKept) {
        this.broker = listener.broker();
        this.clientId = clientId;
        this.sessionKept = sessionKept;
        this.listener = listener;
    }

    /** The broker accepted a connection: tells, once for each length, if it keeps the session for less time than asked. */
    void agreed(Duration asked, Terms terms) {
        long granted = terms.sessionExpiry();
        if (granted >= 0 && granted < asked.toSeconds() && granted != reportedExpiry) {
            reportedExpiry = granted;
            log(
                    MessageId.SESSION_EXPIRES_EARLIER,
                    "the broker keeps the session for " + granted + " s when the connection is gone, not for "
                            + (asked.equals(MqttConfig.NEVER) ? "ever" : asked.toSeconds() + " s")
                            + ": a longer outage loses what it holds; set session-expiry, or its limit there");
        }
    }

    void opened(BrokerAddress server, Packet.ConnAck answer, boolean reconnect, String subscriptions) {
        String as = clientId.get();
        log(
                MessageId.CONNECTED,
                "connected to " + server + " as " + Printable.of(as) + ", subscribed to " + subscriptions);
        listener.event(new MqttEvent.Connected(
                broker, as, server.toString(), answer.sessionPresent(), reconnect, answer.reason()));
    }

    void attemptFailed(BrokerAddress server, Duration delay, MqttException cause, int failures) {
        log(MessageId.CONNECT_FAILED, "can't connect to " + server + nextAttempt(delay, cause));
        logCause(cause);
        logOtherServer(server, cause);
        listener.event(new MqttEvent.ConnectFailed(broker, server.toString(), cause, failures, delay));
    }

    /** A connection was lost: tells also what the policy suspects, once. */
    void lost(BrokerAddress server, Duration delay, MqttException cause, ReconnectPolicy policy) {
        boolean takeoverSuspected = policy.suspectsTakeover();
        Packet.Publish suspectedMessage = policy.suspectedMessage();
        log(MessageId.CONNECTION_LOST, "lost " + server + nextAttempt(delay, cause));
        logCause(cause);
        logOtherServer(server, cause);
        listener.event(new MqttEvent.Disconnected(broker, false, cause));
        if (takeoverSuspected) {
            String how = new ConnectionEnd(cause).isTakeover()
                    ? "another client has taken the session over: it uses the"
                    : "connections end within seconds, again and again: probably a second client uses the";
            log(
                    MessageId.SESSION_TAKEN_OVER,
                    how + " client id '" + Printable.of(clientId.get()) + "'; give each its own client-id");
        }
        if (suspectedMessage != null) {
            log(
                    MessageId.POISON_MESSAGE,
                    String.format(
                            Locale.ROOT,
                            "%s: to '%s', %,d bytes; probably the broker does not allow it, or finds it"
                                    + " too large: change that there. It goes first on every connection%s",
                            new ConnectionEnd(cause).isOverMessage()
                                    ? "the broker ended the connection over a message"
                                    : "connections end within seconds, again and again, while the same message is not"
                                            + " answered",
                            Printable.of(suspectedMessage.topic()),
                            suspectedMessage.payload().remaining(),
                            sessionKept
                                    ? ", also after Mqtt.disconnect(), as the session is kept"
                                    : "; Mqtt.disconnect() fails it and all that waits"));
        }
    }

    /** Returns the reason to reconnect although nothing is wrong with the connection. */
    static MqttException redelivery(Packet.Publish failed) {
        return new MqttException("an observer of '" + Printable.of(failed.topic())
                + "' failed: the connection is opened again, so that the broker sends the message again"
                + " (on-failure=redeliver)");
    }

    void closed() {
        log(MessageId.DISCONNECTED, "disconnected");
        listener.event(new MqttEvent.Disconnected(broker, true, null));
    }

    private void logOtherServer(BrokerAddress server, MqttException cause) {
        MqttReason reason = cause.reason();
        String other = reason == null ? null : reason.serverReference();
        if (other != null) {
            log(
                    MessageId.OTHER_SERVER,
                    server + " names another server: '" + Printable.of(other)
                            + "'; it is not followed, as credentials would go where the application never sent them:"
                            + " set broker-url if it is yours");
        }
    }

    private static String nextAttempt(Duration delay, MqttException cause) {
        return ", next attempt in " + delay.toMillis() + " ms: " + cause.getMessage();
    }

    /** Logs the stack trace at DEBUG only, because it repeats with each attempt. */
    private void logCause(MqttException cause) {
        listener.log(DEBUG, "session", () -> "the cause: " + cause, cause);
    }

    private void log(MessageId id, String text) {
        listener.log(id, "session", () -> text);
    }
}
