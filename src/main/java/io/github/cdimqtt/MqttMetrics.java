package io.github.cdimqtt;

import java.time.Duration;
import java.util.Map;

/**
 * What a connection has done since it was first opened: an immutable snapshot. Counters only grow.
 *
 * @param received messages that arrived
 * @param handled messages whose observers all succeeded
 * @param unheard messages that no observer and no consumer received
 * @param failed messages of which at least one observer failed
 * @param dropped QoS 0 messages dropped because the queue was full
 * @param acknowledged messages of QoS 1 and 2 acknowledged to the broker
 * @param published messages sent: acknowledged by the broker, or written for QoS 0
 * @param inflight messages of QoS 1 and 2 sent and not yet acknowledged, now
 * @param queued messages waiting to be sent, now
 * @param reconnects connections after the first
 * @param outboxPending messages in the outbox that are to be sent, when it was last counted; 0 without one
 * @param outboxFailed messages in the outbox that are marked as refused, when it was last counted; 0 without one
 * @param handling how long observers took, by topic filter as it goes over the wire; a message counts for each filter
 *     that it matches
 */
public record MqttMetrics(
        long received,
        long handled,
        long unheard,
        long failed,
        long dropped,
        long acknowledged,
        long published,
        int inflight,
        int queued,
        long reconnects,
        long outboxPending,
        long outboxFailed,
        Map<String, Handling> handling) {

    /** Creates a snapshot. */
    public MqttMetrics {
        handling = Map.copyOf(handling);
    }

    /** Returns these counts with those of an outbox. */
    public MqttMetrics withOutbox(long pending, long failed) {
        return new MqttMetrics(
                received,
                handled,
                unheard,
                this.failed,
                dropped,
                acknowledged,
                published,
                inflight,
                queued,
                reconnects,
                pending,
                failed,
                handling);
    }

    /**
     * What the messages of one topic filter cost, from the first observer's begin to the last one's end, async ones
     * included.
     *
     * @param messages messages handled
     * @param total the time of all of them together
     * @param longest the time of the one that took longest
     */
    public record Handling(long messages, Duration total, Duration longest) {}
}
