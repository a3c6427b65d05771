package io.github.cdimqtt;

/**
 * What a connection has done since it was first opened: an immutable snapshot. Counters only grow.
 *
 * @param received messages that arrived
 * @param handled messages whose observers all succeeded
 * @param failed messages of which at least one observer failed
 * @param dropped QoS 0 messages dropped because the queue was full
 * @param acknowledged messages of QoS 1 and 2 acknowledged to the broker
 * @param published messages sent: acknowledged by the broker, or written to the socket for QoS 0
 * @param inflight messages of QoS 1 and 2 sent and not yet acknowledged, now
 * @param queued messages waiting to be sent, now
 * @param reconnects connections after the first
 */
public record MqttMetrics(
        long received,
        long handled,
        long failed,
        long dropped,
        long acknowledged,
        long published,
        int inflight,
        int queued,
        long reconnects) {}
