package io.github.cdimqtt.internal.deployment;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.PayloadConverter;
import io.github.cdimqtt.Unmatched;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Observers that no message can reach, or whose {@code onFailure} is not possible. */
final class WrongObservers {

    private WrongObservers() {}

    static class OfAnEvent {
        void on(@Observes @MqttTopic("status/#") MqttEvent.Connected connected) {}
    }

    static class OfAnyEvent {
        void on(@Observes @MqttTopic("status/#") MqttEvent event) {}
    }

    static class OfTheLog {
        void on(@Observes @Unmatched MqttLog line) {}
    }

    static class OfStartup {
        void on(@Observes @MqttTopic("status/#") Startup startup) {}
    }

    static class UnmatchedTopic {
        void on(@Observes @Unmatched @MqttTopic("status/#") MqttMessage message) {}
    }

    static class Redelivered {
        void on(@Observes @MqttTopic(value = "order/+", onFailure = OnFailure.REDELIVER) String order) {}
    }

    static class RedeliveredTwice {
        void on(
                @Observes
                        @MqttTopic(value = "order/+", onFailure = OnFailure.REDELIVER)
                        @MqttTopic(value = "offer/+", onFailure = OnFailure.REDELIVER)
                        String order) {}
    }

    static class RedeliveredByAll {
        void on(@Observes @Any @MqttTopic(value = "order/+", onFailure = OnFailure.REDELIVER) String order) {}
    }

    static class DeadLetter {
        void on(
                @Observes @MqttBroker("plant") @MqttTopic(value = "order/+", onFailure = OnFailure.DEAD_LETTER)
                        String order) {}
    }

    static class SharedOnce {
        void work(@Observes @MqttTopic("$share/workers/jobs/#") String job) {}

        void all(@Observes @MqttTopic("jobs/+") String job) {}

        void elsewhere(@Observes @MqttTopic("offers/+") String offer) {}
    }

    static class SharedTwice {
        void work(@Observes @MqttTopic("$share/workers/jobs/{id}") String job) {}

        void watch(@Observes @MqttTopic("$share/watchers/jobs/+") String job) {}

        void workToo(@Observes @MqttTopic("$share/workers/jobs/+") byte[] job) {}
    }

    static class OfAStream {
        void on(@Observes @MqttTopic("a") InputStream payload) {}
    }

    static class OfCode {
        void on(@ObservesAsync @MqttTopic("a") List<Runnable> payload) {}

        void maybe(@Observes @MqttTopic("a") Optional<Thread> payload) {}
    }

    @Dependent
    static class OfBytes implements PayloadConverter<byte[]> {
        @Override
        public boolean supports(Type type) {
            return type == byte[].class;
        }

        @Override
        public byte[] read(MqttMessage message, Type type) {
            return message.payload();
        }

        @Override
        public byte[] write(byte[] value) {
            return value;
        }
    }

    private static String noConverter(String location, String type) {
        return "MQTT-015: " + location + ": nothing converts a payload to " + type
                + ", not even JSON-B; observe another type, or add a PayloadConverter bean for it";
    }

    static Stream<WrongDeployment> rows() {
        return Stream.of(
                WrongDeployment.of("observes what JSON can't hold", OfAStream.class)
                        .reports(noConverter("OfAStream#on(InputStream)", "InputStream")),
                WrongDeployment.of("observes what holds what JSON can't hold", OfCode.class)
                        .reports(
                                noConverter("OfCode#maybe(Optional<Thread>)", "Optional<Thread>"),
                                noConverter("OfCode#on(List<Runnable>)", "List<Runnable>")),
                WrongDeployment.of("converts bytes", OfBytes.class)
                        .reports(
                                "MQTT-031: OfBytes: bytes and messages are never converted, so this PayloadConverter is never"
                                        + " asked; let it convert to a type of your own"),
                WrongDeployment.of("observes an event of the connection as a payload", OfAnEvent.class)
                        .reports(
                                "MQTT-021: OfAnEvent#on(Connected): no payload is of type Connected; remove @MqttTopic, or observe another type"),
                WrongDeployment.of("observes all events of the connection as a payload", OfAnyEvent.class)
                        .reports(
                                "MQTT-021: OfAnyEvent#on(MqttEvent): no payload is of type MqttEvent; remove @MqttTopic, or observe another type"),
                WrongDeployment.of("observes unmatched lines of the log", OfTheLog.class)
                        .reports(
                                "MQTT-021: OfTheLog#on(MqttLog): no payload is of type MqttLog; remove @Unmatched, or observe another type"),
                WrongDeployment.of("observes an event of the container as a payload", OfStartup.class)
                        .reports(
                                "MQTT-021: OfStartup#on(Startup): no payload is of type Startup; remove @MqttTopic, or observe another type"),
                WrongDeployment.of("observes what matches and matches not", UnmatchedTopic.class)
                        .reports(
                                "MQTT-021: UnmatchedTopic#on(MqttMessage): no message that is @Unmatched has an @MqttTopic;"
                                        + " remove one of the two"),
                WrongDeployment.of("wants redelivery without a kept session", Redelivered.class)
                        .reports(
                                "MQTT-018: Redelivered#on(String): onFailure = REDELIVER needs a session that the broker"
                                        + " keeps; set clean-session=false and a client-id for the connection 'default'"),
                WrongDeployment.of("wants redelivery without a kept session, on MQTT 5", Redelivered.class)
                        .with("mqtt.protocol-version", "5")
                        .reports(
                                "MQTT-018: Redelivered#on(String): onFailure = REDELIVER needs a session that the broker"
                                        + " keeps; set session-expiry for the connection 'default'"),
                WrongDeployment.of("wants redelivery for two topics: reported once", RedeliveredTwice.class)
                        .reports(
                                "MQTT-018: RedeliveredTwice#on(String): onFailure = REDELIVER needs a session that the broker"
                                        + " keeps; set clean-session=false and a client-id for the connection 'default'"),
                WrongDeployment.of(
                                "wants redelivery of every connection, and one keeps no session",
                                RedeliveredByAll.class)
                        .with("mqtt.clean-session", "false")
                        .with("mqtt.client-id", "one")
                        .with("mqtt.broker-url", "localhost")
                        .with("mqtt.plant.broker-url", "plant")
                        .reports(
                                "MQTT-018: RedeliveredByAll#on(String): onFailure = REDELIVER needs a session that the broker"
                                        + " keeps; set clean-session=false and a client-id for the connection 'plant'"),
                WrongDeployment.of("wants dead letters without a topic for them", DeadLetter.class)
                        .with("mqtt.dead-letter-topic", "of/another/connection")
                        .with("mqtt.plant.broker-url", "plant")
                        .reports(
                                "MQTT-019: DeadLetter#on(String): onFailure = DEAD_LETTER needs a place to send to; set"
                                        + " dead-letter-topic for the connection 'plant'"),
                WrongDeployment.of("shares a filter that overlaps another", SharedOnce.class)
                        .reports(
                                "MQTT-017: topic filters '$share/workers/jobs/#' on SharedOnce#work(String) and 'jobs/+' on"
                                        + " SharedOnce#all(String) overlap: on one connection, 'default', each message would be"
                                        + " handled twice; put one of them on a second connection with @MqttBroker"),
                WrongDeployment.of("shares a filter in two groups", SharedTwice.class)
                        .reports("MQTT-017: topic filters '$share/watchers/jobs/+' on SharedTwice#watch(String) and"
                                + " '$share/workers/jobs/+' on SharedTwice#workToo(byte[]) overlap: on one connection,"
                                + " 'default', each message would be handled twice; put one of them on a second connection"
                                + " with @MqttBroker"));
    }
}
