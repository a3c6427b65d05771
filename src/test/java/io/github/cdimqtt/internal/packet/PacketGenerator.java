package io.github.cdimqtt.internal.packet;

import io.github.cdimqtt.Qos;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Random packets, all of them right. */
final class PacketGenerator {
    private PacketGenerator() {}

    /** Returns one that a client sends; CONNECT of either version. */
    static Packet ofAClient(Random random) {
        int id = 1 + random.nextInt(65_535);
        return switch (random.nextInt(10)) {
            case 0 -> connect(random);
            case 1 ->
                new Packet.Subscribe(
                        id,
                        Stream.generate(() -> new Packet.Subscription(topic(random), qos(random)))
                                .limit(1 + random.nextInt(8))
                                .toList());
            case 2 ->
                new Packet.Unsubscribe(
                        id,
                        Stream.generate(() -> topic(random))
                                .limit(1 + random.nextInt(8))
                                .toList());
            case 3 -> new Packet.PingReq();
            case 4 -> new Packet.Disconnect();
            default -> ofBoth(random, id);
        };
    }

    /** Returns one that a broker sends to a client of this version. */
    static Packet ofABroker(Random random, ProtocolVersion version) {
        int id = 1 + random.nextInt(65_535);
        return switch (random.nextInt(8)) {
            case 0 ->
                random.nextBoolean()
                        ? new Packet.ConnAck(version.reportsSessionPresent() && random.nextBoolean(), 0)
                        : new Packet.ConnAck(false, 1 + random.nextInt(5));
            case 1 ->
                new Packet.SubAck(
                        id,
                        IntStream.range(0, 1 + random.nextInt(8))
                                .map(i -> random.nextInt(4))
                                .map(code -> code == 3 ? 0x80 : code)
                                .boxed()
                                .toList());
            case 2 -> new Packet.UnsubAck(id);
            case 3 -> new Packet.PingResp();
            default -> ofBoth(random, id);
        };
    }

    private static Packet.Connect connect(Random random) {
        String username = random.nextBoolean() ? null : "u" + text(random, random.nextInt(20));
        return new Packet.Connect(
                random.nextBoolean() ? ProtocolVersion.V3_1_1 : ProtocolVersion.V3_1,
                random.nextBoolean(),
                random.nextInt(65_536),
                text(random, 1 + random.nextInt(23)),
                random.nextBoolean()
                        ? null
                        : new Packet.Will(topic(random), payload(random), qos(random), random.nextBoolean()),
                username,
                username == null || random.nextBoolean() ? null : text(random, random.nextInt(20)));
    }

    private static Packet ofBoth(Random random, int id) {
        return switch (random.nextInt(8)) {
            case 0 -> new Packet.PubAck(id);
            case 1 -> new Packet.PubRec(id);
            case 2 -> new Packet.PubRel(id);
            case 3 -> new Packet.PubComp(id);
            default -> {
                Qos qos = qos(random);
                boolean none = qos == Qos.AT_MOST_ONCE;
                yield new Packet.Publish(
                        topic(random),
                        payload(random),
                        qos,
                        random.nextBoolean(),
                        !none && random.nextBoolean(),
                        none ? 0 : id);
            }
        };
    }

    private static Qos qos(Random random) {
        return Qos.of(random.nextInt(3));
    }

    /** Of at most 32,767 bytes: netty has none for a longer will topic. */
    private static String topic(Random random) {
        return "t" + text(random, random.nextInt(1000) == 0 ? 8_000 : random.nextInt(40));
    }

    private static String text(Random random, int length) {
        return random.ints(0, 0x10ffff)
                .filter(c -> random.nextInt(4) == 0 || c < 0x7f)
                .map(c -> random.nextBoolean() ? 'a' + c % 26 : c)
                .filter(c -> c > 0x9f
                                && !(c >= 0xd800 && c < 0xe000)
                                && (c & 0xfffe) != 0xfffe
                                && !(c >= 0xfdd0 && c <= 0xfdef)
                        || c >= 'a' && c <= 'z')
                .limit(length)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Of the lengths where the remaining length gets a further byte, too (MQTT 3.1.1, section 2.2.3). */
    private static ByteBuffer payload(Random random) {
        int length = switch (random.nextInt(50)) {
            case 0 -> 100 + random.nextInt(50);
            case 1 -> 16_340 + random.nextInt(50);
            default -> random.nextInt(64);
        };
        byte[] payload = new byte[length];
        random.nextBytes(payload);
        return ByteBuffer.wrap(payload);
    }
}
