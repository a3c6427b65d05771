package io.github.cdimqtt.internal.paho;

import java.util.Locale;

/** The numbers of the control packets (MQTT 3.1.1, table 2.1). */
final class PacketType {
    static final int CONNECT = 1;
    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int PUBREC = 5;
    static final int PUBREL = 6;
    static final int PUBCOMP = 7;
    static final int SUBSCRIBE = 8;
    static final int SUBACK = 9;
    static final int UNSUBSCRIBE = 10;
    static final int UNSUBACK = 11;
    static final int PINGREQ = 12;
    static final int PINGRESP = 13;
    static final int DISCONNECT = 14;

    private PacketType() {}

    /** Returns the type of a packet that begins with this byte. */
    static int of(int header) {
        return header >> 4 & 0xf;
    }

    /** Checks the length of a packet for Paho, which dies of a bad one; what a broker never sends fails too. */
    static void check(int header, int length) throws BadPacketException {
        boolean good = switch (of(header)) {
            case CONNACK, PUBACK, PUBREC, PUBREL, PUBCOMP, UNSUBACK -> length == 2;
            case SUBACK -> length > 2;
            case PINGRESP -> length == 0;
            default -> false;
        };
        if (!good) {
            throw new BadPacketException(String.format(
                    Locale.ROOT, "what came is no packet of a broker (first byte 0x%02x, length %,d)", header, length));
        }
    }
}
