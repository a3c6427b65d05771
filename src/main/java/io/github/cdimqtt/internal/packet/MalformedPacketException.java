package io.github.cdimqtt.internal.packet;

import io.github.cdimqtt.internal.net.ExplainedException;
import java.util.Locale;

/** Reports bytes that are no packet of a broker, or none at this moment, in a sentence for the user. */
public final class MalformedPacketException extends ExplainedException {
    static final int MALFORMED = 0x81;
    public static final int PROTOCOL_ERROR = 0x82;
    static final int TOPIC_NAME_INVALID = 0x90;
    public static final int RECEIVE_MAXIMUM_EXCEEDED = 0x93;
    public static final int TOPIC_ALIAS_INVALID = 0x94;
    private static final int TOO_LARGE = 0x95;

    private static final long serialVersionUID = 1L;

    private final int reasonCode;

    /** Creates an exception about a malformed packet, 0x81. */
    public MalformedPacketException(String message) {
        this(message, MALFORMED);
    }

    /** Creates an exception with the reason code that MQTT 5 has for it (MQTT 5.0, section 4.13). */
    public MalformedPacketException(String message, int reasonCode) {
        super(message);
        this.reasonCode = reasonCode;
    }

    static MalformedPacketException tooLarge(long size, int maximum) {
        return new MalformedPacketException(
                String.format(
                        Locale.ROOT,
                        "a packet of %,d bytes came, more than max-message-size allows (%,d)",
                        size,
                        maximum),
                TOO_LARGE);
    }

    /** Returns the reason code that goes to a broker of MQTT 5, 0x80 and above. */
    public int reasonCode() {
        return reasonCode;
    }
}
