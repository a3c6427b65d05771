package io.github.cdimqtt.internal.paho;

import java.io.IOException;

/** What came is no packet that a broker may send; the message is a sentence for the user. */
final class BadPacketException extends IOException {
    private static final long serialVersionUID = 1L;

    BadPacketException(String message) {
        super(message);
    }
}
