package io.github.cdimqtt.internal.net.websocket;

import java.io.IOException;

/** The server violates the WebSocket protocol, or closes the WebSocket; the message is a sentence for users. */
public final class WebSocketException extends IOException {
    private static final long serialVersionUID = 1L;

    WebSocketException(String message) {
        super(message);
    }
}
