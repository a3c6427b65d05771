package io.github.cdimqtt.internal.session;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the answer of a request repeats (MQTT 5.0, section 4.10): the number of the request behind one that nobody can guess, so
 * that no answer of an earlier life is taken for one of this. Thread-safe.
 */
final class CorrelationData {
    private final long secret = new SecureRandom().nextLong();

    byte[] of(long number) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(secret)
                .putLong(number)
                .array();
    }

    /** Returns the number of the request that data was sent with; null if it is not ours. */
    @Nullable
    Long number(byte @Nullable [] data) {
        if (data == null || data.length != 2 * Long.BYTES) {
            return null;
        }
        ByteBuffer numbers = ByteBuffer.wrap(data);
        return numbers.getLong() == secret ? numbers.getLong() : null;
    }
}
