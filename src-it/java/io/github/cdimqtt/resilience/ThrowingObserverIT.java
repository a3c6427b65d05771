package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.SharedBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.EventRecorder;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Observers that throw exceptions and errors for every message: the others and the connection are not affected. */
@ExtendWith({SharedBroker.class, QuietLog.class})
class ThrowingObserverIT {

    private static final int MESSAGES = 200;
    private static final int FAILURES_FOR_EACH = 4;

    @Singleton
    static class Throwing {
        final List<String> first = new CopyOnWriteArrayList<>();
        final List<String> last = new CopyOnWriteArrayList<>();
        final List<String> async = new CopyOnWriteArrayList<>();

        void exception(@Observes @Priority(1) @MqttTopic(value = "throwing/+", qos = Qos.AT_LEAST_ONCE) String text)
                throws Exception {
            first.add(text);
            throw new Exception(text);
        }

        void error(@Observes @Priority(2) @MqttTopic("throwing/#") String text) {
            throw new StackOverflowError(text);
        }

        void number(@Observes @Priority(3) @MqttTopic("throwing/#") int none) {
            throw new AssertionError("the text is no number");
        }

        void asyncError(@ObservesAsync @MqttTopic("throwing/#") String text) {
            throw new LinkageError(text);
        }

        void last(@Observes @Priority(4) @MqttTopic("throwing/a") String text) {
            last.add(text);
        }

        void async(@ObservesAsync @MqttTopic("throwing/a") String text) {
            async.add(text);
        }
    }

    @Test
    void throwingObservers_affectNeitherTheOthersNorTheConnection(TestBroker broker) {
        try (RawClient publisher = RawClient.connect(broker.url()).introduce("throwing/a");
                TestContainer application = TestContainer.start(
                        Map.of("mqtt.broker-url", broker.url()), Throwing.class, EventRecorder.class)) {
            Throwing observers = application.get(Throwing.class);
            Mqtt mqtt = application.get(Mqtt.class);
            EventRecorder recorder = application.get(EventRecorder.class);
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < MESSAGES; i++) {
                texts.add("t" + i);
                publisher.publish("throwing/a", "t" + i);
            }

            await().until(() -> mqtt.metrics().failed() == MESSAGES
                    && recorder.events(MqttEvent.MessageFailed.class).size() == MESSAGES * FAILURES_FOR_EACH);
            assertThat(observers.first).containsExactlyInAnyOrderElementsOf(texts); // Artemis sometimes swaps two
            assertThat(observers.last).containsExactlyElementsOf(observers.first);
            assertThat(observers.async).containsExactlyInAnyOrderElementsOf(texts);
            await().until(() -> mqtt.metrics().acknowledged() == MESSAGES);
            assertThat(mqtt.metrics().reconnects()).isZero();
            assertThat(mqtt.isConnected()).isTrue();
            System.out.printf(
                    "%d messages, for each an Exception, two Errors and a payload that does not convert: %d received by the"
                            + " last observer, %d by the async one, %d failures reported, %d reconnects%n",
                    MESSAGES,
                    observers.last.size(),
                    observers.async.size(),
                    recorder.events(MqttEvent.MessageFailed.class).size(),
                    mqtt.metrics().reconnects());
        }
    }
}
