package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.support.PortableOnly;
import io.github.cdimqtt.support.SharedRecorder;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every kind of observer method receives messages. */
@Tag("container")
class ObserverKindsTest {

    public static class Reading {
        public int value;

        @Override
        public String toString() {
            return "reading " + value;
        }
    }

    abstract static class Base<T> {
        @Inject
        SharedRecorder recorder;

        void inherited(@Observes @MqttTopic("inherited/{n}") String text, @TopicParam("n") int n) {
            recorder.record(getClass().getSimpleName().substring(0, 6) + " inherited " + text + " " + n);
        }

        void generic(@Observes @MqttTopic("generic") T value) {
            recorder.record(value);
        }

        void genericList(@Observes @MqttTopic("generic/list") List<T> values) {
            recorder.record(values.get(0));
        }
    }

    @ApplicationScoped
    static class SubOne extends Base<Reading> {}

    @Singleton
    static class SubTwo extends Base<Integer> {
        @Override
        void inherited(String text, int n) {
            recorder.record("overridden, no observer any more");
        }
    }

    @Dependent
    static class Kinds {
        @Inject
        SharedRecorder recorder;

        static void ofClass(@Observes @MqttTopic("static") String text) {
            CDI.current().select(SharedRecorder.class).get().record("static " + text);
        }

        public final void last(@Observes @MqttTopic("final") long number) {
            recorder.record("final " + number);
        }

        void list(@Observes @MqttTopic("list") @Priority(1) List<Reading> readings) {
            recorder.record(readings.get(1));
        }

        void map(@Observes @MqttTopic("map") Map<String, List<Integer>> numbers) {
            recorder.record(numbers);
        }

        void array(@Observes @MqttTopic("list") @Priority(2) Reading[] readings) {
            recorder.record(readings[0]);
        }

        int returning(@Observes @MqttTopic("returning") int number) {
            recorder.record("returning " + number);
            return number;
        }
    }

    /** Kinds that CDI Lite does not have. */
    @ApplicationScoped
    static class OfFullContainers {
        @Inject
        SharedRecorder recorder;

        void ifExists(@Observes(notifyObserver = Reception.IF_EXISTS) @MqttTopic("conditional") String text) {
            recorder.record("conditional " + text);
        }

        void exist() {}

        private void ofBean(@Observes @MqttTopic("private") String text, MqttMessage message) {
            recorder.record("private " + text + " " + message.topic());
        }
    }

    private Deployment deployment;

    @BeforeEach
    void deploy() {
        deployment = Deployment.of(SubOne.class, SubTwo.class, Kinds.class);
    }

    @AfterEach
    void undeploy() {
        deployment.close();
    }

    @Test
    void observer_inheritedFromASuperclass_isCalledOnTheSubclassThatDoesNotOverrideIt() {
        deployment.receive("inherited/7", "x");
        assertThat(deployment.recorded()).containsExactly("SubOne inherited x 7");
    }

    @Test
    void observer_ofATypeVariable_receivesTheTypeArgument() {
        deployment.receive("generic", "{\"value\": 1}");
        assertThat(deployment.recorded()).extracting(Object::toString).containsExactly("reading 1");
        deployment.receive("generic", "5");
        assertThat(deployment.recorded()).contains(5);
    }

    @Test
    void observer_ofAListOfATypeVariable_receivesAListOfTheTypeArgument() {
        deployment.receive("generic/list", "[{\"value\": 1}]");
        assertThat(deployment.recorded()).extracting(Object::toString).contains("reading 1");
    }

    @Test
    void observer_thatIsStaticFinalOrReturnsSomething_isCalled() {
        deployment.receive("static", "x");
        deployment.receive("final", "9");
        deployment.receive("returning", "4");
        assertThat(deployment.recorded()).containsExactly("static x", "final 9", "returning 4");
    }

    @Test
    void observer_ofAParameterizedType_receivesIt() {
        deployment.receive("list", "[{\"value\": 1}, {\"value\": 2}]");
        deployment.receive("map", "{\"a\": [1, 2]}");
        assertThat(deployment.recorded())
                .extracting(Object::toString)
                .containsExactly("reading 2", "reading 1", "{a=[1, 2]}");
    }

    @Test
    @PortableOnly
    void observer_thatIsPrivate_isCalled() {
        deployment.close();
        deployment = Deployment.of(OfFullContainers.class);
        deployment.receive("private", "x");
        assertThat(deployment.recorded()).containsExactly("private x private");
    }

    @Test
    @PortableOnly
    void observerWithReceptionIfExists_isNotCalled_beforeItsBeanExists() {
        deployment.close();
        deployment = Deployment.of(OfFullContainers.class);
        deployment.receive("conditional", "first");
        assertThat(deployment.recorded()).isEmpty();
        deployment.get(OfFullContainers.class).exist();
        deployment.receive("conditional", "second");
        assertThat(deployment.recorded()).containsExactly("conditional second");
    }
}
