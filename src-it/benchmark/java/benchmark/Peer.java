package benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One end of a connection by MQTT 3.1.1 or 5 that costs as little as can be: one thread, no queue. A publish is
 * acknowledged and forgotten. One on {@code flood/<qos>/<count>/<bytes>/<client>} makes it send that many messages on
 * {@code in/<client>}, at most {@value #WINDOW} unacknowledged. One on {@code echo/<client>} it sends back. Not
 * thread-safe.
 */
final class Peer {
    private static final int WINDOW = 1_000;

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 20);
    private final ByteBuffer out = ByteBuffer.allocateDirect(1 << 20);
    private boolean five;
    private int floodQos;
    private int floodLeft;
    private byte[] floodTopic = {};
    private byte[] floodPayload = {};
    private int nextId;
    private int unacknowledged;

    Peer(SocketChannel channel) {
        this.channel = channel;
    }

    void run() throws IOException {
        while (true) {
            while (floodLeft > 0 && (floodQos == 0 || unacknowledged < WINDOW)) {
                flood();
            }
            flush();
            if (channel.read(in) < 0) {
                return;
            }
            in.flip();
            while (packet()) {
                // The next one.
            }
            in.compact();
        }
    }

    private void flood() throws IOException {
        publish(floodTopic, floodQos, ByteBuffer.wrap(floodPayload));
        floodLeft--;
    }

    private int nextId() {
        nextId = nextId == 65_535 ? 1 : nextId + 1;
        return nextId;
    }

    private void publish(byte[] topic, int qos, ByteBuffer payload) throws IOException {
        int length = 2 + topic.length + (qos == 0 ? 0 : 2) + (five ? 1 : 0) + payload.remaining();
        room(length + 5);
        out.put((byte) (0x30 | qos << 1));
        length(length);
        out.putShort((short) topic.length).put(topic);
        if (qos > 0) {
            out.putShort((short) nextId());
            unacknowledged++;
        }
        if (five) {
            out.put((byte) 0);
        }
        out.put(payload);
    }

    private void length(int length) {
        int rest = length;
        while (rest > 0x7f) {
            out.put((byte) (rest & 0x7f | 0x80));
            rest >>= 7;
        }
        out.put((byte) rest);
    }

    private void room(int bytes) throws IOException {
        if (out.remaining() < bytes) {
            flush();
        }
    }

    private void flush() throws IOException {
        out.flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
        out.clear();
    }

    private void answer(int header, int id) throws IOException {
        room(4);
        out.put((byte) header).put((byte) 2).putShort((short) id);
    }

    /** Handles the next packet if all of it is there. */
    private boolean packet() throws IOException {
        int start = in.position();
        if (in.remaining() < 2) {
            return false;
        }
        int header = in.get() & 0xff;
        int length = 0;
        for (int shift = 0; ; shift += 7) {
            if (!in.hasRemaining()) {
                in.position(start);
                return false;
            }
            int digit = in.get();
            length |= (digit & 0x7f) << shift;
            if (digit >= 0) {
                break;
            }
        }
        if (in.remaining() < length) {
            in.position(start);
            return false;
        }
        int end = in.position() + length;
        handle(header, end);
        in.position(end);
        return true;
    }

    private void handle(int header, int end) throws IOException {
        switch (header >> 4) {
            case 1 -> connect();
            case 3 -> published(header >> 1 & 3, end);
            case 4, 7 -> unacknowledged--;
            case 5 -> answer(0x62, in.getShort());
            case 6 -> answer(0x70, in.getShort());
            case 8 -> subscribed(end);
            case 12 -> {
                room(2);
                out.put((byte) 0xd0).put((byte) 0);
            }
            case 14 -> channel.shutdownOutput(); // as brokers close after DISCONNECT
            default -> {
                // Nothing else is sent.
            }
        }
    }

    private void connect() throws IOException {
        in.position(in.position() + 2 + in.getShort(in.position()));
        five = in.get() == 5;
        room(5);
        if (five) {
            out.put((byte) 0x20).put((byte) 3).putShort((short) 0).put((byte) 0);
        } else {
            out.put((byte) 0x20).put((byte) 2).putShort((short) 0);
        }
    }

    private void subscribed(int end) throws IOException {
        int id = in.getShort();
        skipProperties();
        ByteBuffer granted = ByteBuffer.allocate(end - in.position());
        while (in.position() < end) {
            in.position(in.position() + 2 + in.getShort(in.position()));
            granted.put((byte) (in.get() & 3));
        }
        granted.flip();
        room(7 + granted.remaining());
        out.put((byte) 0x90);
        length(2 + (five ? 1 : 0) + granted.remaining());
        out.putShort((short) id);
        if (five) {
            out.put((byte) 0);
        }
        out.put(granted);
    }

    /** Of MQTT 5; nobody here sends more than 127 bytes of them. */
    private void skipProperties() {
        if (five) {
            int length = in.get();
            in.position(in.position() + length);
        }
    }

    private void published(int qos, int end) throws IOException {
        int length = in.getShort();
        int topic = in.position();
        in.position(topic + length);
        int id = qos == 0 ? 0 : in.getShort();
        skipProperties();
        if (qos > 0) {
            answer(qos == 1 ? 0x40 : 0x50, id);
        }
        byte first = in.get(topic);
        if (first == 'e') {
            ByteBuffer payload = in.duplicate();
            payload.limit(end);
            publish(bytes(topic, length), qos, payload);
        } else if (first == 'f') {
            String[] parts = new String(bytes(topic, length), StandardCharsets.UTF_8).split("/");
            floodTopic = ("in/" + parts[4]).getBytes(StandardCharsets.UTF_8);
            floodQos = Integer.parseInt(parts[1]);
            floodLeft = Integer.parseInt(parts[2]);
            floodPayload = new byte[Integer.parseInt(parts[3])];
        }
    }

    private byte[] bytes(int position, int length) {
        byte[] bytes = new byte[length];
        in.duplicate().position(position).get(bytes);
        return bytes;
    }
}
