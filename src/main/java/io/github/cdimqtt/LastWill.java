package io.github.cdimqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.value.Faults;
import io.github.cdimqtt.internal.value.Limits;
import io.github.cdimqtt.internal.value.ShownSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that the broker publishes if the client vanishes (MQTT 3.1.1, section 3.1.2.5): the keys {@code last-will.*},
 * of which {@code last-will.message} is the payload. Immutable.
 */
public final class LastWill {
    private final String topic;
    private final byte @Nullable [] payload;
    private final @Nullable Qos qos;
    private final @Nullable Boolean retain;

    private LastWill(String topic, Builder builder) {
        this.topic = topic;
        this.payload = builder.payload;
        this.qos = builder.qos;
        this.retain = builder.retain;
    }

    /** Returns a builder with an empty payload and QoS 0, not retained. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that begins with what this last will holds. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.topic = topic;
        builder.payload = payload;
        builder.qos = qos;
        builder.retain = retain;
        return builder;
    }

    /** Returns the topic that it is published to, with its placeholders as they are. */
    public String topic() {
        return topic;
    }

    /** Returns a copy of the payload. */
    public byte[] payload() {
        return payload == null ? new byte[0] : payload.clone();
    }

    /** Returns the payload as UTF-8 text; bytes that are not UTF-8 become {@code U+FFFD}. */
    public String text() {
        return new String(payload(), UTF_8);
    }

    /** Returns the quality of service that it is published with. */
    public Qos qos() {
        return qos == null ? Qos.AT_MOST_ONCE : qos;
    }

    /** Returns whether the broker keeps it. */
    public boolean retain() {
        return retain != null && retain;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LastWill that
                && topic.equals(that.topic)
                && Arrays.equals(payload(), that.payload())
                && qos() == that.qos()
                && retain() == that.retain();
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic, Arrays.hashCode(payload()), qos(), retain());
    }

    /** Omits the payload. */
    @Override
    public String toString() {
        return "LastWill[" + Printable.of(topic) + ", QoS " + qos().level() + (retain() ? ", retained" : "") + "]";
    }

    void show(ShownSettings shown) {
        shown.add("last-will.topic", topic)
                .add("last-will.message", payload)
                .add("last-will.qos", qos)
                .add("last-will.retain", retain);
    }

    /**
     * Makes a {@link LastWill}. Each setter takes only what is allowed: anything else is an {@link MqttException} that
     * starts with the key and says what is allowed. Null or empty text unsets. Not thread-safe.
     */
    public static final class Builder {
        private @Nullable String topic;
        private byte @Nullable [] payload; // never written to
        private @Nullable Qos qos;
        private @Nullable Boolean retain;

        private Builder() {}

        /** Sets the topic, which is required; may contain {@code {host}}, {@code {app}} and {@code {client-id}}. */
        public Builder topic(@Nullable String value) {
            topic = MqttException.checkedText("last-will.topic", value, Limits.TOPIC);
            return this;
        }

        /** Sets the payload as text, at most 65,535 bytes of UTF-8. */
        public Builder payload(@Nullable String value) {
            String text = MqttException.checkedText("last-will.message", value, Limits.TEXT);
            payload = text == null ? null : text.getBytes(UTF_8);
            return this;
        }

        /** Sets the payload, at most 65,535 bytes, which are copied. */
        public Builder payload(byte[] value) {
            payload = MqttException.checked("last-will.message", value.clone(), Limits.DATA);
            return this;
        }

        /** Sets the quality of service that it is published with. */
        public Builder qos(Qos value) {
            qos = requireNonNull(value);
            return this;
        }

        /** Sets whether the broker keeps it. */
        public Builder retain(boolean value) {
            retain = value;
            return this;
        }

        /**
         * Makes the last will.
         *
         * @throws MqttException if it has no topic, as {@link MqttConfig.Builder#build()} does
         */
        public LastWill build() {
            Faults faults = new Faults();
            check(faults);
            faults.addIf(isEmpty(), "last-will.topic", null, "a last will needs a topic; set it");
            MqttException.throwAll(faults);
            return new LastWill(requireNonNull(topic), this);
        }

        void check(Faults faults) {
            keys().forEach(key ->
                    faults.addIf(topic == null, key, null, "a last will needs a topic; set last-will.topic"));
        }

        /** Returns the keys of all that was set. */
        List<String> keys() {
            List<String> keys = new ArrayList<>();
            addKey(keys, "last-will.topic", topic);
            addKey(keys, "last-will.message", payload);
            addKey(keys, "last-will.qos", qos);
            addKey(keys, "last-will.retain", retain);
            return keys;
        }

        boolean isEmpty() {
            return keys().isEmpty();
        }

        private static void addKey(List<String> keys, String key, @Nullable Object value) {
            if (value != null) {
                keys.add(key);
            }
        }
    }
}
