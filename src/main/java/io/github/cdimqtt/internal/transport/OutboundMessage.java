package io.github.cdimqtt.internal.transport;

import io.github.cdimqtt.Qos;

/** A PUBLISH to be sent: one object from the call of the application to its acknowledgement. */
public final class OutboundMessage {
    private final String topic;
    private final byte[] payload;
    private final Qos qos;
    private final boolean retain;

    /** Creates a message of a valid topic; the payload is not copied. */
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

    /** Returns the payload itself: nobody writes to it. */
    public byte[] payload() {
        return payload;
    }

    /** Returns the quality of service. */
    public Qos qos() {
        return qos;
    }

    /** Tells whether the broker is to keep it. */
    public boolean retain() {
        return retain;
    }
}
