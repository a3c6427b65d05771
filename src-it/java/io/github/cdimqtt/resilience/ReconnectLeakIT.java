package io.github.cdimqtt.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.MqttThreads;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A hundred reconnects, each with messages in both directions, leak nothing. */
@Tag("slow")
@Timeout(120)
@ExtendWith(QuietLog.class)
class ReconnectLeakIT {

    private static final Set<String> CHANNEL_THREADS = Set.of("mqtt-read", "mqtt-write");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int RECONNECTS = 100;
    private static final int WARM_UP = 10;
    private static final long SLACK_BYTES = 4 << 20;

    @Test
    void hundredReconnects_leaveThreadsAndHeapAsTheyWere() {
        try (TestBroker broker = TestBroker.launch();
                Proxy proxy = Proxy.to(broker.port());
                RawClient witness = RawClient.connect(broker.url());
                TestContainer application = TestContainer.start(settings(proxy), CountingObservers.class)) {
            CountingObservers observers = application.get(CountingObservers.class);
            for (int i = 0; i < WARM_UP; i++) {
                reconnect(i, proxy, observers, witness);
            }
            await().atMost(PATIENCE).until(() -> steady(observers));
            int threads = MqttThreads.names().size();
            long heap = Footprint.heap();
            for (int i = WARM_UP; i < WARM_UP + RECONNECTS; i++) {
                reconnect(i, proxy, observers, witness);
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(MqttThreads.names()).hasSizeLessThanOrEqualTo(threads));
            long grown = Footprint.heap() - heap;
            System.out.printf(
                    "%d reconnects: %d threads before, %d after; heap %+d KiB of %d KiB%n",
                    RECONNECTS, threads, MqttThreads.names().size(), grown >> 10, heap >> 10);
            assertThat(grown).as("heap grown by").isLessThan(SLACK_BYTES);
            assertThat(observers.mqtt().metrics().reconnects()).isEqualTo(WARM_UP + RECONNECTS);
        }
    }

    private static void reconnect(int number, Proxy proxy, CountingObservers observers, RawClient witness) {
        Mqtt mqtt = observers.mqtt();
        long before = mqtt.metrics().reconnects();
        proxy.cut();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> mqtt.metrics().reconnects() > before
                        && mqtt.subscriptions().size() == 3);
        Stages.await(mqtt.publish("resilience/out/1", "out", Qos.AT_LEAST_ONCE), PATIENCE);
        witness.publish("resilience/in/2", String.valueOf(number).getBytes(UTF_8), 2, false);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> observers.of(Qos.EXACTLY_ONCE).size() > number);
    }

    /** Pooled threads end after some idle seconds; those of the direct channel stay with the connection. */
    private static boolean steady(CountingObservers observers) {
        return observers.mqtt().isConnected()
                && MqttThreads.names().stream()
                        .filter(name -> name.startsWith("mqtt-"))
                        .allMatch(CHANNEL_THREADS::contains);
    }

    private static Map<String, String> settings(Proxy proxy) {
        return Map.of(
                "mqtt.broker-url", proxy.url(),
                "mqtt.client-id", "reconnect-leak",
                "mqtt.clean-session", "false",
                "mqtt.reconnect.min-delay", "10ms",
                "mqtt.reconnect.max-delay", "20ms");
    }
}
