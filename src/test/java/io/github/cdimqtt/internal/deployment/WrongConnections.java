package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.stream.Stream;

/** Names of connections that do not exist, and several faults in one deployment. */
final class WrongConnections {

    private WrongConnections() {}

    @Dependent
    static class OnMessage {
        void on(@Observes @MqttBroker("plant") @MqttTopic("a") String text) {}
    }

    @Dependent
    static class OnField {
        @Inject
        @MqttBroker("plant")
        Mqtt mqtt;

        @Inject
        Mqtt fine;
    }

    @Dependent
    static class OnInstance {
        @Inject
        @MqttBroker("plant")
        Instance<Mqtt> mqtt;

        @Inject
        @MqttBroker("hut")
        Event<MqttMessage> messages;
    }

    @Dependent
    static class OnParameters {
        void on(@Observes @MqttTopic("a") String text, @MqttBroker("plant") Mqtt mqtt) {}

        void other(@Observes Startup startup, @MqttBroker("plant") Mqtt mqtt) {}
    }

    @Dependent
    static class OnEvent {
        void on(@ObservesAsync @MqttBroker("plant") MqttEvent.Connected connected) {}
    }

    @Dependent
    static class Reserved {
        @Inject
        @MqttBroker("tls")
        Mqtt mqtt;
    }

    @Dependent
    static class Nameless {
        void on(@Observes @MqttBroker("") MqttMessage message) {}
    }

    @Dependent
    static class Produced {
        @Produces
        @MqttBroker("hut")
        MqttConfig hut() {
            return MqttConfig.builder().enabled(false).build();
        }

        void fine(@Observes @MqttBroker("hut") @MqttTopic("a") String text) {}

        void wrong(@Observes @MqttBroker("hat") @MqttTopic("a") String text) {}
    }

    @Dependent
    static class ProducedTwice {
        @Produces
        @MqttBroker("hut")
        MqttConfig again() {
            return MqttConfig.builder().enabled(false).build();
        }

        @Produces
        @MqttBroker("hut")
        MqttCredentials credentials() {
            return new Twice();
        }
    }

    @Dependent
    @MqttBroker("hut")
    static class Twice implements MqttCredentials {
        @Override
        public String username() {
            return "anna";
        }

        @Override
        public String password() {
            return "secret";
        }
    }

    @Dependent
    static class ThreeFaults {
        void fine(@Observes @MqttTopic("fine/{x}") int number, @TopicParam("x") long x, MqttMessage message) {}

        void filter(@Observes @MqttTopic("a/#/b") String text) {}

        void variable(@Observes @MqttTopic("a/{b}") String text, @TopicParam("c") String c) {}

        void broker(@Observes @MqttBroker("plant") @MqttTopic("a") String text) {}
    }

    private static final String UNKNOWN =
            ": there is no connection 'plant'; set mqtt.plant.broker-url, or produce an MqttConfig with"
                    + " @MqttBroker(\"plant\")";

    private static String ambiguous(String type, String classes) {
        return "MQTT-024: the connection 'hut' has more than one " + type + " bean, in " + classes
                + "; remove all but one, or make the one that counts an @Alternative with a @Priority";
    }

    static Stream<WrongDeployment> rows() {
        return Stream.of(
                WrongDeployment.of("observes messages of an unknown connection", OnMessage.class)
                        .reports("MQTT-010: OnMessage#on(String)" + UNKNOWN),
                WrongDeployment.of("injects an unknown connection", OnField.class)
                        .reports("MQTT-010: OnField#mqtt" + UNKNOWN),
                WrongDeployment.of("injects two unknown connections, one behind an Instance", OnInstance.class)
                        .reports(
                                "MQTT-010: OnInstance#messages: there is no connection 'hut'; set mqtt.hut.broker-url, or"
                                        + " produce an MqttConfig with @MqttBroker(\"hut\")",
                                "MQTT-010: OnInstance#mqtt" + UNKNOWN),
                WrongDeployment.of("injects an unknown connection into observers", OnParameters.class)
                        .reports(
                                "MQTT-010: parameter 2 of OnParameters#on(String, Mqtt)" + UNKNOWN,
                                "MQTT-010: parameter 2 of OnParameters#other(Startup, Mqtt)" + UNKNOWN),
                WrongDeployment.of("observes events of an unknown connection", OnEvent.class)
                        .reports("MQTT-010: OnEvent#on(Connected)" + UNKNOWN),
                WrongDeployment.of("has a connection of a reserved name", Reserved.class)
                        .reports(
                                "MQTT-005: Reserved#mqtt: a connection can't have the name 'tls', as mqtt.tls.* are keys of"
                                        + " the default connection; choose another"),
                WrongDeployment.of("has a connection without a name", Nameless.class)
                        .reports("MQTT-005: Nameless#on(MqttMessage): a connection needs a name; write one"),
                WrongDeployment.of("mistakes the name of a connection that a bean configures", Produced.class)
                        .reports(
                                "MQTT-010: Produced#wrong(String): there is no connection 'hat'; set mqtt.hat.broker-url, or"
                                        + " produce an MqttConfig with @MqttBroker(\"hat\")"),
                WrongDeployment.of("has two beans for one connection", Produced.class, ProducedTwice.class, Twice.class)
                        .with("mqtt.hat.broker-url", "tcp://localhost")
                        .reports(
                                ambiguous("MqttConfig", "Produced, ProducedTwice"),
                                ambiguous("MqttCredentials", "ProducedTwice, Twice")));
    }

    /** What is wrong in the code and in the configuration is reported together, where both are known. */
    static Stream<WrongDeployment> together() {
        return Stream.of(WrongDeployment.of("has three faults", ThreeFaults.class)
                .reports(
                        "MQTT-010: ThreeFaults#broker(String)" + UNKNOWN,
                        "MQTT-012: topic filter 'a/#/b' on ThreeFaults#filter(String): '#' must be the last level",
                        "MQTT-013: parameter 2 of ThreeFaults#variable(String, String): topic filter 'a/{b}' has no"
                                + " {c}, but {b}; write {c} for one of its levels"));
    }
}
