package io.github.cdimqtt.internal.net.connect;

import io.github.cdimqtt.internal.net.BrokerAddress;
import java.io.EOFException;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * A broker that closes the connection before CONNACK, as brokers do when a client uses another protocol than the port. It may
 * show as an end of the stream, a reset or a broken pipe.
 */
final class HangUp {
    private static final String BEFORE_CONNACK = "hung up before CONNACK: ";

    private HangUp() {}

    /** Returns whether the broker closed the connection, also where TLS reports it; a reset may come before connect returns. */
    public static boolean isOne(Throwable failure, ConnectProgress progress) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean reset = cause instanceof SocketException
                    && String.valueOf(cause.getMessage()).contains("reset");
            boolean ended = cause instanceof EOFException || cause instanceof SocketException;
            if (reset || ended && progress != ConnectProgress.UNREACHED) {
                return true;
            }
        }
        return false;
    }

    /** Returns a sentence about what the broker did and what it may have expected of a client of this version. */
    public static String sentence(BrokerAddress server, ConnectProgress progress, String version) {
        boolean secure = server.secure();
        boolean agreed = progress == ConnectProgress.AGREED || !secure && !server.webSocket();
        if (!agreed && secure && progress != ConnectProgress.SECURED) {
            return "hung up within the TLS handshake: perhaps this port is not for TLS ("
                    + (server.webSocket() ? "ws://" : "tcp://") + "), or the broker does not know this host name";
        } else if (!agreed) {
            return "hung up within the WebSocket handshake: perhaps this port is for MQTT without WebSocket ("
                    + (secure ? "ssl://)" : "tcp://), or for TLS (wss://)");
        }
        String other = version.equals("5") ? "; or the broker does not speak MQTT 5: set protocol-version=3.1.1" : "";
        return BEFORE_CONNACK + perhaps(server) + other;
    }

    private static String perhaps(BrokerAddress server) {
        if (server.webSocket()) {
            return "perhaps it does not allow this client";
        }
        return server.secure()
                ? "perhaps this port is for WebSocket (wss://), or the broker wants a client certificate or tls.alpn,"
                        + " or does not allow this client"
                : "perhaps this port is for TLS (ssl://), or for WebSocket (ws://), or the broker does not allow this client";
    }
}
