package io.github.cdimqtt.internal.packet;

import static io.github.cdimqtt.internal.packet.PacketType.AUTH;
import static io.github.cdimqtt.internal.packet.PacketType.CONNACK;
import static io.github.cdimqtt.internal.packet.PacketType.CONNECT;
import static io.github.cdimqtt.internal.packet.PacketType.DISCONNECT;
import static io.github.cdimqtt.internal.packet.PacketType.PUBACK;
import static io.github.cdimqtt.internal.packet.PacketType.PUBCOMP;
import static io.github.cdimqtt.internal.packet.PacketType.PUBLISH;
import static io.github.cdimqtt.internal.packet.PacketType.PUBREC;
import static io.github.cdimqtt.internal.packet.PacketType.PUBREL;
import static io.github.cdimqtt.internal.packet.PacketType.SUBACK;
import static io.github.cdimqtt.internal.packet.PacketType.SUBSCRIBE;
import static io.github.cdimqtt.internal.packet.PacketType.UNSUBACK;
import static io.github.cdimqtt.internal.packet.PacketType.UNSUBSCRIBE;
import static io.github.cdimqtt.internal.packet.PacketType.WILL;

import io.github.cdimqtt.internal.value.Limits;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The properties of packets (MQTT 5.0, table 2-4): number, type, range, and the packets that may have them. */
enum Property {
    PAYLOAD_FORMAT_INDICATOR(0x01, Type.BYTE, PUBLISH, WILL),
    MESSAGE_EXPIRY_INTERVAL(0x02, Type.FOUR_BYTES, PUBLISH, WILL),
    CONTENT_TYPE(0x03, Type.TEXT, PUBLISH, WILL),
    RESPONSE_TOPIC(0x08, Type.TEXT, PUBLISH, WILL),
    CORRELATION_DATA(0x09, Type.DATA, PUBLISH, WILL),
    SUBSCRIPTION_IDENTIFIER(0x0b, Type.VARIABLE, PUBLISH, SUBSCRIBE),
    SESSION_EXPIRY_INTERVAL(0x11, Type.FOUR_BYTES, CONNECT, CONNACK, DISCONNECT),
    ASSIGNED_CLIENT_IDENTIFIER(0x12, Type.TEXT, CONNACK),
    SERVER_KEEP_ALIVE(0x13, Type.TWO_BYTES, CONNACK),
    AUTHENTICATION_METHOD(0x15, Type.TEXT, CONNECT, CONNACK, AUTH),
    AUTHENTICATION_DATA(0x16, Type.DATA, CONNECT, CONNACK, AUTH),
    REQUEST_PROBLEM_INFORMATION(0x17, Type.BYTE, CONNECT),
    WILL_DELAY_INTERVAL(0x18, Type.FOUR_BYTES, WILL),
    REQUEST_RESPONSE_INFORMATION(0x19, Type.BYTE, CONNECT),
    RESPONSE_INFORMATION(0x1a, Type.TEXT, CONNACK),
    SERVER_REFERENCE(0x1c, Type.TEXT, CONNACK, DISCONNECT),
    REASON_STRING(0x1f, Type.TEXT, CONNACK, PUBACK, PUBREC, PUBREL, PUBCOMP, SUBACK, UNSUBACK, DISCONNECT, AUTH),
    RECEIVE_MAXIMUM(0x21, Type.TWO_BYTES, CONNECT, CONNACK),
    TOPIC_ALIAS_MAXIMUM(0x22, Type.TWO_BYTES, CONNECT, CONNACK),
    TOPIC_ALIAS(0x23, Type.TWO_BYTES, PUBLISH),
    MAXIMUM_QOS(0x24, Type.BYTE, CONNACK),
    RETAIN_AVAILABLE(0x25, Type.BYTE, CONNACK),
    USER_PROPERTY(
            0x26,
            Type.PAIR,
            CONNECT,
            CONNACK,
            PUBLISH,
            WILL,
            PUBACK,
            PUBREC,
            PUBREL,
            PUBCOMP,
            SUBSCRIBE,
            SUBACK,
            UNSUBSCRIBE,
            UNSUBACK,
            DISCONNECT,
            AUTH),
    MAXIMUM_PACKET_SIZE(0x27, Type.FOUR_BYTES, CONNECT, CONNACK),
    WILDCARD_SUBSCRIPTION_AVAILABLE(0x28, Type.BYTE, CONNACK),
    SUBSCRIPTION_IDENTIFIERS_AVAILABLE(0x29, Type.BYTE, CONNACK),
    SHARED_SUBSCRIPTION_AVAILABLE(0x2a, Type.BYTE, CONNACK);

    /** How the value of a property is written (MQTT 5.0, section 1.5). */
    enum Type {
        /** The specification has none of more than 1. */
        BYTE(1),
        TWO_BYTES(0xffff),
        FOUR_BYTES(0xffff_ffffL),
        VARIABLE(Limits.MAX_PACKET),
        TEXT(0),
        DATA(0),
        PAIR(0);

        private final long most;

        Type(long most) {
            this.most = most;
        }
    }

    private static final @Nullable Property[] BY_NUMBER = new Property[0x2b];

    static {
        for (Property each : values()) {
            BY_NUMBER[each.number] = each;
        }
    }

    private final int number;
    private final Type type;
    private final int packets; // one bit for each type of packet

    Property(int number, Type type, int... packets) {
        this.number = number;
        this.type = type;
        int bits = 0;
        for (int packet : packets) {
            bits |= 1 << packet;
        }
        this.packets = bits;
    }

    /** Returns the property of a number; null if there is none. */
    static @Nullable Property of(int number) {
        return number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }

    int number() {
        return number;
    }

    Type type() {
        return type;
    }

    /** Returns whether packets of a type may have it, or a will ({@link PacketType#WILL}). */
    boolean isAllowedIn(int packet) {
        return (packets >> packet & 1) != 0;
    }

    /** Returns whether a packet may have it more than once; only a broker sends more than one subscription identifier. */
    boolean isRepeatable(int packet) {
        return this == USER_PROPERTY || this == SUBSCRIPTION_IDENTIFIER && packet == PUBLISH;
    }

    /** Returns whether a number is in its range. */
    boolean allows(long value) {
        long least = switch (this) {
            case SUBSCRIPTION_IDENTIFIER, RECEIVE_MAXIMUM, TOPIC_ALIAS, MAXIMUM_PACKET_SIZE -> 1;
            default -> 0;
        };
        return value >= least && value <= type.most;
    }

    /** Returns its name as the specification writes it, in small letters. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
