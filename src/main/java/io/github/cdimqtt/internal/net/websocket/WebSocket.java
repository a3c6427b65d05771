package io.github.cdimqtt.internal.net.websocket;

import io.github.cdimqtt.internal.net.ByteStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A WebSocket (RFC 6455) that carries bytes for MQTT (MQTT 3.1.1, section 6): a packet may lie in any number of frames,
 * a frame may hold any number of packets. No frame is ever held in memory. Paho 1.2.5's own WebSocket takes each frame for a
 * whole read and a ping for an error. Read by one thread, written by another.
 */
public final class WebSocket implements ByteStream {
    private static final int BUFFER = 16 * 1024;

    private final ByteStream below;
    private final FrameInput input;
    private final FrameOutput output;

    private WebSocket(ByteStream below, FrameInput input, FrameOutput output) {
        this.below = below;
        this.input = input;
        this.output = output;
    }

    /**
     * Completes the opening handshake.
     *
     * @param authority host and port, in the form of HTTP
     * @param path with its leading slash
     */
    public static WebSocket over(ByteStream below, String authority, String path) throws IOException {
        InputStream in = new BufferedInputStream(below.input(), BUFFER);
        OutputStream out = below.output();
        new WebSocketHandshake(authority, path).perform(in, out);
        FrameOutput output = new FrameOutput(out);
        return new WebSocket(below, new FrameInput(in, output), output);
    }

    @Override
    public InputStream input() {
        return input;
    }

    @Override
    public OutputStream output() {
        return output;
    }

    @Override
    public void endOutput() throws IOException {
        output.end();
        below.endOutput();
    }
}
