package io.github.cdimqtt;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Selects a connection by name: on an observer, on an injected {@link Mqtt}, and on beans of {@link MqttConfig}, {@link
 * MqttCredentials} and {@link MqttAuthentication}. A connection is configured with the keys {@code mqtt.<name>.<key>}.
 *
 * <p>Without it, observers of messages and {@code @Inject Mqtt} mean the connection {@value #DEFAULT}, and observers of
 * {@link MqttEvent} every connection.
 */
@Qualifier
@Retention(RUNTIME)
@Target({PARAMETER, FIELD, METHOD, TYPE})
@Documented
public @interface MqttBroker {

    /** The name of the connection whose keys have no name: {@code mqtt.<key>}. */
    String DEFAULT = "default";

    /** The name of the connection. */
    String value();

    /** Selects a connection by name. Immutable. */
    final class Literal extends AnnotationLiteral<MqttBroker> implements MqttBroker {
        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /** Returns the literal for the connection of this name. */
        public static Literal of(String value) {
            return new Literal(value);
        }

        @Override
        public String value() {
            return value;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof MqttBroker broker && broker.value().equals(value);
        }

        @Override
        public int hashCode() {
            return 127 * "value".hashCode() ^ value.hashCode();
        }
    }
}
