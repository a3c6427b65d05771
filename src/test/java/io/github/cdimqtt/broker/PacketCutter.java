package io.github.cdimqtt.broker;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/**
 * Parses the packets of one direction of one connection, reports those that passed, and finds the middle of those that are to
 * be cut (MQTT 3.1.1, section 2.2). Not thread-safe.
 */
final class PacketCutter {

    private final IntPredicate isToBeCut;
    private final Consumer<byte[]> whole;
    private final ByteArrayOutputStream packet = new ByteArrayOutputStream();
    private int header;
    private int body;
    private int remaining;
    private boolean inHeader = true;
    private boolean cutting;
    private boolean cut;

    /**
     * Creates one.
     *
     * @param isToBeCut called once for each packet, with its first byte
     * @param whole called with each packet that has passed as a whole
     */
    PacketCutter(IntPredicate isToBeCut, Consumer<byte[]> whole) {
        this.whole = whole;
        this.isToBeCut = isToBeCut;
    }

    /** Returns how many of these bytes are to be forwarded: all, or those before the middle of a packet that is to be cut. */
    int pass(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            follow(bytes[i] & 0xff);
            int excess = cutting && !inHeader ? header + bodySeen() - middle() : -1;
            if (excess >= 0) {
                cut = true;
                return Math.max(0, i + 1 - excess);
            }
        }
        return length;
    }

    /** Returns whether the connection is to be cut here. */
    boolean isCut() {
        return cut;
    }

    private int bodySeen() {
        return body - remaining;
    }

    private int middle() {
        return Math.max(1, (header + body) / 2);
    }

    private void follow(int value) {
        packet.write(value);
        if (!inHeader) {
            remaining--;
        } else if (header == 0) {
            cutting = isToBeCut.test(value);
            body = 0;
            header = 1;
        } else {
            body |= (value & 0x7f) << 7 * (header - 1);
            header++;
            inHeader = value > 0x7f;
            remaining = body;
        }
        if (!inHeader && remaining == 0 && !cutting) {
            inHeader = true;
            header = 0;
            whole.accept(packet.toByteArray());
            packet.reset();
        }
    }
}
