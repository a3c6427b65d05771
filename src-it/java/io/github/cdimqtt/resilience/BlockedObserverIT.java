package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.ArtemisBroker;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An observer runs while the broker restarts: the reconnect does not wait for it. */
@ExtendWith(QuietLog.class)
class BlockedObserverIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Singleton
    static class Blocked {
        final List<String> received = new CopyOnWriteArrayList<>();
        final CountDownLatch running = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);

        void on(@Observes @MqttTopic(value = "blocked/in", qos = Qos.AT_LEAST_ONCE) String text)
                throws InterruptedException {
            received.add(text);
            if (text.equals("first")) {
                running.countDown();
                assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void brokerThatRestartsWhileAnObserverBlocks_isReconnectedBeforeItReturns(boolean cleanSession)
            throws InterruptedException {
        try (TestBroker broker = TestBroker.launch();
                TestContainer application = TestContainer.start(
                        Map.of(
                                "mqtt.broker-url",
                                broker.url(),
                                "mqtt.client-id",
                                "blocked",
                                "mqtt.clean-session",
                                "" + cleanSession,
                                "mqtt.reconnect.min-delay",
                                "50ms"),
                        Blocked.class)) {
            Blocked observer = application.get(Blocked.class);
            Mqtt mqtt = application.get(Mqtt.class);
            try (RawClient publisher = RawClient.connect(broker.url())) {
                publisher.publish("blocked/in", "first");
                assertThat(observer.running.await(10, TimeUnit.SECONDS)).isTrue();
            }

            broker.stop();
            await().atMost(PATIENCE).until(() -> !mqtt.isConnected());
            broker.start();
            long began = System.nanoTime();
            await().atMost(PATIENCE)
                    .until(() -> mqtt.metrics().reconnects() == 1
                            && mqtt.subscriptions().size() == 1);
            long back = (System.nanoTime() - began) / 1_000_000;
            assertThat(observer.goOn.getCount())
                    .as("the observer is still running")
                    .isEqualTo(1);

            observer.goOn.countDown();
            try (RawClient publisher = RawClient.connect(broker.url())) {
                publisher.publish("blocked/in", "second");
            }
            await().atMost(PATIENCE).until(() -> observer.received.contains("second"));
            long calls = observer.received.stream().filter("first"::equals).count();
            // Over a restart Artemis loses the packet identifier of a message: then it is another message.
            boolean known = !cleanSession && !(broker instanceof ArtemisBroker);
            assertThat(calls).isBetween(1L, known ? 1L : 2L);
            System.out.printf(
                    "blocked observer, broker restarted, clean-session=%s: back after %d ms, before it returned; its"
                            + " message was handled %d time(s)%n",
                    cleanSession, back, calls);
        }
    }
}
