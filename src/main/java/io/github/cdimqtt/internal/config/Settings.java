package io.github.cdimqtt.internal.config;

import static io.github.cdimqtt.internal.config.ValueFormat.BOOLEAN;
import static io.github.cdimqtt.internal.config.ValueFormat.duration;
import static io.github.cdimqtt.internal.config.ValueFormat.number;
import static io.github.cdimqtt.internal.config.ValueFormat.text;
import static io.github.cdimqtt.internal.config.ValueFormats.ADDRESSES;
import static io.github.cdimqtt.internal.config.ValueFormats.ALPN;
import static io.github.cdimqtt.internal.config.ValueFormats.CERT_REQS;
import static io.github.cdimqtt.internal.config.ValueFormats.DIRECTORY;
import static io.github.cdimqtt.internal.config.ValueFormats.LIBRARY;
import static io.github.cdimqtt.internal.config.ValueFormats.ON_FAILURE;
import static io.github.cdimqtt.internal.config.ValueFormats.PROTOCOL_VERSION;
import static io.github.cdimqtt.internal.config.ValueFormats.PUBLISH_IN_TRANSACTION;
import static io.github.cdimqtt.internal.config.ValueFormats.QOS;
import static io.github.cdimqtt.internal.config.ValueFormats.SESSION_EXPIRY;
import static io.github.cdimqtt.internal.config.ValueFormats.SIZE_OF_PACKET;
import static io.github.cdimqtt.internal.config.ValueFormats.STORE_TYPE;
import static io.github.cdimqtt.internal.config.ValueFormats.TLS_VERSION;
import static io.github.cdimqtt.internal.config.ValueFormats.TRANSPORT;
import static io.github.cdimqtt.internal.config.ValueFormats.USER_PROPERTIES;

import io.github.cdimqtt.LastWill;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.OutboxConfig;
import io.github.cdimqtt.ReconnectConfig;
import io.github.cdimqtt.TlsConfig;
import io.github.cdimqtt.internal.value.Limits;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Every key of a connection: how its default and its values are written, where its value goes, and what it is for. The
 * one place that lists them: the page about configuration is held to it.
 */
final class Settings {
    /** All settings, in the order of that page. */
    static final List<Setting<?>> ALL = List.of(
            key("broker-url", "tcp://localhost", ADDRESSES, MqttConfig.Builder::brokerUrl)
                    .means(
                            "A host, or a URI with tcp, mqtt, ssl, mqtts, ws or wss; a comma list to fail over. memory:NAME for tests"),
            key("broker-port", null, number(Limits.PORT), MqttConfig.Builder::brokerPort)
                    .means("Port where broker-url has none: 1883, with TLS 8883, for ws and wss too"),
            key("client-id", null, text(Limits.CLIENT_ID), MqttConfig.Builder::clientId)
                    .means(
                            "Client identifier; {host}, {app} and {random} are filled in. Generated for each start if not set"),
            key("clean-session", "true", BOOLEAN, MqttConfig.Builder::cleanSession)
                    .means(
                            "Whether the session ends with the connection, with session-expiry with the application. false needs a client-id"),
            key("username", null, text(Limits.STRING), MqttConfig.Builder::username)
                    .means("User name"),
            key("password", null, text(Limits.TEXT), MqttConfig.Builder::password)
                    .means("Password"),
            key("keepalive", "60s", duration(Limits.KEEPALIVE), MqttConfig.Builder::keepalive)
                    .means("Longest silence on the connection; 0 for no limit"),
            key("connection-timeout", "5s", duration(Limits.POSITIVE_DURATION), MqttConfig.Builder::connectionTimeout)
                    .means("How long one attempt to connect may take"),
            key("transport", "tcp", TRANSPORT, MqttConfig.Builder::webSockets)
                    .means("websockets for WebSocket, also where broker-url says tcp"),
            key("protocol-version", "3.1.1", PROTOCOL_VERSION, MqttConfig.Builder::protocolVersion)
                    .means("5, 3.1.1 or 3.1"),
            key("library", "auto", LIBRARY, MqttConfig.Builder::library)
                    .means(
                            "What carries the packets: paho for Eclipse Paho, direct for cdi-mqtt itself. auto is paho, for 5 direct"),
            key("tls.enabled", "false", BOOLEAN, tls(TlsConfig.Builder::enabled))
                    .means("TLS also where broker-url does not say ssl, mqtts or wss"),
            key("tls.ca-certs", null, text(Limits.FILE), tls(TlsConfig.Builder::caCerts))
                    .means("PEM file of trusted authorities. Those of the JDK if not set"),
            key("tls.certfile", null, text(Limits.FILE), tls(TlsConfig.Builder::certfile))
                    .means("PEM file of the client's certificate chain, its own first"),
            key("tls.keyfile", null, text(Limits.FILE), tls(TlsConfig.Builder::keyfile))
                    .means("PEM file of the client's private key. In tls.certfile if not set"),
            key("tls.keyfile-password", null, text(Limits.TEXT), tls(TlsConfig.Builder::keyfilePassword))
                    .means("Password of the private key, encrypted as PKCS#8"),
            key("tls.cert-reqs", "required", CERT_REQS, tls(TlsConfig.Builder::certRequired))
                    .means("none accepts any certificate, of any host"),
            key("tls.version", null, TLS_VERSION, tls(TlsConfig.Builder::version))
                    .means("TLSv1.2 or TLSv1.3, and no other. Both if not set"),
            key("tls.ciphers", null, text(Limits.TEXT), tls(TlsConfig.Builder::ciphers))
                    .means("Cipher suites allowed, by their names in the JDK or in OpenSSL, separated by :"),
            key("tls.alpn", null, ALPN, tls(TlsConfig.Builder::alpn))
                    .means("Protocols to offer by ALPN, a comma list: x-amzn-mqtt-ca for AWS IoT on 443"),
            key("tls.insecure", "false", BOOLEAN, tls(TlsConfig.Builder::insecure))
                    .means("true accepts a certificate of another host"),
            key("tls.keystore", null, text(Limits.FILE), tls(TlsConfig.Builder::keystore))
                    .means("Key store of the client's certificate and key, in place of tls.certfile"),
            key("tls.keystore-password", null, text(Limits.TEXT), tls(TlsConfig.Builder::keystorePassword))
                    .means("Its password"),
            key("tls.keystore-type", null, STORE_TYPE, tls(TlsConfig.Builder::keystoreType))
                    .means("PKCS12 or JKS. What the file is if not set"),
            key("tls.truststore", null, text(Limits.FILE), tls(TlsConfig.Builder::truststore))
                    .means("Key store of trusted authorities, in place of tls.ca-certs"),
            key("tls.truststore-password", null, text(Limits.TEXT), tls(TlsConfig.Builder::truststorePassword))
                    .means("Its password"),
            key("tls.truststore-type", null, STORE_TYPE, tls(TlsConfig.Builder::truststoreType))
                    .means("PKCS12 or JKS. What the file is if not set"),
            key("last-will.topic", null, text(Limits.TOPIC), lastWill(LastWill.Builder::topic))
                    .means(
                            "Topic of the message that the broker publishes if we vanish; {host}, {app} and {client-id} are filled in"),
            key("last-will.message", null, text(Limits.TEXT), lastWill(LastWill.Builder::payload))
                    .means("Its payload, as text"),
            key("last-will.qos", "0", QOS, lastWill(LastWill.Builder::qos)).means("Its quality of service: 0, 1 or 2"),
            key("last-will.retain", "false", BOOLEAN, lastWill(LastWill.Builder::retain))
                    .means("Whether the broker keeps it"),
            key("last-will.delay", "0", duration(Limits.EXPIRY), lastWill(LastWill.Builder::delay))
                    .means(
                            "MQTT 5: how long the broker waits for us to come back, at most session-expiry. Of presence.topic, too"),
            key("last-will.expiry", null, duration(Limits.EXPIRY), lastWill(LastWill.Builder::expiry))
                    .means("MQTT 5: how long it is of use. For ever if not set"),
            key("last-will.content-type", null, text(Limits.STRING), lastWill(LastWill.Builder::contentType))
                    .means("MQTT 5: what its payload is, a MIME type by custom"),
            key(
                            "last-will.response-topic",
                            null,
                            text(Limits.WILL_RESPONSE_TOPIC),
                            lastWill(LastWill.Builder::responseTopic))
                    .means(
                            "MQTT 5: where an answer to it is awaited; {host}, {app}, {client-id} as in last-will.topic"),
            key("last-will.user-properties", null, USER_PROPERTIES, lastWill(LastWill.Builder::userProperties))
                    .means("MQTT 5: its user properties, name=value, separated by commas"),
            key("presence.topic", null, text(Limits.TOPIC), MqttConfig.Builder::presenceTopic)
                    .means(
                            "Holds online while connected, else offline, retained, as a last will; {host}, {app}, {client-id} as there"),
            key("connect-async", "false", BOOLEAN, MqttConfig.Builder::connectAsync)
                    .means("Whether start-up goes on without waiting for the connection"),
            key("enabled", "true", BOOLEAN, MqttConfig.Builder::enabled).means("false connects nothing; publish fails"),
            key("fail-fast", "false", BOOLEAN, MqttConfig.Builder::failFast)
                    .means("Whether start-up fails if the first attempt to connect fails"),
            key(
                            "reconnect.min-delay",
                            "1s",
                            duration(Limits.POSITIVE_DURATION),
                            reconnect(ReconnectConfig.Builder::minDelay))
                    .means("First delay between two attempts"),
            key(
                            "reconnect.max-delay",
                            "60s",
                            duration(Limits.POSITIVE_DURATION),
                            reconnect(ReconnectConfig.Builder::maxDelay))
                    .means("Longest delay between two attempts"),
            key("max-inflight", "1000", number(Limits.MAX_INFLIGHT), MqttConfig.Builder::maxInflight)
                    .means(
                            "Unacknowledged messages of QoS 1 and 2; at most 65,000. At QoS 2 at most 19 are sent at a time on MQTT 3.1.1"),
            key("offline-buffer", "10000", number(Limits.OFFLINE_BUFFER), MqttConfig.Builder::offlineBuffer)
                    .means("Messages of QoS 1 and 2 that wait for the connection"),
            key("persistence-directory", null, DIRECTORY, MqttConfig.Builder::persistenceDirectory)
                    .means(
                            "Keeps what was sent and not acknowledged over the death of the JVM; needs a client-id. In memory if not set"),
            key("dispatch.concurrency", "1", number(Limits.CONCURRENCY), MqttConfig.Builder::dispatchConcurrency)
                    .means("Threads that call observers; with more than one, in order for each topic"),
            key(
                            "dispatch.queue-capacity",
                            "10000",
                            number(Limits.QUEUE_CAPACITY),
                            MqttConfig.Builder::dispatchQueueCapacity)
                    .means(
                            "Messages of QoS 0 that wait for their observers before reading stops, in no more than an eighth of the heap"),
            key("on-failure", "ack", ON_FAILURE, MqttConfig.Builder::onFailure)
                    .means("When an observer fails: ack, redeliver or dead-letter"),
            key("dead-letter-topic", null, text(Limits.DEAD_LETTER_TOPIC), MqttConfig.Builder::deadLetterTopic)
                    .means(
                            "Where failed messages go; {topic} is their own topic, {host}, {app}, {client-id} as in last-will.topic"),
            key("publish-in-transaction", "now", PUBLISH_IN_TRANSACTION, MqttConfig.Builder::publishInTransaction)
                    .means(
                            "When a message goes that is published within a transaction: now; after-commit, or outbox, and not after a rollback"),
            key("outbox.data-source", null, text(Limits.TEXT), outbox(OutboxConfig.Builder::dataSource))
                    .means("Where the outbox is: the name of a DataSource bean, or a JNDI name"),
            key("outbox.table", "cdi_mqtt_outbox", text(Limits.TABLE), outbox(OutboxConfig.Builder::table))
                    .means("Its table, perhaps behind a schema and a dot; another with _lease behind it belongs to it"),
            key("outbox.create", "false", BOOLEAN, outbox(OutboxConfig.Builder::create))
                    .means("Whether its tables are created where they are missing, for tests and first steps"),
            key("outbox.interval", "5s", duration(Limits.OUTBOX_INTERVAL), outbox(OutboxConfig.Builder::interval))
                    .means(
                            "How often the outbox is looked at, other than after a commit, and how long a refused message waits; 100 ms to 1 h"),
            key("outbox.attempts", "10", number(Limits.ATTEMPTS), outbox(OutboxConfig.Builder::attempts))
                    .means("How often a message of the outbox is sent that the broker refuses, before it is marked"),
            key("shutdown-timeout", "5s", duration(Limits.DURATION), MqttConfig.Builder::shutdownTimeout)
                    .means("How long shutdown waits for what is under way"),
            key("max-message-size", "256MiB", SIZE_OF_PACKET, MqttConfig.Builder::maxMessageSize)
                    .means(
                            "Larger packets close the connection. On MQTT 5, where it is set, CONNECT names it, and the broker drops them"),
            key("session-expiry", null, SESSION_EXPIRY, MqttConfig.Builder::sessionExpiry)
                    .means(
                            "MQTT 5: how long the session outlives the connection; never for ever, as clean-session=false. Else 0"),
            key("receive-maximum", "1000", number(Limits.RECEIVE_MAXIMUM), MqttConfig.Builder::receiveMaximum)
                    .means("MQTT 5: messages of QoS 1 and 2 that the broker may send before one is acknowledged"),
            key("topic-alias-maximum", "16", number(Limits.TOPIC_ALIAS_MAXIMUM), MqttConfig.Builder::topicAliasMaximum)
                    .means("MQTT 5: topics that go as a number, each way; 0 for none"),
            key("subscription-identifiers", "true", BOOLEAN, MqttConfig.Builder::subscriptionIdentifiers)
                    .means(
                            "MQTT 5: whether overlapping filters bring each message once; false for brokers that get them wrong"),
            key("no-local", "false", BOOLEAN, MqttConfig.Builder::noLocal)
                    .means("MQTT 5: whether what this connection publishes does not come back to it"),
            key("retain-as-published", "false", BOOLEAN, MqttConfig.Builder::retainAsPublished)
                    .means("MQTT 5: whether retained() says what the publisher said, as a bridge needs it"),
            key("user-properties", null, USER_PROPERTIES, MqttConfig.Builder::userProperties)
                    .means("MQTT 5: user properties of the connection, name=value, separated by commas"),
            key("reply-topic", "reply/{client-id}", text(Limits.TOPIC), MqttConfig.Builder::replyTopic)
                    .means(
                            "MQTT 5: where answers to Mqtt.request come; {host}, {app}, {client-id} as in last-will.topic"),
            key("request-timeout", "10s", duration(Limits.POSITIVE_DURATION), MqttConfig.Builder::requestTimeout)
                    .means("MQTT 5: how long Mqtt.request waits, and how long the request lives at the broker"));

    /** Their keys, without {@code mqtt.} and the name of a connection. */
    static final List<String> KEYS = ALL.stream().<String>map(Setting::key).toList();

    private Settings() {}

    private static <T> Setting<T> key(
            String key, @Nullable String defaultText, ValueFormat<T> format, BiConsumer<MqttConfig.Builder, T> setter) {
        return new Setting<>(key, defaultText, format, setter, "");
    }

    private static <T> BiConsumer<MqttConfig.Builder, T> tls(BiConsumer<TlsConfig.Builder, T> setter) {
        return (builder, value) -> builder.tls(tls -> setter.accept(tls, value));
    }

    private static <T> BiConsumer<MqttConfig.Builder, T> lastWill(BiConsumer<LastWill.Builder, T> setter) {
        return (builder, value) -> builder.lastWill(will -> setter.accept(will, value));
    }

    private static <T> BiConsumer<MqttConfig.Builder, T> outbox(BiConsumer<OutboxConfig.Builder, T> setter) {
        return (builder, value) -> builder.outbox(outbox -> setter.accept(outbox, value));
    }

    private static <T> BiConsumer<MqttConfig.Builder, T> reconnect(BiConsumer<ReconnectConfig.Builder, T> setter) {
        return (builder, value) -> builder.reconnect(reconnect -> setter.accept(reconnect, value));
    }
}
