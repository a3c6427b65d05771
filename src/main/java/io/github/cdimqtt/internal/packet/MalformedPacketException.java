package io.github.cdimqtt.internal.packet;

import io.github.cdimqtt.internal.net.ExplainedException;

/** Reports bytes that are no packet of a broker, in a sentence for the user. */
public final class MalformedPacketException extends ExplainedException {
    private static final long serialVersionUID = 1L;

    public MalformedPacketException(String message) {
        super(message);
    }
}
