package io.github.cdimqtt.internal.packet;

import io.github.cdimqtt.support.Seeded;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/** Random packets of a broker, most of them right, some of them damaged. */
public final class RandomPackets {
    private RandomPackets() {}

    /** Returns the bytes of some packets of MQTT 3.1.1. */
    public static byte[] stream(Random random, int packets) {
        return stream(random, packets, "");
    }

    /**
     * Returns the bytes of some packets.
     *
     * @param noProperties what a packet without properties has in their place: nothing on 3.1.1, a length on MQTT 5
     */
    public static byte[] stream(Random random, int packets, String noProperties) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < packets; i++) {
            byte[] packet = packet(random, noProperties);
            for (int damage = random.nextInt(8) - 5; damage > 0 && packet.length > 0; damage--) {
                int at = random.nextInt(random.nextBoolean() ? packet.length : Math.min(packet.length, 6));
                switch (random.nextInt(4)) {
                    case 0 -> packet = Arrays.copyOf(packet, at);
                    case 1 -> packet[at] = (byte) random.nextInt();
                    case 2 -> packet[at] ^= (byte) (1 << random.nextInt(8));
                    default -> packet[at] = (byte) 0xff;
                }
            }
            stream.writeBytes(packet);
        }
        return stream.toByteArray();
    }

    private static byte[] packet(Random random, String noProperties) {
        int id = 1 + random.nextInt(3);
        return switch (random.nextInt(10)) {
            case 0 -> new byte[] {(byte) 0xd0, 0};
            case 1 ->
                bytes(Packets.fixedHeader(0x20, 2 + noProperties.length() / 2)
                        + "%02x%02x".formatted(random.nextInt(2), random.nextInt(7))
                        + noProperties);
            case 2 -> new byte[] {(byte) (Seeded.oneOf(random, 4, 5, 7, 11) << 4), 2, 0, (byte) id};
            case 3 -> new byte[] {0x62, 2, 0, (byte) id};
            case 4 ->
                bytes(Packets.suback(id, noProperties + "%02x".formatted(Seeded.oneOf(random, 0, 1, 2, 0x80, 3))));
            default -> publish(random, id, noProperties);
        };
    }

    private static byte[] publish(Random random, int id, String noProperties) {
        int qos = random.nextInt(3);
        String topic = Seeded.oneOf(random, "a", "a/b", "\ud83d\ude00", "#", "\uFFFF", "never/subscribed");
        String start = Packets.string(topic) + (qos > 0 ? "%04x".formatted(id) : "") + noProperties;
        int payload = random.nextInt(50) == 0 ? 70_000 : random.nextInt(200);
        int first = 0x30 | random.nextInt(2) << 3 | qos << 1;
        byte[] head = bytes(Packets.fixedHeader(first, start.length() / 2 + payload) + start);
        return Arrays.copyOf(head, head.length + payload);
    }

    private static byte[] bytes(String packet) {
        return HexFormat.of().parseHex(packet);
    }
}
