package io.github.cdimqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.broker.Proxy.Direction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The messages of QoS 1 that clients of one version send through a proxy, in their order: topic and text. Thread-safe. */
public final class SentMessages {
    private final List<String> sent = new ArrayList<>(); // guarded by itself
    private volatile boolean mqtt5;

    private SentMessages() {}

    /** Returns those that are sent from now on. */
    public static SentMessages through(Proxy proxy) {
        SentMessages messages = new SentMessages();
        proxy.tap(messages::passed);
        return messages;
    }

    private void passed(Direction direction, byte[] packet) {
        ByteBuffer in = ByteBuffer.wrap(packet);
        int header = in.get() & 0xf6;
        variable(in);
        if (direction == Direction.UP && header == 0x10) {
            mqtt5 = in.get(in.position() + 6) == 5;
        } else if (direction == Direction.UP && header == 0x32) {
            byte[] topic = new byte[in.getShort() & 0xffff];
            in.get(topic).getShort(); // and the packet identifier
            if (mqtt5) {
                int properties = variable(in);
                in.position(in.position() + properties);
            }
            byte[] payload = new byte[in.remaining()];
            in.get(payload);
            synchronized (sent) {
                sent.add(new String(topic, UTF_8) + " " + new String(payload, UTF_8));
            }
        }
    }

    private static int variable(ByteBuffer in) {
        int value = 0;
        int shift = 0;
        byte next;
        do {
            next = in.get();
            value |= (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    /** Returns those so far. */
    public List<String> all() {
        synchronized (sent) {
            return List.copyOf(sent);
        }
    }
}
