package io.github.cdimqtt;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.internal.text.Bytes;
import io.github.cdimqtt.internal.text.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that arrived. Immutable and thread-safe.
 *
 * <p>A test makes one by hand with {@link #of(String, Object)} or {@link #builder()} and fires it as a CDI event.
 */
public final class MqttMessage {

    private final String topic;
    private final ByteBuffer payload;
    private final Qos qos;
    private final boolean retained;
    private final boolean duplicate;
    private final String broker;
    private final Map<String, String> params;
    private final PayloadConverter<?> converter;
    private final MqttProperties properties;

    private MqttMessage(Builder builder) {
        this.topic = requireNonNull(builder.topic, "a message needs a topic");
        this.payload = builder.payload;
        this.qos = builder.qos;
        this.retained = builder.retained;
        this.duplicate = builder.duplicate;
        this.broker = builder.broker;
        this.params = builder.params;
        this.converter = builder.converter;
        this.properties = builder.properties;
    }

    /**
     * Makes a message of QoS 0 on the default connection.
     *
     * @param payload null (empty), {@code byte[]}, {@link ByteBuffer}, or what is sent as its text
     */
    public static MqttMessage of(String topic, @Nullable Object payload) {
        return builder().topic(topic).payload(payload).build();
    }

    /** Returns a builder with an empty payload, QoS 0, on the default connection. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that starts with what this message holds. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns the topic that it was published to. */
    public String topic() {
        return topic;
    }

    /** Returns a copy of the payload. */
    public byte[] payload() {
        return Bytes.copyOf(payload);
    }

    /** Returns the payload as a read-only buffer of its own position, not copied. */
    public ByteBuffer payloadBuffer() {
        return payload.duplicate();
    }

    /** Returns the payload as UTF-8 text; bytes that are not UTF-8 become {@code U+FFFD}. */
    public String text() {
        return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
    }

    /**
     * Returns the payload as a value of a type: those of {@link PayloadConverter#builtIn()}, and those that a converter
     * of the application reads.
     *
     * @throws MqttException if there is no converter for the type, or the payload is no such value
     */
    @SuppressWarnings("unchecked") // the converter of a primitive gives its box
    public <T> T as(Class<T> type) {
        if (!converter.supports(type)) {
            throw new MqttException("no PayloadConverter reads " + type.getTypeName());
        }
        try {
            return (T) converter.read(this, type);
        } catch (MqttException e) {
            throw e;
        } catch (Exception e) {
            throw new MqttException( // without its message, which may hold the payload
                    "the payload on '" + Printable.of(topic) + "' does not convert to " + type.getSimpleName() + ": "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }

    /** Returns the quality of service that it was delivered with. */
    public Qos qos() {
        return qos;
    }

    /** Returns whether the broker had kept it, rather than passing it on as it came (MQTT 3.1.1, section 3.3.1.3). */
    public boolean retained() {
        return retained;
    }

    /** Returns whether the broker may have sent it before (MQTT 3.1.1, section 3.3.1.1). */
    public boolean duplicate() {
        return duplicate;
    }

    /** Returns the value of a topic variable of the observer that it was delivered to; null if that has none of this name. */
    public @Nullable String param(String name) {
        return params.get(name);
    }

    /** Returns what it carries beside topic and payload: {@link MqttProperties#NONE} on MQTT 3.1.1. */
    public MqttProperties properties() {
        return properties;
    }

    /** Returns the name of the connection that it came from. */
    public String broker() {
        return broker;
    }

    /** Describes the message without its payload. */
    @Override
    public String toString() {
        return "MqttMessage[" + Printable.of(topic) + ", " + payload.remaining() + " bytes, QoS " + qos.level()
                + (retained ? ", retained" : "") + (duplicate ? ", duplicate" : "") + ", from " + broker + "]";
    }

    /** Makes a message. Not thread-safe. */
    public static final class Builder {
        private static final ByteBuffer EMPTY = ByteBuffer.allocate(0).asReadOnlyBuffer();

        private @Nullable String topic;
        private ByteBuffer payload = EMPTY;
        private Qos qos = Qos.AT_MOST_ONCE;
        private boolean retained;
        private boolean duplicate;
        private String broker = MqttBroker.DEFAULT;
        private Map<String, String> params = Map.of();
        private PayloadConverter<?> converter = BuiltInConverter.INSTANCE;
        private MqttProperties properties = MqttProperties.NONE;

        private Builder() {}

        private Builder(MqttMessage message) {
            this.topic = message.topic;
            this.payload = message.payload;
            this.qos = message.qos;
            this.retained = message.retained;
            this.duplicate = message.duplicate;
            this.broker = message.broker;
            this.params = message.params;
            this.converter = message.converter;
            this.properties = message.properties;
        }

        /** Sets the topic; required. */
        public Builder topic(String topic) {
            this.topic = requireNonNull(topic);
            return this;
        }

        /**
         * Sets the payload, which is copied: null (empty), {@code byte[]}, {@link ByteBuffer}, or what is sent as its
         * UTF-8 text.
         */
        public Builder payload(@Nullable Object payload) {
            return sharedPayload(payload == null ? EMPTY : ByteBuffer.wrap(BuiltInConverter.INSTANCE.write(payload)));
        }

        /**
         * Sets the payload without a copy, for a payload that was read from a connection and belongs to no one else: the
         * bytes between position and limit must not change any more. Position and limit may.
         */
        public Builder sharedPayload(ByteBuffer payload) {
            this.payload = payload.slice().asReadOnlyBuffer();
            return this;
        }

        /** Sets the quality of service. */
        public Builder qos(Qos qos) {
            this.qos = requireNonNull(qos);
            return this;
        }

        /** Sets whether the broker had kept it. */
        public Builder retained(boolean retained) {
            this.retained = retained;
            return this;
        }

        /** Sets whether the broker may have sent it before. */
        public Builder duplicate(boolean duplicate) {
            this.duplicate = duplicate;
            return this;
        }

        /** Sets the name of the connection. */
        public Builder broker(String broker) {
            this.broker = requireNonNull(broker);
            return this;
        }

        /** Sets the value of a topic variable. */
        public Builder param(String name, String value) {
            Map<String, String> changed = new HashMap<>(params);
            changed.put(requireNonNull(name), requireNonNull(value));
            return params(changed);
        }

        /** Sets the values of all topic variables. */
        public Builder params(Map<String, String> params) {
            this.params = Map.copyOf(params);
            return this;
        }

        /** Sets what it carries beside topic and payload. */
        public Builder properties(MqttProperties properties) {
            this.properties = requireNonNull(properties);
            return this;
        }

        /** Sets what {@link MqttMessage#as(Class)} reads with; {@link PayloadConverter#builtIn()} if not set. */
        public Builder converter(PayloadConverter<?> converter) {
            this.converter = requireNonNull(converter);
            return this;
        }

        /**
         * Makes the message.
         *
         * @throws NullPointerException if no topic was set
         */
        public MqttMessage build() {
            return new MqttMessage(this);
        }
    }
}
