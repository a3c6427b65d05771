package io.github.cdimqtt.broker;

/** The kinds of MQTT 3.1.1 packets, PUBLISH by its QoS. */
public enum Packet {
    CONNECT(0x10),
    CONNACK(0x20),
    PUBLISH_QOS_0(0x30),
    PUBLISH_QOS_1(0x32),
    PUBLISH_QOS_2(0x34),
    PUBACK(0x40),
    PUBREC(0x50),
    PUBREL(0x62),
    PUBCOMP(0x70),
    SUBSCRIBE(0x82),
    SUBACK(0x90),
    UNSUBSCRIBE(0xa2),
    UNSUBACK(0xb0),
    PINGREQ(0xc0),
    PINGRESP(0xd0),
    DISCONNECT(0xe0);

    private static final int DUP_AND_RETAIN = 0x09;

    private final int firstByte;

    Packet(int firstByte) {
        this.firstByte = firstByte;
    }

    /** Returns whether a packet that begins with this byte is of this kind. */
    boolean begins(int first) {
        boolean publish = (first & 0xf0) == 0x30;
        return (publish ? first & ~DUP_AND_RETAIN : first) == firstByte;
    }
}
