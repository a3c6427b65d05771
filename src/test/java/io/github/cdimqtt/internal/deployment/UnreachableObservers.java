package io.github.cdimqtt.internal.deployment;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.Unmatched;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.util.List;
import java.util.stream.Stream;

/** Observers that no event of cdi-mqtt can reach, and methods that seem to be observers. */
final class UnreachableObservers {

    private UnreachableObservers() {}

    @Qualifier
    @Retention(RUNTIME)
    @interface Own {}

    @Dependent
    static class Qualified {
        void named(@Observes @MqttTopic("a") @Named("x") String text) {}

        void byDefault(@ObservesAsync @MqttTopic("b") @Default String text) {}

        void own(@Observes @Unmatched @Own MqttMessage message) {}

        void plain(@Observes @Default MqttMessage message) {}

        void param(@Observes @MqttTopic("a/{x}") @TopicParam("x") String text) {}
    }

    @Dependent
    static class QualifiedEvents {
        void named(@Observes @Named("x") MqttEvent.Connected event) {}

        void own(@ObservesAsync @Own MqttEvent event) {}

        void ofABroker(@Observes @MqttBroker("default") @Default Object event) {}
    }

    @Dependent
    static class NoTopic {
        void broker(@Observes @MqttBroker("default") String text) {}

        void list(@Observes @MqttBroker("default") List<MqttEvent> events) {}

        void param(@Observes @TopicParam("x") String text) {}
    }

    @Dependent
    static class NoObserves {
        @MqttTopic("a")
        String field;

        @Unmatched
        MqttMessage[] messages;

        @Inject
        Mqtt mqtt;

        void topic(@MqttTopic("a/{x}") String text, @TopicParam("x") String x) {}

        void topics(int other, @MqttTopic("a") @MqttTopic("b") String text) {}

        void unmatched(@Unmatched MqttMessage message) {}

        void param(@TopicParam("x") String x) {}
    }

    static Stream<WrongDeployment> rows() {
        return Stream.of(
                WrongDeployment.of("observes messages with qualifiers that none has", Qualified.class)
                        .reports(
                                "MQTT-021: Qualified#byDefault(String): no message has the qualifier @Default; remove it",
                                "MQTT-021: Qualified#named(String): no message has the qualifier @Named; remove it",
                                "MQTT-021: Qualified#own(MqttMessage): no message has the qualifier @Own; remove it",
                                "MQTT-021: Qualified#param(String): no message has the qualifier @TopicParam; it belongs"
                                        + " on another parameter of an observer with @MqttTopic",
                                "MQTT-021: Qualified#plain(MqttMessage): no message has the qualifier @Default; remove"
                                        + " it"),
                WrongDeployment.of("observes events with qualifiers that none has", QualifiedEvents.class)
                        .reports(
                                "MQTT-021: QualifiedEvents#named(Connected): no event of cdi-mqtt has the qualifier"
                                        + " @Named; remove it",
                                "MQTT-021: QualifiedEvents#ofABroker(Object): no event of cdi-mqtt has the qualifier"
                                        + " @Default; remove it",
                                "MQTT-021: QualifiedEvents#own(MqttEvent): no event of cdi-mqtt has the qualifier @Own;"
                                        + " remove it"),
                WrongDeployment.of("observes messages without a topic", NoTopic.class)
                        .reports(
                                "MQTT-021: NoTopic#broker(String): no event of a connection is of type String; add"
                                        + " @MqttTopic, or remove @MqttBroker",
                                "MQTT-021: NoTopic#list(List<MqttEvent>): no event of a connection is of type"
                                        + " List<MqttEvent>; add @MqttTopic, or remove @MqttBroker",
                                "MQTT-021: NoTopic#param(String): no event of cdi-mqtt has the qualifier @TopicParam;"
                                        + " it belongs on another parameter of an observer with @MqttTopic"),
                WrongDeployment.of("has a topic without @Observes", NoObserves.class)
                        .reports(
                                "MQTT-016: parameter 1 of NoObserves#param(String): @TopicParam has a value only in an"
                                        + " observer of messages; move it to one",
                                "MQTT-021: NoObserves#field: @MqttTopic on a field subscribes to nothing; write a method"
                                        + " with a parameter that has @Observes @MqttTopic",
                                "MQTT-021: NoObserves#messages: @Unmatched on a field subscribes to nothing; write a"
                                        + " method with a parameter that has @Observes @Unmatched",
                                "MQTT-021: NoObserves#topic(String, String): @MqttTopic stands without @Observes; write"
                                        + " @Observes @MqttTopic",
                                "MQTT-021: NoObserves#topics(int, String): @MqttTopic stands without @Observes; write"
                                        + " @Observes @MqttTopic",
                                "MQTT-021: NoObserves#unmatched(MqttMessage): @Unmatched stands without @Observes; write"
                                        + " @Observes @Unmatched"));
    }
}
