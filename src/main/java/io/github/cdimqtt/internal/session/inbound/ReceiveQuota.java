package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.internal.packet.MalformedPacketException;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import java.util.BitSet;

/**
 * How many messages of QoS 1 and 2 we receive on a connection before one is acknowledged: the send quota of the broker (MQTT
 * 5.0, section 4.9), counted as a broker counts it. It sinks with each PUBLISH, and grows with each PUBACK and PUBCOMP. It begins
 * anew with each connection. Not thread-safe.
 *
 * <p>It grows with the PUBCOMP of a message of an earlier connection, too, which the broker does not count as unacknowledged on
 * this one. The broker ignores such a PUBCOMP only while it has its whole quota. As we can't know what it has sent and we have not
 * received yet, each one allows one more.
 */
final class ReceiveQuota {
    private static final int PACKET_IDS = 65_535;

    private final int receiveMaximum;
    private final BitSet unacknowledged = new BitSet(); // packet identifiers, whose PUBLISH came on this connection
    private int unacknowledgedCount;
    private int allowed;

    private ReceiveQuota(int receiveMaximum) {
        this.receiveMaximum = receiveMaximum;
        this.allowed = receiveMaximum;
    }

    /**
     * Returns the quota of a connection. MQTT 3.1.1 has no limit but the number of packet identifiers.
     *
     * @param receiveMaximum how many messages may be unacknowledged on MQTT 5, 1 to 65,535
     */
    static ReceiveQuota of(ProtocolVersion version, int receiveMaximum) {
        return new ReceiveQuota(version.hasProperties() ? receiveMaximum : PACKET_IDS);
    }

    /** Another connection begins. */
    void connected() {
        unacknowledged.clear();
        unacknowledgedCount = 0;
        allowed = receiveMaximum;
    }

    /**
     * A PUBLISH was received. One that is repeated does not count twice.
     *
     * @throws MalformedPacketException if the broker may not send it [MQTT-3.3.4-9]
     */
    void received(int packetId) throws MalformedPacketException {
        if (unacknowledged.get(packetId)) {
            return;
        }
        if (unacknowledgedCount == allowed) {
            throw new MalformedPacketException(
                    "the broker sent a message of QoS 1 or 2 while " + unacknowledgedCount
                            + " were unacknowledged, although receive-maximum is " + receiveMaximum
                            + "; that is a fault of the broker, a larger receive-maximum may avoid it",
                    MalformedPacketException.RECEIVE_MAXIMUM_EXCEEDED);
        }
        unacknowledged.set(packetId);
        unacknowledgedCount++;
    }

    /** PUBACK or PUBCOMP is sent, whatever it says. */
    void acknowledged(int packetId) {
        if (unacknowledged.get(packetId)) {
            unacknowledged.clear(packetId);
            unacknowledgedCount--;
        } else {
            allowed++;
        }
    }
}
