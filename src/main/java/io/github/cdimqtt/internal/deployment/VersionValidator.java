package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.MqttAuthentication;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.dispatch.MessageObserver;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.reporting.Problem;
import io.github.cdimqtt.internal.text.TypeName;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Validates that a connection speaks MQTT 5 where code needs it. Thread-safe if its listener is. */
public final class VersionValidator {
    private final Consumer<Problem> problems;

    public VersionValidator(Consumer<Problem> problems) {
        this.problems = problems;
    }

    /** Validates which retained messages an observer asks for. */
    public void validate(MessageObserver observer, String broker, MqttConfig config) {
        for (MqttTopic topic : observer.topics()) {
            if (topic.retained() != Retained.SEND && !isMqtt5(config)) {
                problems.accept(new Problem(
                        MessageId.RETAINED_NEEDS_MQTT_5,
                        observer.location() + ": retained = " + topic.retained()
                                + " needs MQTT 5; set protocol-version=5 for the connection '" + broker
                                + "', or remove it and ask MqttMessage.retained()"));
            }
        }
    }

    /** Validates that the bean that proves who the client is, if there is one, has a connection to do so. */
    public void validate(BeanLookup beans, String broker, MqttConfig config) {
        Bean<?> bean = isMqtt5(config) ? null : authentication(beans, broker);
        if (bean != null) {
            problems.accept(new Problem(
                    MessageId.AUTHENTICATION_NEEDS_MQTT_5,
                    TypeName.of(bean.getBeanClass())
                            + ": an MqttAuthentication bean needs MQTT 5; set protocol-version=5 for the connection '"
                            + broker + "', or remove the bean"));
        }
    }

    private static @Nullable Bean<?> authentication(BeanLookup beans, String broker) {
        try {
            return beans.of(broker, MqttAuthentication.class);
        } catch (AmbiguousResolutionException reportedElsewhere) {
            return null;
        }
    }

    private static boolean isMqtt5(MqttConfig config) {
        return config.protocolVersion().equals("5");
    }
}
