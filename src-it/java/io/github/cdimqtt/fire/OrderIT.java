package io.github.cdimqtt.fire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.MosquittoBroker;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.SharedBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.testing.TestContainer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Observers see messages in order of arrival with one thread, and by topic with several. */
@ExtendWith(SharedBroker.class)
class OrderIT {

    private static final int MESSAGES = 1_000;
    private static final int TOPICS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Singleton
    static class Seen {
        final List<String> texts = new CopyOnWriteArrayList<>();
        final AtomicInteger atWork = new AtomicInteger();
        final AtomicInteger mostAtWork = new AtomicInteger();

        void all(@Observes @MqttTopic(value = "order/+", qos = Qos.EXACTLY_ONCE) MqttMessage message) {
            mostAtWork.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            texts.add(message.topic().substring("order/".length()) + " " + message.text());
            Thread.yield();
            atWork.decrementAndGet();
        }
    }

    @Singleton
    static class Meeting {
        final CountDownLatch bothHere = new CountDownLatch(2);
        final AtomicInteger met = new AtomicInteger();

        void meet(@Observes @MqttTopic("meet/+") String text) throws InterruptedException {
            bothHere.countDown();
            if (bothHere.await(20, TimeUnit.SECONDS)) {
                met.incrementAndGet();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void oneThread_seesMessagesInOrderOfArrival(int qos, TestBroker broker) {
        List<String> sent = new ArrayList<>();
        Seen seen = exchange(qos, 1, broker, sent);
        assertThat(seen.texts).containsExactlyElementsOf(sent);
        assertThat(seen.mostAtWork).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void severalThreads_seeTheMessagesOfATopicInOrder(int qos, TestBroker broker) {
        List<String> sent = new ArrayList<>();
        Seen seen = exchange(qos, 4, broker, sent);
        for (int t = 0; t < TOPICS; t++) {
            String start = t + " ";
            assertThat(seen.texts.stream().filter(text -> text.startsWith(start)))
                    .containsExactlyElementsOf(
                            sent.stream().filter(text -> text.startsWith(start)).toList());
        }
    }

    @Test
    void severalThreads_workOnSeveralTopicsAtOnce(TestBroker broker) {
        try (TestContainer application = TestContainer.start(
                        Map.of("mqtt.broker-url", broker.url(), "mqtt.dispatch.concurrency", "4"), Meeting.class);
                RawClient publisher = RawClient.connect(broker.url())) {
            publisher.publish("meet/a", "first");
            publisher.publish("meet/b", "second");
            await().atMost(PATIENCE)
                    .until(() -> application.get(Meeting.class).met.get() == 2);
        }
    }

    /** Artemis 2.55 itself now and then releases messages of QoS 2 in another order: any client sees that. */
    private static Seen exchange(int qos, int concurrency, TestBroker broker, List<String> sent) {
        if (qos < 2) {
            return exchangeOver(broker, qos, concurrency, sent);
        }
        assumeTrue(MosquittoBroker.isInstalled(), "Mosquitto is not installed");
        try (TestBroker mosquitto = MosquittoBroker.launch()) {
            return exchangeOver(mosquitto, qos, concurrency, sent);
        }
    }

    private static Seen exchangeOver(TestBroker broker, int qos, int concurrency, List<String> sent) {
        try (TestContainer application = TestContainer.start(
                        Map.of("mqtt.broker-url", broker.url(), "mqtt.dispatch.concurrency", "" + concurrency),
                        Seen.class);
                RawClient publisher = RawClient.connect(broker.url())) {
            long began = System.nanoTime();
            for (int i = 0; i < MESSAGES; i++) {
                publisher.publish("order/" + i % TOPICS, ("" + i).getBytes(UTF_8), qos, false);
                sent.add(i % TOPICS + " " + i);
            }
            Seen seen = application.get(Seen.class);
            await().atMost(PATIENCE).until(() -> seen.texts.size() >= MESSAGES);
            System.out.printf(
                    "order, QoS %d, %d thread(s): %d messages on %d topics in %d ms, up to %d at work at once, %s%n",
                    qos,
                    concurrency,
                    MESSAGES,
                    TOPICS,
                    (System.nanoTime() - began) / 1_000_000,
                    seen.mostAtWork.get(),
                    application.get(Mqtt.class).metrics());
            return seen;
        }
    }
}
