package io.github.cdimqtt;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.internal.value.Limit;
import io.github.cdimqtt.internal.value.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What a message of MQTT 5 carries beside topic and payload (MQTT 5.0, section 3.3.2.3). Immutable and thread-safe. */
public final class MqttProperties {
    /** No properties, as of every message of MQTT 3.1.1. */
    public static final MqttProperties NONE = builder().build();

    private final @Nullable String contentType;
    private final @Nullable String responseTopic;
    private final byte @Nullable [] correlationData; // never written to
    private final @Nullable Duration expiry;
    private final boolean text;
    private final List<Map.Entry<String, String>> user;

    private MqttProperties(Builder builder) {
        this.contentType = builder.contentType;
        this.responseTopic = builder.responseTopic;
        this.correlationData = builder.correlationData;
        this.expiry = builder.expiry;
        this.text = builder.text;
        this.user = List.copyOf(builder.user);
    }

    /** Returns a builder without properties. */
    public static Builder builder() {
        return new Builder(Limits.RESPONSE_TOPIC);
    }

    /**
     * Returns a builder of what a message came with. It takes any response topic, as brokers pass on what other clients sent: also
     * an empty one and one with wildcards, which neither {@link Mqtt#publish(String, Object, Qos, boolean, MqttProperties)} nor
     * {@link Mqtt#reply(MqttMessage, Object)} takes.
     */
    public static Builder receivedBuilder() {
        return new Builder(Limits.TEXT);
    }

    /** Returns a builder that begins with these properties. */
    public Builder toBuilder() {
        Builder builder = builder();
        builder.contentType = contentType;
        builder.responseTopic = responseTopic;
        builder.correlationData = correlationData;
        builder.expiry = expiry;
        builder.text = text;
        builder.user.addAll(user);
        return builder;
    }

    /** Returns what the payload is, a MIME type by custom; null if the sender does not say. */
    public @Nullable String contentType() {
        return contentType;
    }

    /** Returns where an answer is awaited; null for none. Of a message that arrived it may be empty or have wildcards. */
    public @Nullable String responseTopic() {
        return responseTopic;
    }

    /** Returns a copy of what an answer must repeat; null for none. */
    public byte @Nullable [] correlationData() {
        return correlationData == null ? null : correlationData.clone();
    }

    /**
     * Returns how long the message is of use, in whole seconds: as sent; of one that arrived, what the broker left of it. Null
     * for ever.
     */
    public @Nullable Duration expiry() {
        return expiry;
    }

    /** Returns whether the sender says that the payload is UTF-8 text (payload format indicator 1). */
    public boolean isText() {
        return text;
    }

    /** Returns the user properties in order; a name may occur more than once. */
    public List<Map.Entry<String, String>> user() {
        return user;
    }

    /** Returns the first user property of a name; null if there is none. */
    public @Nullable String user(String name) {
        for (Map.Entry<String, String> each : user) {
            if (each.getKey().equals(name)) {
                return each.getValue();
            }
        }
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MqttProperties that
                && Objects.equals(contentType, that.contentType)
                && Objects.equals(responseTopic, that.responseTopic)
                && Arrays.equals(correlationData, that.correlationData)
                && Objects.equals(expiry, that.expiry)
                && text == that.text
                && user.equals(that.user);
    }

    @Override
    public int hashCode() {
        return Objects.hash(contentType, responseTopic, Arrays.hashCode(correlationData), expiry, text, user);
    }

    /** Names what is there, without any value: those may be secrets. */
    @Override
    public String toString() {
        StringJoiner shown = new StringJoiner(", ", "MqttProperties[", "]");
        add(shown, contentType != null, "content type");
        add(shown, responseTopic != null, "response topic");
        add(shown, correlationData != null, "correlation data");
        add(shown, expiry != null, "expiry");
        add(shown, text, "text");
        add(shown, !user.isEmpty(), user.size() + " user");
        return shown.toString();
    }

    private static void add(StringJoiner shown, boolean there, String name) {
        if (there) {
            shown.add(name);
        }
    }

    /**
     * Makes {@link MqttProperties}. Each setter takes only what MQTT can carry: anything else is an {@link MqttException} that
     * says what is allowed. Control characters and non-characters are taken, as others may send them: {@link Mqtt#publish(String,
     * Object, Qos, boolean, MqttProperties)} refuses them. Null unsets. Not thread-safe.
     */
    public static final class Builder {
        private final Limit<String> responseTopics;
        private @Nullable String contentType;
        private @Nullable String responseTopic;
        private byte @Nullable [] correlationData; // never written to
        private @Nullable Duration expiry;
        private boolean text;
        private final List<Map.Entry<String, String>> user = new ArrayList<>();

        private Builder(Limit<String> responseTopics) {
            this.responseTopics = responseTopics;
        }

        /** Sets what the payload is, a MIME type by custom; at most 65,535 bytes of UTF-8. */
        public Builder contentType(@Nullable String value) {
            contentType = value == null ? null : MqttException.checked("content-type", value, Limits.TEXT);
            return this;
        }

        /** Sets the topic where an answer is awaited: 1 to 65,535 bytes of UTF-8, without wildcards. */
        public Builder responseTopic(@Nullable String value) {
            responseTopic = value == null ? null : MqttException.checked("response-topic", value, responseTopics);
            return this;
        }

        /** Sets what an answer must repeat: at most 65,535 bytes, which are copied. */
        public Builder correlationData(byte @Nullable [] value) {
            correlationData =
                    value == null ? null : MqttException.checked("correlation-data", value.clone(), Limits.DATA);
            return this;
        }

        /** Sets how long the message is of use: 0 to 4,294,967,295 seconds, rounded up to whole ones. */
        public Builder expiry(@Nullable Duration value) {
            expiry = value == null ? null : seconds("expiry", value);
            return this;
        }

        /** Sets whether the payload is UTF-8 text (payload format indicator 1). */
        public Builder text(boolean value) {
            text = value;
            return this;
        }

        /** Appends a user property: name and value have at most 65,535 bytes of UTF-8 each. */
        public Builder user(String name, String value) {
            user.add(Map.entry(
                    MqttException.checked("user-properties", requireNonNull(name, "name"), Limits.TEXT),
                    MqttException.checked("user-properties", requireNonNull(value, "value"), Limits.TEXT)));
            return this;
        }

        /** Replaces the user properties by others, which were checked. */
        void userProperties(List<Map.Entry<String, String>> value) {
            user.clear();
            user.addAll(value);
        }

        /** Makes the properties. */
        public MqttProperties build() {
            return new MqttProperties(this);
        }

        /** Returns a period rounded up to whole seconds, as four bytes hold them. */
        static Duration seconds(String key, Duration value) {
            Duration period = MqttException.checked(key, value, Limits.EXPIRY);
            return Duration.ofSeconds(period.getNano() == 0 ? period.getSeconds() : period.getSeconds() + 1);
        }
    }
}
