package io.github.cdimqtt.internal.packet;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the properties of one packet as bytes (MQTT 5.0, section 2.2.2). Not thread-safe. */
final class PropertyWriter {
    private final ByteWriter bytes = new ByteWriter(64);

    /** Begins with no properties. */
    PropertyWriter clear() {
        bytes.clear();
        return this;
    }

    boolean isEmpty() {
        return bytes.length() == 0;
    }

    /** Returns how many bytes {@link #writeTo} writes. */
    int length() {
        return ByteWriter.lengthOfVariable(bytes.length()) + bytes.length();
    }

    /** Writes the length of the properties [MQTT-2.2.2-1], and them. */
    void writeTo(ByteWriter packet) {
        packet.addVariable(bytes.length());
        packet.add(bytes);
    }

    /** Adds a number, unless it is what absence stands for. */
    PropertyWriter add(Property property, long value, long absent) {
        if (value == absent) {
            return this;
        }
        if (!property.allows(value)) {
            throw new IllegalArgumentException(property + " " + value);
        }
        bytes.addVariable(property.number());
        switch (property.type()) {
            case BYTE -> bytes.add8((int) value);
            case TWO_BYTES -> bytes.add16((int) value);
            case FOUR_BYTES -> bytes.add32(value);
            case VARIABLE -> bytes.addVariable((int) value);
            default -> throw new IllegalArgumentException(property + " is no number");
        }
        return this;
    }

    /** Adds a text, unless it is null. */
    PropertyWriter add(Property property, @Nullable String value) {
        if (value != null) {
            bytes.addVariable(property.number());
            bytes.addText(value);
        }
        return this;
    }

    /** Adds bytes, unless they are null. */
    PropertyWriter add(Property property, @Nullable ByteBuffer value) {
        if (value != null) {
            bytes.addVariable(property.number());
            bytes.addField(value);
        }
        return this;
    }

    /** Adds user properties. */
    PropertyWriter add(List<Map.Entry<String, String>> user) {
        for (Map.Entry<String, String> each : user) {
            bytes.addVariable(Property.USER_PROPERTY.number());
            bytes.addText(each.getKey());
            bytes.addText(each.getValue());
        }
        return this;
    }

    /** Adds those of a message or a will. */
    PropertyWriter add(MqttProperties message) {
        Duration expiry = message.expiry();
        byte[] correlation = message.correlationData();
        return add(Property.PAYLOAD_FORMAT_INDICATOR, message.isText() ? 1 : 0, 0)
                .add(Property.MESSAGE_EXPIRY_INTERVAL, expiry == null ? -1 : expiry.toSeconds(), -1)
                .add(Property.CONTENT_TYPE, message.contentType())
                .add(Property.RESPONSE_TOPIC, message.responseTopic())
                .add(Property.CORRELATION_DATA, correlation == null ? null : ByteBuffer.wrap(correlation))
                .add(message.user());
    }

    /** Adds what a client may say about a reason. */
    PropertyWriter add(MqttReason reason) {
        return add(Property.REASON_STRING, reason.text()).add(reason.user());
    }
}
