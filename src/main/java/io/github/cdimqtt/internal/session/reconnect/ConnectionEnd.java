package io.github.cdimqtt.internal.session.reconnect;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import java.io.EOFException;
import java.net.SocketException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection ended, as far as can be told: on MQTT 5 brokers say it in DISCONNECT (section 3.14.2.1). Immutable.
 *
 * @param cause what is reported; with what the broker said, if it did
 */
public record ConnectionEnd(MqttException cause) {

    /**
     * Returns whether the broker closed the connection without a word, as for another client with the same client identifier
     * [MQTT-3.1.4-2]. A bad network is silent or breaks the connection, and often the next attempts fail.
     */
    boolean isEviction() {
        return cause.getCause() instanceof EOFException;
    }

    /** Returns whether the broker says that another client has taken the session over. */
    public boolean isTakeover() {
        return code() == 0x8e;
    }

    /** Returns whether the broker goes down, or its operator ended the connection. */
    boolean isShutdown() {
        return code() == 0x8b || code() == 0x98;
    }

    /** Returns whether the broker says that a message of ours is the reason. */
    public boolean isOverMessage() {
        return switch (code()) {
            case 0x90, 0x95, 0x99, 0x9a, 0x9b -> true;
            default -> false;
        };
    }

    /**
     * Returns whether the broker hung up, perhaps over a packet of ours. If it did so with packets unread, the connection is
     * reset, or our next write fails.
     */
    boolean isHangUp() {
        return switch (code()) {
            case -1 -> isEviction() || cause.getCause() instanceof SocketException;
            case 0x88, 0x89, 0x8b, 0x8d, 0x8e, 0x98, 0x9c, 0x9d, 0x9f, 0xa0 -> false;
            default -> true;
        };
    }

    /** Returns whether the broker hung up instead of answering, or did not answer in time. */
    public boolean isNoAnswer() {
        return isHangUp() || cause.getCause() instanceof TimeoutException;
    }

    private int code() {
        @Nullable MqttReason reason = cause.reason();
        return reason == null ? -1 : reason.code();
    }
}
