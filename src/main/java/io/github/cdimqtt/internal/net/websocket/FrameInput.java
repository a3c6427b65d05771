package io.github.cdimqtt.internal.net.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.internal.text.Printable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * Reads the payload of binary frames as it arrives (RFC 6455, section 5); a frame takes no memory, whatever length it declares.
 * Fragments are joined, pings are answered, pongs ignored. Confined to one thread.
 */
final class FrameInput extends InputStream {
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private static final int LARGEST_CONTROL = 125;
    private static final int NORMAL = 1000;
    private static final int GOING_AWAY = 1001;

    private final InputStream in;
    private final FrameOutput answers;
    private long left;
    private boolean fragmented;
    private boolean ended;

    /**
     * Creates a stream.
     *
     * @param answers sends the answers to ping and close frames
     */
    FrameInput(InputStream in, FrameOutput answers) {
        this.in = in;
        this.answers = answers;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (left == 0 && !ended) {
            nextFrame();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(into, offset, (int) Math.min(length, left));
        left -= Math.max(0, count);
        return count;
    }

    private void nextFrame() throws IOException {
        int first = in.read();
        if (first < 0) {
            ended = true; // without a close frame; the reader reports a packet that is cut off
            return;
        }
        int second = next();
        boolean last = (first & 0x80) != 0;
        int opcode = first & 0x0f;
        if ((first & 0x70) != 0 || (second & 0x80) != 0) {
            throw new WebSocketException(String.format(
                    Locale.ROOT, "a WebSocket frame came with reserved bits or masked (0x%02x%02x)", first, second));
        }
        long length = length(second);
        switch (opcode) {
            case CONTINUATION, BINARY -> {
                if (fragmented != (opcode == CONTINUATION)) {
                    throw new WebSocketException("fragments of WebSocket frames came in disorder");
                }
                fragmented = !last;
                left = length;
            }
            case CLOSE, PING, PONG -> {
                if (!last || length > LARGEST_CONTROL) {
                    throw new WebSocketException("a WebSocket control frame came in fragments, or too long");
                }
                control(opcode, (int) length);
            }
            case TEXT -> throw new WebSocketException("a WebSocket frame of text came; MQTT is binary [MQTT-6.0.0-1]");
            default -> throw new WebSocketException("a WebSocket frame of unknown kind came (" + opcode + ")");
        }
    }

    private long length(int second) throws IOException {
        int digits = second == 127 ? 8 : second == 126 ? 2 : 0;
        long length = digits == 0 ? second : 0;
        for (int i = 0; i < digits; i++) {
            length = length << 8 | next();
        }
        if (length < 0) {
            throw new WebSocketException("a WebSocket frame came with an impossible length");
        }
        return length;
    }

    private void control(int opcode, int length) throws IOException {
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new EOFException();
        }
        if (opcode == PING) {
            answers.pong(payload);
        } else if (opcode == CLOSE) {
            ended = true;
            answers.end(payload);
            int code = length < 2 ? NORMAL : (payload[0] & 0xff) << 8 | payload[1] & 0xff;
            if (code != NORMAL && code != GOING_AWAY) {
                String words = Printable.of(new String(payload, 2, length - 2, UTF_8));
                throw new WebSocketException("the broker closed the WebSocket with code " + code + " " + words);
            }
        }
    }

    private int next() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException();
        }
        return b;
    }
}
