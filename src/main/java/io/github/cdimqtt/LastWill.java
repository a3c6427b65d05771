package io.github.cdimqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.value.Faults;
import io.github.cdimqtt.internal.value.Limits;
import io.github.cdimqtt.internal.value.ShownSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message that the broker publishes if the client vanishes (MQTT 3.1.1, section 3.1.2.5; MQTT 5.0, section 3.1.3.2): the
 * keys {@code last-will.*}, of which {@code last-will.message} is the payload. Immutable.
 */
public final class LastWill {
    private final String topic;
    private final byte @Nullable [] payload;
    private final @Nullable Qos qos;
    private final @Nullable Boolean retain;
    private final @Nullable Duration delay;
    private final MqttProperties properties;

    private LastWill(String topic, Builder builder) {
        this.topic = topic;
        this.payload = builder.payload;
        this.qos = builder.qos;
        this.retain = builder.retain;
        this.delay = builder.delay;
        this.properties = builder.properties.build();
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
        builder.delay = delay;
        builder.properties = properties.toBuilder();
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

    /**
     * Returns how long the broker waits for the client to come back before it publishes, in whole seconds, 0 to 4,294,967,295 s
     * (MQTT 5.0, section 3.1.3.2.2).
     */
    public Duration delay() {
        return delay == null ? Duration.ZERO : delay;
    }

    /**
     * Returns what it carries on MQTT 5: content type, response topic with its placeholders as they are, expiry, user properties,
     * and that the payload is text if it was set as text (MQTT 5.0, section 3.1.3.2).
     */
    public MqttProperties properties() {
        return properties;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LastWill that
                && topic.equals(that.topic)
                && Arrays.equals(payload(), that.payload())
                && qos() == that.qos()
                && retain() == that.retain()
                && delay().equals(that.delay())
                && properties.equals(that.properties);
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic, Arrays.hashCode(payload()), qos(), retain(), delay(), properties);
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
                .add("last-will.retain", retain)
                .add("last-will.delay", delay, Duration.ZERO)
                .add("last-will.expiry", properties.expiry())
                .add("last-will.content-type", properties.contentType())
                .add("last-will.response-topic", properties.responseTopic())
                .add("last-will.user-properties", properties.user(), List.of());
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
        private @Nullable Duration delay;
        private MqttProperties.Builder properties = MqttProperties.builder();

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
            properties.text(text != null);
            return this;
        }

        /** Sets the payload, at most 65,535 bytes, which are copied. */
        public Builder payload(byte[] value) {
            payload = MqttException.checked("last-will.message", value.clone(), Limits.DATA);
            properties.text(false);
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
         * Sets how long the broker waits for the client to come back before it publishes, 0 to 4,294,967,295 s, rounded up to
         * whole ones (MQTT 5.0, section 3.1.3.2.2). Needs MQTT 5, and a session that is kept as long. Also for {@code
         * presence.topic}.
         */
        public Builder delay(@Nullable Duration value) {
            delay = value == null ? null : MqttProperties.Builder.seconds("last-will.delay", value);
            return this;
        }

        /**
         * Sets how long it is of use once it is published, 0 to 4,294,967,295 s, rounded up to whole ones (MQTT 5.0, section
         * 3.1.3.2.4). Needs MQTT 5.
         */
        public Builder expiry(@Nullable Duration value) {
            properties.expiry(value == null ? null : MqttProperties.Builder.seconds("last-will.expiry", value));
            return this;
        }

        /**
         * Sets what the payload is, a MIME type by custom; at most 65,535 bytes of UTF-8, no control characters (MQTT 5.0,
         * section 3.1.3.2.5). Needs MQTT 5.
         */
        public Builder contentType(@Nullable String value) {
            properties.contentType(MqttException.checkedText("last-will.content-type", value, Limits.STRING));
            return this;
        }

        /**
         * Sets the topic where an answer is awaited: 1 to 65,535 bytes of UTF-8, without wildcards and control characters (MQTT
         * 5.0, section 3.1.3.2.6); may contain {@code {host}}, {@code {app}} and {@code {client-id}}. Needs MQTT 5.
         */
        public Builder responseTopic(@Nullable String value) {
            properties.responseTopic(
                    MqttException.checkedText("last-will.response-topic", value, Limits.WILL_RESPONSE_TOPIC));
            return this;
        }

        /**
         * Sets its user properties, of which each name and value has at most 65,535 bytes of UTF-8 and no control characters
         * (MQTT 5.0, section 3.1.3.2.8). Needs MQTT 5. An empty list unsets.
         */
        public Builder userProperties(List<Map.Entry<String, String>> value) {
            properties.userProperties(MqttException.checkedUserProperties("last-will.user-properties", value));
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
            faults.addIf(keys().isEmpty(), "last-will.topic", null, "a last will needs a topic; set it");
            MqttException.throwAll(faults);
            return new LastWill(requireNonNull(topic), this);
        }

        void check(Faults faults) {
            keys().forEach(key ->
                    faults.addIf(topic == null, key, null, "a last will needs a topic; set last-will.topic"));
        }

        /** Returns the delay, which is that of another will, too; null if it was not set. */
        @Nullable
        Duration delay() {
            return delay;
        }

        /** Returns the keys of all that was set. */
        List<String> keys() {
            List<String> keys = keysOfTheMessage();
            addKey(keys, "last-will.delay", delay);
            return keys;
        }

        /** Returns the keys of what was set and makes this a message: all but that of the delay. */
        List<String> keysOfTheMessage() {
            List<String> keys = new ArrayList<>();
            addKey(keys, "last-will.topic", topic);
            addKey(keys, "last-will.message", payload);
            addKey(keys, "last-will.qos", qos);
            addKey(keys, "last-will.retain", retain);
            addPropertyKeys(keys);
            return keys;
        }

        /** Returns the keys of what was set and only MQTT 5 has. */
        List<String> keysOfMqtt5() {
            List<String> keys = new ArrayList<>();
            addKey(keys, "last-will.delay", delay);
            addPropertyKeys(keys);
            return keys;
        }

        boolean hasMessage() {
            return !keysOfTheMessage().isEmpty();
        }

        private void addPropertyKeys(List<String> keys) {
            MqttProperties set = properties.build();
            addKey(keys, "last-will.expiry", set.expiry());
            addKey(keys, "last-will.content-type", set.contentType());
            addKey(keys, "last-will.response-topic", set.responseTopic());
            addKey(keys, "last-will.user-properties", set.user().isEmpty() ? null : set.user());
        }

        private static void addKey(List<String> keys, String key, @Nullable Object value) {
            if (value != null) {
                keys.add(key);
            }
        }
    }
}
