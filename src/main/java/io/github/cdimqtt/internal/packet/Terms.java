package io.github.cdimqtt.internal.packet;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.value.Limits;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a broker allows on a connection (MQTT 5.0, section 3.2.2.3), with the defaults of the specification where it says
 * nothing. Immutable; the buffer is never written to.
 *
 * @param sessionExpiry how long the broker keeps the session after the connection, in seconds; -1 for what CONNECT said
 * @param receiveMaximum messages of QoS 1 and 2 that may be unacknowledged, 1 to 65,535
 * @param maximumPacketSize of a packet with its fixed header, in bytes
 * @param assignedClientId null if that of CONNECT holds
 * @param topicAliasMaximum 0 to 65,535; 0 for no aliases
 * @param keepAlive the longest silence in seconds, 0 to 65,535; -1 for what CONNECT said
 * @param responseInformation what topics for answers begin with; null for nothing
 * @param authenticationMethod null for none
 * @param authenticationData null for none
 */
public record Terms(
        long sessionExpiry,
        int receiveMaximum,
        Qos maximumQos,
        boolean retainAvailable,
        int maximumPacketSize,
        @Nullable String assignedClientId,
        int topicAliasMaximum,
        int keepAlive,
        boolean wildcardsAvailable,
        boolean subscriptionIdentifiersAvailable,
        boolean sharedSubscriptionsAvailable,
        @Nullable String responseInformation,
        @Nullable String authenticationMethod,
        @Nullable ByteBuffer authenticationData) {
    static final int MOST_UNACKNOWLEDGED = 65_535;

    /** The longest packet that MQTT has. */
    static final int LARGEST_PACKET = Limits.MAX_PACKET + 5;

    /** What MQTT 3.1.1 allows: all but what it does not have. */
    public static final Terms OF_3_1_1 = new Terms(
            -1,
            MOST_UNACKNOWLEDGED,
            Qos.EXACTLY_ONCE,
            true,
            LARGEST_PACKET,
            null,
            0,
            -1,
            true,
            false,
            true,
            null,
            null,
            null);

    /** Returns the keep-alive of the connection: the broker's in place of the one of CONNECT [MQTT-3.2.2-21]; zero for no limit. */
    public Duration keepAlive(Duration ofConnect) {
        return keepAlive < 0 ? ofConnect : Duration.ofSeconds(keepAlive);
    }

    /** Returns how long the broker keeps the session when the connection is gone: in place of what CONNECT said [3.2.2.3.2]. */
    public Duration sessionExpiry(Duration ofConnect) {
        return sessionExpiry < 0 ? ofConnect : Duration.ofSeconds(sessionExpiry);
    }

    /** Returns what the properties of a CONNACK say. */
    static Terms of(PropertySet properties) {
        long size = properties.number(Property.MAXIMUM_PACKET_SIZE, LARGEST_PACKET);
        byte[] data = properties.data(Property.AUTHENTICATION_DATA);
        return new Terms(
                properties.number(Property.SESSION_EXPIRY_INTERVAL, -1),
                (int) properties.number(Property.RECEIVE_MAXIMUM, MOST_UNACKNOWLEDGED),
                Qos.of((int) properties.number(Property.MAXIMUM_QOS, 2)),
                properties.isAvailable(Property.RETAIN_AVAILABLE),
                (int) Math.min(size, LARGEST_PACKET),
                properties.text(Property.ASSIGNED_CLIENT_IDENTIFIER),
                (int) properties.number(Property.TOPIC_ALIAS_MAXIMUM, 0),
                (int) properties.number(Property.SERVER_KEEP_ALIVE, -1),
                properties.isAvailable(Property.WILDCARD_SUBSCRIPTION_AVAILABLE),
                properties.isAvailable(Property.SUBSCRIPTION_IDENTIFIERS_AVAILABLE),
                properties.isAvailable(Property.SHARED_SUBSCRIPTION_AVAILABLE),
                properties.text(Property.RESPONSE_INFORMATION),
                properties.text(Property.AUTHENTICATION_METHOD),
                data == null ? null : ByteBuffer.wrap(data));
    }
}
