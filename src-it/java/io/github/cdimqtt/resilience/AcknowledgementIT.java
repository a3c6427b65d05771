package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A message is acknowledged when all of its observers are done, and in order of arrival. */
class AcknowledgementIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Singleton
    static class Working {
        final List<String> begun = new CopyOnWriteArrayList<>();
        final CountDownLatch sync = new CountDownLatch(1);
        final CountDownLatch async = new CountDownLatch(1);

        void sync(@Observes @MqttTopic(value = "ack/sync", qos = Qos.AT_LEAST_ONCE) String text) throws Exception {
            begun.add("sync " + text);
            assertThat(sync.await(60, TimeUnit.SECONDS)).isTrue();
        }

        void async(@ObservesAsync @MqttTopic(value = "ack/async", qos = Qos.AT_LEAST_ONCE) String text)
                throws Exception {
            begun.add("async " + text);
            assertThat(async.await(60, TimeUnit.SECONDS)).isTrue();
        }

        void quick(@Observes @MqttTopic(value = "ack/+", qos = Qos.AT_LEAST_ONCE) String text) {
            begun.add("quick " + text);
        }
    }

    @Test
    void messages_areAcknowledgedAfterTheirObservers_inOrderOfArrival() throws IOException {
        try (SocketBroker broker = new SocketBroker(0);
                TestContainer application = TestContainer.start(
                        Map.of("mqtt.broker-url", broker.url(), "mqtt.dispatch.concurrency", "4"), Working.class)) {
            Working observers = application.get(Working.class);
            Mqtt mqtt = application.get(Mqtt.class);

            broker.send(broker.publish("ack/async", "1", 1));
            broker.send(broker.publish("ack/sync", "2", 2));
            broker.send(broker.publish("ack/other", "3", 3));
            await().atMost(PATIENCE)
                    .until(() -> observers.begun.containsAll(List.of("async 1", "quick 1", "sync 2", "quick 3")));
            await().atMost(PATIENCE).until(() -> mqtt.metrics().handled() == 1);
            mqtt.publish("ack-fence", "1", Qos.AT_LEAST_ONCE)
                    .toCompletableFuture()
                    .join();
            assertThat(broker.acknowledged()).as("done, but not its turn").isEmpty();

            observers.sync.countDown();
            await().atMost(PATIENCE).until(() -> mqtt.metrics().handled() == 2);
            mqtt.publish("ack-fence", "2", Qos.AT_LEAST_ONCE)
                    .toCompletableFuture()
                    .join();
            assertThat(broker.acknowledged())
                    .as("an async observer is still running")
                    .isEmpty();

            observers.async.countDown();
            await().atMost(PATIENCE).until(() -> broker.acknowledged().size() == 3);
            assertThat(broker.acknowledged()).containsExactly(1, 2, 3);
            System.out.println("acknowledged after a sync and an async observer had returned, in order of arrival: "
                    + broker.acknowledged());
        }
    }
}
