package io.github.cdimqtt.internal.outbox;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.IgnoredFailures.KnownFailure;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.text.Printable;
import java.time.Duration;

/** Tells what becomes of the outbox: an outage once, and its end. Used by the relay alone. */
final class OutboxLog {
    private static final String SOURCE = "outbox";

    private final ConnectionListener listener;
    private final OutboxTable table;
    private final Duration interval;
    private boolean away;

    OutboxLog(ConnectionListener listener, OutboxTable table, Duration interval) {
        this.listener = listener;
        this.table = table;
        this.interval = interval;
    }

    void away(Exception cause) {
        if (!away) {
            away = true;
            listener.log(
                    MessageId.OUTBOX_AWAY,
                    SOURCE,
                    () -> "the outbox " + table.name() + " of '" + table.connection() + "' can't be used: "
                            + OutboxDatabase.reason(cause) + "; tried again each "
                            + interval.toMillis() + " ms, and nothing in it is lost");
        }
    }

    void back() {
        if (away) {
            away = false;
            listener.log(
                    MessageId.OUTBOX_BACK,
                    SOURCE,
                    () -> "the outbox " + table.name() + " of '" + table.connection() + "' is used again");
        }
    }

    void unreadable(long id, String failure) {
        listener.log(
                MessageId.OUTBOX_MARKED,
                SOURCE,
                () -> "the message with the id " + id + " stays in " + table.name() + ", marked: " + failure
                        + "; mend it and set its column failure to NULL, or delete it");
    }

    /** A message is not tried any more. What the broker itself has refused the session has told already. */
    void marked(OutboxRow row, int attempts, MqttException cause) {
        MqttReason reason = cause.reason();
        listener.log(
                MessageId.OUTBOX_MARKED,
                SOURCE,
                () -> "the message " + row.messageId() + " to '"
                        + Printable.of(row.message().topic()) + "' stays in " + table.name()
                        + ", marked, as it was refused " + attempts + " times (" + reason
                        + "): allow it in the broker, and set its columns failure to NULL and attempts to 0 to have it sent"
                        + " again; or delete it");
        if (reason != null && !(cause instanceof KnownFailure) && listener.observes(MqttEvent.PublishRefused.class)) {
            listener.event(new MqttEvent.PublishRefused(
                    table.connection(), row.message().topic(), row.message().qos(), reason));
        }
    }
}
