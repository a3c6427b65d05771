package io.github.cdimqtt;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Observes the messages that no {@link MqttTopic} observer and no consumer matched: {@code @Observes @Unmatched
 * MqttMessage}. They come through {@link Mqtt#subscribe(String)}, or from a session that the broker kept.
 */
@Qualifier
@Retention(RUNTIME)
@Target({PARAMETER, FIELD})
@Documented
public @interface Unmatched {

    /** Selects the observers of unmatched messages. Immutable. */
    final class Literal extends AnnotationLiteral<Unmatched> implements Unmatched {
        private static final long serialVersionUID = 1L;

        /** The one literal. */
        public static final Literal INSTANCE = new Literal();

        private Literal() {}
    }
}
