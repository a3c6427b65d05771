package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttAuthentication;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Retained;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.stream.Stream;

/** What needs MQTT 5 on a connection of another version. */
final class WrongVersions {

    private WrongVersions() {}

    @Dependent
    static class OnlyNew {
        void skip(@Observes @MqttTopic(value = "a", retained = Retained.SKIP) String text) {}

        void once(
                @Observes
                        @MqttTopic(value = "b", retained = Retained.SEND_IF_NEW)
                        @MqttTopic(value = "c", retained = Retained.SEND)
                        String text) {}
    }

    @Dependent
    static class OfPlant {
        void on(@Observes @MqttBroker("plant") @MqttTopic(value = "a", retained = Retained.SKIP) String text) {}
    }

    abstract static class Proof implements MqttAuthentication {
        @Override
        public String method() {
            return "PROOF";
        }

        @Override
        public byte[] begin() {
            return null;
        }

        @Override
        public byte[] answer(byte[] challenge) {
            return challenge;
        }
    }

    @Dependent
    static class Proves extends Proof {
        @Inject
        Mqtt mqtt;
    }

    @Dependent
    @MqttBroker("plant")
    static class ProvesToo extends Proof {}

    @Dependent
    @MqttBroker("plant")
    static class ProvesTwice extends Proof {}

    private static final String NEEDED = "needs MQTT 5; set protocol-version=5 for the connection ";
    private static final String OR_ASK = ", or remove it and ask MqttMessage.retained()";

    static Stream<WrongDeployment> rows() {
        return Stream.of(
                WrongDeployment.of("chooses retained messages", OnlyNew.class)
                        .with("mqtt.broker-url", "localhost")
                        .reports(
                                "MQTT-034: OnlyNew#once(String): retained = SEND_IF_NEW " + NEEDED + "'default'"
                                        + OR_ASK,
                                "MQTT-034: OnlyNew#skip(String): retained = SKIP " + NEEDED + "'default'" + OR_ASK),
                WrongDeployment.of("chooses retained messages of a connection of MQTT 3.1", OfPlant.class)
                        .with("mqtt.protocol-version", "5")
                        .with("mqtt.plant.broker-url", "plant")
                        .with("mqtt.plant.protocol-version", "3.1")
                        .reports("MQTT-034: OfPlant#on(String): retained = SKIP " + NEEDED + "'plant'" + OR_ASK),
                WrongDeployment.of("proves who it is", Proves.class)
                        .reports("MQTT-035: Proves: an MqttAuthentication bean " + NEEDED
                                + "'default', or remove the bean"),
                WrongDeployment.of("sets a key of MQTT 5, and does more of it", ProvesToo.class, OfPlant.class)
                        .with("mqtt.plant.broker-url", "plant")
                        .with("mqtt.plant.session-expiry", "never")
                        .reports("MQTT-002: mqtt.plant.session-expiry: needs protocol-version=5; set that, or remove"
                                + " session-expiry"),
                WrongDeployment.of(
                                "proves who it is on a named connection, and chooses", ProvesToo.class, OfPlant.class)
                        .with("mqtt.plant.broker-url", "plant")
                        .reports(
                                "MQTT-034: OfPlant#on(String): retained = SKIP " + NEEDED + "'plant'" + OR_ASK,
                                "MQTT-035: ProvesToo: an MqttAuthentication bean " + NEEDED
                                        + "'plant', or remove the bean"),
                WrongDeployment.of("proves who it is twice", ProvesToo.class, ProvesTwice.class)
                        .with("mqtt.plant.broker-url", "plant")
                        .with("mqtt.plant.protocol-version", "5")
                        .reports(
                                "MQTT-024: the connection 'plant' has more than one MqttAuthentication bean, in ProvesToo,"
                                        + " ProvesTwice; remove all but one, or make the one that counts an @Alternative with a"
                                        + " @Priority"));
    }
}
