package io.github.cdimqtt.internal.packet;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A control packet of MQTT (MQTT 3.1.1 and 5.0, section 2), as a value: what it means is the session's, how it is written that
 * of {@link PacketEncoder} and {@link PacketDecoder}. Each constructor without the last components makes what MQTT 3.1.1 has.
 * Immutable; buffers are never written to. Neither secrets nor payloads nor user properties are in a {@code toString}.
 */
public sealed interface Packet {

    /**
     * Asks for a connection (MQTT 3.1.1 and 5.0, section 3.1).
     *
     * @param cleanSession whether the broker forgets an earlier session
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
            @Nullable String password,
            ConnectProperties properties)
            implements Packet {

        public Connect(
                ProtocolVersion version,
                boolean cleanSession,
                int keepAlive,
                String clientId,
                @Nullable Will will,
                @Nullable String username,
                @Nullable String password) {
            this(version, cleanSession, keepAlive, clientId, will, username, password, ConnectProperties.NONE);
        }

        @Override
        public String toString() {
            return "Connect[" + version + "]";
        }
    }

    /** What the broker publishes if a connection is lost, after a delay in seconds (MQTT 5.0, section 3.1.3). */
    record Will(String topic, ByteBuffer payload, Qos qos, boolean retain, MqttProperties properties, long delay) {
        public Will(String topic, ByteBuffer payload, Qos qos, boolean retain) {
            this(topic, payload, qos, retain, MqttProperties.NONE, 0);
        }
    }

    /**
     * Answers CONNECT (MQTT 3.1.1 and 5.0, section 3.2).
     *
     * @param sessionPresent whether the broker has kept the session
     * @param returnCode 0 if the connection is accepted; on MQTT 5 the code of the reason
     */
    record ConnAck(boolean sessionPresent, int returnCode, MqttReason reason, Terms terms) implements Packet {
        public ConnAck(boolean sessionPresent, int returnCode) {
            this(sessionPresent, returnCode, reason(returnCode), Terms.OF_3_1_1);
        }

        /** Returns the counterpart of a return code (MQTT 3.1.1, table 3.1). */
        private static MqttReason reason(int returnCode) {
            return switch (returnCode) {
                case 0 -> MqttReason.SUCCESS;
                case 1 -> new MqttReason(0x84);
                case 2 -> new MqttReason(0x85);
                case 3 -> new MqttReason(0x88);
                case 4 -> new MqttReason(0x86);
                case 5 -> new MqttReason(0x87);
                default -> new MqttReason(0x80);
            };
        }
    }

    /**
     * A message (MQTT 3.1.1 and 5.0, section 3.3).
     *
     * @param topic empty if a topic alias alone names it
     * @param packetId 1 to 65,535; 0 at QoS 0
     * @param topicAlias 1 to 65,535; 0 for none
     * @param subscriptionIdentifiers those of the filters it came for; a client sends none
     */
    record Publish(
            String topic,
            ByteBuffer payload,
            Qos qos,
            boolean retain,
            boolean duplicate,
            int packetId,
            MqttProperties properties,
            int topicAlias,
            List<Integer> subscriptionIdentifiers)
            implements Packet {

        public Publish(String topic, ByteBuffer payload, Qos qos, boolean retain, boolean duplicate, int packetId) {
            this(topic, payload, qos, retain, duplicate, packetId, MqttProperties.NONE, 0, List.of());
        }

        /** A message that was not sent so far. */
        public Publish(String topic, ByteBuffer payload, Qos qos, boolean retain, MqttProperties properties) {
            this(topic, payload, qos, retain, false, 0, properties, 0, List.of());
        }

        /** Returns it with another topic, perhaps an empty one, and topic alias. */
        public Publish with(String topic, int topicAlias) {
            return new Publish(
                    topic, payload, qos, retain, duplicate, packetId, properties, topicAlias, subscriptionIdentifiers);
        }

        @Override
        public String toString() {
            return "Publish[" + packetId + ", QoS " + qos.level() + ", " + payload.remaining() + " bytes]";
        }
    }

    /** Acknowledges a message of QoS 1 (MQTT 3.1.1 and 5.0, section 3.4). */
    record PubAck(int packetId, MqttReason reason) implements Packet {
        public PubAck(int packetId) {
            this(packetId, MqttReason.SUCCESS);
        }
    }

    /** Acknowledges the receipt of a message of QoS 2, or refuses it (MQTT 3.1.1 and 5.0, section 3.5). */
    record PubRec(int packetId, MqttReason reason) implements Packet {
        public PubRec(int packetId) {
            this(packetId, MqttReason.SUCCESS);
        }
    }

    /** Releases a message of QoS 2 (MQTT 3.1.1 and 5.0, section 3.6). */
    record PubRel(int packetId, MqttReason reason) implements Packet {
        public PubRel(int packetId) {
            this(packetId, MqttReason.SUCCESS);
        }
    }

    /** Ends the flow of a message of QoS 2 (MQTT 3.1.1 and 5.0, section 3.7). */
    record PubComp(int packetId, MqttReason reason) implements Packet {
        public PubComp(int packetId) {
            this(packetId, MqttReason.SUCCESS);
        }
    }

    /**
     * Asks for subscriptions (MQTT 3.1.1 and 5.0, section 3.8).
     *
     * @param subscriptions at least one
     * @param identifier comes with each message for them, 1 to 268,435,455; 0 for none
     */
    record Subscribe(int packetId, List<Subscription> subscriptions, int identifier) implements Packet {
        public Subscribe(int packetId, List<Subscription> subscriptions) {
            this(packetId, subscriptions, 0);
        }
    }

    /**
     * A topic filter, and what is asked for (MQTT 5.0, section 3.8.3.1).
     *
     * @param qos the highest quality of service
     * @param noLocal whether what this client publishes does not come back
     * @param retainAsPublished whether RETAIN is as the publisher set it
     * @param retainHandling which retained messages come: 0 all, 1 for a new subscription, 2 none
     */
    record Subscription(String filter, Qos qos, boolean noLocal, boolean retainAsPublished, int retainHandling) {
        public Subscription {
            if (retainHandling < 0 || retainHandling > 2) {
                throw new IllegalArgumentException("retain handling is 0, 1 or 2, not " + retainHandling);
            }
        }

        public Subscription(String filter, Qos qos) {
            this(filter, qos, false, false, 0);
        }
    }

    /**
     * Answers SUBSCRIBE (MQTT 3.1.1 and 5.0, section 3.9).
     *
     * @param reasonCodes for each filter, in order: the granted QoS, or 0x80 and above, a refusal
     * @param remark text and user properties, which are for all of them; its code says nothing
     */
    record SubAck(int packetId, List<Integer> reasonCodes, MqttReason remark) implements Packet {
        public SubAck(int packetId, List<Integer> reasonCodes) {
            this(packetId, reasonCodes, MqttReason.SUCCESS);
        }
    }

    /**
     * Ends subscriptions (MQTT 3.1.1 and 5.0, section 3.10).
     *
     * @param filters at least one
     */
    record Unsubscribe(int packetId, List<String> filters) implements Packet {}

    /**
     * Answers UNSUBSCRIBE (MQTT 3.1.1 and 5.0, section 3.11).
     *
     * @param reasonCodes for each filter, in order; none on MQTT 3.1.1
     * @param remark text and user properties, which are for all of them; its code says nothing
     */
    record UnsubAck(int packetId, List<Integer> reasonCodes, MqttReason remark) implements Packet {
        public UnsubAck(int packetId) {
            this(packetId, List.of(), MqttReason.SUCCESS);
        }
    }

    /** Asks whether the broker is there (MQTT 3.1.1 and 5.0, section 3.12). */
    record PingReq() implements Packet {}

    /** Answers PINGREQ (MQTT 3.1.1 and 5.0, section 3.13). */
    record PingResp() implements Packet {}

    /**
     * Ends the connection, with code 0 in order, so that no will is published (MQTT 3.1.1 and 5.0, section 3.14). On MQTT 5
     * brokers send it, too.
     *
     * @param sessionExpiry how long the broker keeps the session, in seconds, 0 to 0xffffffff; -1 for what CONNECT said
     */
    record Disconnect(MqttReason reason, long sessionExpiry) implements Packet {
        public Disconnect() {
            this(MqttReason.SUCCESS, -1);
        }
    }

    /**
     * A step of an authentication (MQTT 5.0, section 3.15).
     *
     * @param method null if the packet has nothing but code 0
     * @param data null for none
     */
    record Auth(
            MqttReason reason,
            @Nullable String method,
            @Nullable ByteBuffer data) implements Packet {}
}
