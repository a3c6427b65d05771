package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.support.LogRecorder;
import io.github.cdimqtt.support.PortableOnly;
import io.github.cdimqtt.support.SharedRecorder;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An observer that fails is logged and fired as an event, and all other observers are called. */
@Tag("container")
class ObserverIsolationTest {

    @ApplicationScoped
    static class Failing {
        @Inject
        SharedRecorder recorder;

        void exception(@Observes @Priority(1) @MqttTopic("all") MqttMessage message) {
            recorder.record("exception");
            throw new IllegalStateException("no");
        }

        void checked(@Observes @Priority(2) @MqttTopic("all") String text) throws IOException {
            recorder.record("checked");
            throw new IOException("no disk");
        }

        void error(@Observes @Priority(3) @MqttTopic("all") byte[] bytes) {
            recorder.record("error");
            throw new StackOverflowError();
        }

        void healthy(@Observes @Priority(4) @MqttTopic("all") MqttMessage message) {
            recorder.record("healthy");
        }

        void async(@ObservesAsync @MqttTopic("all") MqttMessage message) throws IOException {
            throw new IOException("async");
        }
    }

    @ApplicationScoped
    static class FailingOnAnything {
        void object(@Observes @Priority(0) Object event) {
            if (event instanceof MqttMessage) {
                throw new UnsupportedOperationException("an Object");
            }
        }
    }

    /** A bean that can't be made. */
    @Dependent
    static class Broken {
        Broken() {
            throw new IllegalStateException("broken bean");
        }

        void on(@Observes @MqttTopic("broken") String text) {}
    }

    @ApplicationScoped
    static class FailingFailures {
        void failed(@Observes @Priority(1) MqttEvent.MessageFailed failed) throws IOException {
            throw new IOException("again");
        }
    }

    record Nested() {}

    @ApplicationScoped
    static class Nesting {
        @Inject
        SharedRecorder recorder;

        @Inject
        Event<Nested> nested;

        @Inject
        Event<MqttMessage> messages;

        void on(@Observes @MqttTopic("nesting") String text) {
            try {
                nested.fire(new Nested());
            } catch (IllegalArgumentException e) {
                recorder.record("caught " + e.getMessage());
            }
            try {
                messages.select(MqttTopic.Literal.of("inner")).fire(MqttMessage.of("inner", "x"));
            } catch (IllegalArgumentException e) {
                recorder.record("caught " + e.getMessage());
            }
        }

        void first(@Observes @Priority(1) Nested event) {
            throw new IllegalArgumentException("first");
        }

        void second(@Observes @Priority(2) Nested event) {
            recorder.record("second");
        }

        void inner(@Observes @Priority(1) @MqttTopic("inner") MqttMessage message) {
            throw new IllegalArgumentException("inner");
        }

        void innerSecond(@Observes @Priority(2) @MqttTopic("inner") MqttMessage message) {
            recorder.record("inner second");
        }
    }

    @RegisterExtension
    final LogRecorder log = LogRecorder.of("io.github.cdimqtt");

    @Test
    void observer_thatThrowsAnything_doesNotAffectTheOthers() {
        try (Deployment deployment = Deployment.of(Failing.class)) {
            assertThat(deployment.receive("all", "x")).isEqualTo(Outcome.FAILED);
            assertThat(deployment.recorded()).containsExactly("exception", "checked", "error", "healthy");
        }
    }

    @Test
    void failure_isLogged_withObserverTopicAndCause() {
        try (Deployment deployment = Deployment.of(Failing.class)) {
            deployment.receive("all", "secret payload");
            assertThat(log.lines())
                    .containsExactlyInAnyOrder(
                            "SEVERE MQTT-107: Failing#exception(MqttMessage) failed on a message to 'all':"
                                    + " java.lang.IllegalStateException: no",
                            "SEVERE MQTT-107: Failing#checked(String) failed on a message to 'all':"
                                    + " java.io.IOException: no disk",
                            "SEVERE MQTT-107: Failing#error(byte[]) failed on a message to 'all':"
                                    + " java.lang.StackOverflowError",
                            "SEVERE MQTT-107: Failing#async(MqttMessage) failed on a message to 'all':"
                                    + " java.io.IOException: async");
            assertThat(log.thrown())
                    .extracting(thrown -> (Object) thrown.getClass())
                    .containsExactlyInAnyOrder(
                            IllegalStateException.class,
                            IOException.class,
                            StackOverflowError.class,
                            IOException.class);
        }
    }

    @Test
    void failure_isFired_withTheExceptionOfTheObserver() {
        try (Deployment deployment = Deployment.of(Nesting.class, Failing.class, FailureRecorder.class)) {
            deployment.receive("all", "x");
            List<MqttEvent.MessageFailed> failures = deployment.recorded().stream()
                    .filter(MqttEvent.MessageFailed.class::isInstance)
                    .map(MqttEvent.MessageFailed.class::cast)
                    .toList();
            assertThat(failures)
                    .extracting(MqttEvent.MessageFailed::observer)
                    .containsExactlyInAnyOrder(
                            "Failing#exception(MqttMessage)",
                            "Failing#checked(String)",
                            "Failing#error(byte[])",
                            "Failing#async(MqttMessage)");
            assertThat(failures)
                    .filteredOn(failed -> failed.observer().equals("Failing#checked(String)"))
                    .singleElement()
                    .satisfies(failed -> {
                        assertThat(failed.cause())
                                .isExactlyInstanceOf(IOException.class)
                                .hasMessage("no disk");
                        assertThat(failed.broker()).isEqualTo("default");
                        assertThat(failed.message().topic()).isEqualTo("all");
                        assertThat(failed.message().text()).isEqualTo("x");
                    });
        }
    }

    @Test
    @PortableOnly
    void failureOfAnObserverOfAnything_doesNotAffectTheOthers() {
        try (Deployment deployment = Deployment.of(Failing.class, FailingOnAnything.class)) {
            assertThat(deployment.receive("all", "x")).isEqualTo(Outcome.FAILED);
            assertThat(deployment.recorded()).containsExactly("exception", "checked", "error", "healthy");
            assertThat(log.lines())
                    .contains("SEVERE MQTT-107: FailingOnAnything#object(Object) failed on a message to 'all':"
                            + " java.lang.UnsupportedOperationException: an Object");
        }
    }

    @Test
    void beanThatCannotBeMade_isAFailureOfItsObserver() {
        try (Deployment deployment = Deployment.of(Broken.class)) {
            assertThat(deployment.receive("broken", "x")).isEqualTo(Outcome.FAILED);
            assertThat(log.lines()).singleElement().asString().startsWith("SEVERE MQTT-107: Broken#on(String) failed");
        }
    }

    @Test
    void failingObserverOfMessageFailed_isOnlyLogged() {
        try (Deployment deployment = Deployment.of(Broken.class, FailingFailures.class, FailureRecorder.class)) {
            deployment.receive("broken", "x");
            assertThat(deployment.recorded()).hasSize(1);
            assertThat(log.lines())
                    .hasSize(2)
                    .last()
                    .isEqualTo("SEVERE MQTT-109: FailingFailures#failed(MessageFailed) failed on an event:"
                            + " java.io.IOException: again");
        }
    }

    @Test
    @PortableOnly // Weld wraps it
    void event_firedByAnObserver_stopsAtTheFirstException_whichReachesTheFiringCode() {
        try (Deployment deployment = Deployment.of(Nesting.class)) {
            assertThat(deployment.receive("nesting", "x")).isEqualTo(Outcome.HANDLED);
            assertThat(deployment.recorded()).containsExactly("caught first", "caught inner");
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void failingConsumer_isLogged_andDoesNotAffectTheOthers() {
        try (Deployment deployment = Deployment.of(Nesting.class, FailureRecorder.class)) {
            deployment.routing("default").subscribe(TopicFilter.of("c/#"), message -> {
                throw new IllegalStateException("no");
            });
            deployment
                    .routing("default")
                    .subscribe(
                            TopicFilter.of("c/+"),
                            message -> deployment.get(SharedRecorder.class).record("second consumer"));
            assertThat(deployment.receive("c/d", "x")).isEqualTo(Outcome.FAILED);
            assertThat(deployment.recorded()).hasSize(2).contains("second consumer");
            assertThat(log.lines())
                    .containsExactly(
                            "SEVERE MQTT-107: the consumer of 'c/#' (ObserverIsolationTest) failed on a message to"
                                    + " 'c/d': java.lang.IllegalStateException: no");
        }
    }
}
