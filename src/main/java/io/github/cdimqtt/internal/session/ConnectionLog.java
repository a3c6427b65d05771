package io.github.cdimqtt.internal.session;

import static java.lang.System.Logger.Level.DEBUG;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.transport.InboundMessage;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What becomes of the connection, told to the log and to the listener: what is said in which words. */
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

    void opened(String serverUri, boolean sessionPresent, boolean reconnect, String subscriptions) {
        log(
                MessageId.CONNECTED,
                "connected to " + serverUri + " as " + Printable.of(clientId) + ", subscribed to " + subscriptions);
        listener.event(new MqttEvent.Connected(broker, clientId, serverUri, sessionPresent, reconnect));
    }

    void attemptFailed(String serverUri, Duration delay, MqttException cause, int failures) {
        log(MessageId.CONNECT_FAILED, "can't connect to " + serverUri + nextAttempt(delay, cause));
        trace(cause);
        listener.event(new MqttEvent.ConnectFailed(broker, serverUri, cause, failures, delay));
    }

    void lost(
            String serverUri,
            Duration delay,
            MqttException cause,
            boolean rivalSuspected,
            @Nullable OutboundMessage suspected) {
        log(MessageId.CONNECTION_LOST, "lost " + serverUri + nextAttempt(delay, cause));
        trace(cause);
        listener.event(new MqttEvent.Disconnected(broker, false, cause));
        if (rivalSuspected) {
            log(
                    MessageId.SESSION_TAKEN_OVER,
                    "connections end within seconds, again and again: probably a second client uses the"
                            + " client id '" + Printable.of(clientId) + "'; give each its own client-id");
        }
        if (suspected != null) {
            log(
                    MessageId.POISON_MESSAGE,
                    String.format(
                            Locale.ROOT,
                            "connections end within seconds, again and again, while the same message is not"
                                    + " answered: to '%s', %,d bytes; probably the broker does not allow it, or finds it"
                                    + " too large: change that there. It goes first on every connection%s",
                            Printable.of(suspected.topic()),
                            suspected.payload().length,
                            sessionKept
                                    ? ", also after Mqtt.disconnect(), as the session is kept"
                                    : "; Mqtt.disconnect() fails it and all that waits"));
        }
    }

    /** Returns why a connection is opened again that nothing was wrong with. */
    static MqttException redelivery(InboundMessage failed) {
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

    /** Where it comes from, for those who look for a fault: it repeats with each attempt. */
    private void trace(MqttException cause) {
        listener.log(DEBUG, "session", () -> "the cause: " + cause, cause);
    }

    private void log(MessageId id, String text) {
        listener.log(id, "session", () -> text);
    }
}
