package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.MqttThreads;
import io.github.cdimqtt.support.TestContainer;
import io.github.cdimqtt.testing.MqttTestBroker;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand tests with a container each, on the broker inside the JVM and on the one that is chosen; -Dresilience.containers. */
@Tag("slow")
@Timeout(1_200)
class ManyTestsIT {
    private static final int CONTAINERS = Integer.getInteger("resilience.containers", 100);
    private static final int WARM_UP = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final ConditionFactory AS_USUAL = await().atMost(PATIENCE);
    private static final ConditionFactory SOON =
            AS_USUAL.pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));

    @Test
    void containers_startAndEnd_oneAfterTheOther() {
        MqttTestBroker memory = MqttTestBroker.named("many");
        try (TestBroker other = TestBroker.launch()) {
            for (int i = 0; i < WARM_UP; i++) {
                testOn(memory);
                testOn(other, SOON);
            }
            long inMemory = 0;
            long onOther = 0;
            long polled = 0;
            for (int i = 0; i < CONTAINERS; i++) { // in turn, so that both have the same machine
                inMemory += testOn(memory);
                onOther += testOn(other, SOON);
                polled += testOn(other, AS_USUAL);
            }
            System.out.printf(
                    "%d containers with a message each: %.1f s on memory:; on %s %.1f s, ratio %.2f, where a test looks for"
                            + " its effect each ms, and %.1f s, ratio %.2f, as Awaitility does, each 100 ms%n",
                    CONTAINERS,
                    inMemory / 1e9,
                    other.getClass().getSimpleName(),
                    onOther / 1e9,
                    (double) inMemory / onOther,
                    polled / 1e9,
                    (double) inMemory / polled);
        }
        MqttThreads.awaitNone();
    }

    private static long testOn(MqttTestBroker broker) {
        long began = System.nanoTime();
        try (TestContainer application = start(broker.toString())) {
            broker.publish("resilience/in/1", "hello");
            assertThat(application
                            .get(CountingObservers.class)
                            .of(Qos.AT_LEAST_ONCE)
                            .size())
                    .isEqualTo(1);
        }
        broker.clear();
        return System.nanoTime() - began;
    }

    private static long testOn(TestBroker broker, ConditionFactory patience) {
        long began = System.nanoTime();
        try (TestContainer application = start(broker.url())) {
            CountingObservers observers = application.get(CountingObservers.class);
            Mqtt mqtt = observers.mqtt();
            Stages.await(mqtt.publish("resilience/in/1", "hello", Qos.AT_LEAST_ONCE), PATIENCE);
            patience.until(() -> observers.of(Qos.AT_LEAST_ONCE).size() == 1);
        }
        return System.nanoTime() - began;
    }

    private static TestContainer start(String url) {
        return TestContainer.start(Map.of("mqtt.broker-url", url), CountingObservers.class);
    }
}
