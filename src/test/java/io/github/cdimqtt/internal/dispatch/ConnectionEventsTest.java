package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.portable.TestedFront;
import io.github.cdimqtt.support.LogRecorder;
import io.github.cdimqtt.support.SharedRecorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.context.control.RequestContextController;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("container")
class ConnectionEventsTest {
    private static final MqttEvent SUBSCRIBED = new MqttEvent.Subscribed("plant", "a/#", Qos.AT_LEAST_ONCE);
    private static final MqttEvent CONNECTED = new MqttEvent.Connected("plant", "id", "tcp://plant:1883", false, false);

    @RequestScoped
    static class Request {
        String call() {
            return "request";
        }
    }

    @ApplicationScoped
    static class Observers {
        @Inject
        SharedRecorder recorder;

        @Inject
        Request request;

        void failing(@Observes @Priority(1) MqttEvent.Connected event) {
            throw new IllegalStateException("no");
        }

        void any(@Observes @Priority(2) MqttEvent event) {
            recorder.record("any " + event.getClass().getSimpleName() + " in a " + request.call());
        }

        void subscribed(@Observes @Priority(3) MqttEvent.Subscribed event) {
            recorder.record("subscribed " + event.filter());
        }

        void named(@Observes @Priority(4) @MqttBroker("plant") MqttEvent.Subscribed event) {
            recorder.record("named");
        }

        void otherNamed(@Observes @Priority(5) @MqttBroker("hut") MqttEvent.Subscribed event) {
            recorder.record("other named");
        }

        void async(@ObservesAsync MqttEvent.Subscribed event) {
            recorder.record("async");
        }

        void asyncFailing(@ObservesAsync MqttEvent.Subscribed event) {
            throw new IllegalStateException("async");
        }

        void log(@Observes MqttLog line) {
            recorder.record(line);
        }

        void never(@Observes String text) {
            recorder.record("never");
        }
    }

    private final Queue<Runnable> executor = new ArrayDeque<>();
    private TestContainer container;

    @RegisterExtension
    final LogRecorder log = LogRecorder.of("io.github.cdimqtt");

    @BeforeEach
    void deploy() {
        container = TestContainer.start(
                Map.of(
                        "mqtt.enabled", "false",
                        "mqtt.plant.broker-url", "plant",
                        "mqtt.plant.enabled", "false",
                        "mqtt.hut.broker-url", "hut",
                        "mqtt.hut.enabled", "false"),
                Observers.class,
                SharedRecorder.class,
                Request.class,
                ObserverCollector.class);
    }

    @AfterEach
    void undeploy() {
        container.close();
    }

    private ConnectionEvents events(Class<?>... observed) {
        ObserverIsolation isolation = TestedFront.observers(container).get(0).isolation;
        return new ConnectionEvents(
                "plant",
                Set.of(observed),
                isolation,
                new RequestScope(container.se().select(RequestContextController.class)),
                new SessionExecutors(Runnable::run, executor::add, Runnable::run, Runnable::run, Runnable::run, null),
                TestedFront.container(container));
    }

    private void runTasks() {
        while (!executor.isEmpty()) {
            executor.remove().run();
        }
    }

    @Test
    void event_reachesTheObserversOfItsTypeAndItsConnection() {
        events(MqttEvent.Subscribed.class).event(SUBSCRIBED);
        runTasks();
        assertThat(container.get(SharedRecorder.class).recorded())
                .containsExactlyInAnyOrder("any Subscribed in a request", "subscribed a/#", "named", "async");
    }

    @Test
    void event_isFiredOnTheExecutor() {
        events(MqttEvent.Subscribed.class).event(SUBSCRIBED);
        assertThat(container.get(SharedRecorder.class).recorded()).isEmpty();
    }

    @Test
    void events_areFiredInOrder() {
        ConnectionEvents events = events(MqttEvent.Connected.class, MqttEvent.Unsubscribed.class);
        events.event(CONNECTED);
        events.event(new MqttEvent.Unsubscribed("plant", "a"));
        events.event(CONNECTED);
        runTasks();
        assertThat(container.get(SharedRecorder.class).recorded())
                .containsExactly(
                        "any Connected in a request", "any Unsubscribed in a request", "any Connected in a request");
    }

    @Test
    void failingObserver_isLogged_andTheOthersAreCalled() {
        ConnectionEvents events = events(MqttEvent.Connected.class, MqttEvent.Subscribed.class);
        events.event(CONNECTED);
        events.event(SUBSCRIBED);
        runTasks();
        assertThat(container.get(SharedRecorder.class).recorded()).contains("any Connected in a request", "async");
        assertThat(log.lines())
                .containsExactlyInAnyOrder(
                        "SEVERE [plant] MQTT-109: Observers#failing(Connected) failed on an event:"
                                + " java.lang.IllegalStateException: no",
                        "SEVERE [plant] MQTT-109: Observers#asyncFailing(Subscribed) failed on an event:"
                                + " java.lang.IllegalStateException: async");
    }

    @Test
    void event_withoutObserver_isNotFired() {
        ConnectionEvents events = events(MqttEvent.Connected.class);
        assertThat(events.observes(MqttEvent.Subscribed.class)).isFalse();
        events.event(SUBSCRIBED);
        assertThat(executor).isEmpty();
    }

    @Test
    void lines_ofTheLog_areEvents() {
        events(MqttLog.class).log(System.Logger.Level.DEBUG, "session", () -> "text", null);
        runTasks();
        assertThat(container.get(SharedRecorder.class).recorded())
                .containsExactly(new MqttLog("plant", System.Logger.Level.DEBUG, "session", "text"));
    }

    @Test
    void lines_neitherObservedNorLogged_areNotMade() {
        Logger logger = Logger.getLogger("io.github.cdimqtt");
        logger.setLevel(Level.INFO); // whatever the run logs
        try {
            events().log(
                            System.Logger.Level.DEBUG,
                            "session",
                            () -> {
                                throw new AssertionError("made");
                            },
                            null);
        } finally {
            logger.setLevel(null);
        }
        assertThat(executor).isEmpty();
    }

    @Test
    void events_beyondTenThousandThatWait_areDropped() {
        ConnectionEvents events = events(MqttEvent.Unsubscribed.class);
        for (int i = 0; i < 10_010; i++) {
            events.event(new MqttEvent.Unsubscribed("plant", "a"));
        }
        runTasks();
        assertThat(container.get(SharedRecorder.class).recorded()).hasSize(10_000);
        events.event(new MqttEvent.Unsubscribed("plant", "a"));
        runTasks();
        assertThat(container.get(SharedRecorder.class).recorded()).hasSize(10_001);
    }
}
