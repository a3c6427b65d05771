package io.github.cdimqtt;

import static io.github.cdimqtt.Format.BOOLEAN;
import static io.github.cdimqtt.Format.FILE;
import static io.github.cdimqtt.Format.SECRET;
import static io.github.cdimqtt.Format.STRING;
import static io.github.cdimqtt.Format.TEXT;

import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.text.Printable;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every key of a connection: its name, default, format and meaning. The one place that lists them: ReadmeTest holds the
 * README to it.
 */
@SuppressWarnings("ImmutableEnumChecker") // formats and default values are immutable, which the checker cannot see
enum Setting {
    BROKER_URL(
            "broker-url",
            "tcp://localhost",
            new Format<>(Setting::addresses, addresses -> null),
            "A host, or a URI with tcp, mqtt, ssl, mqtts, ws or wss; a comma list to fail over"),
    BROKER_PORT(
            "broker-port",
            null,
            Format.number(1, 65_535),
            "Port where broker-url has none: 1883, with TLS 8883, for ws and wss too"),
    CLIENT_ID(
            "client-id",
            null,
            Words.CLIENT_ID,
            "Client identifier; {host}, {app} and {random} are filled in. Generated for each start if not set"),
    CLEAN_SESSION(
            "clean-session",
            "true",
            BOOLEAN,
            "Whether the broker forgets the session when the connection ends. false needs a client-id"),
    USERNAME("username", null, STRING.hidden(), "User name"),
    PASSWORD("password", null, SECRET, "Password"),
    KEEPALIVE("keepalive", "60s", Words.KEEPALIVE, "Longest silence on the connection; 0 for no limit"),
    CONNECTION_TIMEOUT("connection-timeout", "5s", Words.POSITIVE_DURATION, "How long one attempt to connect may take"),
    TRANSPORT("transport", "tcp", Words.TRANSPORT, "websockets for WebSocket, also where broker-url says tcp"),
    PROTOCOL_VERSION("protocol-version", "3.1.1", Words.PROTOCOL_VERSION, "3.1.1 or 3.1. Planned: 5"),
    TLS_ENABLED("tls.enabled", "false", BOOLEAN, "TLS also where broker-url does not say ssl, mqtts or wss"),
    TLS_CA_CERTS("tls.ca-certs", null, FILE, "PEM file of trusted authorities. Those of the JDK if not set"),
    TLS_CERTFILE("tls.certfile", null, FILE, "PEM file of the client's certificate chain, its own first"),
    TLS_KEYFILE("tls.keyfile", null, FILE, "PEM file of the client's private key. In tls.certfile if not set"),
    TLS_KEYFILE_PASSWORD("tls.keyfile-password", null, SECRET, "Password of the private key, encrypted as PKCS#8"),
    TLS_CERT_REQS("tls.cert-reqs", "required", Words.CERT_REQS, "none accepts any certificate, of any host"),
    TLS_VERSION("tls.version", null, Words.TLS_VERSION, "TLSv1.2 or TLSv1.3, and no other. Both if not set"),
    TLS_CIPHERS(
            "tls.ciphers",
            null,
            TEXT,
            "Cipher suites allowed, by their names in the JDK or in OpenSSL, separated by :"),
    TLS_ALPN(
            "tls.alpn",
            null,
            Words.ALPN,
            "Protocols to offer by ALPN, a comma list: x-amzn-mqtt-ca for AWS IoT on 443"),
    TLS_INSECURE("tls.insecure", "false", BOOLEAN, "true accepts a certificate of another host"),
    TLS_KEYSTORE("tls.keystore", null, FILE, "Key store of the client's certificate and key, in place of tls.certfile"),
    TLS_KEYSTORE_PASSWORD("tls.keystore-password", null, SECRET, "Its password"),
    TLS_KEYSTORE_TYPE("tls.keystore-type", null, Words.STORE_TYPE, "PKCS12 or JKS. What the file is if not set"),
    TLS_TRUSTSTORE("tls.truststore", null, FILE, "Key store of trusted authorities, in place of tls.ca-certs"),
    TLS_TRUSTSTORE_PASSWORD("tls.truststore-password", null, SECRET, "Its password"),
    TLS_TRUSTSTORE_TYPE("tls.truststore-type", null, Words.STORE_TYPE, "PKCS12 or JKS. What the file is if not set"),
    LAST_WILL_TOPIC(
            "last-will.topic",
            null,
            Words.TOPIC,
            "Topic of the message that the broker publishes if we vanish; {host}, {app} and {client-id} are filled in"),
    LAST_WILL_MESSAGE("last-will.message", null, Words.PAYLOAD.hidden(), "Its payload, as text"),
    LAST_WILL_QOS("last-will.qos", "0", Words.QOS, "Its quality of service: 0, 1 or 2"),
    LAST_WILL_RETAIN("last-will.retain", "false", BOOLEAN, "Whether the broker keeps it"),
    PRESENCE_TOPIC(
            "presence.topic",
            null,
            Words.TOPIC,
            "Holds online while connected, else offline, retained, as a last will; {host}, {app}, {client-id} as there"),
    CONNECT_ASYNC("connect-async", "false", BOOLEAN, "Whether start-up goes on without waiting for the connection"),
    ENABLED("enabled", "true", BOOLEAN, "false connects nothing; publish fails"),
    FAIL_FAST("fail-fast", "false", BOOLEAN, "Whether start-up fails if the first attempt to connect fails"),
    RECONNECT_MIN_DELAY("reconnect.min-delay", "1s", Words.POSITIVE_DURATION, "First delay between two attempts"),
    RECONNECT_MAX_DELAY("reconnect.max-delay", "60s", Words.POSITIVE_DURATION, "Longest delay between two attempts"),
    MAX_INFLIGHT(
            "max-inflight",
            "1000",
            Format.number(1, 65_000), // of 65,535 packet identifiers; subscribing needs some, too
            "Messages of QoS 1 and 2 sent before one is acknowledged; at most 65,000"),
    OFFLINE_BUFFER(
            "offline-buffer",
            "10000",
            Format.number(0, Integer.MAX_VALUE),
            "Messages of QoS 1 and 2 that wait for the connection"),
    PERSISTENCE_DIRECTORY(
            "persistence-directory",
            null,
            Words.DIRECTORY,
            "Keeps what was sent and not acknowledged over the death of the JVM; needs a client-id. In memory if not set"),
    DISPATCH_CONCURRENCY(
            "dispatch.concurrency",
            "1",
            Format.number(1, 1024),
            "Threads that call observers; with more than one, in order for each topic"),
    DISPATCH_QUEUE_CAPACITY(
            "dispatch.queue-capacity",
            "10000",
            Format.number(1, Integer.MAX_VALUE),
            "Messages of QoS 0 that wait for their observers before reading stops, in no more than an eighth of the heap"),
    ON_FAILURE("on-failure", "ack", Words.ON_FAILURE, "When an observer fails: ack, redeliver or dead-letter"),
    DEAD_LETTER_TOPIC(
            "dead-letter-topic",
            null,
            Words.DEAD_LETTER_TOPIC,
            "Where failed messages go; {topic} is their own topic, {host}, {app}, {client-id} as in last-will.topic"),
    SHUTDOWN_TIMEOUT("shutdown-timeout", "5s", Format.duration(), "How long shutdown waits for what is under way"),
    MAX_MESSAGE_SIZE("max-message-size", "256MiB", Words.SIZE_OF_PACKET, "Larger packets close the connection");

    private static final Map<String, Setting> BY_KEY = byKey();

    private final String key;
    private final @Nullable String defaultText;
    private final @Nullable Object defaultValue;
    private final Format<?> format;
    private final String description;

    Setting(String key, @Nullable String defaultText, Format<?> format, String description) {
        this.key = key;
        this.defaultText = defaultText;
        this.defaultValue = defaultText == null ? null : format.read(defaultText);
        this.format = format;
        this.description = description;
    }

    /** Returns all settings by their keys, in the order of this file. */
    static Map<String, Setting> all() {
        return BY_KEY;
    }

    String key() {
        return key;
    }

    /** Returns the default as it would be written; null if there is none. */
    @Nullable
    String defaultText() {
        return defaultText;
    }

    /** Says in one line what it is for, as the README does. */
    String description() {
        return description;
    }

    /** Tells whether its value must never be printed. */
    boolean secret() {
        return format.isSecret();
    }

    /** Returns the value that a text stands for; null if it means that nothing is set. */
    @Nullable
    Object read(String text) {
        return format.read(text);
    }

    @Nullable
    Object defaultValue() {
        return defaultValue;
    }

    /** Throws MqttException if a value is not allowed. */
    @SuppressWarnings("unchecked") // typed setters give what the format makes
    void check(Object value) {
        ((Format<Object>) format).check(value);
    }

    /** Returns the text of a fault: key, value unless secret, what is wrong. */
    String fault(@Nullable Object value, @Nullable String wrong) {
        boolean hidden = secret() || (this == BROKER_URL && mayHoldSecrets(String.valueOf(value)));
        if (hidden) {
            return key + ": " + wrong;
        }
        String text = value instanceof Duration period ? DurationText.of(period) : String.valueOf(value);
        return key + "='" + Printable.of(text) + "': " + wrong;
    }

    private static List<BrokerAddress> addresses(String text) {
        try {
            return BrokerAddress.parseAll(text);
        } catch (IllegalArgumentException e) {
            throw new MqttException(String.valueOf(e.getMessage()));
        }
    }

    /** Tells whether a faulty address must not be printed, because there may be a password or a token in it. */
    private static boolean mayHoldSecrets(String text) {
        return text.chars().anyMatch(c -> c == '@' || c == '?' || c == '#');
    }

    private static Map<String, Setting> byKey() {
        Map<String, Setting> settings = new LinkedHashMap<>();
        for (Setting setting : values()) {
            settings.put(setting.key, setting);
        }
        return Collections.unmodifiableMap(settings);
    }
}
