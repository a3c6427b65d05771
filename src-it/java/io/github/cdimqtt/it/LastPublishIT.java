package io.github.cdimqtt.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.AnyBroker;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.MqttThreads;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.Destroyed;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages that an application publishes when its beans are destroyed. */
@ExtendWith({QuietLog.class, AnyBroker.class})
class LastPublishIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    /** Publishes when it is destroyed, with and without waiting for the answer. */
    @ApplicationScoped
    static class Latecomer {

        static final AtomicReference<CompletableFuture<MqttEvent.Published>> TRIED = new AtomicReference<>();
        static final List<String> OBSERVED = new CopyOnWriteArrayList<>();

        @Inject
        Mqtt mqtt;

        boolean isConnected() {
            return mqtt.isConnected();
        }

        void on(@Observes @MqttTopic("stop/#") MqttMessage message) {
            OBSERVED.add(message.topic());
        }

        void published(@Observes MqttEvent.Published event) {
            OBSERVED.add("published");
        }

        @PreDestroy
        void end() {
            OBSERVED.clear();
            mqtt.publish("stop/late", "destroyed", Qos.AT_LEAST_ONCE)
                    .toCompletableFuture()
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
            mqtt.publish("stop/late", "fast", Qos.AT_MOST_ONCE);
            TRIED.set(mqtt.publish("stop/late", "not waited for", Qos.EXACTLY_ONCE)
                    .toCompletableFuture());
        }

        void destroyed(@Observes @Destroyed(ApplicationScoped.class) Object event) {
            mqtt.publish("stop/late", "context destroyed", Qos.AT_LEAST_ONCE);
        }
    }

    /** Is destroyed with its owner. */
    @Dependent
    static class Resource {
        @Inject
        Mqtt mqtt;

        @PreDestroy
        void end() {
            mqtt.publish("stop/late", "dependent", Qos.AT_LEAST_ONCE);
        }
    }

    @ApplicationScoped
    static class Owner {
        @Inject
        Resource resource;

        boolean isThere() {
            return resource != null;
        }
    }

    /** Publishes when it is destroyed, and waits for nothing. */
    @ApplicationScoped
    static class Unanswered {
        static final AtomicReference<CompletableFuture<MqttEvent.Published>> TRIED = new AtomicReference<>();

        @Inject
        Mqtt mqtt;

        boolean isConnected() {
            return mqtt.isConnected();
        }

        @PreDestroy
        void end() {
            TRIED.set(mqtt.publish("stop/late", "x", Qos.AT_LEAST_ONCE).toCompletableFuture());
        }
    }

    @Test
    void destroyedBeans_canPublish_andObserveNothing(TestBroker broker) {
        try (RawClient other = RawClient.connect(broker.url()).observe("stop/late")) {
            try (TestContainer container =
                    TestContainer.start(Keys.of(broker), Latecomer.class, Owner.class, Resource.class)) {
                assertThat(container.get(Latecomer.class).isConnected()).isTrue();
                assertThat(container.get(Owner.class).isThere()).isTrue();
            }
            await().until(
                            () -> Set.copyOf(other.texts("stop/late")),
                            Set.of("destroyed", "fast", "not waited for", "context destroyed", "dependent")::equals);
        }
        assertThat(Latecomer.TRIED.get()).succeedsWithin(SOON);
        assertThat(Latecomer.OBSERVED).isEmpty();
        MqttThreads.awaitNone();
    }

    /** The broker never answers, and the application ends all the same. */
    @Test
    void unansweredPublishOfADestroyedBean_isAwaitedWithinTheShutdownTime(TestBroker broker) {
        try (Proxy proxy = Proxy.to(broker.port())) {
            try (TestContainer container =
                    TestContainer.start(Keys.of(proxy.url(), "shutdown-timeout", "500ms"), Unanswered.class)) {
                assertThat(container.get(Unanswered.class).isConnected()).isTrue();
                proxy.stall();
            }
            assertThat(Unanswered.TRIED.get()).isCompletedExceptionally();
        }
        MqttThreads.awaitNone();
    }
}
