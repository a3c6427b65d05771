package io.github.cdimqtt;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes an {@link MqttConfig}. Each setter is named after its configuration key and takes at once only what is allowed:
 * anything else is an {@link MqttException} that says what is. Null or empty text unsets. Not thread-safe.
 */
public final class MqttConfigBuilder extends TlsSetters {

    MqttConfigBuilder() {
        this(new Settings());
    }

    MqttConfigBuilder(Settings settings) {
        super(settings);
    }

    /**
     * Sets a value as configuration would.
     *
     * @param key without its prefix, such as {@code tls.ca-certs}; {@link MqttConfig#keys()} has all
     * @param value its text, such as {@code 500ms}
     * @throws MqttException that starts with the key, if there is no such key or the value is not allowed; the value is
     *     part of the message unless it is a secret
     */
    public MqttConfigBuilder set(String key, String value) {
        settings.read(requireNonNull(key), requireNonNull(value));
        return this;
    }

    /**
     * Makes the configuration.
     *
     * @throws MqttException if settings contradict one another; {@link Throwable#getSuppressed()} holds one exception
     *     for each contradiction, its message starting with a key; the message has them all, a line each
     */
    public MqttConfig build() {
        Contradictions.check(settings);
        return new MqttConfig(new Settings(settings));
    }

    /** Sets a host, or a URI with {@code tcp mqtt ssl mqtts ws wss}; a comma list to fail over. */
    public MqttConfigBuilder brokerUrl(@Nullable String value) {
        return text(Setting.BROKER_URL, value);
    }

    /** Sets the port where {@code broker-url} has none, 1 to 65,535. */
    public MqttConfigBuilder brokerPort(int value) {
        return put(Setting.BROKER_PORT, value);
    }

    /** Sets the client identifier; may contain {@code {host}}, {@code {app}} and {@code {random}}. */
    public MqttConfigBuilder clientId(@Nullable String value) {
        return text(Setting.CLIENT_ID, value);
    }

    /** Sets whether the broker forgets the session when the connection ends. */
    public MqttConfigBuilder cleanSession(boolean value) {
        return put(Setting.CLEAN_SESSION, value);
    }

    /** Sets the user name. */
    public MqttConfigBuilder username(@Nullable String value) {
        return text(Setting.USERNAME, value);
    }

    /** Sets the password. */
    public MqttConfigBuilder password(@Nullable String value) {
        return text(Setting.PASSWORD, value);
    }

    /** Sets the longest silence on the connection, 0 to 65,535 whole seconds; 0 for no limit. */
    public MqttConfigBuilder keepalive(Duration value) {
        return put(Setting.KEEPALIVE, value);
    }

    /** Sets how long one attempt to connect may take; more than 0. */
    public MqttConfigBuilder connectionTimeout(Duration value) {
        return put(Setting.CONNECTION_TIMEOUT, value);
    }

    /** Sets {@code tcp} or {@code websockets}. */
    public MqttConfigBuilder transport(@Nullable String value) {
        return text(Setting.TRANSPORT, value);
    }

    /** Sets {@code 3.1.1} or {@code 3.1}. */
    public MqttConfigBuilder protocolVersion(@Nullable String value) {
        return text(Setting.PROTOCOL_VERSION, value);
    }

    /** Sets the topic of the last will; may contain {@code {host}}, {@code {app}} and {@code {client-id}}. */
    public MqttConfigBuilder lastWillTopic(@Nullable String value) {
        return text(Setting.LAST_WILL_TOPIC, value);
    }

    /** Sets the payload of the last will as text; empty if not set. */
    public MqttConfigBuilder lastWillMessage(@Nullable String value) {
        return text(Setting.LAST_WILL_MESSAGE, value);
    }

    /** Sets the payload of the last will, at most 65,535 bytes, which are copied. */
    public MqttConfigBuilder lastWillMessage(byte[] value) {
        return put(Setting.LAST_WILL_MESSAGE, ByteBuffer.wrap(value.clone()).asReadOnlyBuffer());
    }

    /** Sets the quality of service of the last will. */
    public MqttConfigBuilder lastWillQos(Qos value) {
        return put(Setting.LAST_WILL_QOS, value);
    }

    /** Sets whether the broker keeps the last will. */
    public MqttConfigBuilder lastWillRetain(boolean value) {
        return put(Setting.LAST_WILL_RETAIN, value);
    }

    /**
     * Sets the topic that holds {@code online} or {@code offline}; may contain {@code {host}}, {@code {app}} and {@code
     * {client-id}}.
     */
    public MqttConfigBuilder presenceTopic(@Nullable String value) {
        return text(Setting.PRESENCE_TOPIC, value);
    }

    /** Sets whether start-up goes on without waiting for the connection. */
    public MqttConfigBuilder connectAsync(boolean value) {
        return put(Setting.CONNECT_ASYNC, value);
    }

    /** Sets false to connect nothing. */
    public MqttConfigBuilder enabled(boolean value) {
        return put(Setting.ENABLED, value);
    }

    /** Sets whether start-up fails if the first attempt to connect fails, to each of several brokers in turn. */
    public MqttConfigBuilder failFast(boolean value) {
        return put(Setting.FAIL_FAST, value);
    }

    /** Sets the first delay between two attempts; more than 0. */
    public MqttConfigBuilder reconnectMinDelay(Duration value) {
        return put(Setting.RECONNECT_MIN_DELAY, value);
    }

    /** Sets the longest delay between two attempts. */
    public MqttConfigBuilder reconnectMaxDelay(Duration value) {
        return put(Setting.RECONNECT_MAX_DELAY, value);
    }

    /** Sets how many messages of QoS 1 and 2 may be unacknowledged, 1 to 65,000. */
    public MqttConfigBuilder maxInflight(int value) {
        return put(Setting.MAX_INFLIGHT, value);
    }

    /** Sets how many messages of QoS 1 and 2 may wait for the connection. */
    public MqttConfigBuilder offlineBuffer(int value) {
        return put(Setting.OFFLINE_BUFFER, value);
    }

    /** Sets where to keep what was sent and not acknowledged; null for memory. */
    public MqttConfigBuilder persistenceDirectory(@Nullable Path value) {
        return put(Setting.PERSISTENCE_DIRECTORY, value);
    }

    /** Sets how many threads call observers, 1 to 1,024. */
    public MqttConfigBuilder dispatchConcurrency(int value) {
        return put(Setting.DISPATCH_CONCURRENCY, value);
    }

    /** Sets how many messages of QoS 0 may wait for their observers before reading stops; 1 or more. */
    public MqttConfigBuilder dispatchQueueCapacity(int value) {
        return put(Setting.DISPATCH_QUEUE_CAPACITY, value);
    }

    /** Sets what becomes of a message when an observer fails; not {@code DEFAULT}. */
    public MqttConfigBuilder onFailure(OnFailure value) {
        return put(Setting.ON_FAILURE, value);
    }

    /** Sets where failed messages go; {@code {topic}} is their own topic, others are those of a last will. */
    public MqttConfigBuilder deadLetterTopic(@Nullable String value) {
        return text(Setting.DEAD_LETTER_TOPIC, value);
    }

    /** Sets how long shutdown waits for what is under way. */
    public MqttConfigBuilder shutdownTimeout(Duration value) {
        return put(Setting.SHUTDOWN_TIMEOUT, value);
    }

    /** Sets the largest packet taken, 1 to 268,435,455 bytes. */
    public MqttConfigBuilder maxMessageSize(int value) {
        return put(Setting.MAX_MESSAGE_SIZE, value);
    }
}
