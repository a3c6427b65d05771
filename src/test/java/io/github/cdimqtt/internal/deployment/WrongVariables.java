package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Topic variables that have no value, or do not convert to the type of the parameter. */
final class WrongVariables {

    private WrongVariables() {}

    static class Unknown {
        void on(@Observes @MqttTopic("home/{room}/{sensor}") double celsius, @TopicParam("rom") String room) {}
    }

    static class UnknownAsync {
        void on(@ObservesAsync @MqttTopic("home/+/temp") double celsius, @TopicParam("room") String room) {}
    }

    static class NoTopic {
        void on(@Observes MqttMessage message, @TopicParam("room") String room) {}
    }

    static class NotInAll {
        void on(
                @Observes @MqttTopic("home/{room}/temp") @MqttTopic("attic/temp") @MqttTopic("hut/{room}")
                        double celsius,
                @TopicParam("room") String room) {}
    }

    static class Types {
        void on(
                @Observes @MqttTopic("{a}/{b}/{c}") @MqttTopic("{c}/{b}/{a}/x") double celsius,
                @TopicParam("a") byte[] a,
                @TopicParam("b") List<String> b,
                @TopicParam("c") Object c) {}
    }

    static class Holders {
        void on(
                @Observes @MqttTopic("{a}/{b}") double celsius,
                @TopicParam("a") Instance<String> a,
                @TopicParam("b") Optional<String> b) {}
    }

    abstract static class Generic<T> {
        void on(@Observes @MqttTopic("d/{id}") String text, @TopicParam("id") T id) {}
    }

    static class OfRunnable extends Generic<Runnable> {}

    static class Wildcards {
        void on(
                @Observes @MqttTopic("{a}/{b}") String text,
                @TopicParam("a") Class<?> a,
                @TopicParam("b") List<? extends Number> b) {}
    }

    static class RestAsNumber {
        void on(
                @Observes @MqttTopic("home/{rest#}") double celsius,
                @TopicParam("rest") int rest,
                @TopicParam("rest") String text) {}
    }

    static class OfAWrongFilter {
        void on(@Observes @MqttTopic("home/{room") double celsius, @TopicParam("room") String room) {}
    }

    abstract static class Base {
        void on(@Observes @MqttTopic("home/+") double celsius, @TopicParam("room") String room) {}
    }

    static class Inherited extends Base {}

    static Stream<WrongDeployment> rows() {
        return Stream.of(
                WrongDeployment.of("asks for a variable that the filter does not have", Unknown.class)
                        .reports(
                                "MQTT-013: parameter 2 of Unknown#on(double, String): topic filter 'home/{room}/{sensor}' has"
                                        + " no {rom}, but {room}, {sensor}; write {rom} for one of its levels"),
                WrongDeployment.of("asks for a variable of a filter without any", UnknownAsync.class)
                        .reports(
                                "MQTT-013: parameter 2 of UnknownAsync#on(double, String): topic filter 'home/+/temp' has no"
                                        + " {room}; write {room} for one of its levels"),
                WrongDeployment.of("asks for a variable without a filter", NoTopic.class)
                        .reports(
                                "MQTT-013: parameter 2 of NoTopic#on(MqttMessage, String): {room} has no value without a topic"
                                        + " filter; add @MqttTopic with {room} in it to what is observed"),
                WrongDeployment.of("asks for a variable that one of its filters lacks", NotInAll.class)
                        .reports(
                                "MQTT-013: parameter 2 of NotInAll#on(double, String): topic filter 'attic/temp' has no"
                                        + " {room}; write {room} for one of its levels"),
                WrongDeployment.of("asks for variables of types that none has", Types.class)
                        .reports(
                                "MQTT-014: parameter 2 of Types#on(double, byte[], List<String>, Object): {a} does not convert"
                                        + " to byte[]; use String, a number, boolean, UUID, an enum or a java.time type",
                                "MQTT-014: parameter 3 of Types#on(double, byte[], List<String>, Object): {b} does not convert"
                                        + " to List<String>; use String, a number, boolean, UUID, an enum or a java.time type",
                                "MQTT-014: parameter 4 of Types#on(double, byte[], List<String>, Object): {c} does not convert"
                                        + " to Object; use String, a number, boolean, UUID, an enum or a java.time type"),
                WrongDeployment.of("asks for variables in a box", Holders.class)
                        .reports(
                                "MQTT-014: parameter 2 of Holders#on(double, Instance<String>, Optional<String>): {a} does not"
                                        + " convert to Instance<String>; use String, a number, boolean, UUID, an enum or a java.time type",
                                "MQTT-014: parameter 3 of Holders#on(double, Instance<String>, Optional<String>): {b} does not"
                                        + " convert to Optional<String>; use String, a number, boolean, UUID, an enum or a java.time type"),
                WrongDeployment.of("asks for a variable of a type that is none, by a type argument", OfRunnable.class)
                        .reports(
                                "MQTT-014: parameter 2 of Generic#on(String, T): {id} does not convert to Runnable; use"
                                        + " String, a number, boolean, UUID, an enum or a java.time type"),
                WrongDeployment.of("asks for variables of types that no bean can have", Wildcards.class)
                        .reports(
                                "MQTT-014: parameter 2 of Wildcards#on(String, Class<?>, List<? extends Number>): {a} does"
                                        + " not convert to Class<?>; use String, a number, boolean, UUID, an enum or a java.time type",
                                "MQTT-014: parameter 3 of Wildcards#on(String, Class<?>, List<? extends Number>): {b} does"
                                        + " not convert to List<? extends Number>; use String, a number, boolean, UUID, an enum or a java.time type"),
                WrongDeployment.of("asks for the rest of a topic as a number", RestAsNumber.class)
                        .reports(
                                "MQTT-014: parameter 2 of RestAsNumber#on(double, int, String): {rest#} does not convert to"
                                        + " int; use String"),
                WrongDeployment.of(
                                "asks for a variable of a wrong filter: only the filter is reported",
                                OfAWrongFilter.class)
                        .reports(
                                "MQTT-012: topic filter 'home/{room' on OfAWrongFilter#on(double, String): '{' at character 5"
                                        + " is never closed"),
                WrongDeployment.of("inherits a wrong observer", Inherited.class)
                        .reports(
                                "MQTT-013: parameter 2 of Base#on(double, String): topic filter 'home/+' has no {room}; write"
                                        + " {room} for one of its levels"));
    }
}
