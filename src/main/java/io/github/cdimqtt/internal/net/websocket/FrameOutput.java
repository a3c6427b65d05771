package io.github.cdimqtt.internal.net.websocket;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes bytes as masked binary frames (RFC 6455, section 5), none larger than 16 KiB. The reading thread answers pings here
 * and never waits for the writing thread, which may wait for a broker that in turn waits to be read. Thread-safe.
 */
final class FrameOutput extends OutputStream {
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PONG = 10;

    private static final int LARGEST = 16 * 1024;
    private static final int LONGEST_HEADER = 8;
    private static final byte[] NORMAL_CLOSURE = {0x03, (byte) 0xe8};

    private final OutputStream out;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private final byte[] frame = new byte[LONGEST_HEADER + LARGEST];
    private volatile byte @Nullable [] pong;
    private boolean ended; // guarded by lock

    FrameOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; done += LARGEST) {
            lock.lock();
            try {
                send(BINARY, bytes, offset + done, Math.min(LARGEST, length - done));
            } finally {
                lock.unlock();
            }
            sendPong();
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Answers a ping: at once, or after the frame that is being written. Of several pings it answers the last. */
    void pong(byte[] payload) throws IOException {
        pong = payload;
        sendPong();
    }

    /** Sends a close frame, unless one was sent before. */
    void end() throws IOException {
        end(NORMAL_CLOSURE);
    }

    /** Sends a close frame with this payload, unless one was sent before or another frame is being written. */
    void end(byte[] payload) throws IOException {
        if (lock.tryLock()) {
            try {
                if (!ended) {
                    send(CLOSE, payload, 0, payload.length);
                    ended = true;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** The thread that holds the lock checks again after releasing it, so no pong is left unsent. */
    private void sendPong() throws IOException {
        while (pong != null && lock.tryLock()) {
            try {
                byte[] payload = pong;
                pong = null;
                if (payload != null) {
                    send(PONG, payload, 0, payload.length);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private void send(int opcode, byte[] bytes, int offset, int length) throws IOException {
        if (ended) {
            throw new IOException("the WebSocket was closed");
        }
        int at = 0;
        frame[at++] = (byte) (0x80 | opcode);
        if (length < 126) {
            frame[at++] = (byte) (0x80 | length);
        } else {
            frame[at++] = (byte) (0x80 | 126);
            frame[at++] = (byte) (length >> 8);
            frame[at++] = (byte) length;
        }
        int mask = random.nextInt(); // unpredictable (section 5.3)
        int key = at;
        for (int i = 0; i < 4; i++) {
            frame[at++] = (byte) (mask >> 8 * i);
        }
        for (int i = 0; i < length; i++) {
            frame[at++] = (byte) (bytes[offset + i] ^ frame[key + (i & 3)]);
        }
        out.write(frame, 0, at);
        out.flush();
    }
}
