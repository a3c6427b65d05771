package io.github.cdimqtt.internal.packet;

/**
 * Packets of MQTT 5 in hexadecimal, written out without the code under test. {@link Packets} has those that are the same in
 * both versions: PUBACK and the like of success and without properties, PINGREQ, PINGRESP, and the orderly DISCONNECT.
 */
public final class Mqtt5Packets {

    /** A length of 0 [MQTT-2.2.2-1]. */
    public static final String NO_PROPERTIES = "00";

    /** The reason code of PUBREL and PUBCOMP for an identifier that is not in use. */
    public static final int NOT_FOUND = 0x92;

    private static final String LEVEL = Packets.string("MQTT") + "05";

    private Mqtt5Packets() {}

    /** Tells whether a CONNECT is of MQTT 5, by its name and level (section 3.1.2.2). */
    public static boolean isConnect(String packet) {
        int header = 2;
        do {
            header += 2;
        } while (Integer.parseInt(packet.substring(header - 2, header), 16) > 127);
        return packet.startsWith(LEVEL, header);
    }

    /** A CONNACK that accepts, with these properties. */
    public static String connack(boolean sessionPresent, String... properties) {
        return packet("20", sessionPresent ? "01" : "00", "00", properties(properties));
    }

    /** A CONNACK that refuses, with these properties. */
    public static String connack(int reasonCode, String... properties) {
        return packet("20", "00", code(reasonCode), properties(properties));
    }

    /** A PUBACK with a reason code and these properties. */
    public static String puback(int packetId, int reasonCode, String... properties) {
        return answer("40", packetId, reasonCode, properties);
    }

    /** A PUBREC with a reason code and these properties. */
    public static String pubrec(int packetId, int reasonCode, String... properties) {
        return answer("50", packetId, reasonCode, properties);
    }

    /** A PUBREL with a reason code and these properties. */
    public static String pubrel(int packetId, int reasonCode, String... properties) {
        return answer("62", packetId, reasonCode, properties);
    }

    /** A PUBCOMP with a reason code and these properties. */
    public static String pubcomp(int packetId, int reasonCode, String... properties) {
        return answer("70", packetId, reasonCode, properties);
    }

    /** A SUBACK without properties, with these codes, in hexadecimal. */
    public static String suback(int packetId, String... codes) {
        return packet("90", id(packetId), NO_PROPERTIES, String.join("", codes));
    }

    /** An UNSUBACK without properties, with these codes, in hexadecimal. */
    public static String unsuback(int packetId, String... codes) {
        return packet("b0", id(packetId), NO_PROPERTIES, String.join("", codes));
    }

    /** A DISCONNECT with a reason code and these properties. */
    public static String disconnect(int reasonCode, String... properties) {
        return packet("e0", code(reasonCode) + optional(properties));
    }

    /** An AUTH with a reason code and these properties. */
    public static String auth(int reasonCode, String... properties) {
        return packet("f0", code(reasonCode) + optional(properties));
    }

    /** A reason string. */
    public static String reason(String text) {
        return "1f" + Packets.string(text);
    }

    /** A user property. */
    public static String user(String name, String value) {
        return "26" + Packets.string(name) + Packets.string(value);
    }

    /** A packet of at most 127 bytes behind its length. */
    static String packet(String first, String... content) {
        return first + properties(content);
    }

    /** Properties of at most 127 bytes behind their length. */
    public static String properties(String... content) {
        String all = String.join("", content).replace(" ", "");
        if (all.length() / 2 > 127) {
            throw new IllegalArgumentException("too long: " + all);
        }
        return "%02x".formatted(all.length() / 2) + all;
    }

    private static String answer(String first, int packetId, int reasonCode, String... properties) {
        return packet(first, id(packetId), code(reasonCode), optional(properties));
    }

    /** Where the packet may end before the length of the properties, it does. */
    private static String optional(String... properties) {
        return properties.length == 0 ? "" : properties(properties);
    }

    private static String code(int reasonCode) {
        return "%02x".formatted(reasonCode);
    }

    private static String id(int number) {
        return "%04x".formatted(number);
    }
}
