package io.github.cdimqtt.internal.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.config.ApplicationName;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.deployment.DeploymentPlan.Subscription;
import io.github.cdimqtt.internal.dispatch.Deployment;
import io.github.cdimqtt.internal.topic.TopicFilter;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("container")
class DeploymentPlanTest {

    @Dependent
    static class Observers {
        void skip(
                @Observes @MqttTopic(value = "a/{x}", qos = Qos.EXACTLY_ONCE, retained = Retained.SKIP) String text) {}

        void once(@Observes @MqttTopic(value = "a/+", retained = Retained.SEND_IF_NEW) String text) {}

        void all(@Observes @MqttTopic("b") @MqttTopic(value = "c", retained = Retained.SKIP) String text) {}

        void again(@Observes @MqttTopic(value = "b", retained = Retained.SKIP) String text) {}

        void plant(@Observes @MqttBroker("plant") @MqttTopic("a/+") String text) {}
    }

    @Test
    void subscriptionsOf_observersOfOneFilter_askForTheMostOfThem() {
        Map<String, String> settings =
                Map.of("mqtt.protocol-version", "5", "mqtt.plant.broker-url", "plant", "mqtt.plant.enabled", "false");
        try (Deployment deployment = Deployment.of(settings, Observers.class)) {
            DeploymentPlan plan = new DeploymentPlan(
                    deployment.observers("default"),
                    Set.of(),
                    Set.of("default"),
                    Map.of(),
                    new Converters(deployment.beanLookup(), null),
                    true,
                    new ApplicationName("app", true));

            assertThat(plan.subscriptionsOf("default"))
                    .isEqualTo(Map.of(
                            TopicFilter.of("a/+"), new Subscription(Qos.EXACTLY_ONCE, Retained.SEND_IF_NEW),
                            TopicFilter.of("b"), new Subscription(Qos.AT_MOST_ONCE, Retained.SEND),
                            TopicFilter.of("c"), new Subscription(Qos.AT_MOST_ONCE, Retained.SKIP)));
        }
    }
}
