package io.github.cdimqtt;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.enterprise.util.Nonbinding;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Subscribes an observer to a topic filter: {@code void on(@Observes @MqttTopic("home/+/temp") double celsius)}.
 *
 * <p>Repeatable: any one filter suffices, and the observer is called once for each message. On an injected {@code
 * Event<MqttMessage>} it selects the observers of that filter, written as on the observer, so that a test can fire a
 * message by hand.
 */
@Qualifier
@Repeatable(MqttTopic.List.class)
@Retention(RUNTIME)
@Target({PARAMETER, FIELD})
@Documented
public @interface MqttTopic {

    /**
     * The topic filter (MQTT 3.1.1, section 4.7): levels with {@code +} and {@code #}, {@code {name}} for a whole level
     * ({@code +} on the wire), {@code {name#}} for the rest ({@code #} on the wire), {@code $share/<group>/} before it,
     * and <code>${config.key}</code> or <code>${config.key:default}</code>, resolved at deployment.
     */
    String value();

    /** The quality of service asked for; the broker may grant less. */
    @Nonbinding
    Qos qos() default Qos.AT_MOST_ONCE;

    /** What becomes of a message when this observer fails. */
    @Nonbinding
    OnFailure onFailure() default OnFailure.DEFAULT;

    /**
     * Which messages that the broker had kept come when the filter is subscribed (MQTT 5.0, section 3.8.3.1). Anything but {@code
     * SEND} needs MQTT 5. Where another observer asks for more, with the same filter or with one that covers it, this one gets it
     * too: {@link MqttMessage#retained()} tells.
     */
    @Nonbinding
    Retained retained() default Retained.SEND;

    /** Holds several {@link MqttTopic} of one parameter. */
    @Retention(RUNTIME)
    @Target({PARAMETER, FIELD})
    @Documented
    @interface List {
        /** The filters, any one of which suffices. */
        MqttTopic[] value();
    }

    /** Selects observers by the filter that they were written with. Immutable. */
    final class Literal extends AnnotationLiteral<MqttTopic> implements MqttTopic {
        private static final long serialVersionUID = 1L;

        private final String value;
        private final int hash;

        private Literal(String value) {
            this.value = value;
            this.hash = (127 * "value".hashCode() ^ value.hashCode())
                    + (127 * "qos".hashCode() ^ qos().hashCode())
                    + (127 * "onFailure".hashCode() ^ onFailure().hashCode())
                    + (127 * "retained".hashCode() ^ retained().hashCode());
        }

        /** Returns the literal for a filter, written exactly as on the observer. */
        public static Literal of(String value) {
            return new Literal(value);
        }

        @Override
        public String value() {
            return value;
        }

        @Override
        public Qos qos() {
            return Qos.AT_MOST_ONCE;
        }

        @Override
        public OnFailure onFailure() {
            return OnFailure.DEFAULT;
        }

        @Override
        public Retained retained() {
            return Retained.SEND;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof MqttTopic topic
                    && topic.value().equals(value)
                    && topic.qos() == qos()
                    && topic.onFailure() == onFailure()
                    && topic.retained() == retained();
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
