package io.github.cdimqtt.internal.session.outbound;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.Counters;
import io.github.cdimqtt.internal.reporting.MessageId;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Reports what became of messages: completes stages, counts, logs, and fires events. What is decided under the lock of the
 * {@link PublishQueue} is reported by {@link #report} outside of it. Thread-safe.
 */
final class PublishOutcomes {
    private final ConnectionListener listener;
    private final Counters counters;
    private final RefusalLog refusalLog;
    private final Queue<Runnable> unreported = new ConcurrentLinkedQueue<>();

    PublishOutcomes(ConnectionListener listener, Counters counters, Timer timer) {
        this.listener = listener;
        this.counters = counters;
        this.refusalLog = new RefusalLog(listener, timer);
    }

    /** Reports at once that the broker has a message, and what it said of it; or that one of QoS 0 is written. */
    void delivered(OutgoingMessage message, MqttReason reason) {
        if (message.abandoned) {
            return;
        }
        counters.published.increment();
        MqttEvent.Published published = new MqttEvent.Published(
                listener.broker(), message.content.topic(), message.qos(), message.packetId, reason);
        message.completer.complete(message.stage, published);
        if (listener.observes(MqttEvent.Published.class)) {
            listener.event(published);
        }
    }

    /** Reports at once that the broker refused a message, also of one that nobody waits for. */
    void refused(OutgoingMessage message, MqttReason reason) {
        MqttException cause = PublishFailures.refused(message.content, reason);
        refusalLog.add(String.valueOf(cause.getMessage()));
        if (!message.abandoned) {
            message.completer.fail(message.stage, cause);
        }
        if (listener.observes(MqttEvent.PublishRefused.class)) {
            listener.event(
                    new MqttEvent.PublishRefused(listener.broker(), message.content.topic(), message.qos(), reason));
        }
    }

    /** Fails a message of an earlier connection that this one does not allow; where nobody waits for it, it is logged. */
    void givenUp(OutgoingMessage message, MqttException cause) {
        if (message.abandoned) {
            then(() -> refusalLog.add(String.valueOf(cause.getMessage())));
        } else {
            fail(message, cause);
        }
    }

    /** Logs at once that messages of an earlier JVM have what this version of MQTT can't send. */
    void propertiesLeftOut(ProtocolVersion version) {
        listener.log(
                MessageId.PROPERTIES_LEFT_OUT,
                "session",
                () -> "messages in persistence-directory have properties, and go without them, as MQTT " + version
                        + " has none; set protocol-version=5 to send all of them");
    }

    void fail(OutgoingMessage message, MqttException cause) {
        if (!message.abandoned) {
            message.abandoned = true;
            then(() -> message.completer.fail(message.stage, cause));
        }
    }

    /** Fails all messages and removes them. */
    void failAll(Collection<OutgoingMessage> messages, MqttException cause) {
        messages.forEach(each -> fail(each, cause));
        messages.clear();
    }

    /** Fails and removes those of QoS 0, because the connection is lost. */
    void failAtMostOnce(Collection<OutgoingMessage> messages, MqttException cause) {
        messages.removeIf(message -> {
            boolean atMostOnce = message.qos() == Qos.AT_MOST_ONCE;
            if (atMostOnce) {
                fail(message, PublishFailures.connectionLost(message.content, cause));
            }
            return atMostOnce;
        });
    }

    /** Runs an action after what was decided before. */
    void then(Runnable action) {
        unreported.add(action);
    }

    /** Reports what was decided. The caller has released the lock. */
    void report() {
        for (Runnable next = unreported.poll(); next != null; next = unreported.poll()) {
            next.run();
        }
    }
}
