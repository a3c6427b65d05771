package io.github.cdimqtt.internal.cdi;

import java.util.Locale;

/** The ids of what cdi-mqtt reports, with what each stands for. Ids by stage, never reused. */
enum ProblemId {
    BAD_VALUE(1, "a configuration value that its key does not allow"),
    CONTRADICTION(2, "configuration keys that do not go together"),
    BAD_TOPIC(3, "a configuration value that is no topic to publish to"),
    UNRESOLVED(4, "an expression ${key} without a value"),
    BAD_NAME(5, "a connection whose name is reserved or empty"),
    UNREADABLE_SOURCE(6, "a configuration file that can't be read"),
    UNKNOWN_KEY(7, "a configuration key that does not exist (a warning)"),
    IGNORED_PORT(8, "broker-port holds a URL, as Kubernetes sets it, and is ignored (a warning)"),
    UNKNOWN_BROKER(10, "a connection name in the code that is not configured"),
    BAD_FILTER(12, "an @MqttTopic that is no topic filter"),
    UNKNOWN_VARIABLE(13, "a @TopicParam whose variable is not in the topic filter"),
    BAD_VARIABLE(14, "a @TopicParam of a type that topic variables do not convert to"),
    NO_CONVERTER(15, "an observed type that nothing converts a payload to"),
    STRAY_INJECTION(16, "a @TopicParam or MqttMessage injected outside an observer of messages"),
    SHARED_OVERLAP(17, "a shared subscription that overlaps another filter of its connection"),
    NO_REDELIVERY(18, "onFailure = REDELIVER without a kept session"),
    NO_DEAD_LETTER_TOPIC(19, "onFailure = DEAD_LETTER without a dead letter topic"),
    NOT_INJECTABLE(20, "a parameter of an observer that can't be injected"),
    NEVER_CALLED(21, "an observer that no message can reach"),
    BAD_TLS(22, "a file, a password or a cipher suite that TLS can't be used with"),
    DOUBTFUL_TLS(23, "a certificate that is not valid today, or files for TLS without TLS (a warning)"),
    AMBIGUOUS_BEAN(24, "more than one bean for the settings or the credentials of a connection"),
    NO_BEAN(25, "observers of messages in a class that can be no bean (a warning)"),
    NO_EFFECT(26, "onFailure of an observer that has no effect at its QoS (a warning)"),
    ABANDONED_SHARE(27, "a shared subscription in a session that the broker keeps (a warning)"),
    OWN_EVENTS_ONLY(28, "an observer of messages with a qualifier that none has that arrives (a warning)"),
    REPLACED_KEY(29, "configuration keys of a connection that has an MqttConfig bean (a warning)"),
    LINE_END(30, "a password that ends with the end of a line, as files do (a warning)"),
    NEVER_ASKED(31, "a PayloadConverter for bytes or messages, which are never converted"),
    AMBIGUOUS_JSONB(32, "more than one Jsonb or JsonbConfig bean to choose from"),
    UNPROXYABLE(33, "a bean of the application that no client proxy can be made of");

    private final int number;
    private final String meaning;

    ProblemId(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** Says in one line what it stands for. */
    String meaning() {
        return meaning;
    }

    /** Writes it as users see it: {@code MQTT-001}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "MQTT-%03d", number);
    }
}
