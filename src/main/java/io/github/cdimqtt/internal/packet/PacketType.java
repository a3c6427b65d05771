package io.github.cdimqtt.internal.packet;

import java.util.Locale;

/** The types of control packets, and their numbers (MQTT 3.1.1, table 2.1). */
public final class PacketType {
    public static final int CONNECT = 1;
    public static final int CONNACK = 2;
    public static final int PUBLISH = 3;
    public static final int PUBACK = 4;
    public static final int PUBREC = 5;
    public static final int PUBREL = 6;
    public static final int PUBCOMP = 7;
    public static final int SUBSCRIBE = 8;
    public static final int SUBACK = 9;
    public static final int UNSUBSCRIBE = 10;
    static final int UNSUBACK = 11;
    public static final int PINGREQ = 12;
    static final int PINGRESP = 13;
    public static final int DISCONNECT = 14;

    private PacketType() {}

    /** Returns the type of a packet with this first byte. */
    public static int of(int header) {
        return header >> 4 & 0xf;
    }

    /**
     * Checks the type and length of a received packet, because Paho's receiver dies of a wrong length.
     *
     * @throws MalformedPacketException if the length is wrong, or a broker never sends this type
     */
    public static void checkReceived(int header, int length) throws MalformedPacketException {
        boolean good = switch (of(header)) {
            case CONNACK, PUBACK, PUBREC, PUBREL, PUBCOMP, UNSUBACK -> length == 2;
            case SUBACK -> length > 2;
            case PINGRESP -> length == 0;
            default -> false;
        };
        if (!good) {
            throw new MalformedPacketException(String.format(
                    Locale.ROOT, "what came is no packet of a broker (first byte 0x%02x, length %,d)", header, length));
        }
    }
}
