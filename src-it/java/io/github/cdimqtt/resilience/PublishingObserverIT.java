package io.github.cdimqtt.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.AnyBroker;
import io.github.cdimqtt.broker.ArtemisBroker;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Publishing and waiting within observers and on many threads at once, without a deadlock. */
@ExtendWith(AnyBroker.class)
class PublishingObserverIT {

    private static final int MESSAGES = 1_000;
    private static final int THREADS = 16;
    private static final int EACH = 250;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Singleton
    static class Answering {
        final CountDownLatch goOn = new CountDownLatch(1);
        final AtomicInteger answered = new AtomicInteger();

        @Inject
        Mqtt mqtt;

        void zero(@Observes @MqttTopic("publishing/0/+") MqttMessage question) throws Exception {
            answer(question);
        }

        void one(@Observes @MqttTopic(value = "publishing/1/+", qos = Qos.AT_LEAST_ONCE) MqttMessage question)
                throws Exception {
            answer(question);
        }

        private void answer(MqttMessage question) throws Exception {
            assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
            mqtt.publish("publishing-answer", question.text(), Qos.AT_LEAST_ONCE)
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            answered.incrementAndGet();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 4", "1, 1", "1, 4"})
    void observerThatPublishesAndWaits_answersEveryQueuedMessage(int qos, int concurrency, TestBroker broker) {
        try (TestContainer application = TestContainer.start(
                        Map.of("mqtt.broker-url", broker.url(), "mqtt.dispatch.concurrency", "" + concurrency),
                        Answering.class);
                RawClient witness = RawClient.connect(broker.url()).observe("publishing-answer")) {
            Answering observer = application.get(Answering.class);
            Mqtt mqtt = application.get(Mqtt.class);
            List<String> texts =
                    IntStream.range(0, MESSAGES).mapToObj(Integer::toString).toList();
            for (int i = 0; i < MESSAGES; i++) {
                witness.publish("publishing/" + qos + "/" + i % 16, texts.get(i).getBytes(UTF_8), qos, false);
            }
            if (qos == 0) {
                await().atMost(PATIENCE).until(() -> mqtt.metrics().received() == MESSAGES);
            }

            long began = System.nanoTime();
            observer.goOn.countDown();
            await().atMost(PATIENCE).until(() -> observer.answered.get() == MESSAGES);
            long millis = (System.nanoTime() - began) / 1_000_000;

            await().atMost(PATIENCE)
                    .until(() -> witness.texts("publishing-answer").size() == MESSAGES);
            assertThat(witness.texts("publishing-answer")).containsExactlyInAnyOrderElementsOf(texts);
            assertThat(mqtt.metrics().reconnects()).isZero();
            System.out.printf(
                    "observer that publishes QoS 1 and waits, concurrency %d: %d queued messages of QoS %d answered in"
                            + " %d ms%n",
                    concurrency, MESSAGES, qos, millis);
        }
    }

    @Test
    void sixteenThreads_publishAtOnce_eachInItsOrder(TestBroker broker) throws Exception {
        try (TestContainer application = TestContainer.start(Map.of("mqtt.broker-url", broker.url()), Answering.class);
                RawClient witness = RawClient.connect(broker.url()).observe("publishing-threads/+")) {
            Mqtt mqtt = application.get(Mqtt.class);
            CountDownLatch start = new CountDownLatch(1);
            List<Thread> threads = new ArrayList<>();
            List<CompletableFuture<?>> all = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                String topic = "publishing-threads/" + t;
                CompletableFuture<Void> last = new CompletableFuture<>();
                all.add(last);
                Thread thread = new Thread(() -> publish(mqtt, topic, start, last));
                threads.add(thread);
                thread.start();
            }
            long began = System.nanoTime();
            start.countDown();
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            long millis = (System.nanoTime() - began) / 1_000_000;
            for (Thread thread : threads) {
                thread.join(10_000);
            }
            await().atMost(PATIENCE).until(() -> witness.received().size() == THREADS * EACH);
            List<String> inOrder =
                    IntStream.range(0, EACH).mapToObj(Integer::toString).toList();
            for (int t = 0; t < THREADS; t++) {
                List<String> texts = witness.texts("publishing-threads/" + t);
                if (broker instanceof ArtemisBroker) { // 2.55 sometimes delivers messages out of order, to any client
                    assertThat(texts).containsExactlyInAnyOrderElementsOf(inOrder);
                } else {
                    assertThat(texts).containsExactlyElementsOf(inOrder);
                }
            }
            System.out.printf(
                    "%d threads, %d messages of QoS 1 each at once: all acknowledged in %d ms, each thread's in order%n",
                    THREADS, EACH, millis);
        }
    }

    private static void publish(Mqtt mqtt, String topic, CountDownLatch start, CompletableFuture<Void> done) {
        try {
            assertThat(start.await(10, TimeUnit.SECONDS)).isTrue();
            List<CompletableFuture<?>> stages = new ArrayList<>();
            for (int i = 0; i < EACH; i++) {
                stages.add(mqtt.publish(topic, i, Qos.AT_LEAST_ONCE).toCompletableFuture());
            }
            CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
            done.complete(null);
        } catch (Exception | AssertionError e) {
            done.completeExceptionally(e);
        }
    }
}
