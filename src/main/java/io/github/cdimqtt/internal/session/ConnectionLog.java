package io.github.cdimqtt.internal.session;

import static java.lang.System.Logger.Level.DEBUG;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.text.Printable;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Logs what happens to the connection, and fires its events. Thread-safe. */
final class ConnectionLog {
    private final String broker;
    private final String clientId;
    private final boolean sessionKept;
    private final ConnectionListener listener;

    ConnectionLog(ConnectionListener listener, String clientId, boolean sessionKept) {
        this.broker = listener.broker();
        this.clientId = clientId;
        this.sessionKept = sessionKept;
        this.listener = listener;
    }

    void opened(BrokerAddress server, boolean sessionPresent, boolean reconnect, String subscriptions) {
        log(
                MessageId.CONNECTED,
                "connected to " + server + " as " + Printable.of(clientId) + ", subscribed to " + subscriptions);
        listener.event(new MqttEvent.Connected(broker, clientId, server.toString(), sessionPresent, reconnect));
    }

    void attemptFailed(BrokerAddress server, Duration delay, MqttException cause, int failures) {
        log(MessageId.CONNECT_FAILED, "can't connect to " + server + nextAttempt(delay, cause));
        logCause(cause);
        listener.event(new MqttEvent.ConnectFailed(broker, server.toString(), cause, failures, delay));
    }

    void lost(
            BrokerAddress server,
            Duration delay,
            MqttException cause,
            boolean takeoverSuspected,
            Packet.@Nullable Publish suspectedMessage) {
        log(MessageId.CONNECTION_LOST, "lost " + server + nextAttempt(delay, cause));
        logCause(cause);
        listener.event(new MqttEvent.Disconnected(broker, false, cause));
        if (takeoverSuspected) {
            log(
                    MessageId.SESSION_TAKEN_OVER,
                    "connections end within seconds, again and again: probably a second client uses the"
                            + " client id '" + Printable.of(clientId) + "'; give each its own client-id");
        }
        if (suspectedMessage != null) {
            log(
                    MessageId.POISON_MESSAGE,
                    String.format(
                            Locale.ROOT,
                            "connections end within seconds, again and again, while the same message is not"
                                    + " answered: to '%s', %,d bytes; probably the broker does not allow it, or finds it"
                                    + " too large: change that there. It goes first on every connection%s",
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
