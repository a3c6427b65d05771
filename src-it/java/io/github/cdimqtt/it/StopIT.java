package io.github.cdimqtt.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.AnyBroker;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.LogRecorder;
import io.github.cdimqtt.support.MqttThreads;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.Statement;
import io.github.cdimqtt.support.TestContainer;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.event.Shutdown;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When the connection closes, and that no thread of it remains. */
@ExtendWith({QuietLog.class, AnyBroker.class})
class StopIT {

    private static final int CYCLES = 10;

    /** Publishes at the first event of the end that its container fires, as late as possible. */
    @ApplicationScoped
    static class LastPublisher {

        private static final int LATE = Integer.MAX_VALUE - 1;

        @Inject
        Mqtt mqtt;

        private boolean published;

        void shutdown(@Observes @Priority(LATE) Shutdown event) {
            publishOnce();
        }

        void beforeDestroyed(@Observes @Priority(LATE) @BeforeDestroyed(ApplicationScoped.class) Object event) {
            publishOnce();
        }

        private void publishOnce() {
            if (!published) {
                published = true;
                mqtt.publish("stop/farewell", "waited for", Qos.AT_LEAST_ONCE)
                        .toCompletableFuture()
                        .join();
                mqtt.publish("stop/farewell", "not waited for", Qos.AT_LEAST_ONCE);
            }
        }
    }

    @ApplicationScoped
    static class Slow {

        static final CountDownLatch BEGUN = new CountDownLatch(1);
        static final AtomicReference<String> DONE = new AtomicReference<>();

        @Inject
        Mqtt mqtt;

        void on(@Observes @MqttTopic("stop/slow") String text) throws InterruptedException {
            BEGUN.countDown();
            await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            mqtt.publish("stop/slow-done", text, Qos.AT_LEAST_ONCE)
                    .toCompletableFuture()
                    .join();
            DONE.set(text);
        }
    }

    /** Observes the end slowly. */
    @ApplicationScoped
    static class SlowEndObserver {

        static final List<String> OBSERVED = new CopyOnWriteArrayList<>();

        void sync(@Observes MqttEvent.Disconnected end) {
            record("sync", end);
        }

        void async(@ObservesAsync MqttEvent.Disconnected end) {
            record("async", end);
        }

        private static void record(String how, MqttEvent.Disconnected end) {
            await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            OBSERVED.add(how + " requested=" + end.requested());
        }
    }

    @Test
    void end_isObservedAsDisconnected_andWaitsForItsObservers(TestBroker broker) {
        SlowEndObserver.OBSERVED.clear();
        TestContainer.start(Keys.of(broker), SlowEndObserver.class).close();
        assertThat(SlowEndObserver.OBSERVED).containsExactlyInAnyOrder("sync requested=true", "async requested=true");
        MqttThreads.awaitNone();
    }

    /** Observes the end until it is interrupted. */
    @ApplicationScoped
    static class BlockingEndObserver {

        void on(@Observes MqttEvent.Disconnected end) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }

    @Test
    void endThatAnObserverBlocks_isLogged_andContinues(TestBroker broker) {
        try (LogRecorder log = LogRecorder.of("io.github.cdimqtt")) {
            TestContainer.start(
                            Keys.of(broker, "client-id", "me", "shutdown-timeout", "500ms"), BlockingEndObserver.class)
                    .close();
            assertThat(log.lines())
                    .containsOnlyOnce(
                            "WARNING MQTT-113: Mqtt[default as me] was not done within shutdown-timeout=500ms,"
                                    + " most likely because an observer of its events has not returned; it is interrupted");
        }
        MqttThreads.awaitNone();
    }

    @Test
    void observersOfTheEnd_canPublish(TestBroker broker) {
        try (RawClient other = RawClient.connect(broker.url()).observe("stop/farewell")) {
            TestContainer.start(Keys.of(broker), LastPublisher.class).close();
            await().until(
                            () -> Set.copyOf(other.texts("stop/farewell")),
                            Set.of("waited for", "not waited for")::equals);
        }
        MqttThreads.awaitNone();
    }

    @Test
    void runningObserver_isAwaited(TestBroker broker) throws InterruptedException {
        try (RawClient other = RawClient.connect(broker.url()).observe("stop/slow-done")) {
            try (TestContainer container = TestContainer.start(Keys.of(broker), Slow.class)) {
                other.publish("stop/slow", "work");
                assertThat(Slow.BEGUN.await(10, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(Slow.DONE).hasValue("work");
            await().until(() -> other.texts("stop/slow-done"), List.of("work")::equals);
        }
    }

    @Statement("MQTT-3.14.4-3")
    @Test
    void end_isOrderly_andTheWillIsNotPublished(TestBroker broker) {
        try (RawClient other = RawClient.connect(broker.url()).observe("stop/will")) {
            TestContainer.start(
                            Keys.of(broker, "last-will.topic", "stop/will", "last-will.message", "gone"),
                            LastPublisher.class)
                    .close();
            other.publish("stop/will", "mark");
            await().until(() -> other.texts("stop/will"), List.of("mark")::equals);
        }
    }

    @Test
    void threads_end_afterEachOfManyCycles(TestBroker broker) {
        MqttThreads.awaitNone();
        TestContainer.start(Keys.of(broker), LastPublisher.class, DebugRecorder.class)
                .close();
        MqttThreads.awaitNone();
        List<String> before = MqttThreads.ofTheApplication();
        for (int i = 0; i < CYCLES; i++) {
            try (TestContainer container =
                    TestContainer.start(Keys.of(broker), LastPublisher.class, DebugRecorder.class)) {
                assertThat(container.get(Mqtt.class).isConnected()).isTrue();
            }
            MqttThreads.awaitNone();
        }
        assertThat(MqttThreads.ofTheApplication()).hasSizeLessThanOrEqualTo(before.size());
    }

    @Test
    void threads_end_ifTheBrokerNeverAnswered(TestBroker broker) {
        try (Proxy proxy = Proxy.to(broker.port())) {
            proxy.stall();
            TestContainer.start(Keys.of(proxy.url(), "connect-async", "true"), DebugRecorder.class)
                    .close();
            MqttThreads.awaitNone();
        }
        TestContainer.start(Keys.of("tcp://127.0.0.1:1", "reconnect.min-delay", "10ms"), DebugRecorder.class)
                .close();
        MqttThreads.awaitNone();
    }
}
