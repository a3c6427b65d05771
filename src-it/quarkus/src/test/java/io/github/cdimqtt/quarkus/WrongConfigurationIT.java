package io.github.cdimqtt.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttTopic;
import io.quarkus.test.QuarkusUnitTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is wrong in the configuration fails the start, all of it at once. */
class WrongConfigurationIT {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Observers.class))
            .overrideConfigKey("mqtt.broker-url", "memory:wrong")
            .overrideConfigKey("mqtt.keepalive", "soon")
            .overrideConfigKey("site", "a#b")
            .assertException(failure -> assertThat(rootMessage(failure))
                    .contains("MQTT-001: mqtt.keepalive")
                    .contains("MQTT-004: topic filter '${town}/door' on Observers#town(String)")
                    .contains("MQTT-010: Observers#other: there is no connection 'other'")
                    .contains("MQTT-012: topic filter 'a#b/door' on Observers#site(String)"));

    @ApplicationScoped
    static class Observers {
        @Inject
        @MqttBroker("other")
        Mqtt other;

        void town(@Observes @MqttTopic("${town}/door") String text) {}

        void site(@Observes @MqttTopic("${site}/door") String text) {}
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    @Test
    void start_fails() {
        fail("it has started");
    }
}
