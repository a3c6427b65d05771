package io.github.cdimqtt.internal.packet;

import io.github.cdimqtt.Qos;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A control packet of MQTT (MQTT 3.1.1, section 2), as a value: what it means is the session's, how it is written that of
 * {@link PacketEncoder} and {@link PacketDecoder}. Immutable; buffers are never written to.
 */
public sealed interface Packet {

    /**
     * Asks for a connection (MQTT 3.1.1, section 3.1).
     *
     * @param keepAlive the longest silence in seconds, 0 to 65,535; 0 for no limit
     * @param will what the broker publishes if the connection is lost; null for nothing
     * @param username null for none
     * @param password null for none
     */
    record Connect(
            ProtocolVersion version,
            boolean cleanSession,
            int keepAlive,
            String clientId,
            @Nullable Will will,
            @Nullable String username,
            @Nullable String password)
            implements Packet {

        /** Omits the secrets. */
        @Override
        public String toString() {
            return "Connect[" + version + "]";
        }
    }

    /** What the broker publishes if a connection is lost (MQTT 3.1.1, section 3.1.2.5). */
    record Will(String topic, ByteBuffer payload, Qos qos, boolean retain) {}

    /**
     * Answers CONNECT (MQTT 3.1.1, section 3.2).
     *
     * @param sessionPresent whether the broker has kept the session
     * @param returnCode 0 if the connection is accepted
     */
    record ConnAck(boolean sessionPresent, int returnCode) implements Packet {}

    /**
     * A message (MQTT 3.1.1, section 3.3).
     *
     * @param packetId 1 to 65,535; 0 at QoS 0
     */
    record Publish(String topic, ByteBuffer payload, Qos qos, boolean retain, boolean duplicate, int packetId)
            implements Packet {

        /** Omits the payload. */
        @Override
        public String toString() {
            return "Publish[" + packetId + ", QoS " + qos.level() + ", " + payload.remaining() + " bytes]";
        }
    }

    /** Acknowledges a message of QoS 1 (MQTT 3.1.1, section 3.4). */
    record PubAck(int packetId) implements Packet {}

    /** Acknowledges the receipt of a message of QoS 2 (MQTT 3.1.1, section 3.5). */
    record PubRec(int packetId) implements Packet {}

    /** Releases a message of QoS 2 (MQTT 3.1.1, section 3.6). */
    record PubRel(int packetId) implements Packet {}

    /** Ends the flow of a message of QoS 2 (MQTT 3.1.1, section 3.7). */
    record PubComp(int packetId) implements Packet {}

    /**
     * Asks for subscriptions (MQTT 3.1.1, section 3.8).
     *
     * @param subscriptions at least one
     */
    record Subscribe(int packetId, List<Subscription> subscriptions) implements Packet {}

    /** A topic filter, and the quality of service asked for. */
    record Subscription(String filter, Qos qos) {}

    /**
     * Answers SUBSCRIBE (MQTT 3.1.1, section 3.9).
     *
     * @param reasonCodes for each filter, in order: the granted QoS, or 0x80 and above, a refusal
     */
    record SubAck(int packetId, List<Integer> reasonCodes) implements Packet {}

    /**
     * Ends subscriptions (MQTT 3.1.1, section 3.10).
     *
     * @param filters at least one
     */
    record Unsubscribe(int packetId, List<String> filters) implements Packet {}

    /** Answers UNSUBSCRIBE (MQTT 3.1.1, section 3.11). */
    record UnsubAck(int packetId) implements Packet {}

    /** Asks whether the broker is there (MQTT 3.1.1, section 3.12). */
    record PingReq() implements Packet {}

    /** Answers PINGREQ (MQTT 3.1.1, section 3.13). */
    record PingResp() implements Packet {}

    /** Ends the connection in order, so that no will is published (MQTT 3.1.1, section 3.14). */
    record Disconnect() implements Packet {}
}
