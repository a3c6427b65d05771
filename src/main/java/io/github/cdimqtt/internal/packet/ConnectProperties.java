package io.github.cdimqtt.internal.packet;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for with CONNECT (MQTT 5.0, section 3.1.2.11); what is as the specification has it is not sent. Immutable;
 * the buffer is never written to.
 *
 * @param sessionExpiry how long the broker keeps the session after the connection, in seconds; 0xffffffff for ever
 * @param receiveMaximum messages of QoS 1 and 2 that may be unacknowledged, 1 to 65,535
 * @param maximumPacketSize of a packet with its fixed header, in bytes; 0 for no limit
 * @param topicAliasMaximum 0 to 65,535; 0 for no aliases
 * @param responseInformation whether the broker may say what topics for answers begin with
 * @param user the user properties in order
 * @param authenticationMethod null for none
 * @param authenticationData null for none
 */
public record ConnectProperties(
        long sessionExpiry,
        int receiveMaximum,
        int maximumPacketSize,
        int topicAliasMaximum,
        boolean responseInformation,
        List<Map.Entry<String, String>> user,
        @Nullable String authenticationMethod,
        @Nullable ByteBuffer authenticationData) {

    /** Nothing but what the specification has, and all of MQTT 3.1.1. */
    public static final ConnectProperties NONE =
            new ConnectProperties(0, Terms.MOST_UNACKNOWLEDGED, 0, 0, false, List.of(), null, null);

    /** Omits the user properties, which may be secrets. */
    @Override
    public String toString() {
        return "ConnectProperties[session expiry " + sessionExpiry + ", receive maximum " + receiveMaximum + "]";
    }
}
