package io.github.cdimqtt.internal.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.support.LogRecorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.Dependent;
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

/** Calls that need MQTT 5, on a connection of it and on another, without a broker. */
@Tag("container")
class Mqtt5CallsTest {

    @Dependent
    static class Four {
        @Inject
        Mqtt mqtt;
    }

    @Dependent
    static class Five {
        @Inject
        @MqttBroker("five")
        Mqtt mqtt;
    }

    private static final Map<String, String> SETTINGS = Map.of(
            "mqtt.broker-url", "tcp://localhost:1", // no broker listens there
            "mqtt.connect-async", "true",
            "mqtt.five.broker-url", "tcp://localhost:1",
            "mqtt.five.connect-async", "true",
            "mqtt.five.protocol-version", "5",
            "mqtt.five.request-timeout", "100ms");

    private static LogRecorder log;
    private static TestContainer container;
    private static Mqtt four;
    private static Mqtt five;

    @BeforeAll
    static void deploy() {
        log = LogRecorder.of("io.github.cdimqtt");
        container = TestContainer.start(SETTINGS, Four.class, Five.class);
        four = container.get(Four.class).mqtt;
        five = container.get(Five.class).mqtt;
    }

    @AfterAll
    static void undeploy() {
        container.close();
        log.close();
    }

    static Stream<Function<Mqtt, CompletionStage<?>>> requests() {
        return Stream.of(
                mqtt -> mqtt.request("ask", "x", Qos.AT_LEAST_ONCE, MqttProperties.NONE),
                mqtt -> mqtt.request("ask", "x", Integer.class));
    }

    /** Not wrapped, as that of publish: applications tell failures by their class. */
    @ParameterizedTest
    @MethodSource("requests")
    void request_thatNobodyAnswers_failsWithTheMqttExceptionItself(Function<Mqtt, CompletionStage<?>> request)
            throws Exception {
        assertThat(request.apply(five)
                        .handle((answer, failure) -> (Object) failure)
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS))
                .isInstanceOf(MqttException.class);
    }

    private static Arguments refused(String description, Function<Mqtt, CompletionStage<?>> call, String message) {
        return arguments(description, call, message);
    }

    static Stream<Arguments> callsOfMqtt5() {
        String needed = " needs MQTT 5: set mqtt.protocol-version=5";
        MqttProperties properties = MqttProperties.builder().text(true).build();
        return Stream.of(
                refused(
                        "publish with properties",
                        mqtt -> mqtt.publish("a", "x", Qos.AT_LEAST_ONCE, false, properties),
                        "publish with properties" + needed),
                refused(
                        "subscribe without retained messages",
                        mqtt -> mqtt.subscribe("a", Qos.AT_MOST_ONCE, Retained.SKIP, null),
                        "subscribe with Retained.SKIP" + needed),
                refused(
                        "subscribe with new retained messages and a consumer",
                        mqtt -> mqtt.subscribe("a", Qos.AT_MOST_ONCE, Retained.SEND_IF_NEW, message -> {}),
                        "subscribe with Retained.SEND_IF_NEW" + needed),
                refused("request", mqtt -> mqtt.request("a", "x", String.class), "request" + needed),
                refused("reauthenticate", Mqtt::reauthenticate, "reauthenticate" + needed),
                refused(
                        "reply",
                        mqtt -> mqtt.reply(MqttMessage.of("ask", "x"), "y"),
                        "the message of 'ask' can't be answered: one of MQTT 3.1.1 has no response topic; set"
                                + " mqtt.protocol-version=5"),
                refused(
                        "reply to a message of another connection",
                        mqtt -> mqtt.reply(
                                MqttMessage.builder()
                                        .topic("ask")
                                        .broker("five")
                                        .build(),
                                "y"),
                        "the message of 'ask' came on the connection 'five', not on 'default'; reply on that one"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("callsOfMqtt5")
    void callThatNeedsMqtt5_onMqtt311_failsItsStage(
            String description, Function<Mqtt, CompletionStage<?>> call, String message) {
        assertFails(call.apply(four), message);
    }

    @Test
    void callWithNothingOfMqtt5_onMqtt311_isOneOfMqtt311() {
        MqttProperties none = MqttProperties.builder().text(true).text(false).build();
        assertFails(
                four.publish("a", "x", Qos.AT_MOST_ONCE, false, none),
                "not connected: a message of QoS 0 to 'a' is not kept; use QoS 1, or wait for MqttEvent.Connected");
        assertThat(four.subscribe("c", Qos.AT_MOST_ONCE, Retained.SEND, null).toCompletableFuture())
                .isNotDone();
    }

    static Stream<Arguments> wrongCallsOfMqtt5() {
        MqttMessage request = MqttMessage.builder().topic("ask").broker("five").build();
        MqttProperties properties =
                MqttProperties.builder().responseTopic("answer").build();
        return Stream.of(
                refused(
                        "reply to a message that asks nothing",
                        mqtt -> mqtt.reply(request, "y"),
                        "the message of 'ask' asks for no reply: it has no response topic"),
                refused(
                        "reply to a filter",
                        mqtt -> mqtt.reply(answeredAt(request, "a/+"), "y"),
                        "the message of 'ask' can't be answered at its response topic 'a/+': '+' is for filters, no"
                                + " message can have it (character 2); its sender must set another"),
                refused(
                        "reply to nowhere",
                        mqtt -> mqtt.reply(answeredAt(request, ""), "y"),
                        "the message of 'ask' can't be answered at its response topic '': it must have at least one"
                                + " character; its sender must set another"),
                refused(
                        "reply to a message of another connection",
                        mqtt -> mqtt.reply(
                                request.toBuilder()
                                        .broker("plant")
                                        .properties(properties)
                                        .build(),
                                "y"),
                        "the message of 'ask' came on the connection 'plant', not on 'five'; reply on that one"),
                refused(
                        "request that says where its answer goes",
                        mqtt -> mqtt.request("ask", "x", Qos.AT_LEAST_ONCE, properties),
                        "request sets the response topic and the correlation data itself: leave them out, or use publish"
                                + " and subscribe to the response topic"),
                refused(
                        "request with correlation data",
                        mqtt -> mqtt.request(
                                "ask",
                                "x",
                                Qos.AT_LEAST_ONCE,
                                MqttProperties.builder()
                                        .correlationData(new byte[] {1})
                                        .build()),
                        "request sets the response topic and the correlation data itself: leave them out, or use publish"
                                + " and subscribe to the response topic"),
                refused(
                        "request to a filter",
                        mqtt -> mqtt.request("a/#", "x", String.class),
                        "topic 'a/#': '#' is for filters, no message can have it (character 2)"));
    }

    /** Returns a message whose sender has set a response topic that none may set. */
    private static MqttMessage answeredAt(MqttMessage request, String responseTopic) {
        return request.toBuilder()
                .properties(MqttProperties.receivedBuilder()
                        .responseTopic(responseTopic)
                        .build())
                .build();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongCallsOfMqtt5")
    void wrongCallOfMqtt5_failsItsStage(String description, Function<Mqtt, CompletionStage<?>> call, String message) {
        assertFails(call.apply(five), message);
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
