package io.github.cdimqtt.internal.session.outbound;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.Counters;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Reports what became of messages: completes stages, counts, and fires events. What is decided under the lock of the {@link
 * PublishQueue} is reported by {@link #report} outside of it. Thread-safe.
 */
final class PublishOutcomes {
    private final ConnectionListener listener;
    private final Counters counters;
    private final Queue<Runnable> unreported = new ConcurrentLinkedQueue<>();

    PublishOutcomes(ConnectionListener listener, Counters counters) {
        this.listener = listener;
        this.counters = counters;
    }

    /** Reports at once that the broker has a message, or that one of QoS 0 is written. */
    void delivered(OutgoingMessage message) {
        if (message.abandoned) {
            return;
        }
        counters.published.increment();
        MqttEvent.Published published =
                new MqttEvent.Published(listener.broker(), message.content.topic(), message.qos(), message.packetId);
        message.completer.complete(message.stage, published);
        if (listener.observes(MqttEvent.Published.class)) {
            listener.event(published);
        }
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
