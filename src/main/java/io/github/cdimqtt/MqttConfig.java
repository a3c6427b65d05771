package io.github.cdimqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.text.Printable;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one connection. A CDI bean of this type, with {@link MqttBroker} for a named connection, replaces the
 * configuration keys {@code mqtt.*}. Immutable.
 */
public final class MqttConfig extends TlsGetters {

    MqttConfig(Settings settings) {
        super(settings);
    }

    /** Returns a builder in which everything has its default. */
    public static MqttConfigBuilder builder() {
        return new MqttConfigBuilder();
    }

    /** Returns a builder that begins with these settings. */
    public MqttConfigBuilder toBuilder() {
        return new MqttConfigBuilder(new Settings(settings));
    }

    /** Tells whether a key was set, rather than has its default; false for an unknown one. */
    public boolean isSet(String key) {
        Setting setting = Setting.all().get(key);
        return setting != null && settings.has(setting);
    }

    /** Returns all configuration keys, without {@code mqtt.} and the name of a connection. */
    public static Set<String> keys() {
        return Setting.all().keySet();
    }

    /** Returns the addresses of the broker to try in order, as {@code tcp|ssl|ws|wss://host:port[/path][?query]}; a query may be a secret. */
    public List<String> serverUris() {
        boolean tls = settings.get(Setting.TLS_ENABLED);
        boolean webSockets = Words.WEB_SOCKETS.equals(settings.get(Setting.TRANSPORT));
        Integer port = settings.find(Setting.BROKER_PORT);
        return addresses().stream()
                .map(address -> address.complete(tls, webSockets, port == null ? 0 : port))
                .map(BrokerAddress::uri)
                .toList();
    }

    /** Returns the client identifier with its placeholders as they are; null for a generated one. */
    public @Nullable String clientId() {
        return settings.find(Setting.CLIENT_ID);
    }

    /** Tells whether the broker forgets the session when the connection ends. */
    public boolean cleanSession() {
        return settings.get(Setting.CLEAN_SESSION);
    }

    /** Returns the user name; null for none. */
    public @Nullable String username() {
        return settings.find(Setting.USERNAME);
    }

    /** Returns the password; null for none. */
    public @Nullable String password() {
        return settings.find(Setting.PASSWORD);
    }

    /** Returns the longest silence on the connection; zero for no limit. */
    public Duration keepalive() {
        return settings.get(Setting.KEEPALIVE);
    }

    /** Returns how long one attempt to connect may take. */
    public Duration connectionTimeout() {
        return settings.get(Setting.CONNECTION_TIMEOUT);
    }

    /** Returns the version of MQTT: {@code 3.1.1} or {@code 3.1}. */
    public String protocolVersion() {
        return settings.get(Setting.PROTOCOL_VERSION);
    }

    /** Tells whether any address is reached over TLS. */
    public boolean tlsEnabled() {
        return settings.<Boolean>get(Setting.TLS_ENABLED)
                || addresses().stream().anyMatch(BrokerAddress::secure);
    }

    /** Returns what the broker publishes if the client vanishes; null for nothing. */
    public @Nullable LastWill lastWill() {
        String topic = settings.find(Setting.LAST_WILL_TOPIC);
        ByteBuffer message = settings.find(Setting.LAST_WILL_MESSAGE);
        return topic == null
                ? null
                : new LastWill(
                        topic,
                        message == null ? ByteBuffer.allocate(0) : message,
                        settings.get(Setting.LAST_WILL_QOS),
                        settings.get(Setting.LAST_WILL_RETAIN));
    }

    /** Returns the topic that holds {@code online} or {@code offline}, with its placeholders as they are; null for none. */
    public @Nullable String presenceTopic() {
        return settings.find(Setting.PRESENCE_TOPIC);
    }

    /** Tells whether start-up goes on without waiting for the connection. */
    public boolean connectAsync() {
        return settings.get(Setting.CONNECT_ASYNC);
    }

    /** Tells whether anything connects. */
    public boolean enabled() {
        return settings.get(Setting.ENABLED);
    }

    /** Tells whether start-up fails if the first attempt to connect fails, to each of several brokers in turn. */
    public boolean failFast() {
        return settings.get(Setting.FAIL_FAST);
    }

    /** Returns the first delay between two attempts. */
    public Duration reconnectMinDelay() {
        return settings.get(Setting.RECONNECT_MIN_DELAY);
    }

    /** Returns the longest delay between two attempts. */
    public Duration reconnectMaxDelay() {
        return settings.get(Setting.RECONNECT_MAX_DELAY);
    }

    /** Returns how many messages of QoS 1 and 2 may be unacknowledged. */
    public int maxInflight() {
        return settings.get(Setting.MAX_INFLIGHT);
    }

    /** Returns how many messages of QoS 1 and 2 may wait for the connection. */
    public int offlineBuffer() {
        return settings.get(Setting.OFFLINE_BUFFER);
    }

    /** Returns where to keep what was sent and not acknowledged; null for memory. */
    public @Nullable Path persistenceDirectory() {
        return settings.find(Setting.PERSISTENCE_DIRECTORY);
    }

    /** Returns how many threads call observers. */
    public int dispatchConcurrency() {
        return settings.get(Setting.DISPATCH_CONCURRENCY);
    }

    /** Returns how many messages of QoS 0 may wait for their observers before reading stops. */
    public int dispatchQueueCapacity() {
        return settings.get(Setting.DISPATCH_QUEUE_CAPACITY);
    }

    /** Returns what becomes of a message when an observer fails; never {@code DEFAULT}. */
    public OnFailure onFailure() {
        return settings.get(Setting.ON_FAILURE);
    }

    /** Returns where failed messages go, with its placeholders as they are; null for nowhere. */
    public @Nullable String deadLetterTopic() {
        return settings.find(Setting.DEAD_LETTER_TOPIC);
    }

    /** Returns how long shutdown waits for what is under way. */
    public Duration shutdownTimeout() {
        return settings.get(Setting.SHUTDOWN_TIMEOUT);
    }

    /** Returns the largest packet taken, in bytes. */
    public int maxMessageSize() {
        return settings.get(Setting.MAX_MESSAGE_SIZE);
    }

    /** Lists what was set, without secrets. */
    @Override
    public String toString() {
        return "MqttConfig" + settings;
    }

    private List<BrokerAddress> addresses() {
        return settings.get(Setting.BROKER_URL);
    }

    /** A message that the broker publishes if the client vanishes (MQTT 3.1.1, section 3.1.2.5). Immutable. */
    public static final class LastWill {
        private final String topic;
        private final ByteBuffer payload;
        private final Qos qos;
        private final boolean retain;

        LastWill(String topic, ByteBuffer payload, Qos qos, boolean retain) {
            this.topic = topic;
            this.payload = payload;
            this.qos = qos;
            this.retain = retain;
        }

        /** Returns the topic that it is published to, with its placeholders as they are. */
        public String topic() {
            return topic;
        }

        /** Returns a copy of the payload. */
        public byte[] payload() {
            byte[] bytes = new byte[payload.remaining()];
            payload.duplicate().get(bytes);
            return bytes;
        }

        /** Returns the payload as UTF-8 text; bytes that are not UTF-8 become {@code U+FFFD}. */
        public String message() {
            return UTF_8.decode(payload.duplicate()).toString();
        }

        /** Returns the quality of service that it is published with. */
        public Qos qos() {
            return qos;
        }

        /** Tells whether the broker keeps it. */
        public boolean retain() {
            return retain;
        }

        /** Leaves the payload out. */
        @Override
        public String toString() {
            return "LastWill[" + Printable.of(topic) + ", QoS " + qos.level() + (retain ? ", retained" : "") + "]";
        }
    }
}
