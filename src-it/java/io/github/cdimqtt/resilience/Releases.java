package io.github.cdimqtt.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.broker.Proxy.Direction;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records under which packet identifiers a broker sends and releases each QoS 2 message. After a reconnect Artemis resends
 * unacknowledged messages under new identifiers and without DUP (against [MQTT-4.4.0-1]), and may release the old ones too: then
 * the broker itself sends the message twice. Thread-safe.
 */
final class Releases {

    private static final int CONNECT = 0x10;
    private static final int PUBLISH_QOS_2 = 0x34;
    private static final int PUBREL = 0x62;
    private static final int FLAGS_WITHOUT_DUP_AND_RETAIN = 0xf6;

    private final Map<Integer, String> sent = new ConcurrentHashMap<>();
    private final Map<String, Set<Integer>> released = new ConcurrentHashMap<>();
    private volatile boolean mqtt5;

    /** Records a packet; texts are short. */
    void packet(Direction direction, byte[] packet) {
        if (packet[0] == CONNECT) {
            mqtt5 = packet[packet[1] < 0 ? 9 : 8] == 5; // the level, behind the length and the name
        }
        if (direction == Direction.UP) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(packet);
        int first = bytes.get() & FLAGS_WITHOUT_DUP_AND_RETAIN;
        bytes.get(); // the length, of one byte
        if (first == PUBLISH_QOS_2) {
            bytes.position(bytes.position() + 2 + bytes.getShort(bytes.position()));
            int id = bytes.getShort() & 0xffff;
            if (mqtt5) {
                bytes.position(bytes.position() + 1 + bytes.get(bytes.position())); // its properties
            }
            sent.put(id, UTF_8.decode(bytes).toString());
        } else if (first == PUBREL) {
            int id = bytes.getShort() & 0xffff;
            released.computeIfAbsent(sent.get(id), text -> ConcurrentHashMap.newKeySet())
                    .add(id);
        }
    }

    /** Returns how many times the broker has sent this text as a message of its own. */
    int of(String text) {
        return released.getOrDefault(text, Set.of()).size();
    }
}
