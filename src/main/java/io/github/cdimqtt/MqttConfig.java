package io.github.cdimqtt;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.value.Faults;
import io.github.cdimqtt.internal.value.Limits;
import io.github.cdimqtt.internal.value.ShownSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one connection. A CDI bean of this type, with {@link MqttBroker} for a named connection, replaces the
 * configuration keys {@code mqtt.*}. Immutable.
 */
public final class MqttConfig {
    /** A {@link #sessionExpiry()} without an end (MQTT 5.0, section 3.1.2.11.2). */
    public static final Duration NEVER = Duration.ofSeconds(0xffff_ffffL);

    private static final List<BrokerAddress> LOCALHOST = BrokerAddress.parseAll("tcp://localhost");

    private static final int RECEIVE_MAXIMUM = 1000;
    private static final int TOPIC_ALIAS_MAXIMUM = 16;
    private static final String REPLY_TOPIC = "reply/{client-id}";
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    private final Values values;
    private final TlsConfig tls;
    private final @Nullable LastWill lastWill;
    private final @Nullable Duration willDelay; // that of presence.topic, too
    private final ReconnectConfig reconnect;
    private final OutboxConfig outbox;

    private MqttConfig(Builder builder) {
        this.values = builder.values.copy();
        this.tls = builder.tls.build();
        this.lastWill = builder.lastWill.hasMessage() ? builder.lastWill.build() : null;
        this.willDelay = builder.lastWill.delay();
        this.reconnect = builder.reconnect.build();
        this.outbox = builder.outbox.build();
    }

    /** Returns a builder in which everything has its default. */
    public static Builder builder() {
        return new Builder(
                new Values(),
                TlsConfig.builder(),
                LastWill.builder(),
                ReconnectConfig.builder(),
                OutboxConfig.builder());
    }

    /** Returns a builder that begins with these settings. */
    public Builder toBuilder() {
        LastWill.Builder will = lastWill == null ? LastWill.builder().delay(willDelay) : lastWill.toBuilder();
        return new Builder(values.copy(), tls.toBuilder(), will, reconnect.toBuilder(), outbox.toBuilder());
    }

    /** Returns the addresses as they were set, which may hold a secret; null if they were not. */
    public @Nullable String brokerUrl() {
        return values.brokerUrl;
    }

    /**
     * Returns the addresses to try in order, as {@code tcp|ssl|ws|wss://host:port[/path][?query]}, of which a query may be a
     * secret; or {@code memory:name} alone.
     */
    public List<String> serverUris() {
        return values.addresses.stream()
                .map(address -> address.complete(tls.enabled(), values.webSockets, values.brokerPort))
                .map(BrokerAddress::uri)
                .toList();
    }

    /** Returns whether any address is reached over TLS. */
    public boolean tlsEnabled() {
        return tls.enabled() || values.addresses.stream().anyMatch(BrokerAddress::secure);
    }

    /** Returns how TLS is spoken. */
    public TlsConfig tls() {
        return tls;
    }

    /** Returns what the broker publishes if the client vanishes; null for nothing. */
    public @Nullable LastWill lastWill() {
        return lastWill;
    }

    /**
     * Returns how long the broker waits with the last will, or with that of {@code presence.topic}, for the client to come back,
     * in whole seconds, 0 to 4,294,967,295 s (MQTT 5.0, section 3.1.3.2.2). Zero on MQTT 3.1.1.
     */
    public Duration lastWillDelay() {
        return willDelay == null ? Duration.ZERO : willDelay;
    }

    /** Returns how long to wait between two attempts to connect. */
    public ReconnectConfig reconnect() {
        return reconnect;
    }

    /** Returns the client identifier with its placeholders as they are; null for a generated one. */
    public @Nullable String clientId() {
        return values.clientId;
    }

    /**
     * Returns whether the session begins anew with the application and ends with it. On MQTT 3.1.1 it ends with each connection,
     * on MQTT 5 it may outlive outages: {@link #sessionKept()} tells that of both.
     */
    public boolean cleanSession() {
        return values.cleanSession;
    }

    /**
     * Returns how long the broker keeps the session when the connection is gone, in whole seconds, 0 to 4,294,967,294 s, or
     * {@link #NEVER} if it does not end (MQTT 5.0, section 3.1.2.11.2). Where it was not set, and on MQTT 3.1.1, zero for a clean
     * session and {@code NEVER} for another.
     */
    public Duration sessionExpiry() {
        return values.sessionExpiry();
    }

    /** Returns whether the broker keeps the session when the connection is gone, for any time. */
    public boolean sessionKept() {
        return !sessionExpiry().isZero();
    }

    /** Returns the user name; null for none. */
    public @Nullable String username() {
        return values.username;
    }

    /** Returns the password; null for none. */
    public @Nullable String password() {
        return values.password;
    }

    /** Returns the longest silence on the connection; zero for no limit. */
    public Duration keepalive() {
        return values.keepalive;
    }

    /** Returns how long one attempt to connect may take. */
    public Duration connectionTimeout() {
        return values.connectionTimeout;
    }

    /** Returns the version of MQTT: {@code 5}, {@code 3.1.1} or {@code 3.1}. */
    public String protocolVersion() {
        return values.protocolVersion;
    }

    /** Returns {@code auto}, {@code paho} or {@code direct}. */
    public String library() {
        return values.library;
    }

    /** Returns the topic that holds {@code online} or {@code offline}, with its placeholders as they are; null for none. */
    public @Nullable String presenceTopic() {
        return values.presenceTopic;
    }

    /** Returns whether start-up goes on without waiting for the connection. */
    public boolean connectAsync() {
        return values.connectAsync;
    }

    /** Returns whether anything connects. */
    public boolean enabled() {
        return values.enabled;
    }

    /** Returns whether start-up fails if the first attempt to connect fails, to each of several brokers in turn. */
    public boolean failFast() {
        return values.failFast;
    }

    /** Returns how many messages of QoS 1 and 2 may be unacknowledged; on MQTT 5 no more than the broker allows. */
    public int maxInflight() {
        return values.maxInflight;
    }

    /** Returns how many messages of QoS 1 and 2 may wait for the connection. */
    public int offlineBuffer() {
        return values.offlineBuffer;
    }

    /** Returns where to keep what was sent and not acknowledged; null for memory. */
    public @Nullable Path persistenceDirectory() {
        return values.persistenceDirectory;
    }

    /** Returns how many threads call observers. */
    public int dispatchConcurrency() {
        return values.dispatchConcurrency;
    }

    /** Returns how many messages of QoS 0 may wait for their observers before reading stops. */
    public int dispatchQueueCapacity() {
        return values.dispatchQueueCapacity;
    }

    /** Returns what becomes of a message when an observer fails; never {@code DEFAULT}. */
    public OnFailure onFailure() {
        return values.onFailure;
    }

    /** Returns where failed messages go, with its placeholders as they are; null for nowhere. */
    public @Nullable String deadLetterTopic() {
        return values.deadLetterTopic;
    }

    /** Returns when a message goes that is published within a transaction. */
    public PublishInTransaction publishInTransaction() {
        return values.publishInTransaction;
    }

    /** Returns what keeps messages until the broker has them; without a data source nothing does. */
    public OutboxConfig outbox() {
        return outbox;
    }

    /** Returns how long shutdown waits for what is under way. */
    public Duration shutdownTimeout() {
        return values.shutdownTimeout;
    }

    /**
     * Returns the largest packet taken, in bytes: on MQTT 5 all of it, which CONNECT names (MQTT 5.0, section
     * 3.1.2.11.4), else without its fixed header of 2 to 5 bytes.
     */
    public int maxMessageSize() {
        return values.maxMessageSize;
    }

    /**
     * Returns how many messages of QoS 1 and 2 the broker may send before one of them is acknowledged, 1 to 65,535 (MQTT 5.0,
     * section 3.1.2.11.3).
     */
    public int receiveMaximum() {
        return values.receiveMaximum == null ? RECEIVE_MAXIMUM : values.receiveMaximum;
    }

    /**
     * Returns how many topics of a connection may go as a number, in each direction, 0 to 65,535; 0 for none (MQTT 5.0, section
     * 3.1.2.11.5).
     */
    public int topicAliasMaximum() {
        return values.topicAliasMaximum == null ? TOPIC_ALIAS_MAXIMUM : values.topicAliasMaximum;
    }

    /** Returns whether overlapping filters bring each message once, by their identifiers (MQTT 5.0, section 3.8.2.1.2). */
    public boolean subscriptionIdentifiers() {
        return values.subscriptionIdentifiers == null || values.subscriptionIdentifiers;
    }

    /** Returns whether what this connection publishes does not come back to it (MQTT 5.0, section 3.8.3.1: No Local). */
    public boolean noLocal() {
        return values.noLocal != null && values.noLocal;
    }

    /**
     * Returns whether {@link MqttMessage#retained()} tells what the publisher said, as a bridge needs it, and not whether the
     * broker had kept the message (MQTT 5.0, section 3.8.3.1: Retain As Published).
     */
    public boolean retainAsPublished() {
        return values.retainAsPublished != null && values.retainAsPublished;
    }

    /** Returns the user properties of CONNECT in order; a name may occur more than once (MQTT 5.0, section 3.1.2.11.8). */
    public List<Map.Entry<String, String>> userProperties() {
        return values.userProperties;
    }

    /** Returns the topic that answers to requests come to, with its placeholders as they are (MQTT 5.0, section 4.10). */
    public String replyTopic() {
        return values.replyTopic == null ? REPLY_TOPIC : values.replyTopic;
    }

    /** Returns how long a request waits for its answer; more than 0, at most 365 days (MQTT 5.0, section 4.10). */
    public Duration requestTimeout() {
        return values.requestTimeout == null ? REQUEST_TIMEOUT : values.requestTimeout;
    }

    /** Lists what is not the default, without secrets. */
    @Override
    public String toString() {
        Values defaults = new Values();
        ShownSettings shown = new ShownSettings("MqttConfig")
                .add("broker-url", values.addresses, LOCALHOST)
                .add("broker-port", values.brokerPort, 0)
                .add("client-id", values.clientId)
                .add("clean-session", values.cleanSession, defaults.cleanSession)
                .add("username", values.username)
                .add("password", values.password)
                .add("keepalive", values.keepalive, defaults.keepalive)
                .add("connection-timeout", values.connectionTimeout, defaults.connectionTimeout)
                .add("transport", values.webSockets ? "websockets" : null)
                .add("protocol-version", values.protocolVersion, defaults.protocolVersion)
                .add("library", values.library, defaults.library);
        tls.show(shown);
        if (lastWill != null) {
            lastWill.show(shown);
        } else {
            shown.add("last-will.delay", lastWillDelay(), Duration.ZERO);
        }
        shown.add("presence.topic", values.presenceTopic)
                .add("connect-async", values.connectAsync, defaults.connectAsync)
                .add("enabled", values.enabled, defaults.enabled)
                .add("fail-fast", values.failFast, defaults.failFast);
        reconnect.show(shown);
        shown.add("max-inflight", values.maxInflight, defaults.maxInflight)
                .add("offline-buffer", values.offlineBuffer, defaults.offlineBuffer)
                .add("persistence-directory", values.persistenceDirectory)
                .add("dispatch.concurrency", values.dispatchConcurrency, defaults.dispatchConcurrency)
                .add("dispatch.queue-capacity", values.dispatchQueueCapacity, defaults.dispatchQueueCapacity)
                .add("on-failure", values.onFailure, defaults.onFailure)
                .add("dead-letter-topic", values.deadLetterTopic)
                .add("publish-in-transaction", values.publishInTransaction, defaults.publishInTransaction);
        outbox.show(shown);
        shown.add("shutdown-timeout", values.shutdownTimeout, defaults.shutdownTimeout)
                .add("max-message-size", values.maxMessageSize, defaults.maxMessageSize)
                .add("session-expiry", NEVER.equals(values.sessionExpiry) ? "never" : values.sessionExpiry)
                .add("receive-maximum", receiveMaximum(), RECEIVE_MAXIMUM)
                .add("topic-alias-maximum", topicAliasMaximum(), TOPIC_ALIAS_MAXIMUM)
                .add("subscription-identifiers", subscriptionIdentifiers(), true)
                .add("no-local", noLocal(), false)
                .add("retain-as-published", retainAsPublished(), false)
                .add("user-properties", values.userProperties, List.of())
                .add("reply-topic", replyTopic(), REPLY_TOPIC)
                .add("request-timeout", requestTimeout(), REQUEST_TIMEOUT);
        return shown.toString();
    }

    /** Every setting that is in no group, with its default. */
    private static final class Values implements Cloneable {
        private @Nullable String brokerUrl;
        private List<BrokerAddress> addresses = LOCALHOST; // what brokerUrl says
        private int brokerPort; // 0 for the usual one
        private boolean webSockets;
        private @Nullable String clientId;
        private boolean cleanSession = true;
        private @Nullable String username;
        private @Nullable String password;
        private Duration keepalive = Duration.ofSeconds(60);
        private Duration connectionTimeout = Duration.ofSeconds(5);
        private String protocolVersion = "3.1.1";
        private String library = "auto";
        private @Nullable String presenceTopic;
        private boolean connectAsync;
        private boolean enabled = true;
        private boolean failFast;
        private int maxInflight = 1000;
        private int offlineBuffer = 10_000;
        private @Nullable Path persistenceDirectory;
        private int dispatchConcurrency = 1;
        private int dispatchQueueCapacity = 10_000;
        private OnFailure onFailure = OnFailure.ACK;
        private PublishInTransaction publishInTransaction = PublishInTransaction.NOW;
        private @Nullable String deadLetterTopic;
        private Duration shutdownTimeout = Duration.ofSeconds(5);
        private int maxMessageSize = Limits.MAX_PACKET;

        // Those of MQTT 5 are null unless they were set: on another version that is an error.
        private @Nullable Duration sessionExpiry;
        private @Nullable Integer receiveMaximum;
        private @Nullable Integer topicAliasMaximum;
        private @Nullable Boolean subscriptionIdentifiers;
        private @Nullable Boolean noLocal;
        private @Nullable Boolean retainAsPublished;
        private List<Map.Entry<String, String>> userProperties = List.of();
        private @Nullable String replyTopic;
        private @Nullable Duration requestTimeout;

        boolean isMqtt5() {
            return protocolVersion.equals("5");
        }

        Duration sessionExpiry() {
            return sessionExpiry != null ? sessionExpiry : cleanSession ? Duration.ZERO : NEVER;
        }

        /** Returns the keys of MQTT 5 that were set. */
        List<String> keysOfMqtt5() {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            all.put("session-expiry", sessionExpiry);
            all.put("receive-maximum", receiveMaximum);
            all.put("topic-alias-maximum", topicAliasMaximum);
            all.put("subscription-identifiers", subscriptionIdentifiers);
            all.put("no-local", noLocal);
            all.put("retain-as-published", retainAsPublished);
            all.put("user-properties", userProperties.isEmpty() ? null : userProperties);
            all.put("reply-topic", replyTopic);
            all.put("request-timeout", requestTimeout);
            all.values().removeIf(Objects::isNull);
            return List.copyOf(all.keySet());
        }

        Values copy() {
            try {
                return (Values) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /**
     * Makes an {@link MqttConfig}. Each setter is named after its configuration key, unless it names another, and takes only
     * what is allowed: anything else is an {@link MqttException} that starts with the key, names the value unless it is a
     * secret, and says what is allowed. Null unsets where the parameter may be null, and so does empty text, but for the
     * address. Not thread-safe.
     */
    public static final class Builder {
        private final Values values;
        private TlsConfig.Builder tls;
        private LastWill.Builder lastWill;
        private ReconnectConfig.Builder reconnect;
        private OutboxConfig.Builder outbox;

        private Builder(
                Values values,
                TlsConfig.Builder tls,
                LastWill.Builder lastWill,
                ReconnectConfig.Builder reconnect,
                OutboxConfig.Builder outbox) {
            this.values = values;
            this.tls = tls;
            this.lastWill = lastWill;
            this.reconnect = reconnect;
            this.outbox = outbox;
        }

        /**
         * Sets a host, or a URI with {@code tcp mqtt ssl mqtts ws wss}; a comma list to fail over; or {@code memory:name}, a
         * broker inside this JVM for tests and development. Null unsets.
         */
        public Builder brokerUrl(@Nullable String value) {
            try {
                values.addresses = value == null ? LOCALHOST : BrokerAddress.parseAll(value);
                values.brokerUrl = value;
                return this;
            } catch (IllegalArgumentException e) {
                throw new MqttException(Faults.of("broker-url", value, String.valueOf(e.getMessage())));
            }
        }

        /** Sets the port where {@code broker-url} has none, 1 to 65,535. */
        public Builder brokerPort(int value) {
            values.brokerPort = MqttException.checked("broker-port", value, Limits.PORT);
            return this;
        }

        /** Sets whether MQTT goes over WebSocket, also where {@code broker-url} does not say it: the key {@code transport}. */
        public Builder webSockets(boolean value) {
            values.webSockets = value;
            return this;
        }

        /** Sets how TLS is spoken. */
        public Builder tls(TlsConfig value) {
            tls = value.toBuilder();
            return this;
        }

        /** Changes how TLS is spoken: {@code tls(tls -> tls.caCerts("ca.pem"))}. */
        public Builder tls(Consumer<TlsConfig.Builder> change) {
            change.accept(tls);
            return this;
        }

        /** Sets what the broker publishes if the client vanishes. Null unsets. */
        public Builder lastWill(@Nullable LastWill value) {
            lastWill = value == null ? LastWill.builder() : value.toBuilder();
            return this;
        }

        /** Changes what the broker publishes: {@code lastWill(will -> will.topic("status").payload("gone"))}. */
        public Builder lastWill(Consumer<LastWill.Builder> change) {
            change.accept(lastWill);
            return this;
        }

        /** Sets how long to wait between two attempts to connect. */
        public Builder reconnect(ReconnectConfig value) {
            reconnect = value.toBuilder();
            return this;
        }

        /** Changes how long to wait between two attempts to connect. */
        public Builder reconnect(Consumer<ReconnectConfig.Builder> change) {
            change.accept(reconnect);
            return this;
        }

        /** Sets the client identifier; may contain {@code {host}}, {@code {app}} and {@code {random}}. */
        public Builder clientId(@Nullable String value) {
            values.clientId = MqttException.checkedText("client-id", value, Limits.CLIENT_ID);
            return this;
        }

        /**
         * Sets whether the session begins anew with the application and ends with it, on MQTT 3.1.1 with each connection; false
         * needs a client identifier.
         */
        public Builder cleanSession(boolean value) {
            values.cleanSession = value;
            return this;
        }

        /** Sets the user name. */
        public Builder username(@Nullable String value) {
            values.username = MqttException.checkedText("username", value, Limits.STRING);
            return this;
        }

        /** Sets the password, which needs a user name. */
        public Builder password(@Nullable String value) {
            values.password = MqttException.checkedText("password", value, Limits.TEXT);
            return this;
        }

        /** Sets the longest silence on the connection, 0 to 65,535 whole seconds; 0 for no limit. */
        public Builder keepalive(Duration value) {
            values.keepalive = MqttException.checked("keepalive", value, Limits.KEEPALIVE);
            return this;
        }

        /** Sets how long one attempt to connect may take; more than 0, at most 365 days. */
        public Builder connectionTimeout(Duration value) {
            values.connectionTimeout = MqttException.checked("connection-timeout", value, Limits.POSITIVE_DURATION);
            return this;
        }

        /** Sets {@code 5}, {@code 3.1.1} or {@code 3.1}. */
        public Builder protocolVersion(String value) {
            values.protocolVersion = MqttException.checked("protocol-version", value, Limits.PROTOCOL_VERSION);
            return this;
        }

        /**
         * Sets who carries the packets over the network: {@code paho} for Eclipse Paho, {@code direct} for cdi-mqtt itself, or
         * {@code auto}, which is {@code direct} for MQTT 5, else {@code paho}. Paho does not speak MQTT 5.
         */
        public Builder library(String value) {
            values.library = MqttException.checked("library", value, Limits.LIBRARY);
            return this;
        }

        /** Sets the topic that holds {@code online} or {@code offline}, with the placeholders of a last will. */
        public Builder presenceTopic(@Nullable String value) {
            values.presenceTopic = MqttException.checkedText("presence.topic", value, Limits.TOPIC);
            return this;
        }

        /** Sets whether start-up goes on without waiting for the connection. */
        public Builder connectAsync(boolean value) {
            values.connectAsync = value;
            return this;
        }

        /** Sets whether anything connects. */
        public Builder enabled(boolean value) {
            values.enabled = value;
            return this;
        }

        /** Sets whether start-up fails if the first attempt to connect fails, to each of several brokers in turn. */
        public Builder failFast(boolean value) {
            values.failFast = value;
            return this;
        }

        /** Sets how many messages of QoS 1 and 2 may be unacknowledged, 1 to 65,000. */
        public Builder maxInflight(int value) {
            values.maxInflight = MqttException.checked("max-inflight", value, Limits.MAX_INFLIGHT);
            return this;
        }

        /** Sets how many messages of QoS 1 and 2 may wait for the connection, 0 or more. */
        public Builder offlineBuffer(int value) {
            values.offlineBuffer = MqttException.checked("offline-buffer", value, Limits.OFFLINE_BUFFER);
            return this;
        }

        /** Sets where to keep what was sent and not acknowledged; null for memory. */
        public Builder persistenceDirectory(@Nullable Path value) {
            values.persistenceDirectory =
                    value == null ? null : MqttException.checked("persistence-directory", value, Limits.DIRECTORY);
            return this;
        }

        /** Sets how many threads call observers, 1 to 1,024. */
        public Builder dispatchConcurrency(int value) {
            values.dispatchConcurrency = MqttException.checked("dispatch.concurrency", value, Limits.CONCURRENCY);
            return this;
        }

        /** Sets how many messages of QoS 0 may wait for their observers before reading stops; 1 or more. */
        public Builder dispatchQueueCapacity(int value) {
            values.dispatchQueueCapacity =
                    MqttException.checked("dispatch.queue-capacity", value, Limits.QUEUE_CAPACITY);
            return this;
        }

        /** Sets what becomes of a message when an observer fails; not {@code DEFAULT}. */
        public Builder onFailure(OnFailure value) {
            if (requireNonNull(value) == OnFailure.DEFAULT) {
                throw new MqttException(Faults.of("on-failure", value, Limits.UNKNOWN_ON_FAILURE));
            }
            values.onFailure = value;
            return this;
        }

        /** Sets when a message goes that is published within a transaction; other than {@code NOW} needs Jakarta Transactions. */
        public Builder publishInTransaction(PublishInTransaction value) {
            values.publishInTransaction = requireNonNull(value);
            return this;
        }

        /** Sets what keeps messages until the broker has them. */
        public Builder outbox(OutboxConfig value) {
            outbox = value.toBuilder();
            return this;
        }

        /** Changes what keeps messages until the broker has them. */
        public Builder outbox(Consumer<OutboxConfig.Builder> change) {
            change.accept(outbox);
            return this;
        }

        /** Sets where failed messages go; {@code {topic}} is their own topic, others are those of a last will. */
        public Builder deadLetterTopic(@Nullable String value) {
            values.deadLetterTopic = MqttException.checkedText("dead-letter-topic", value, Limits.DEAD_LETTER_TOPIC);
            return this;
        }

        /** Sets how long shutdown waits for what is under way; 0 to 365 days. */
        public Builder shutdownTimeout(Duration value) {
            values.shutdownTimeout = MqttException.checked("shutdown-timeout", value, Limits.DURATION);
            return this;
        }

        /** Sets the largest packet taken, 1 to 268,435,455 bytes; the last for no limit. */
        public Builder maxMessageSize(int value) {
            values.maxMessageSize = MqttException.checked("max-message-size", value, Limits.MAX_MESSAGE_SIZE);
            return this;
        }

        /**
         * Sets how long the broker keeps the session when the connection is gone: 0 to 4,294,967,294 s, rounded up to whole ones,
         * or {@link MqttConfig#NEVER} for ever (MQTT 5.0, section 3.1.2.11.2). A clean session outlives outages of that length,
         * and ends with the application. Needs MQTT 5. Null unsets: then {@code cleanSession} decides.
         */
        public Builder sessionExpiry(@Nullable Duration value) {
            values.sessionExpiry = value == null ? null : MqttProperties.Builder.seconds("session-expiry", value);
            return this;
        }

        /**
         * Sets how many messages of QoS 1 and 2 the broker may send before one of them is acknowledged, 1 to 65,535 (MQTT 5.0,
         * section 3.1.2.11.3). Needs MQTT 5.
         */
        public Builder receiveMaximum(int value) {
            values.receiveMaximum = MqttException.checked("receive-maximum", value, Limits.RECEIVE_MAXIMUM);
            return this;
        }

        /**
         * Sets how many topics of a connection may go as a number, in each direction, 0 to 65,535; 0 for none (MQTT 5.0, section
         * 3.1.2.11.5). Needs MQTT 5.
         */
        public Builder topicAliasMaximum(int value) {
            values.topicAliasMaximum = MqttException.checked("topic-alias-maximum", value, Limits.TOPIC_ALIAS_MAXIMUM);
            return this;
        }

        /**
         * Sets whether overlapping filters bring each message once, by their identifiers (MQTT 5.0, section 3.8.2.1.2); false for
         * a broker that gets those wrong. Needs MQTT 5.
         */
        public Builder subscriptionIdentifiers(boolean value) {
            values.subscriptionIdentifiers = value;
            return this;
        }

        /**
         * Sets whether what this connection publishes does not come back to it (MQTT 5.0, section 3.8.3.1: No Local). Needs
         * MQTT 5. Shared subscriptions bring it all the same.
         */
        public Builder noLocal(boolean value) {
            values.noLocal = value;
            return this;
        }

        /**
         * Sets whether {@link MqttMessage#retained()} tells what the publisher said, as a bridge needs it (MQTT 5.0, section
         * 3.8.3.1: Retain As Published). Needs MQTT 5.
         */
        public Builder retainAsPublished(boolean value) {
            values.retainAsPublished = value;
            return this;
        }

        /**
         * Sets the user properties of CONNECT, of which each name and value has at most 65,535 bytes of UTF-8 and no control
         * characters (MQTT 5.0, section 3.1.2.11.8). Needs MQTT 5. An empty list unsets.
         */
        public Builder userProperties(List<Map.Entry<String, String>> value) {
            values.userProperties = MqttException.checkedUserProperties("user-properties", value);
            return this;
        }

        /**
         * Sets the topic that answers to requests come to, with the placeholders of a last will (MQTT 5.0, section 4.10). Each
         * application needs one of its own. Needs MQTT 5.
         */
        public Builder replyTopic(@Nullable String value) {
            values.replyTopic = MqttException.checkedText("reply-topic", value, Limits.TOPIC);
            return this;
        }

        /**
         * Sets how long a request waits for its answer, and lives at the broker; more than 0, at most 365 days. Needs MQTT 5.
         */
        public Builder requestTimeout(Duration value) {
            values.requestTimeout = MqttException.checked("request-timeout", value, Limits.POSITIVE_DURATION);
            return this;
        }

        /**
         * Makes the configuration.
         *
         * @throws MqttException if settings contradict one another; {@link Throwable#getSuppressed()} holds one exception
         *     for each contradiction, its message starting with a key; the message has them all, a line each
         */
        public MqttConfig build() {
            Faults faults = new Faults();
            check(faults);
            MqttException.throwAll(faults);
            return new MqttConfig(this);
        }

        /**
         * Reports what settings say against one another: each fault names every key that takes part, so that who reads
         * configuration can leave out what only follows from a value that was refused.
         */
        private void check(Faults faults) {
            Values v = values;
            for (BrokerAddress address : v.addresses) {
                faults.addIf(
                        !v.webSockets && !address.webSocket() && address.path().length() > 1,
                        "broker-url",
                        address,
                        "a path or a query needs ws, wss, or transport=websockets");
            }
            boolean fixed = v.clientId != null && !v.clientId.contains("{random}");
            faults.addIf(
                    !v.cleanSession && !fixed,
                    "clean-session",
                    false,
                    "the broker knows a session by its client id; set client-id, without {random}");
            faults.addIf(
                    v.persistenceDirectory != null && !fixed,
                    "persistence-directory",
                    v.persistenceDirectory,
                    "what it keeps belongs to one client id; set client-id, without {random}");
            faults.addIf(
                    v.password != null && v.username == null && !v.isMqtt5(),
                    "password",
                    null,
                    "needs a user name (MQTT 3.1.1 [MQTT-3.1.2-22]); set username");
            if (v.presenceTopic == null) {
                lastWill.check(faults);
            } else {
                faults.addIf(
                        lastWill.hasMessage(),
                        "presence.topic",
                        v.presenceTopic,
                        "is itself a last will, and there is only one; remove "
                                + String.join(", ", lastWill.keysOfTheMessage()));
            }
            faults.addIf(
                    v.onFailure == OnFailure.REDELIVER && v.sessionExpiry().isZero(),
                    "on-failure",
                    "redeliver",
                    "the broker repeats a message only in a session that it keeps; set "
                            + (v.isMqtt5() ? "session-expiry, or clean-session=false" : "clean-session=false"));
            faults.addIf(
                    v.onFailure == OnFailure.DEAD_LETTER && v.deadLetterTopic == null,
                    "on-failure",
                    "dead-letter",
                    "where to is missing; set dead-letter-topic");
            faults.addIf(
                    v.publishInTransaction == PublishInTransaction.OUTBOX
                            && outbox.build().dataSource() == null,
                    "publish-in-transaction",
                    "outbox",
                    "where the table is, is missing; set outbox.data-source");
            reconnect.check(faults);
            tls.check(faults);
            checkVersion(faults);
            checkMemory(faults);
        }

        /** Reports what is for the network, where there is none. */
        private void checkMemory(Faults faults) {
            if (values.addresses.stream().noneMatch(BrokerAddress::inMemory)) {
                return;
            }
            String text = "is for the network, and " + values.addresses.get(0) + " is inside this JVM; remove it";
            faults.addIf(values.brokerPort != 0, "broker-port", values.brokerPort, text);
            faults.addIf(values.webSockets, "transport", "websockets", text);
            faults.addIf(values.library.equals("paho"), "library", "paho", text);
            tls.keys().forEach(key -> faults.addIf(true, key, null, text));
        }

        /** Reports what another version of MQTT does not have: nothing that was set is ignored. */
        private void checkVersion(Faults faults) {
            Duration delay = lastWill.delay();
            if (values.isMqtt5()) {
                faults.addIf(
                        values.library.equals("paho"),
                        "library",
                        "paho",
                        "does not speak protocol-version=5; set library=auto, or protocol-version=3.1.1");
                faults.addIf(
                        !values.cleanSession && values.sessionExpiry().isZero(),
                        "session-expiry",
                        values.sessionExpiry,
                        "ends the session with each connection, which clean-session=false keeps; remove one of them");
                faults.addIf(
                        delay != null && delay.compareTo(values.sessionExpiry()) > 0,
                        "last-will.delay",
                        delay,
                        "longer than the session, which ends the delay, too (MQTT 5.0, section 3.1.3.2.2); set session-expiry"
                                + " to that or more");
                return;
            }
            Stream.concat(values.keysOfMqtt5().stream(), lastWill.keysOfMqtt5().stream())
                    .forEach(key ->
                            faults.addIf(true, key, null, "needs protocol-version=5; set that, or remove " + key));
        }
    }
}
