package io.github.cdimqtt.internal.packet;

/** The types of control packets, and their numbers (MQTT 3.1.1, table 2.1; MQTT 5.0, table 2-1). */
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
    static final int AUTH = 15; // MQTT 5

    /** The properties of a will are those of a packet of their own (MQTT 5.0, section 3.1.3.2). */
    static final int WILL = 0;

    private static final String[] NAMES = {
        "will",
        "CONNECT",
        "CONNACK",
        "PUBLISH",
        "PUBACK",
        "PUBREC",
        "PUBREL",
        "PUBCOMP",
        "SUBSCRIBE",
        "SUBACK",
        "UNSUBSCRIBE",
        "UNSUBACK",
        "PINGREQ",
        "PINGRESP",
        "DISCONNECT",
        "AUTH"
    };

    private PacketType() {}

    /** Returns the type of a packet with this first byte. */
    public static int of(int header) {
        return header >> 4 & 0xf;
    }

    /** Returns the name of a type, as the specification writes it. */
    static String name(int type) {
        return NAMES[type];
    }
}
