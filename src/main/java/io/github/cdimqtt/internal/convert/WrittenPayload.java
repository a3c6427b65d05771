package io.github.cdimqtt.internal.convert;

import io.github.cdimqtt.MqttProperties;
import org.jspecify.annotations.Nullable;

/**
 * A payload to be published, and what is known of it: of what the application's own converters write nothing is. Immutable; the
 * bytes are never written to.
 */
public final class WrittenPayload {
    private static final MqttProperties TEXT =
            MqttProperties.builder().text(true).build();

    /** Which is text, too (RFC 8259, section 8.1). */
    private static final MqttProperties JSON =
            TEXT.toBuilder().contentType("application/json").build();

    private final byte @Nullable [] bytes;
    private final MqttProperties known;

    private WrittenPayload(byte @Nullable [] bytes, MqttProperties known) {
        this.bytes = bytes;
        this.known = known;
    }

    /** Returns a payload of which nothing is known. */
    static WrittenPayload ofBytes(byte @Nullable [] bytes) {
        return new WrittenPayload(bytes, MqttProperties.NONE);
    }

    static WrittenPayload ofText(byte[] bytes) {
        return new WrittenPayload(bytes, TEXT);
    }

    static WrittenPayload ofJson(byte[] bytes) {
        return new WrittenPayload(bytes, JSON);
    }

    /** Returns the bytes; null if a converter of the application wrote null. */
    public byte @Nullable [] bytes() {
        return bytes;
    }

    /**
     * Returns properties, and in them what is known of the payload where the application says nothing: the payload format
     * indicator and the content type (MQTT 5.0, sections 3.3.2.3.2 and 3.3.2.3.9).
     */
    public MqttProperties describedIn(MqttProperties given) {
        boolean hasContentType = given.contentType() != null || known.contentType() == null;
        if (!known.isText() || given.isText() && hasContentType) {
            return given;
        }
        if (given.equals(MqttProperties.NONE)) {
            return known;
        }
        MqttProperties.Builder all = given.toBuilder().text(true);
        return (hasContentType ? all : all.contentType(known.contentType())).build();
    }
}
