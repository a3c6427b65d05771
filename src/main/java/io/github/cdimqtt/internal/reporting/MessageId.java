package io.github.cdimqtt.internal.reporting;

import java.lang.System.Logger.Level;
import java.util.Locale;

/**
 * The catalogue of all problems and log lines: number, level and meaning of each. Numbers below 100 are problems of the
 * deployment, which an error fails. Numbers are never reused.
 */
public enum MessageId {
    BAD_VALUE(1, Level.ERROR, "A configuration value that its key does not allow"),
    CONTRADICTION(2, Level.ERROR, "Configuration keys that do not go together"),
    BAD_TOPIC(3, Level.ERROR, "A configuration value that is no topic to publish to"),
    UNRESOLVED(4, Level.ERROR, "An expression `${key}` without a value"),
    BAD_NAME(5, Level.ERROR, "A connection whose name is reserved or empty"),
    UNREADABLE_SOURCE(6, Level.ERROR, "A configuration file that can't be read"),
    UNKNOWN_KEY(7, Level.WARNING, "A configuration key that does not exist. A warning"),
    IGNORED_PORT(8, Level.WARNING, "`broker-port` holds a URL, as Kubernetes sets it, and is ignored. A warning"),
    UNKNOWN_BROKER(10, Level.ERROR, "A connection name in the code that is not configured"),
    BAD_FILTER(12, Level.ERROR, "An `@MqttTopic` that is no topic filter"),
    UNKNOWN_VARIABLE(13, Level.ERROR, "A `@TopicParam` whose variable is not in the topic filter"),
    BAD_VARIABLE(14, Level.ERROR, "A `@TopicParam` of a type that topic variables do not convert to"),
    NO_CONVERTER(15, Level.ERROR, "An observed type that nothing converts a payload to"),
    STRAY_INJECTION(16, Level.ERROR, "A `@TopicParam` or `MqttMessage` injected outside an observer of messages"),
    SHARED_OVERLAP(17, Level.ERROR, "A shared subscription that overlaps another filter of its connection"),
    NO_REDELIVERY(18, Level.ERROR, "`onFailure = REDELIVER` without a kept session"),
    NO_DEAD_LETTER_TOPIC(19, Level.ERROR, "`onFailure = DEAD_LETTER` without a dead letter topic"),
    NOT_INJECTABLE(20, Level.ERROR, "A parameter of an observer that can't be injected"),
    NEVER_CALLED(
            21,
            Level.ERROR,
            "An observer that no message or event can reach: a qualifier that none has, or no `@Observes` before `@MqttTopic`"),
    BAD_TLS(22, Level.ERROR, "A file, a password or a cipher suite that TLS can't be used with"),
    DOUBTFUL_TLS(23, Level.WARNING, "A certificate that is not valid today, or files for TLS without TLS. A warning"),
    AMBIGUOUS_BEAN(
            24,
            Level.ERROR,
            "More than one `MqttConfig`, `MqttCredentials` or `MqttAuthentication` bean for a connection, or `TransactionSynchronizationRegistry` bean"),
    NO_BEAN(25, Level.WARNING, "Observers in a class that can be no bean. A warning"),
    NO_EFFECT(
            26,
            Level.WARNING,
            "`onFailure = REDELIVER` or `on-failure=redeliver` where all is QoS 0, which no broker sends again. A warning"),
    ABANDONED_SHARE(
            27,
            Level.WARNING,
            "A shared subscription with `clean-session=false`, or with `session-expiry=never`. A warning, see [Filters that overlap](observers.md#filters-that-overlap)"),
    OWN_EVENTS_ONLY(
            28,
            Level.WARNING,
            "An observer of messages with a qualifier of the application's own, which no message that arrives has. A warning"),
    REPLACED_KEY(29, Level.WARNING, "Configuration keys of a connection that has an `MqttConfig` bean. A warning"),
    LINE_END(30, Level.WARNING, "A password that ends with the end of a line, as files do. A warning"),
    NEVER_ASKED(31, Level.ERROR, "A `PayloadConverter` for bytes or messages, which are never converted"),
    AMBIGUOUS_JSON(32, Level.ERROR, "More than one `Jsonb`, `JsonbConfig` or `ObjectMapper` bean to choose from"),
    UNPROXYABLE(
            33,
            Level.ERROR,
            "A `Jsonb`, `JsonbConfig`, `ObjectMapper`, `MqttConfig`, `MqttCredentials`, `MqttAuthentication` or `PayloadConverter` bean that can't be had: its scope needs a proxy, which can't be made of its class"),
    RETAINED_NEEDS_MQTT_5(34, Level.ERROR, "`@MqttTopic` with `retained` on a connection that does not speak MQTT 5"),
    AUTHENTICATION_NEEDS_MQTT_5(
            35, Level.ERROR, "An `MqttAuthentication` bean for a connection that does not speak MQTT 5"),
    TEST_BROKER_ELSEWHERE(
            36,
            Level.ERROR,
            "An `MqttTestBroker` is injected, and its connection does not go to a broker inside this JVM (`memory:NAME`)"),
    TRANSACTIONS_MISSING(
            37,
            Level.ERROR,
            "`publish-in-transaction=after-commit` or `outbox` where there are no Jakarta Transactions"),
    DATA_SOURCE_MISSING(38, Level.ERROR, "An `outbox.data-source` that is no bean, where there is no naming"),
    PRIVATE_OBSERVER(
            39,
            Level.ERROR,
            "A private observer in a container of CDI Lite, as Quarkus is; or one without a modifier that a bean inherits from"
                    + " another package"),
    CONDITIONAL_OBSERVER(40, Level.ERROR, "An observer with `notifyObserver = IF_EXISTS` in a container of CDI Lite"),
    OBSERVER_NOT_TAKEN_OVER(
            41,
            Level.ERROR,
            "An observer that a container of CDI Lite would call by itself, or not at all: in an interface, below a class that is not indexed, or of a type variable"),
    CONNECTED(
            101,
            Level.INFO,
            "Connected, and with how many topic filters. Each of them with its QoS is a line at `DEBUG`"),
    CONNECT_FAILED(
            102,
            Level.WARNING,
            "An attempt to connect failed; when the next one follows, and why it failed. The stack trace is a line at `DEBUG`"),
    SUBSCRIPTION_REFUSED(
            103,
            Level.WARNING,
            "The broker refused a subscription, or to end one. It is asked again after the next connect"),
    CONNECTION_LOST(
            104,
            Level.WARNING,
            "The connection was lost; when the next attempt follows, and why it was lost. The stack trace is a line at `DEBUG`"),
    DISCONNECTED(105, Level.INFO, "Disconnected, as the application asked"),
    SESSION_TAKEN_OVER(
            106,
            Level.WARNING,
            "Connections end within seconds, again and again: probably a second client has the same client id. At once where the broker says so (MQTT 5)"),
    OBSERVER_FAILED(
            107,
            Level.ERROR,
            "An observer failed on a message, or the payload or a topic variable did not convert. A warning, once for each observer, where the payload is empty"),
    MESSAGES_DROPPED(
            108, Level.WARNING, "QoS 0 messages were dropped, because observers are slower than messages come"),
    EVENT_OBSERVER_FAILED(109, Level.ERROR, "An observer failed on an event of a connection"),
    EVENT_NOT_FIRED(110, Level.DEBUG, "An event was not fired, because too many wait for slow observers"),
    FAILED_FAST(111, Level.ERROR, "The application does not start without its connection: `fail-fast=true`"),
    STARTED_WITHOUT_CONNECTION(
            112, Level.WARNING, "The application starts without its connection, which is tried again and again"),
    SHUTDOWN_TIMED_OUT(
            113,
            Level.WARNING,
            "A connection was not done within `shutdown-timeout`, most likely because an observer of its events has not returned"),
    SLOW_OBSERVER(
            114,
            Level.WARNING,
            "Observers work on a QoS 1 or 2 message for more than 60 s; the broker may hold further ones back"),
    UNUSABLE_CONNECTION(
            115,
            Level.ERROR,
            "A connection can't be used: an `MqttConfig` bean with wrong settings, or without those that an `onFailure`, a `retained` or an `MqttAuthentication` bean needs, or a `persistence-directory` that can't be written. The others are opened all the same, unless it is to fail fast. What is asked of it fails with the reason"),
    FILE_NOT_DELETED(
            116, Level.WARNING, "A file in `persistence-directory` can't be deleted, so its message may go once more"),
    FOREIGN_FILE(117, Level.WARNING, "A file in `persistence-directory` is no message, and is left alone"),
    UNVERIFIED_BROKER(
            118,
            Level.WARNING,
            "The connection does not make sure that it talks to its broker: `tls.insecure=true` or `tls.cert-reqs=none`"),
    METRICS_NOT_REGISTERED(
            119,
            Level.WARNING,
            "Metrics are not registered with Micrometer or MicroProfile Metrics. A warning, with the cause"),
    DEAD_LETTER_NOT_SENT(
            120,
            Level.WARNING,
            "A dead letter can't be sent: the queue is full, its topic is longer than MQTT allows, or the connection is gone"),
    POISON_MESSAGE(
            121,
            Level.WARNING,
            "Connections end within seconds, again and again, over one message of ours that the broker does not answer: probably it does not allow it, or finds it too large. At once where the broker says so (MQTT 5)"),
    BEAN_NOT_DESTROYED(
            122,
            Level.WARNING,
            "A bean of the application, such as a converter, failed when it was destroyed. A warning, with the cause"),
    UNOBSERVED_MESSAGE(
            123,
            Level.WARNING,
            "Nobody observes a message: a kept session brings what an earlier version of the application subscribed to, say. The first 20 topics are named; all are counted as `unheard`"),
    FILTER_LEFT_OUT(
            124,
            Level.WARNING,
            "The broker hung up three times in place of an answer to one subscription, or to its end: it is left out until it is asked for again, or the connection is lost over something else. Probably this client is not allowed to"),
    LESS_QOS_GRANTED(125, Level.WARNING, "The broker granted less than the QoS that was asked for"),
    UNKNOWN_PREFIX(
            126,
            Level.WARNING,
            "A message matches no topic filter but for the beginning of one, which is probably a prefix of this broker that cdi-mqtt does not know"),
    PUBLISH_FAILED(
            127,
            Level.WARNING,
            "A message was not published, and nothing is chained to the stage of `publish`; how many more of the kind"),
    CALL_FAILED(
            128,
            Level.WARNING,
            "Another call failed (`subscribe`, `unsubscribe`, `connect`, `request`, `reply`, `reauthenticate`), and nothing is chained to its stage"),
    GUESSED_NAME(
            129,
            Level.WARNING,
            "What `{app}` stands for is a guess, as the server does not say what the application is called"),
    PUBLISH_REFUSED(
            130,
            Level.WARNING,
            "The broker refused a message (MQTT 5), or no longer allows one that nobody waits for; it is not sent again. At most once a second, with how many more"),
    SESSION_EXPIRES_EARLIER(
            131, Level.WARNING, "The broker keeps the session for less time than `session-expiry` asks for"),
    IDENTIFIERS_MISSING(
            132,
            Level.WARNING,
            "A message that several topic filters match came for one of them alone: the broker does not send all subscription identifiers, so such messages may come more than once. `subscription-identifiers=false` asks for none"),
    OTHER_SERVER(133, Level.WARNING, "The broker names another server to connect to, which is not followed"),
    PROPERTIES_LEFT_OUT(
            134,
            Level.WARNING,
            "Messages in `persistence-directory` have properties, which the connection can't send as it does not speak MQTT 5 any more"),
    BROKER_IN_MEMORY(
            135,
            Level.INFO,
            "The broker is inside this JVM (`memory:NAME`), for tests and development: it keeps nothing when the JVM ends"),
    OUTBOX_AWAY(
            136,
            Level.WARNING,
            "The table of an outbox can't be used, and why: the database is away, the table is missing, or the data source takes no part in transactions. What is published fails until that is mended; what is in the table is not lost"),
    OUTBOX_BACK(137, Level.INFO, "The table of an outbox is used again"),
    OUTBOX_MARKED(
            138,
            Level.ERROR,
            "A message of an outbox was refused `outbox.attempts` times: it stays in the table, marked, and is not sent any more"),
    DISPATCH_FAULT(190, Level.ERROR, "A fault of cdi-mqtt: a message could not be dispatched. Please report it"),
    SESSION_FAULT(191, Level.ERROR, "A fault of cdi-mqtt in the session. Please report it"),
    EVENT_FAULT(192, Level.ERROR, "A fault of cdi-mqtt: an event was lost. Please report it");

    private final int number;
    private final Level level;
    private final String meaning;

    MessageId(int number, Level level, String meaning) {
        this.number = number;
        this.level = level;
        this.meaning = meaning;
    }

    /** Returns the level that it is logged with. */
    public Level level() {
        return level;
    }

    /** Returns its meaning, as on the page about operations. */
    public String meaning() {
        return meaning;
    }

    /** Returns the id as users see it: {@code MQTT-001}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "MQTT-%03d", number);
    }
}
