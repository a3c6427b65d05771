package io.github.cdimqtt.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.Proxy.Direction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The packets between a broker and one client, recorded by the proxy between them, to find which of the two is at fault. A
 * message is identified by its topic and its text. Thread-safe.
 */
final class Wiretap {
    private final List<Connack> connacks = new ArrayList<>();
    private final Map<Integer, String> sent = new HashMap<>();
    private final Map<Integer, String> released = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Set<String> sentAfterRelease = new HashSet<>();
    private boolean mqtt5;

    /** A CONNACK, with the time of its arrival by {@link System#nanoTime}. */
    record Connack(long at, boolean sessionPresent) {}

    private Wiretap() {}

    static Wiretap on(Proxy proxy) {
        Wiretap tap = new Wiretap();
        proxy.tap(tap::passed);
        return tap;
    }

    /** Returns every CONNACK so far. */
    synchronized List<Connack> connacks() {
        return List.copyOf(connacks);
    }

    /** Returns whether the client acknowledged the message, with PUBACK or PUBREC. */
    synchronized boolean isTaken(String topic, String text) {
        return taken.contains(topic + ' ' + text);
    }

    /** Returns whether the broker sent the message again though it had released it, against [MQTT-4.3.3-1]. */
    synchronized boolean isSentAfterRelease(String topic, String text) {
        return sentAfterRelease.contains(topic + ' ' + text);
    }

    private synchronized void passed(Direction direction, byte[] packet) {
        ByteBuffer in = ByteBuffer.wrap(packet);
        int header = in.get() & 0xff;
        while (in.get() < 0) {
            // The length has been read.
        }
        if (header == 0x10) {
            mqtt5 = in.get(in.position() + 6) == 5;
        } else if (direction == Direction.UP) {
            answered(header, in);
        } else if (header == 0x20) {
            connacks.add(new Connack(System.nanoTime(), in.get() == 1));
        } else if (header == 0x62) {
            int id = in.getShort() & 0xffff;
            released.put(id, String.valueOf(sent.get(id)));
        } else if (header >> 4 == 3 && (header & 6) != 0) {
            sent(header, in);
        }
    }

    private void answered(int header, ByteBuffer in) {
        if (header == 0x40 || header == 0x50) {
            taken.add(String.valueOf(sent.get(in.getShort() & 0xffff)));
        }
    }

    private void sent(int header, ByteBuffer in) {
        byte[] topic = new byte[in.getShort() & 0xffff];
        in.get(topic);
        int id = in.getShort() & 0xffff;
        if (mqtt5) {
            in.position(in.position() + 1 + in.get(in.position())); // less than 128 bytes of properties
        }
        String message = new String(topic, UTF_8) + ' ' + UTF_8.decode(in);
        sent.put(id, message);
        boolean again = (header & 8) != 0;
        if (message.equals(released.remove(id)) && again) {
            sentAfterRelease.add(message);
        }
    }
}
