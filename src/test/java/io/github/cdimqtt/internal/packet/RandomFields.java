package io.github.cdimqtt.internal.packet;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.value.Limits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random parts of packets. */
final class RandomFields {
    private RandomFields() {}

    static Qos qos(Random random) {
        return Qos.of(random.nextInt(3));
    }

    /** Of at most 32,767 bytes: netty has none for a longer will topic. */
    static String topic(Random random) {
        return "t" + text(random, random.nextInt(1000) == 0 ? 8_000 : random.nextInt(40));
    }

    static String text(Random random, int length) {
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
    static ByteBuffer payload(Random random) {
        int length = switch (random.nextInt(50)) {
            case 0 -> 100 + random.nextInt(50);
            case 1 -> 16_340 + random.nextInt(50);
            default -> random.nextInt(64);
        };
        byte[] payload = new byte[length];
        random.nextBytes(payload);
        return ByteBuffer.wrap(payload);
    }

    /** Of four bytes, and often at a bound. */
    static long unsignedInt(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> 0xffff_ffffL;
            default -> random.nextInt() & 0xffff_ffffL;
        };
    }

    /** A number from 1, of each length that a variable byte integer may have. */
    static int variable(Random random) {
        return 1 + random.nextInt(Limits.MAX_PACKET) >> random.nextInt(28) | 1;
    }

    /** A value, or more often null. */
    static <T> @Nullable T maybe(Random random, Supplier<T> value) {
        return random.nextInt(3) == 0 ? value.get() : null;
    }

    static String shortText(Random random) {
        return text(random, random.nextInt(100) == 0 ? 200 : random.nextInt(8));
    }

    static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(random.nextInt(100) == 0 ? 20_000 : 12)];
        random.nextBytes(bytes);
        return bytes;
    }

    static List<Map.Entry<String, String>> user(Random random) {
        return IntStream.range(0, Math.max(0, random.nextInt(6) - 2))
                .mapToObj(i -> Map.entry(shortText(random), shortText(random)))
                .toList();
    }

    static MqttProperties properties(Random random) {
        if (random.nextInt(3) == 0) {
            return MqttProperties.NONE;
        }
        MqttProperties.Builder properties = MqttProperties.builder()
                .contentType(maybe(random, () -> shortText(random)))
                .responseTopic(maybe(random, () -> topic(random)))
                .correlationData(maybe(random, () -> bytes(random)))
                .expiry(maybe(random, () -> Duration.ofSeconds(unsignedInt(random))))
                .text(random.nextBoolean());
        user(random).forEach(each -> properties.user(each.getKey(), each.getValue()));
        return properties.build();
    }

    /** A reason without a server reference. */
    static MqttReason reason(Random random, int code) {
        return new MqttReason(code, maybe(random, () -> shortText(random)), null, user(random));
    }
}
