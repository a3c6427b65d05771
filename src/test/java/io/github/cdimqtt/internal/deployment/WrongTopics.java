package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.util.stream.Stream;

/** Invalid topic filters. */
final class WrongTopics {

    private WrongTopics() {}

    static class Empty {
        void on(@Observes @MqttTopic("") MqttMessage message) {}
    }

    static class HashNotLast {
        void on(@Observes @MqttTopic("a/#/b") MqttMessage message) {}
    }

    static class HashInALevel {
        void on(@Observes @MqttTopic("a/b#") MqttMessage message) {}
    }

    static class PlusInALevel {
        void on(@ObservesAsync @MqttTopic("a+/b") MqttMessage message) {}
    }

    static class Nul {
        void on(@Observes @MqttTopic("a\u0000b") MqttMessage message) {}
    }

    static class Control {
        void on(@Observes @MqttTopic("a/{b}/\u0007") MqttMessage message) {}
    }

    static class HalfSurrogate {
        void on(@Observes @MqttTopic("a/\ud83d") MqttMessage message) {}
    }

    static class NoGroup {
        void on(@Observes @MqttTopic("$share//a") MqttMessage message) {}
    }

    static class NoFilter {
        void on(@Observes @MqttTopic("$share/group") MqttMessage message) {}
    }

    static class WildcardGroup {
        void on(@Observes @MqttTopic("$share/gr+up/a") MqttMessage message) {}
    }

    static class NameInGroup {
        void on(@Observes @MqttTopic("$share/{group}/a") MqttMessage message) {}
    }

    static class NeverClosed {
        void on(@Observes @MqttTopic("home/{room/temp") double celsius) {}
    }

    static class NeverOpened {
        void on(@Observes @MqttTopic("home/room}/temp") double celsius) {}
    }

    static class NotAWholeLevel {
        void on(@Observes @MqttTopic("home/room-{room}/temp") double celsius) {}
    }

    static class NoName {
        void on(@Observes @MqttTopic("home/{}/temp") double celsius) {}
    }

    static class NoIdentifier {
        void on(@Observes @MqttTopic("home/{room no}/temp") double celsius) {}
    }

    static class NameTwice {
        void on(@Observes @MqttTopic("{a}/{b}/{a}") double celsius) {}
    }

    static class RestNotLast {
        void on(@Observes @MqttTopic("home/{rest#}/temp") double celsius) {}
    }

    static class OneOfThree {
        void on(@Observes @MqttTopic("a") @MqttTopic("b/#/c") @MqttTopic("d/{x}") double celsius) {}
    }

    static class NoValue {
        void on(@Observes @MqttTopic("${plant.root}/{line}/temp") double celsius, @TopicParam("line") String line) {}
    }

    static class NeverEnds {
        void on(@Observes @MqttTopic("a/${plant.root/b") double celsius) {}
    }

    static class NoKey {
        void on(@Observes @MqttTopic("a/${}") double celsius) {}
    }

    static class WrongWhenResolved {
        void on(@Observes @MqttTopic("${plant.root:a/#}/b") double celsius) {}
    }

    static Stream<WrongDeployment> rows() {
        return Stream.of(
                WrongDeployment.of("has an empty filter", Empty.class)
                        .reports(
                                "MQTT-012: topic filter '' on Empty#on(MqttMessage): it must have at least one character"),
                WrongDeployment.of("has # before the last level", HashNotLast.class)
                        .reports(
                                "MQTT-012: topic filter 'a/#/b' on HashNotLast#on(MqttMessage): '#' must be the last level"),
                WrongDeployment.of("has # within a level", HashInALevel.class)
                        .reports(
                                "MQTT-012: topic filter 'a/b#' on HashInALevel#on(MqttMessage): '#' must be a whole level"
                                        + " (character 3)"),
                WrongDeployment.of("has + within a level", PlusInALevel.class)
                        .reports(
                                "MQTT-012: topic filter 'a+/b' on PlusInALevel#on(MqttMessage): '+' must be a whole level"
                                        + " (character 1)"),
                WrongDeployment.of("has U+0000", Nul.class)
                        .reports("MQTT-012: topic filter 'a\\u0000b' on Nul#on(MqttMessage): U+0000 is not allowed"
                                + " (character 1)"),
                WrongDeployment.of("has half a surrogate pair", HalfSurrogate.class)
                        .reports(
                                "MQTT-012: topic filter 'a/\\ud83d' on HalfSurrogate#on(MqttMessage): half of a surrogate"
                                        + " pair is not allowed (character 2)"),
                WrongDeployment.of("has a control character", Control.class)
                        .reports(
                                "MQTT-012: topic filter 'a/{b}/\\u0007' on Control#on(MqttMessage): brokers may close the"
                                        + " connection because of U+0007, a control character (character 6)"),
                WrongDeployment.of("has an empty share group", NoGroup.class)
                        .reports(
                                "MQTT-012: topic filter '$share//a' on NoGroup#on(MqttMessage): the share group is empty"),
                WrongDeployment.of("shares nothing", NoFilter.class)
                        .reports(
                                "MQTT-012: topic filter '$share/group' on NoFilter#on(MqttMessage): no filter follows the"
                                        + " share group"),
                WrongDeployment.of("has a wildcard in the share group", WildcardGroup.class)
                        .reports("MQTT-012: topic filter '$share/gr+up/a' on WildcardGroup#on(MqttMessage): '+' is not"
                                + " allowed in the share group (character 9)"),
                WrongDeployment.of("has a name in the share group", NameInGroup.class)
                        .reports("MQTT-012: topic filter '$share/{group}/a' on NameInGroup#on(MqttMessage): '{' is not"
                                + " allowed in the share group (character 7)"),
                WrongDeployment.of("has a { that is never closed", NeverClosed.class)
                        .reports(
                                "MQTT-012: topic filter 'home/{room/temp' on NeverClosed#on(double): '{' at character 5 is"
                                        + " never closed"),
                WrongDeployment.of("has a } that was never opened", NeverOpened.class)
                        .reports(
                                "MQTT-012: topic filter 'home/room}/temp' on NeverOpened#on(double): '}' at character 9"
                                        + " without a '{' before it"),
                WrongDeployment.of("has a name in a part of a level", NotAWholeLevel.class)
                        .reports(
                                "MQTT-012: topic filter 'home/room-{room}/temp' on NotAWholeLevel#on(double): '{room}' must"
                                        + " be a whole level (character 10)"),
                WrongDeployment.of("has braces without a name", NoName.class)
                        .reports(
                                "MQTT-012: topic filter 'home/{}/temp' on NoName#on(double): '{}' at character 5 has no name"),
                WrongDeployment.of("has a name that is no identifier", NoIdentifier.class)
                        .reports(
                                "MQTT-012: topic filter 'home/{room no}/temp' on NoIdentifier#on(double): 'room no' is no"
                                        + " Java identifier (character 6)"),
                WrongDeployment.of("has a name twice", NameTwice.class)
                        .reports(
                                "MQTT-012: topic filter '{a}/{b}/{a}' on NameTwice#on(double): the name 'a' occurs twice"),
                WrongDeployment.of("has {name#} before the last level", RestNotLast.class)
                        .reports(
                                "MQTT-012: topic filter 'home/{rest#}/temp' on RestNotLast#on(double): '{rest#}' must be the"
                                        + " last level"),
                WrongDeployment.of("has one wrong filter among three", OneOfThree.class)
                        .reports("MQTT-012: topic filter 'b/#/c' on OneOfThree#on(double): '#' must be the last level"),
                WrongDeployment.of("has a ${key} without a value, and nothing that follows from it", NoValue.class)
                        .reports(
                                "MQTT-004: topic filter '${plant.root}/{line}/temp' on NoValue#on(double, String):"
                                        + " ${plant.root} has no value; set plant.root or write ${plant.root:default}; write \\${ where no expression is meant"),
                WrongDeployment.of("has a ${key that does not end", NeverEnds.class)
                        .reports(
                                "MQTT-004: topic filter 'a/${plant.root/b' on NeverEnds#on(double): an expression has no"
                                        + " closing brace; write \\${ where no expression is meant"),
                WrongDeployment.of("has a ${} without a key", NoKey.class)
                        .reports(
                                "MQTT-004: topic filter 'a/${}' on NoKey#on(double): ${} has no key; write \\${ where no expression is meant"),
                WrongDeployment.of("has a filter that is wrong when it is resolved", WrongWhenResolved.class)
                        .reports(
                                "MQTT-012: topic filter 'a/#/b' on WrongWhenResolved#on(double): '#' must be the last level"));
    }
}
