package io.github.cdimqtt.internal.packet;

import java.io.IOException;

/** What came is no packet that a broker may send; the message is a sentence for the user. */
public final class MalformedPacketException extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedPacketException(String message) {
        super(message);
    }
}
