package io.github.cdimqtt.internal.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.Qos;
import java.util.HexFormat;

/** Packets of MQTT 3.1.1 in hexadecimal, written out without the code under test. */
public final class Packets {

    /** The first byte of CONNECT. */
    public static final String CONNECT = "10";

    /** The first byte of SUBSCRIBE. */
    public static final String SUBSCRIBE = "82";

    public static final String PINGREQ = "c000";
    public static final String PINGRESP = "d000";
    public static final String DISCONNECT = "e000";

    private static final int RETAIN = 1;
    private static final int DUP = 8;

    private Packets() {}

    public static String connack(boolean sessionPresent) {
        return "2002" + (sessionPresent ? "01" : "00") + "00";
    }

    /** A CONNACK that refuses. */
    public static String connack(int returnCode) {
        return "2002" + "00" + "%02x".formatted(returnCode);
    }

    /** The first byte of a PUBLISH of this QoS. */
    public static String publishOf(Qos qos) {
        return first(qos, 0);
    }

    /** A PUBLISH of QoS 0; the payload is in hexadecimal. */
    public static String publish(String topic, String payload) {
        return packet(first(Qos.AT_MOST_ONCE, 0), string(topic) + payload);
    }

    /** A PUBLISH of QoS 0 with RETAIN. */
    public static String publishRetained(String topic, String payload) {
        return packet(first(Qos.AT_MOST_ONCE, RETAIN), string(topic) + payload);
    }

    /** A PUBLISH of QoS 1 or 2. */
    public static String publish(String topic, Qos qos, int packetId, String payload) {
        return packet(first(qos, 0), string(topic) + id(packetId) + payload);
    }

    /** A PUBLISH of QoS 1 or 2 with DUP. */
    public static String publishAgain(String topic, Qos qos, int packetId, String payload) {
        return packet(first(qos, DUP), string(topic) + id(packetId) + payload);
    }

    public static String puback(int packetId) {
        return "4002" + id(packetId);
    }

    public static String pubrec(int packetId) {
        return "5002" + id(packetId);
    }

    public static String pubrel(int packetId) {
        return "6202" + id(packetId);
    }

    public static String pubcomp(int packetId) {
        return "7002" + id(packetId);
    }

    /** A SUBSCRIBE; what follows the packet identifier is in hexadecimal. */
    public static String subscribe(int packetId, String filters) {
        return packet(SUBSCRIBE, id(packetId) + filters);
    }

    /** An UNSUBSCRIBE; what follows the packet identifier is in hexadecimal. */
    public static String unsubscribe(int packetId, String filters) {
        return packet("a2", id(packetId) + filters);
    }

    /** A SUBACK with these codes, in hexadecimal. */
    public static String suback(int packetId, String... codes) {
        return packet("90", id(packetId) + String.join("", codes));
    }

    public static String unsuback(int packetId) {
        return "b002" + id(packetId);
    }

    /** The first byte of a packet and its remaining length, which takes one to four bytes (section 2.2.3). */
    public static String fixedHeader(int first, int length) {
        StringBuilder header = new StringBuilder("%02x".formatted(first));
        int rest = length;
        while (rest > 127) {
            header.append("%02x".formatted(rest % 128 + 128));
            rest /= 128;
        }
        return header.append("%02x".formatted(rest)).toString();
    }

    /** A string of MQTT: its length, then its bytes. */
    public static String string(String text) {
        String bytes = hex(text);
        return id(bytes.length() / 2) + bytes;
    }

    /** The bytes of a text in UTF-8. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(UTF_8));
    }

    private static String first(Qos qos, int flags) {
        return "%02x".formatted(0x30 | qos.level() << 1 | flags);
    }

    /** A short packet: its length takes one byte. */
    private static String packet(String first, String body) {
        if (body.length() / 2 > 127) {
            throw new IllegalArgumentException("too long: " + body);
        }
        return first + "%02x".formatted(body.length() / 2) + body;
    }

    private static String id(int number) {
        return "%04x".formatted(number);
    }
}
