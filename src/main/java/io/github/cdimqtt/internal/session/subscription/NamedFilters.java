package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.Qos;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which filters the broker must name in the messages that come now. It names those that match as it queues a message, not as it
 * sends it, so what comes behind the answer to a SUBSCRIBE may be older than the subscription. Its queue is in order: what
 * comes behind a message that names the filter is younger. But a message of a lower QoS may overtake one of a higher, which takes
 * more packets or waits for our acknowledgements. Guarded by the {@link Overlaps}.
 */
final class NamedFilters {
    private final Set<Integer> granted = new HashSet<>(); // identifiers, as below
    private final Map<Integer, Qos> highestNaming = new HashMap<>();

    /**
     * The broker granted a filter on this connection.
     *
     * @param queueEmpty whether the broker certainly had no message for us
     */
    void granted(int identifier, boolean queueEmpty) {
        granted.add(identifier);
        if (queueEmpty) {
            highestNaming.put(identifier, Qos.EXACTLY_ONCE);
        }
    }

    /** The messages of a filter may come or not. */
    void remove(int identifier) {
        granted.remove(identifier);
        highestNaming.remove(identifier);
    }

    /** The connection is lost. */
    void clear() {
        granted.clear();
        highestNaming.clear();
    }

    /** A message of this QoS names filters. */
    void named(List<IdentifiedFilter> filters, Qos qos) {
        for (IdentifiedFilter each : filters) {
            if (granted.contains(each.identifier())) {
                highestNaming.merge(each.identifier(), qos, (one, other) -> one.compareTo(other) > 0 ? one : other);
            }
        }
    }

    /** The broker's queue is empty: all that comes is younger than what was granted. */
    void queueEmpty() {
        granted.forEach(each -> highestNaming.put(each, Qos.EXACTLY_ONCE));
    }

    /** The broker may be behind by any number of messages. */
    void queueUnknown() {
        highestNaming.clear();
    }

    /** Returns those of the filters that match a message which the broker must name in it or in its copies. */
    List<IdentifiedFilter> due(List<IdentifiedFilter> matching, Qos qos) {
        return matching.stream()
                .filter(each -> {
                    Qos naming = highestNaming.get(each.identifier());
                    return naming != null && naming.compareTo(qos) >= 0;
                })
                .toList();
    }
}
