package io.github.cdimqtt;

import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Injects the value of a topic variable into a further parameter of an observer: {@code {room}} of {@code
 * @MqttTopic("home/{room}/temp")} into {@code @TopicParam("room") String room}.
 *
 * <p>The parameter is of a type that is written as text: a {@code String}, a number, {@code boolean}, {@code char}, an enum,
 * a {@link java.util.UUID}, or what else {@link PayloadConverter#builtIn()} reads as text. A value that does not convert is a failure of the message, as for a payload.
 */
@Qualifier
@Retention(RUNTIME)
@Target(PARAMETER)
@Documented
public @interface TopicParam {

    /** The name of the variable, without braces. */
    String value();

    /** Names a topic variable. Immutable. */
    final class Literal extends AnnotationLiteral<TopicParam> implements TopicParam {
        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /** Returns the literal for the variable of this name. */
        public static Literal of(String value) {
            return new Literal(value);
        }

        @Override
        public String value() {
            return value;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof TopicParam param && param.value().equals(value);
        }

        @Override
        public int hashCode() {
            return 127 * "value".hashCode() ^ value.hashCode();
        }
    }
}
