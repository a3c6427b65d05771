package io.github.cdimqtt.internal.text;

import java.nio.ByteBuffer;

/** Copies bytes. */
public final class Bytes {
    private Bytes() {}

    /** Returns a copy of the remaining bytes of a buffer, whose position stays. */
    public static byte[] copyOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
