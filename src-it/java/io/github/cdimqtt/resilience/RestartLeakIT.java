package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.MqttThreads;
import io.github.cdimqtt.support.TestContainer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Applications that start and stop in one JVM leave no more behind than the first one. */
@Tag("slow")
@Timeout(120)
class RestartLeakIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CYCLES = 10;

    @Test
    void startsAndStops_leaveThreadsAndClassLoadersAsTheFirstDid() {
        try (TestBroker broker = TestBroker.launch()) {
            cycle(broker);
            int threads = MqttThreads.ofTheApplication().size();
            long loaders = Footprint.classLoaders();
            for (int i = 1; i < CYCLES; i++) {
                cycle(broker);
            }
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(MqttThreads.ofTheApplication()).hasSizeLessThanOrEqualTo(threads);
                assertThat(Footprint.classLoaders()).isLessThanOrEqualTo(loaders);
            });
            System.out.printf(
                    "%d starts and stops of the container: %d threads after the first, %d after the last; %d and %d class"
                            + " loaders%n",
                    CYCLES, threads, MqttThreads.ofTheApplication().size(), loaders, Footprint.classLoaders());
        }
    }

    private static void cycle(TestBroker broker) {
        try (TestContainer application =
                TestContainer.start(Map.of("mqtt.broker-url", broker.url()), CountingObservers.class)) {
            CountingObservers observers = application.get(CountingObservers.class);
            Mqtt mqtt = observers.mqtt();
            Stages.await(mqtt.publish("resilience/in/1", "hello", Qos.AT_LEAST_ONCE), PATIENCE);
            await().atMost(PATIENCE).until(() -> observers.of(Qos.AT_LEAST_ONCE).size() == 1);
        }
        // Paho's threads end by themselves right after DISCONNECT is sent.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(MqttThreads.names()).isEmpty());
    }
}
