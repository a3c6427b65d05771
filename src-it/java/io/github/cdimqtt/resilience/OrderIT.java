package io.github.cdimqtt.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.MosquittoBroker;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Observers receive messages in order of arrival with one thread, and in order for each topic with several. Not over Artemis
 * 2.55: it delivers a message after it has written to its journal, and the next message may overtake it on another thread. That
 * happens to any client, on an idle broker too: above all with the first message of a new topic, whose address is stored, and
 * with any message of a kept session.
 */
class OrderIT {

    private static final int MESSAGES = 1_000;
    private static final int TOPICS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Singleton
    static class Seen {
        final List<String> texts = new CopyOnWriteArrayList<>();
        final AtomicInteger running = new AtomicInteger();
        final AtomicInteger mostRunning = new AtomicInteger();

        void all(@Observes @MqttTopic(value = "order/+", qos = Qos.EXACTLY_ONCE) MqttMessage message) {
            mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
            texts.add(message.topic() + " " + message.text());
            Thread.yield();
            running.decrementAndGet();
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
    void oneThread_receivesMessagesInOrderOfArrival(int qos) throws IOException {
        List<String> sent = new ArrayList<>();
        Seen seen = exchange(qos, 1, sent);
        assertThat(seen.texts).containsExactlyElementsOf(sent);
        assertThat(seen.mostRunning).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void severalThreads_receiveTheMessagesOfATopicInOrder(int qos) throws IOException {
        List<String> sent = new ArrayList<>();
        Seen seen = exchange(qos, 4, sent);
        for (int t = 0; t < TOPICS; t++) {
            String start = "order/" + t + " ";
            assertThat(seen.texts.stream().filter(text -> text.startsWith(start)))
                    .containsExactlyElementsOf(
                            sent.stream().filter(text -> text.startsWith(start)).toList());
        }
    }

    @Test
    void severalThreads_handleSeveralTopicsConcurrently() throws IOException {
        try (SocketBroker broker = new SocketBroker(0);
                TestContainer application = TestContainer.start(
                        Map.of("mqtt.broker-url", broker.url(), "mqtt.dispatch.concurrency", "4"), Meeting.class)) {
            broker.send(broker.publish("meet/a", "first", 0));
            broker.send(broker.publish("meet/b", "second", 0));
            await().atMost(PATIENCE)
                    .until(() -> application.get(Meeting.class).met.get() == 2);
        }
    }

    private static Seen exchange(int qos, int concurrency, List<String> sent) throws IOException {
        if (qos == Qos.EXACTLY_ONCE.level()) {
            return exchangeOverMosquitto(concurrency, sent);
        }
        try (SocketBroker broker = new SocketBroker(0)) {
            return receive(broker.url(), qos, concurrency, (topic, i) -> {
                broker.send(broker.publish(topic, "" + i, qos == 0 ? 0 : i + 1));
                sent.add(topic + " " + i);
            });
        }
    }

    private static Seen exchangeOverMosquitto(int concurrency, List<String> sent) throws IOException {
        assumeTrue(MosquittoBroker.isInstalled(), "Mosquitto is not installed");
        try (TestBroker broker = MosquittoBroker.launch();
                RawClient publisher = RawClient.connect(broker.url())) {
            return receive(broker.url(), 2, concurrency, (topic, i) -> {
                publisher.publish(topic, ("" + i).getBytes(UTF_8), 2, false);
                sent.add(topic + " " + i);
            });
        }
    }

    private static Seen receive(String url, int qos, int concurrency, Publisher publisher) throws IOException {
        try (TestContainer application = TestContainer.start(
                Map.of("mqtt.broker-url", url, "mqtt.dispatch.concurrency", "" + concurrency), Seen.class)) {
            long began = System.nanoTime();
            for (int i = 0; i < MESSAGES; i++) {
                publisher.publish("order/" + i % TOPICS, i);
            }
            Seen seen = application.get(Seen.class);
            await().atMost(PATIENCE).until(() -> seen.texts.size() >= MESSAGES);
            System.out.printf(
                    "order, QoS %d, %d thread(s): %d messages on %d topics in %d ms, up to %d at once%n",
                    qos,
                    concurrency,
                    MESSAGES,
                    TOPICS,
                    (System.nanoTime() - began) / 1_000_000,
                    seen.mostRunning.get());
            return seen;
        }
    }

    /** Publishes message number {@code i} to a topic. */
    private interface Publisher {
        void publish(String topic, int i) throws IOException;
    }
}
