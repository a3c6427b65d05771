package io.github.cdimqtt.internal.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.support.LogRecorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that an injected Mqtt rejects with a failed stage, without a broker. */
@Tag("container")
class MqttConnectionTest {

    /** An object that refers to itself. */
    public static class Endless {
        public Endless self = this;
    }

    @Dependent
    static class Default {
        @Inject
        Mqtt mqtt;

        void shared(@Observes @MqttTopic("$share/workers/jobs/#") String job) {}
    }

    @Dependent
    static class Plant {
        @Inject
        @MqttBroker("plant")
        Mqtt mqtt;
    }

    private static final Map<String, String> SETTINGS = Map.of(
            "mqtt.broker-url", "tcp://localhost:1", // no broker listens there
            "mqtt.connect-async", "true",
            "mqtt.plant.broker-url", "tcp://plant",
            "mqtt.plant.enabled", "false");

    private static LogRecorder log;
    private static TestContainer container;
    private static Mqtt neverUp;
    private static Mqtt off;

    @BeforeAll
    static void deploy() {
        log = LogRecorder.of("io.github.cdimqtt");
        container = TestContainer.start(SETTINGS, Default.class, Plant.class);
        neverUp = container.get(Default.class).mqtt;
        off = container.get(Plant.class).mqtt;
    }

    @AfterAll
    static void undeploy() {
        container.close();
        log.close();
    }

    private static Arguments refused(String description, Function<Mqtt, CompletionStage<?>> call, String message) {
        return arguments(description, call, message);
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                refused(
                        "publish to a filter",
                        mqtt -> mqtt.publish("a/+", "x"),
                        "topic 'a/+': '+' is for filters, no message can have it (character 2)"),
                refused(
                        "publish to nothing",
                        mqtt -> mqtt.publish("", "x"),
                        "topic '': it must have at least one character"),
                refused(
                        "publish half of a surrogate pair",
                        mqtt -> mqtt.publish("a", "\ud83c"),
                        "can't publish a java.lang.String to 'a': the text has half of a surrogate pair, which UTF-8 cannot"
                                + " express"),
                refused(
                        "publish without a connection",
                        mqtt -> mqtt.publish("a", "x"),
                        "not connected: a message of QoS 0 to 'a' is not kept; use QoS 1, or wait for MqttEvent.Connected"),
                refused(
                        "subscribe to no filter",
                        mqtt -> mqtt.subscribe("a/#/b"),
                        "topic filter 'a/#/b': '#' must be the last level"),
                refused(
                        "unsubscribe from no filter",
                        mqtt -> mqtt.unsubscribe("a#"),
                        "topic filter 'a#': '#' must be a whole level (character 1)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void invalidCall_failsItsStage(String description, Function<Mqtt, CompletionStage<?>> call, String message) {
        assertFails(call.apply(neverUp), message);
    }

    @Test
    void publish_ofACyclicObject_failsItsStage() {
        try (LogRecorder yasson = LogRecorder.of("org.eclipse.yasson")) {
            assertThat(neverUp.publish("a", new Endless()).toCompletableFuture())
                    .failsWithin(10, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(MqttException.class)
                    .withMessageStartingWith("can't publish a " + Endless.class.getName() + " to 'a': ");
            assertThat(yasson.lines()).isNotEmpty(); // it logs the failure, too
        }
    }

    @Test
    void nullArgument_isAnError() {
        assertThatThrownBy(() -> neverUp.publish(null, "x")).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> neverUp.publish("a", "x", null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> neverUp.subscribe(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> neverUp.subscribe("a", Qos.AT_MOST_ONCE, null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> neverUp.unsubscribe(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> neverUp.publish("a", "x", Qos.AT_MOST_ONCE, false, null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> neverUp.subscribe("a", Qos.AT_MOST_ONCE, null, null))
                .isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> neverUp.request("a", "x", null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> neverUp.reply(null, "x")).isInstanceOf(NullPointerException.class);
    }

    @Test
    void unopenedConnection_describesItself() {
        assertThat(neverUp.isConnected()).isFalse();
        assertThat(neverUp.subscriptions()).isEmpty();
        assertThat(neverUp.clientId()).startsWith("cdimqtt");
    }

    static Stream<Arguments> callsOfOneThatIsOff() {
        return Stream.<Arguments>of(
                refused("publish", mqtt -> mqtt.publish("a", "x", Qos.AT_LEAST_ONCE), ""),
                refused("subscribe", mqtt -> mqtt.subscribe("a"), ""),
                refused("subscribe with a consumer", mqtt -> mqtt.subscribe("a", Qos.AT_MOST_ONCE, message -> {}), ""),
                refused("unsubscribe", mqtt -> mqtt.unsubscribe("a"), ""),
                refused("unsubscribe everything", Mqtt::unsubscribeAll, ""),
                refused("request", mqtt -> mqtt.request("a", "x", String.class), ""),
                refused("reply", mqtt -> mqtt.reply(MqttMessage.of("a", "x"), "y"), ""),
                refused("reauthenticate", Mqtt::reauthenticate, ""),
                refused("connect", Mqtt::connect, ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("callsOfOneThatIsOff")
    void disabledConnection_failsEachCall(String description, Function<Mqtt, CompletionStage<?>> call, String unused) {
        assertFails(call.apply(off), "the connection 'plant' is switched off; set mqtt.plant.enabled=true");
    }

    @Test
    void subscribe_toAFilterThatASharedOneOverlaps_failsItsStage() {
        assertFails(
                neverUp.subscribe("jobs/1"),
                "'jobs/1' overlaps '$share/workers/jobs/#' on the connection 'default': each message would be handled"
                        + " twice; use a second @MqttBroker for one of them");
    }

    private static void assertFails(CompletionStage<?> stage, String message) {
        assertThat(stage.toCompletableFuture())
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(MqttException.class)
                .withMessage(message);
    }
}
