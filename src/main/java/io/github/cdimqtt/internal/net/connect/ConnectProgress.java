package io.github.cdimqtt.internal.net.connect;

/** How far an attempt to connect has come: who hangs up then does it for another reason. */
public enum ConnectProgress {
    /** No connection of TCP yet. */
    UNREACHED,
    /** Connected; TLS or WebSocket, if there is any, is not agreed on. */
    REACHED,
    /** TLS is agreed on, WebSocket is not. */
    SECURED,
    /** All that is below MQTT is agreed on. */
    AGREED
}
