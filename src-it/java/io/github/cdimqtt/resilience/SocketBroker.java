package io.github.cdimqtt.resilience;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A minimal broker of MQTT 3.1.1 and 5: it sends the answers that a client requires, and messages as fast as TCP accepts them,
 * which no real broker does. Thread-safe.
 */
final class SocketBroker implements AutoCloseable {

    /** In place of a CONNACK return code: closes each connection as soon as it is accepted. */
    static final int HANGS_UP = -1;

    /** In place of a CONNACK return code: accepts connections and never answers. */
    static final int SAYS_NOTHING = -2;

    /** Where the level of the protocol is in CONNECT, behind the name (section 3.1.2.2). */
    private static final int LEVEL = 6;

    private final ServerSocket listener;
    private final Thread acceptor;
    private final int connack;
    private final List<Long> accepted = new CopyOnWriteArrayList<>();
    private final List<Integer> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong published = new AtomicLong();
    private volatile Socket current = new Socket();
    private volatile boolean mqtt5;

    /** Starts one that answers CONNECT with this code. */
    SocketBroker(int connack) {
        this.connack = connack;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        acceptor = new Thread(this::accept, "socket-broker");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    String url() {
        return "tcp://127.0.0.1:" + port();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Returns how many connections it has accepted. */
    int accepted() {
        return accepted.size();
    }

    /** Returns when it accepted each of them, from no fixed origin. */
    List<Long> acceptedAtMillis() {
        return List.copyOf(accepted);
    }

    /** Returns the packet identifiers of its messages that were acknowledged (PUBACK), in order. */
    List<Integer> acknowledged() {
        synchronized (acknowledged) {
            return List.copyOf(acknowledged);
        }
    }

    /** Returns how many messages it received. */
    long published() {
        return published.get();
    }

    /** Sends the same message many times over the newest connection; returns when TCP has accepted them all. */
    void flood(byte[] publish, long times) throws IOException {
        int batch = Math.max(1, 8192 / publish.length);
        byte[] many = new byte[batch * publish.length];
        for (int i = 0; i < batch; i++) {
            System.arraycopy(publish, 0, many, i * publish.length, publish.length);
        }
        OutputStream out = current.getOutputStream();
        for (long left = times; left > 0; left -= batch) {
            write(out, many, (int) (Math.min(batch, left) * publish.length));
        }
    }

    /** Sends bytes over the newest connection. */
    void send(byte[] bytes) throws IOException {
        write(current.getOutputStream(), bytes, bytes.length);
    }

    /** A PUBLISH for its client, of at most 127 bytes after its header; of QoS 0 with a packet identifier of 0. */
    byte[] publish(String topic, String text, int packetId) {
        return publish(topic, text, packetId, mqtt5);
    }

    /** A PUBLISH of at most 127 bytes after its header, on MQTT 5 without properties. */
    static byte[] publish(String topic, String text, int packetId, boolean mqtt5) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(packetId == 0 ? 0x30 : 0x32);
        packet.write(2 + name.length + (packetId == 0 ? 0 : 2) + (mqtt5 ? 1 : 0) + payload.length);
        packet.write(name.length >> 8);
        packet.write(name.length & 0xff);
        packet.writeBytes(name);
        if (packetId > 0) {
            packet.write(packetId >> 8);
            packet.write(packetId & 0xff);
        }
        if (mqtt5) {
            packet.write(0);
        }
        packet.writeBytes(payload);
        return packet.toByteArray();
    }

    @Override
    public void close() {
        try {
            listener.close();
            current.close();
            acceptor.join(5000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                accepted.add(System.nanoTime() / 1_000_000);
                current = socket;
                if (connack != HANGS_UP) {
                    serve(
                            new DataInputStream(new BufferedInputStream(socket.getInputStream())),
                            socket.getOutputStream());
                } else {
                    socket.shutdownOutput(); // otherwise the unread CONNECT would make it a reset
                }
            } catch (IOException e) {
                // The client hung up, or the test is over: the loop's condition decides.
            }
        }
    }

    private void serve(DataInputStream in, OutputStream out) throws IOException {
        while (true) {
            int header = in.readUnsignedByte();
            byte[] body = new byte[length(in)];
            in.readFully(body);
            if (connack != SAYS_NOTHING) {
                answer(header, body, out);
            }
        }
    }

    private static int length(DataInputStream in) throws IOException {
        int length = 0;
        int digit;
        int shift = 0;
        do {
            digit = in.readUnsignedByte();
            length |= (digit & 0x7f) << shift;
            shift += 7;
        } while (digit > 0x7f);
        return length;
    }

    private void answer(int header, byte[] body, OutputStream out) throws IOException {
        switch (header >> 4) {
            case 1 -> {
                mqtt5 = body[LEVEL] == 5;
                byte[] answer = {0x20, (byte) (mqtt5 ? 3 : 2), 0, (byte) connack, 0};
                write(out, answer, mqtt5 ? 5 : 4);
            }
            case 3 -> {
                published.incrementAndGet();
                int id = 2 + ((body[0] & 0xff) << 8 | body[1] & 0xff);
                if ((header & 6) == 2) {
                    write(out, new byte[] {0x40, 2, body[id], body[id + 1]}, 4);
                }
            }
            case 4 -> acknowledged.add((body[0] & 0xff) << 8 | body[1] & 0xff);
            case 8 -> {
                byte[] answer = suback(body);
                write(out, answer, answer.length);
            }
            case 12 -> write(out, new byte[] {(byte) 0xd0, 0}, 2);
            default -> {
                // Needs no answer.
            }
        }
    }

    private byte[] suback(byte[] subscribe) {
        byte[] answer = new byte[4 + (mqtt5 ? 1 : 0) + filters(subscribe)];
        answer[0] = (byte) 0x90;
        answer[1] = (byte) (answer.length - 2);
        answer[2] = subscribe[0];
        answer[3] = subscribe[1];
        return answer;
    }

    /** They follow the packet identifier, and on MQTT 5 the properties. */
    private int filters(byte[] subscribe) {
        int count = 0;
        for (int at = mqtt5 ? 3 + subscribe[2] : 2; at < subscribe.length; count++) {
            at += 3 + ((subscribe[at] & 0xff) << 8 | subscribe[at + 1] & 0xff);
        }
        return count;
    }

    private synchronized void write(OutputStream out, byte[] bytes, int length) throws IOException {
        out.write(bytes, 0, length);
    }
}
