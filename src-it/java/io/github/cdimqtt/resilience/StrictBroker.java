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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A broker with the documented behaviour of AWS IoT: it closes the connection on a SUBSCRIBE or UNSUBSCRIBE of more than
 * eight topic filters, and on one of a filter that is not allowed. It keeps no session and sends no message.
 */
final class StrictBroker implements AutoCloseable {
    private static final int MOST_FILTERS = 8;

    /** Where the level of the protocol is in CONNECT, behind the name (section 3.1.2.2). */
    private static final int LEVEL = 6;

    private final String forbidden;
    private final ServerSocket listener;
    private final List<List<String>> requests = new CopyOnWriteArrayList<>();
    private final List<Integer> violations = new CopyOnWriteArrayList<>();
    private volatile Socket current = new Socket();
    private volatile int accepted;
    private volatile boolean mqtt5;

    /** Starts one that refuses filters with this prefix. */
    StrictBroker(String forbidden) {
        this.forbidden = forbidden;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread acceptor = new Thread(this::accept, "strict-broker");
        acceptor.setDaemon(true);
        acceptor.start();
    }

    String url() {
        return "tcp://127.0.0.1:" + listener.getLocalPort();
    }

    /** Returns the filters of each SUBSCRIBE and UNSUBSCRIBE so far. */
    List<List<String>> requests() {
        return List.copyOf(requests);
    }

    /** Returns the number of filters of each request for which it closed a connection. */
    List<Integer> violations() {
        return List.copyOf(violations);
    }

    /** Returns how many connections it has accepted. */
    int accepted() {
        return accepted;
    }

    /** Closes the newest connection. */
    void cut() throws IOException {
        current.close();
    }

    @Override
    public void close() {
        try {
            listener.close();
            current.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                current = socket;
                serve(new DataInputStream(new BufferedInputStream(socket.getInputStream())), socket.getOutputStream());
            } catch (IOException e) {
                // The client or this broker is closed.
            }
        }
    }

    private void serve(DataInputStream in, OutputStream out) throws IOException {
        while (true) {
            int type = in.readUnsignedByte();
            byte[] body = in.readNBytes(length(in));
            switch (type & 0xf0) {
                case 0x10 -> {
                    accepted++;
                    mqtt5 = body[LEVEL] == 5;
                    out.write(mqtt5 ? new byte[] {0x20, 3, 0, 0, 0} : new byte[] {0x20, 2, 0, 0});
                }
                case 0x80, 0xa0 -> {
                    boolean subscribe = (type & 0xf0) == 0x80;
                    List<String> filters = filters(body, subscribe);
                    requests.add(filters);
                    if (filters.size() > MOST_FILTERS
                            || filters.stream().anyMatch(each -> each.startsWith(forbidden))) {
                        violations.add(filters.size());
                        return;
                    }
                    ByteArrayOutputStream answer = new ByteArrayOutputStream();
                    answer.write(subscribe ? 0x90 : 0xb0);
                    int codes = subscribe || mqtt5 ? filters.size() : 0;
                    int more = codes + (mqtt5 ? 1 : 0); // the length of the properties
                    answer.write(2 + more);
                    answer.write(body, 0, 2);
                    answer.writeBytes(new byte[more]);
                    out.write(answer.toByteArray());
                }
                case 0xc0 -> out.write(new byte[] {(byte) 0xd0, 0});
                default -> {
                    // Nothing to answer at QoS 0.
                }
            }
        }
    }

    private static int length(DataInputStream in) throws IOException {
        int length = 0;
        for (int shift = 0; ; shift += 7) {
            int digit = in.readUnsignedByte();
            length |= (digit & 0x7f) << shift;
            if (digit < 0x80) {
                return length;
            }
        }
    }

    /** They follow the packet identifier, and on MQTT 5 the properties. */
    private List<String> filters(byte[] body, boolean subscribe) {
        int first = mqtt5 ? 3 + body[2] : 2;
        ByteBuffer rest = ByteBuffer.wrap(body, first, body.length - first);
        List<String> filters = new ArrayList<>();
        while (rest.hasRemaining()) {
            byte[] text = new byte[rest.getShort()];
            rest.get(text);
            filters.add(new String(text, StandardCharsets.UTF_8));
            if (subscribe) {
                rest.get();
            }
        }
        return filters;
    }
}
