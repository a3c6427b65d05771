package io.github.cdimqtt.internal.net.websocket;

import java.io.IOException;

/** What answers does not speak WebSocket as it must; the message is a sentence for the user. */
public final class WebSocketException extends IOException {
    private static final long serialVersionUID = 1L;

    WebSocketException(String message) {
        super(message);
    }
}
