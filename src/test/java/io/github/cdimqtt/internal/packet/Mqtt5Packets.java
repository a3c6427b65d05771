package io.github.cdimqtt.internal.packet;

/** Packets of MQTT 5 in hexadecimal, written out without the code under test. */
final class Mqtt5Packets {
    private Mqtt5Packets() {}

    /** A packet of at most 127 bytes behind its length. */
    static String packet(String first, String... content) {
        return first + properties(content);
    }

    /** Properties of at most 127 bytes behind their length. */
    static String properties(String... content) {
        String all = String.join("", content).replace(" ", "");
        if (all.length() / 2 > 127) {
            throw new IllegalArgumentException("too long: " + all);
        }
        return "%02x".formatted(all.length() / 2) + all;
    }

    /** A user property. */
    static String user(String name, String value) {
        return "26" + Packets.string(name) + Packets.string(value);
    }
}
