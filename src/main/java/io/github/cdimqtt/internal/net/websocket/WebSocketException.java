package io.github.cdimqtt.internal.net.websocket;

import io.github.cdimqtt.internal.net.ExplainedException;

/** The server violates the WebSocket protocol, or closes the WebSocket; the message is a sentence for users. */
final class WebSocketException extends ExplainedException {
    private static final long serialVersionUID = 1L;

    WebSocketException(String message) {
        super(message);
    }
}
