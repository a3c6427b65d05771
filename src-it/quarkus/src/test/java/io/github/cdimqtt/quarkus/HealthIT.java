package io.github.cdimqtt.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttTopic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** SmallRye Health and Micrometer, as the extensions of Quarkus bring them. */
class HealthIT {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrokerOfTests.application(HealthIT.class)
            .overrideConfigKey("mqtt.off.broker-url", "tcp://localhost:1")
            .overrideConfigKey("mqtt.off.enabled", "false");

    static final SimpleMeterRegistry REGISTRY = new SimpleMeterRegistry();

    @ApplicationScoped
    static class Observers {
        @Inject
        Heard heard;

        void on(@Observes @MqttTopic("measured") String text) {
            heard.add(text);
        }

        /** Nobody injects it. */
        @Produces
        @Singleton
        SimpleMeterRegistry registry() {
            return REGISTRY;
        }
    }

    @Inject
    SmallRyeHealthReporter health;

    @Inject
    @MqttBroker("off")
    Mqtt off;

    @Inject
    Heard heard;

    @Inject
    Outside outside;

    @Test
    void connections_areReady() {
        assertThat(health.getReadiness().getPayload().toString())
                .contains("mqtt default", "mqtt outside", "mqtt off", "switched off")
                .doesNotContain("DOWN");
    }

    @Test
    void meters_areRegistered() throws Exception {
        outside.publish("measured", "x");
        assertThat(heard.next(1)).containsExactly("x");
        assertThat(REGISTRY.get("mqtt.messages.received").tag("broker", "default").functionCounter().count())
                .isEqualTo(1);
    }
}
