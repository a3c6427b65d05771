package io.github.cdimqtt.internal.transport;

import io.github.cdimqtt.Qos;

/** A PUBLISH to be sent: the same object from the application's call to the acknowledgement. Immutable. */
public final class OutboundMessage {
    private final String topic;
    private final byte[] payload;
    private final Qos qos;
    private final boolean retain;

    /** Creates a message. The topic must be valid; the payload is not copied. */
    public OutboundMessage(String topic, byte[] payload, Qos qos, boolean retain) {
        this.topic = topic;
        this.payload = payload;
        this.qos = qos;
        this.retain = retain;
    }

    /** Returns the topic. */
    public String topic() {
        return topic;
    }

    /** Returns the payload itself, which must not be modified. */
    public byte[] payload() {
        return payload;
    }

    /** Returns the quality of service. */
    public Qos qos() {
        return qos;
    }

    /** Returns whether the broker retains the message. */
    public boolean retain() {
        return retain;
    }
}
