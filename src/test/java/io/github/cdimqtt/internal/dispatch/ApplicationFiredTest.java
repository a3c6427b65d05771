package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.support.LogRecorder;
import io.github.cdimqtt.support.PortableOnly;
import io.github.cdimqtt.support.SharedRecorder;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages that the application fires, as a user's test of an observer does: no broker, and exceptions reach the caller. */
@Tag("container")
class ApplicationFiredTest {

    /** A payload that is read from JSON. */
    public static class Reading {
        public int value;
    }

    @ApplicationScoped
    static class Observers {
        @Inject
        SharedRecorder recorder;

        void temperature(
                @Observes @MqttTopic("home/{room}/temp") double celsius,
                @TopicParam("room") String room,
                MqttMessage message) {
            recorder.record(room + " " + celsius + " " + message.param("room"));
        }

        void reading(@Observes @MqttTopic("reading") Reading reading) {
            recorder.record(reading.value);
        }

        void readingOfMessage(@Observes @MqttTopic("reading/as") MqttMessage message) {
            recorder.record(message.as(Reading.class).value);
        }

        void anyOf(@Observes @MqttTopic("a/{x}") @MqttTopic("b/{x}/+") String text, @TopicParam("x") String x) {
            recorder.record(text + " " + x);
        }

        void failing(@Observes @Priority(1) @MqttTopic("failing") MqttMessage message) {
            throw new IllegalStateException("no");
        }

        void afterFailing(@Observes @Priority(2) @MqttTopic("failing") MqttMessage message) {
            recorder.record("after failing");
        }

        void checked(@Observes @MqttTopic("checked") MqttMessage message) throws IOException {
            throw new IOException("no disk");
        }

        void async(@ObservesAsync @MqttTopic("async") int number) {
            recorder.record(number);
        }

        void asyncFailing(@ObservesAsync @MqttTopic("async/failing") MqttMessage message) {
            throw new IllegalStateException("no");
        }
    }

    @ApplicationScoped
    static class Sensor {
        @Inject
        @MqttTopic("home/{room}/temp")
        Event<MqttMessage> temperatures;

        void measure(String room, double celsius) {
            temperatures.fire(MqttMessage.of("home/" + room + "/temp", celsius));
        }
    }

    private Deployment deployment;

    @RegisterExtension
    final LogRecorder log = LogRecorder.of("io.github.cdimqtt");

    @BeforeEach
    void deploy() {
        deployment = Deployment.of(Observers.class, Sensor.class);
    }

    @AfterEach
    void undeploy() {
        deployment.close();
        assertThat(log.lines()).isEmpty();
    }

    private Event<MqttMessage> event(String topic) {
        return deployment.beans().getEvent().select(MqttMessage.class, MqttTopic.Literal.of(topic));
    }

    @Test
    void message_reachesATypedObserverWithTheTopicsVariables() {
        event("home/{room}/temp").fire(MqttMessage.of("home/kitchen/temp", "21.5"));
        assertThat(deployment.recorded()).containsExactly("kitchen 21.5 kitchen");
    }

    @Test
    void message_throughAnInjectedEvent_reachesTheObserver() {
        deployment.get(Sensor.class).measure("kitchen", 21.5);
        assertThat(deployment.recorded()).containsExactly("kitchen 21.5 kitchen");
    }

    @Test
    void message_onATopicThatDoesNotMatch_hasTheParamsThatItWasMadeWith() {
        event("home/{room}/temp")
                .fire(MqttMessage.builder()
                        .topic("test")
                        .payload("1")
                        .param("room", "attic")
                        .build());
        assertThat(deployment.recorded()).containsExactly("attic 1.0 attic");
    }

    @Test
    @PortableOnly // Weld wraps it
    void message_withoutTheTopicVariable_fails() {
        assertThatThrownBy(() -> event("home/{room}/temp").fire(MqttMessage.of("test", "1")))
                .isInstanceOf(MqttException.class)
                .hasMessage(
                        "Observers#temperature(double, String, MqttMessage): {room} has no value in a message on 'test';"
                                + " fire one on a topic that matches, or give it the param 'room'");
    }

    @Test
    void message_isConvertedByJson() {
        event("reading").fire(MqttMessage.of("reading", "{\"value\": 7}"));
        assertThat(deployment.recorded()).containsExactly(7);
    }

    @Test
    void message_readsWithTheConvertersOfTheApplication() {
        event("reading/as").fire(MqttMessage.of("reading/as", "{\"value\": 7}"));
        assertThat(deployment.recorded()).containsExactly(7);
    }

    @Test
    void observerOfSeveralTopics_receivesEachMessageOnce() {
        event("a/{x}").fire(MqttMessage.of("a/1", "first"));
        event("b/{x}/+").fire(MqttMessage.of("b/2/c", "second"));
        event("a/{x}").select(MqttTopic.Literal.of("b/{x}/+")).fire(MqttMessage.of("a/3", "both"));
        event("c").fire(MqttMessage.of("a/3", "neither"));
        assertThat(deployment.recorded()).containsExactly("first 1", "second 2", "both 3");
    }

    @Test
    @PortableOnly // Weld wraps it
    void exception_reachesTheFiringCode_andStopsTheEvent() {
        assertThatThrownBy(() -> event("failing").fire(MqttMessage.of("failing", null)))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("no");
        assertThat(deployment.recorded()).isEmpty();
    }

    @Test
    void checkedException_reachesTheFiringCode_asTheContainerWrapsIt() {
        assertThatThrownBy(() -> event("checked").fire(MqttMessage.of("checked", null)))
                .isInstanceOf(RuntimeException.class)
                .rootCause()
                .isExactlyInstanceOf(IOException.class);
    }

    @Test
    @PortableOnly // Weld wraps it
    void conversionFailure_reachesTheFiringCode_withoutThePayload() {
        assertThatThrownBy(() -> event("home/{room}/temp").fire(MqttMessage.of("home/attic/temp", "warm")))
                .isInstanceOf(MqttException.class)
                .hasMessage("the payload on 'home/attic/temp' does not convert to double: not such a number");
    }

    @Test
    void asyncEvent_reachesAsyncObservers() throws Exception {
        event("async")
                .fireAsync(MqttMessage.of("async", 42))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(deployment.recorded()).containsExactly(42);
    }

    @Test
    void asyncException_failsTheStage() {
        assertThat(event("async/failing").fireAsync(MqttMessage.of("async", 42)).toCompletableFuture())
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(IllegalStateException.class)
                .withMessage("no");
    }
}
