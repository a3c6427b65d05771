package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.MosquittoBroker;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.SharedBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.EventRecorder;
import io.github.cdimqtt.support.MqttThreads;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The application ends in every state of the connection: in time, without losing a message that could be sent, and without threads. */
@ExtendWith({SharedBroker.class, QuietLog.class})
class ShutdownIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How much longer than the configured time it may take on a busy machine; the time is printed. */
    private static final Duration GRACE = Duration.ofSeconds(4);

    /** Short, for tests that wait until it is over. */
    private static final String TIMEOUT = "2s";

    /** Long, for tests in which everything is sent. */
    private static final String ENOUGH = "20s";

    @Singleton
    static class Working {
        final List<String> begun = new CopyOnWriteArrayList<>();
        final List<String> done = new CopyOnWriteArrayList<>();
        final CountDownLatch never = new CountDownLatch(1);

        void work(@Observes @MqttTopic(value = "shutdown/in", qos = Qos.AT_LEAST_ONCE) String text)
                throws InterruptedException {
            begun.add(text);
            if (text.equals("block") && begun.size() == 1) {
                never.await(60, TimeUnit.SECONDS);
            }
            done.add(text);
        }
    }

    @Singleton
    static class Again {
        static final List<String> RECEIVED = new CopyOnWriteArrayList<>();

        void work(@Observes @MqttTopic(value = "shutdown/in", qos = Qos.AT_LEAST_ONCE) String text) {
            RECEIVED.add(text);
        }
    }

    @Test
    void connected(TestBroker broker) {
        TestContainer application = startConnected(broker.url(), Map.of());
        ends("connected", application);
    }

    @Test
    void connectingToAListenerThatSaysNothing() {
        try (SocketBroker broker = new SocketBroker(SocketBroker.SAYS_NOTHING)) {
            TestContainer application = start(broker.url(), Map.of());
            await().atMost(PATIENCE).until(() -> broker.accepted() == 1);
            ends("connecting to a silent listener", application);
        }
    }

    @Test
    void waitingToReconnect() {
        try (SocketBroker broker = new SocketBroker(SocketBroker.HANGS_UP)) {
            TestContainer application = start(broker.url(), Map.of("mqtt.reconnect.min-delay", "60s"));
            await().atMost(PATIENCE)
                    .until(() -> !application
                            .get(EventRecorder.class)
                            .events(MqttEvent.ConnectFailed.class)
                            .isEmpty());
            CompletionStage<?> queued = application.get(Mqtt.class).publish("shutdown/out", "", Qos.AT_LEAST_ONCE);
            ends("waiting to reconnect, something queued", application);
            assertThat(queued).isCompletedExceptionally();
        }
    }

    @Test
    void queueNotEmpty_brokerAnswersLate(TestBroker broker) {
        try (Proxy proxy = Proxy.to(broker.port());
                RawClient witness = RawClient.connect(broker.url()).observe("shutdown/late")) {
            TestContainer application =
                    startConnected(proxy.url(), Map.of("mqtt.max-inflight", "50", "mqtt.shutdown-timeout", ENOUGH));
            proxy.delay(Duration.ofMillis(50));
            List<CompletionStage<?>> stages = publish(application.get(Mqtt.class), "shutdown/late", 300);
            ends("300 messages in the queue, a line of 50 ms, a window of 50", ENOUGH, application);
            assertThat(stages).allMatch(stage -> isDone(stage) && !isFailed(stage));
            await().atMost(PATIENCE).until(() -> witness.received().size() == 300);
        }
    }

    @Test
    void queueNotEmpty_brokerJustBack(TestBroker broker) {
        try (Proxy proxy = Proxy.to(broker.port());
                RawClient witness = RawClient.connect(broker.url()).observe("shutdown/back")) {
            TestContainer application = startConnected(
                    proxy.url(), Map.of("mqtt.reconnect.min-delay", "60s", "mqtt.shutdown-timeout", ENOUGH));
            proxy.cut();
            await().atMost(PATIENCE).until(() -> !application.get(Mqtt.class).isConnected());
            List<CompletionStage<?>> stages = publish(application.get(Mqtt.class), "shutdown/back", 100);
            ends("100 messages queued offline, the broker is there again", ENOUGH, application);
            assertThat(stages).allMatch(stage -> isDone(stage) && !isFailed(stage));
            await().atMost(PATIENCE).until(() -> witness.received().size() == 100);
        }
    }

    @Test
    void queueNotEmpty_connectionStalled(TestBroker broker) {
        try (Proxy proxy = Proxy.to(broker.port())) {
            TestContainer application = startConnected(proxy.url(), Map.of());
            proxy.stall();
            List<CompletionStage<?>> stages = publish(application.get(Mqtt.class), "shutdown/silent", 300);
            ends("300 messages in the queue, the line is silent", application);
            assertThat(stages).allMatch(stage -> isDone(stage) && isFailed(stage));
            proxy.forward();
        }
    }

    @Test
    void observerBlocked_itsMessageIsRedelivered(TestBroker broker) {
        Map<String, String> kept = Map.of("mqtt.client-id", "shutdown-blocked", "mqtt.clean-session", "false");
        TestContainer application = startConnected(broker.url(), kept);
        Working observer = application.get(Working.class);
        try (RawClient publisher = RawClient.connect(broker.url())) {
            publisher.publish("shutdown/in", "block");
            await().atMost(PATIENCE).until(() -> observer.begun.size() == 1);
            publisher.publish("shutdown/in", "behind it");
            ends("an observer is blocked", application);
            assertThat(observer.done).isEmpty();
        }
        Again.RECEIVED.clear();
        Map<String, String> settings = new HashMap<>(kept);
        settings.put("mqtt.broker-url", broker.url());
        try (TestContainer next = TestContainer.start(settings, Again.class)) {
            await("neither was acknowledged").atMost(PATIENCE).until(() -> Again.RECEIVED.size() >= 2);
            assertThat(Again.RECEIVED).containsExactlyInAnyOrder("block", "behind it"); // order: see OrderIT
        }
    }

    @Test
    void brokerFrozen() throws IOException {
        assumeTrue(MosquittoBroker.isInstalled(), "Mosquitto is not installed");
        try (MosquittoBroker broker = MosquittoBroker.launch()) {
            TestContainer application = startConnected(broker.url(), Map.of());
            broker.freeze();
            List<CompletionStage<?>> stages = publish(application.get(Mqtt.class), "shutdown/frozen", 300);
            ends("the broker is frozen", application);
            assertThat(stages).allMatch(stage -> isDone(stage) && isFailed(stage));
            broker.thaw();
        }
    }

    private static TestContainer start(String url, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("mqtt.broker-url", url);
        all.putIfAbsent("mqtt.shutdown-timeout", TIMEOUT);
        all.put("mqtt.connection-timeout", "10s");
        all.put("mqtt.connect-async", "true");
        return TestContainer.start(all, Working.class, EventRecorder.class);
    }

    private static TestContainer startConnected(String url, Map<String, String> settings) {
        TestContainer application = start(url, settings);
        await().atMost(PATIENCE)
                .until(() -> !application
                        .get(EventRecorder.class)
                        .events(MqttEvent.Connected.class)
                        .isEmpty());
        return application;
    }

    private static List<CompletionStage<?>> publish(Mqtt mqtt, String topic, int count) {
        List<CompletionStage<?>> stages = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> stages.add(mqtt.publish(topic, i, Qos.AT_LEAST_ONCE)));
        return stages;
    }

    private static boolean isDone(CompletionStage<?> stage) {
        return stage.toCompletableFuture().isDone();
    }

    private static boolean isFailed(CompletionStage<?> stage) {
        return stage.toCompletableFuture().isCompletedExceptionally();
    }

    /** Ends the application, prints how long that took, and checks that no thread is left. */
    private static void ends(String state, TestContainer application) {
        ends(state, TIMEOUT, application);
    }

    private static void ends(String state, String timeout, TestContainer application) {
        long began = System.nanoTime();
        application.close();
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        List<String> threads = MqttThreads.names();
        System.out.printf(
                "shutdown, shutdown-timeout %s, %s: %d ms, threads left at once: %s%n",
                timeout, state, took.toMillis(), threads);
        assertThat(took).isLessThan(Duration.parse("PT" + timeout).plus(GRACE));
        await("no thread left").atMost(PATIENCE).until(() -> MqttThreads.names().isEmpty());
    }
}
