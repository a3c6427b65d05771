package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.testing.MqttTestBroker;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.stream.Stream;

/** Topic variables and messages injected outside of observers of messages, and brokers of tests where there are none. */
final class WrongInjections {

    private WrongInjections() {}

    @Dependent
    static class VariableInConstructor {
        @Inject
        VariableInConstructor(@TopicParam("room") String room) {}
    }

    @Dependent
    static class VariableInInitializer {
        @Inject
        void set(BeanManager beans, @TopicParam("n") int n) {}
    }

    @Dependent
    static class VariableInProducer {
        @Produces
        StringBuilder make(@TopicParam("room") String room) {
            return new StringBuilder(room);
        }

        void end(@Disposes StringBuilder made, @TopicParam("room") String room) {}
    }

    @Dependent
    static class VariableInStartup {
        void on(@Observes Startup startup, @TopicParam("room") String room) {}
    }

    @Dependent
    static class VariableInEvent {
        void on(@Observes MqttEvent.Connected connected, @TopicParam("room") String room, MqttMessage message) {}
    }

    @Dependent
    static class VariableInObjects {
        void on(@Observes Object event, @TopicParam("room") String room) {}
    }

    @Dependent
    static class MessageInField {
        @Inject
        MqttMessage message;
    }

    @Dependent
    static class MessageInConstructor {
        @Inject
        MessageInConstructor(MqttMessage message) {}
    }

    @Dependent
    static class MessageInStartup {
        void on(@Observes Startup startup, MqttMessage message) {}
    }

    @Dependent
    static class TestBrokerElsewhere {
        @Inject
        MqttTestBroker broker;

        @Inject
        Instance<MqttTestBroker> later;

        @Inject
        @MqttBroker("cloud")
        MqttTestBroker cloud;

        @Inject
        @MqttBroker("memory")
        MqttTestBroker memory;
    }

    private static final String ELSEWHERE =
            " goes to %s, and an MqttTestBroker is inside this JVM; set %s.broker-url=memory:NAME for the tests";
    private static final String VARIABLE = ": @TopicParam has a value only in an observer of messages; move it to one";
    private static final String MESSAGE =
            ": an MqttMessage can be injected only into an observer of messages; observe it instead";

    static Stream<WrongDeployment> rows() {
        return Stream.of(
                WrongDeployment.of("injects a variable into a constructor", VariableInConstructor.class)
                        .reports("MQTT-016: parameter 1 of VariableInConstructor(String)" + VARIABLE),
                WrongDeployment.of("injects a variable into an initializer", VariableInInitializer.class)
                        .reports("MQTT-016: parameter 2 of VariableInInitializer#set(BeanManager, int)" + VARIABLE),
                WrongDeployment.of("injects a variable into a producer and a disposer", VariableInProducer.class)
                        .reports(
                                "MQTT-016: parameter 1 of VariableInProducer#make(String)" + VARIABLE,
                                "MQTT-016: parameter 2 of VariableInProducer#end(StringBuilder, String)" + VARIABLE),
                WrongDeployment.of(
                                "injects a variable into an observer of the container's events",
                                VariableInStartup.class)
                        .reports("MQTT-016: parameter 2 of VariableInStartup#on(Startup, String)" + VARIABLE),
                WrongDeployment.of("injects both into an observer of the connection's events", VariableInEvent.class)
                        .reports(
                                "MQTT-016: parameter 2 of VariableInEvent#on(Connected, String, MqttMessage)"
                                        + VARIABLE,
                                "MQTT-016: parameter 3 of VariableInEvent#on(Connected, String, MqttMessage)"
                                        + MESSAGE),
                WrongDeployment.of("injects a variable into an observer of everything", VariableInObjects.class)
                        .reports("MQTT-016: parameter 2 of VariableInObjects#on(Object, String)" + VARIABLE),
                WrongDeployment.of("injects a message into a field", MessageInField.class)
                        .reports("MQTT-016: MessageInField#message" + MESSAGE),
                WrongDeployment.of("injects a message into a constructor", MessageInConstructor.class)
                        .reports("MQTT-016: parameter 1 of MessageInConstructor(MqttMessage)" + MESSAGE),
                WrongDeployment.of(
                                "injects a message into an observer of the container's events", MessageInStartup.class)
                        .reports("MQTT-016: parameter 2 of MessageInStartup#on(Startup, MqttMessage)" + MESSAGE),
                WrongDeployment.of(
                                "injects a broker of tests whose connection goes elsewhere", TestBrokerElsewhere.class)
                        .with("mqtt.broker-url", "tcp://a,tcp://b")
                        .with("mqtt.cloud.broker-url", "ssl://c")
                        .with("mqtt.memory.broker-url", "memory:d")
                        .reports(
                                "MQTT-036: TestBrokerElsewhere#broker: the connection 'default'"
                                        + ELSEWHERE.formatted("tcp://a:1883, tcp://b:1883", "mqtt"),
                                "MQTT-036: TestBrokerElsewhere#cloud: the connection 'cloud'"
                                        + ELSEWHERE.formatted("ssl://c:8883", "mqtt.cloud"),
                                "MQTT-036: TestBrokerElsewhere#later: the connection 'default'"
                                        + ELSEWHERE.formatted("tcp://a:1883, tcp://b:1883", "mqtt")));
    }
}
