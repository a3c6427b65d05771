package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.internal.deployment.WrongDeployment;
import io.github.cdimqtt.support.SharedRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Observers of a generic base class have the types that a bean gives them. */
@Tag("container")
class GenericObserversTest {

    @Dependent
    static class Repository<T> {}

    abstract static class Root<K, I> {
        @Inject
        SharedRecorder recorder;

        void param(@Observes @MqttTopic("d/{id}") String text, @TopicParam("id") I id, MqttMessage message) {
            recorder.record(id.getClass().getSimpleName() + " " + id + " " + message.text());
        }

        void payload(@Observes @MqttTopic("p") K payload) {
            recorder.record(payload);
        }

        void list(@Observes @MqttTopic("l") List<K> payload, Repository<K> repository) {
            recorder.record(payload + " " + (repository != null));
        }
    }

    abstract static class Middle<J> extends Root<Integer, J> {}

    @ApplicationScoped
    static class ByNumber extends Middle<Long> {}

    @ApplicationScoped
    static class ById extends Middle<UUID> {}

    static class Open<T> {
        void on(@Observes @MqttTopic("a") T payload) {}

        void all(@Observes @MqttTopic("b") List<T> payload) {}
    }

    @Test
    void observers_ofABaseClass_haveTheTypesOfTheBean() {
        try (Deployment deployment = Deployment.of(ByNumber.class, Repository.class)) {
            deployment.receive("d/5", "five");
            deployment.receive("p", "1");
            deployment.receive("l", "[2]");
            assertThat(deployment.recorded()).containsExactly("Long 5 five", 1, "[2] true");
        }
    }

    @Test
    void observers_ofTwoBeansOfOneBaseClass_haveTypesOfTheirOwn() {
        String id = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
        try (Deployment deployment = Deployment.of(ById.class, ByNumber.class, Repository.class)) {
            deployment.receive("d/" + id, "x");
            assertThat(deployment.recorded()).containsExactly("UUID " + id + " x"); // the one of the other bean failed
        }
    }

    @Test
    void payload_ofAnUnresolvedType_isReported() {
        assumeThat(System.getProperty("test.container")).contains("weld"); // OpenWebBeans reports it itself
        assertThat(WrongDeployment.of("", Open.class).deploy())
                .extracting(Throwable::getMessage)
                .containsExactly(
                        "MQTT-015: Open#all(List<T>): what List<T> stands for is not known; observe a class, or extend"
                                + " Open with one in a bean",
                        "MQTT-015: Open#on(T): what T stands for is not known; observe a class, or extend Open with"
                                + " one in a bean");
    }
}
