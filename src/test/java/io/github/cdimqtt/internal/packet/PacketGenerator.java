package io.github.cdimqtt.internal.packet;

import static io.github.cdimqtt.internal.packet.RandomFields.bytes;
import static io.github.cdimqtt.internal.packet.RandomFields.maybe;
import static io.github.cdimqtt.internal.packet.RandomFields.payload;
import static io.github.cdimqtt.internal.packet.RandomFields.properties;
import static io.github.cdimqtt.internal.packet.RandomFields.qos;
import static io.github.cdimqtt.internal.packet.RandomFields.shortText;
import static io.github.cdimqtt.internal.packet.RandomFields.text;
import static io.github.cdimqtt.internal.packet.RandomFields.topic;
import static io.github.cdimqtt.internal.packet.RandomFields.unsignedInt;
import static io.github.cdimqtt.internal.packet.RandomFields.user;
import static io.github.cdimqtt.internal.packet.RandomFields.variable;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.support.Seeded;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes random packets of one version of MQTT, all of them right. */
final class PacketGenerator {
    private final Random random;
    private final ProtocolVersion version;
    private final boolean mqtt5;

    PacketGenerator(Random random, ProtocolVersion version) {
        this.random = random;
        this.version = version;
        this.mqtt5 = version.hasProperties();
    }

    /** Returns one that a client sends. */
    Packet ofAClient() {
        return switch (random.nextInt(mqtt5 ? 12 : 11)) {
            case 0 -> connect();
            case 1 ->
                new Packet.Subscribe(
                        packetId(), some(this::subscription), mqtt5 && random.nextBoolean() ? variable(random) : 0);
            case 2 -> new Packet.Unsubscribe(packetId(), some(() -> topic(random)));
            case 3 -> new Packet.PingReq();
            case 4 ->
                new Packet.Disconnect(reason(anyCode()), mqtt5 && random.nextBoolean() ? unsignedInt(random) : -1);
            case 11 -> auth(Seeded.oneOf(random, 0x18, 0x19));
            default -> ofBoth(List.of());
        };
    }

    /** Returns one that a broker sends. */
    Packet ofABroker() {
        return switch (random.nextInt(mqtt5 ? 12 : 10)) {
            case 0 -> mqtt5 ? connAckOfMqtt5() : connAck();
            case 1 ->
                new Packet.SubAck(
                        packetId(), mqtt5 ? codes(0, 1, 2, 0x80, 0x87, 0xa2) : codes(0, 1, 2, 0x80), reason(0));
            case 2 -> new Packet.UnsubAck(packetId(), mqtt5 ? codes(0, 0x11, 0x80, 0x91) : List.of(), reason(0));
            case 3 -> new Packet.PingResp();
            case 10 -> new Packet.Disconnect(reasonOfABroker(anyCode()), -1);
            case 11 -> auth(Seeded.oneOf(random, 0, 0x18));
            default ->
                ofBoth(
                        mqtt5
                                ? Stream.generate(() -> variable(random))
                                        .limit(Math.max(0, random.nextInt(6) - 3))
                                        .toList()
                                : List.of());
        };
    }

    private Packet connect() {
        String username = maybe(random, () -> shortText(random));
        boolean passwordAllowed = mqtt5 || username != null; // [MQTT-3.1.2-22]
        return new Packet.Connect(
                version,
                random.nextBoolean(),
                random.nextInt(65_536),
                text(random, 1 + random.nextInt(23)),
                maybe(random, this::will),
                username,
                passwordAllowed ? maybe(random, () -> shortText(random)) : null,
                mqtt5 ? connectProperties() : ConnectProperties.NONE);
    }

    private Packet.Will will() {
        return new Packet.Will(
                topic(random),
                payload(random),
                qos(random),
                random.nextBoolean(),
                mqtt5 ? properties(random) : MqttProperties.NONE,
                mqtt5 ? unsignedInt(random) : 0);
    }

    private ConnectProperties connectProperties() {
        return new ConnectProperties(
                unsignedInt(random),
                1 + random.nextInt(65_535),
                random.nextBoolean() ? 0 : random.nextInt(1, Integer.MAX_VALUE),
                random.nextInt(65_536),
                random.nextBoolean(),
                user(random),
                maybe(random, () -> shortText(random)),
                maybe(random, () -> ByteBuffer.wrap(bytes(random))));
    }

    private Packet connAck() {
        return random.nextBoolean()
                ? new Packet.ConnAck(version.reportsSessionPresent() && random.nextBoolean(), 0)
                : new Packet.ConnAck(false, 1 + random.nextInt(5));
    }

    private Packet connAckOfMqtt5() {
        int code = random.nextBoolean() ? 0 : Seeded.oneOf(random, 0x80, 0x84, 0x86, 0x87, 0x89, 0x9c, 0x9d, 0x9f);
        return new Packet.ConnAck(
                code == 0 && random.nextBoolean(),
                code,
                reasonOfABroker(code),
                new Terms(
                        random.nextBoolean() ? -1 : unsignedInt(random),
                        1 + random.nextInt(65_535),
                        qos(random),
                        random.nextBoolean(),
                        random.nextBoolean() ? Terms.LARGEST_PACKET : random.nextInt(1, Terms.LARGEST_PACKET),
                        maybe(random, () -> shortText(random)),
                        random.nextInt(65_536),
                        random.nextInt(-1, 65_536),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        maybe(random, () -> shortText(random)),
                        maybe(random, () -> shortText(random)),
                        maybe(random, () -> ByteBuffer.wrap(bytes(random)))));
    }

    private Packet ofBoth(List<Integer> identifiers) {
        return switch (random.nextInt(8)) {
            case 0 -> new Packet.PubAck(packetId(), reason(anyCode()));
            case 1 -> new Packet.PubRec(packetId(), reason(anyCode()));
            case 2 -> new Packet.PubRel(packetId(), reason(anyCode()));
            case 3 -> new Packet.PubComp(packetId(), reason(anyCode()));
            default -> publish(identifiers);
        };
    }

    private Packet publish(List<Integer> identifiers) {
        Qos qos = qos(random);
        boolean none = qos == Qos.AT_MOST_ONCE;
        int alias = mqtt5 && random.nextInt(3) == 0 ? 1 + random.nextInt(65_535) : 0;
        return new Packet.Publish(
                alias > 0 && random.nextBoolean() ? "" : topic(random),
                payload(random),
                qos,
                random.nextBoolean(),
                !none && random.nextBoolean(),
                none ? 0 : packetId(),
                mqtt5 ? properties(random) : MqttProperties.NONE,
                alias,
                identifiers);
    }

    private Packet auth(int code) {
        return new Packet.Auth(reason(code), shortText(random), maybe(random, () -> ByteBuffer.wrap(bytes(random))));
    }

    private Packet.Subscription subscription() {
        return mqtt5
                ? new Packet.Subscription(
                        topic(random), qos(random), random.nextBoolean(), random.nextBoolean(), random.nextInt(3))
                : new Packet.Subscription(topic(random), qos(random));
    }

    private int packetId() {
        return 1 + random.nextInt(65_535);
    }

    private int anyCode() {
        return random.nextBoolean() ? 0 : random.nextInt(256);
    }

    private MqttReason reason(int code) {
        return mqtt5 ? RandomFields.reason(random, code) : MqttReason.SUCCESS;
    }

    private MqttReason reasonOfABroker(int code) {
        MqttReason reason = reason(code);
        return new MqttReason(code, reason.text(), maybe(random, () -> shortText(random)), reason.user());
    }

    private List<Integer> codes(Integer... codes) {
        return some(() -> Seeded.oneOf(random, codes));
    }

    private <T> List<T> some(Supplier<T> each) {
        return Stream.generate(each).limit(1 + random.nextInt(8)).toList();
    }
}
