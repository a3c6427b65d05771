package io.github.cdimqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.broker.Proxy.Direction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The messages of QoS 1 that a client sends through a proxy, in their order: topic and text. Those of several clients, if these
 * have no topic aliases. Thread-safe.
 */
public final class SentMessages {
    private final List<String> sent = new ArrayList<>(); // guarded by itself
    private final Map<Short, String> aliases = new HashMap<>(); // guarded by sent
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
            synchronized (sent) {
                aliases.clear();
            }
        } else if (direction == Direction.UP && (header & 0xf0) == 0x30) {
            String topic = text(in);
            if (header != 0x30) {
                in.getShort(); // the packet identifier
            }
            synchronized (sent) {
                if (mqtt5) {
                    topic = withAlias(topic, in);
                }
                if (header == 0x32) {
                    sent.add(topic + " " + UTF_8.decode(in));
                }
            }
        }
    }

    /** Reads the properties, and returns the topic (MQTT 5.0, sections 2.2.2.2 and 3.3.2.3.4). */
    private String withAlias(String topic, ByteBuffer in) {
        int end = variable(in);
        end += in.position();
        String named = topic;
        while (in.position() < end) {
            switch (in.get()) {
                case 0x01 -> in.get();
                case 0x02 -> in.getInt();
                case 0x0b -> variable(in);
                case 0x23 -> named = named(topic, in.getShort());
                case 0x26 -> {
                    text(in);
                    text(in);
                }
                default -> text(in);
            }
        }
        return named;
    }

    private String named(String topic, short alias) {
        if (topic.isEmpty()) {
            return String.valueOf(aliases.get(alias));
        }
        aliases.put(alias, topic);
        return topic;
    }

    private static String text(ByteBuffer in) {
        byte[] text = new byte[in.getShort() & 0xffff];
        in.get(text);
        return new String(text, UTF_8);
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
