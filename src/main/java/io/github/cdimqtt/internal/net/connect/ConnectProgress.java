package io.github.cdimqtt.internal.net.connect;

/** How far an attempt to connect has come, from which the reason of a hang-up follows. */
public enum ConnectProgress {
    /** TCP is not connected yet. */
    UNREACHED,
    /** TCP is connected; no handshake of TLS or WebSocket is complete. */
    REACHED,
    /** The TLS handshake is complete, that of WebSocket is not. */
    SECURED,
    /** All handshakes below MQTT are complete. */
    AGREED
}
