package io.github.cdimqtt.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.AnyBroker;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.Recorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Observers, consumers and chained stages may call the library and wait for its answer, without a deadlock. */
@ExtendWith({QuietLog.class, AnyBroker.class})
class FromObserversIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    /** More messages than the client library queues for a handler, from which on a handler that waited used to block it. */
    private static final int MANY = 50;

    /** Executes the commands that it receives, and waits for each. */
    @ApplicationScoped
    static class Worker extends Recorder<String> {

        @Inject
        Mqtt mqtt;

        void command(@Observes @MqttTopic(value = "from/command", qos = Qos.AT_LEAST_ONCE) String what) {
            switch (what) {
                case "publish" ->
                    record(what
                            + done(mqtt.publish("from/out", what, Qos.AT_LEAST_ONCE))
                                    .qos());
                case "subscribe" -> record(what + done(mqtt.subscribe("from/new", Qos.AT_LEAST_ONCE)));
                case "unsubscribe" -> record(what + done(mqtt.unsubscribe("from/new")));
                case "disconnect" -> {
                    done(mqtt.disconnect());
                    record("disconnected " + mqtt.isConnected());
                    done(mqtt.connect());
                    record("connected " + mqtt.isConnected());
                }
                default -> throw new IllegalArgumentException(what);
            }
        }

        void async(@ObservesAsync @MqttTopic(value = "from/async", qos = Qos.AT_LEAST_ONCE) String what) {
            done(mqtt.publish("from/out", what, Qos.EXACTLY_ONCE));
            record(what);
        }
    }

    /** Calls all of it when the connection is open, and opens it again when it is closed. */
    @ApplicationScoped
    static class Keeper extends Recorder<String> {

        @Inject
        Mqtt mqtt;

        void up(@Observes MqttEvent.Connected event) {
            done(mqtt.subscribe("from/keeper", Qos.AT_LEAST_ONCE));
            done(mqtt.publish("from/keeper", "up", Qos.AT_LEAST_ONCE, false));
            record("up again " + event.reconnect());
        }

        void down(@Observes MqttEvent.Disconnected event) {
            if (recorded().size() < 2) {
                done(mqtt.connect());
                record("opened");
            }
        }
    }

    @Test
    void messageObserver_publishesAndWaits_withManyMessagesQueued(TestBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.of(broker), Worker.class);
                RawClient other = RawClient.connect(broker.url()).observe("from/out")) {
            IntStream.range(0, MANY).forEach(i -> other.publish("from/command", "publish"));
            await().until(() -> other.texts("from/out").size() == MANY);
            await().until(() -> container.get(Worker.class).recorded().size() == MANY);
            assertThat(container.get(Worker.class).recorded()).containsOnly("publishAT_LEAST_ONCE");
        }
    }

    @Test
    void messageObserver_subscribesAndUnsubscribes(TestBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.of(broker), Worker.class);
                RawClient other = RawClient.connect(broker.url())) {
            for (int i = 0; i < 6; i++) { // one by one: Artemis sometimes swaps two
                int done = i + 1;
                other.publish("from/command", i % 2 == 0 ? "subscribe" : "unsubscribe");
                await().until(() -> container.get(Worker.class).recorded().size() == done);
            }
            assertThat(container.get(Worker.class).recorded())
                    .containsExactly(
                            "subscribeAT_LEAST_ONCE", "unsubscribenull",
                            "subscribeAT_LEAST_ONCE", "unsubscribenull",
                            "subscribeAT_LEAST_ONCE", "unsubscribenull");
        }
    }

    @Test
    void messageObserver_disconnectsAndConnects(TestBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.of(broker), Worker.class);
                RawClient other = RawClient.connect(broker.url())) {
            other.publish("from/command", "disconnect");
            await().until(
                            container.get(Worker.class)::recorded,
                            List.of("disconnected false", "connected true")::equals);
            other.publish("from/command", "publish");
            await().until(() -> container.get(Worker.class).recorded().contains("publishAT_LEAST_ONCE"));
        }
    }

    @Test
    void asyncObservers_waitConcurrently(TestBroker broker) {
        // Mosquitto 2.0.11 drops a message of QoS 2 that comes while it has 20 others of the same client.
        Map<String, String> settings = Keys.of(broker, "mqtt.max-inflight", "20");
        try (TestContainer container = TestContainer.start(settings, Worker.class);
                RawClient other = RawClient.connect(broker.url()).observe("from/out")) {
            IntStream.range(0, MANY).forEach(i -> other.publish("from/async", "" + i));
            await().until(() -> container.get(Worker.class).recorded().size() == MANY);
            await().until(() -> other.texts("from/out").size() == MANY);
            assertThat(other.texts("from/out")).doesNotHaveDuplicates();
        }
    }

    @Test
    void lifecycleObservers_subscribePublishAndConnect(TestBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.of(broker), Keeper.class)) {
            Keeper keeper = container.get(Keeper.class);
            await().until(keeper::recorded, List.of("up again false")::equals);
            assertThat(container.get(Mqtt.class).disconnect()).succeedsWithin(SOON);
            await().until(keeper::recorded, List.of("up again false", "opened", "up again true")::equals);
        }
    }

    @Test
    void consumersAndChainedStages_publishAndWait(TestBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.of(broker), DebugRecorder.class);
                RawClient other = RawClient.connect(broker.url()).observe("from/out")) {
            Mqtt mqtt = container.get(Mqtt.class);
            Recorder<String> consumed = new Recorder<>();
            CompletionStage<String> chained = mqtt.subscribe("from/consumer", Qos.AT_LEAST_ONCE, message -> {
                        done(mqtt.publish("from/out", message.text(), Qos.AT_LEAST_ONCE));
                        consumed.record(message.text());
                    })
                    .thenApply(granted -> "granted " + granted + ", id "
                            + done(mqtt.publish("from/out", "chained", Qos.AT_LEAST_ONCE))
                                    .messageId());
            assertThat(chained).succeedsWithin(SOON).asString().startsWith("granted AT_LEAST_ONCE, id ");
            IntStream.range(0, MANY).forEach(i -> other.publish("from/consumer", "" + i));
            await().until(() -> consumed.recorded().size() == MANY);
            assertThat(consumed.recorded())
                    .isEqualTo(
                            IntStream.range(0, MANY).mapToObj(Integer::toString).toList());
            await().until(() -> other.texts("from/out").size() == MANY + 1);
        }
    }

    /** Waits for an answer within a bound: a deadlock is a failure of the observer. */
    private static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(SOON.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
