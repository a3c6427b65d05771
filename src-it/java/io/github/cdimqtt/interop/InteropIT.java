package io.github.cdimqtt.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cdimqtt.broker.SharedBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Messages of MQTT 5 between cdi-mqtt and each client that shares no code with it, both ways, with every property; and requests.
 * {@link OtherClientsIT} shows the same of the clients among themselves.
 */
@Timeout(60)
@ExtendWith({QuietLog.class, SharedBroker.class})
class InteropIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final String name = UUID.randomUUID().toString();

    private static TestContainer start(TestBroker broker) {
        TestContainer container = TestContainer.start(
                Map.of(
                        "mqtt.broker-url", broker.url(),
                        "mqtt.protocol-version", "5",
                        "mqtt.library", "direct"),
                CdiMqttApplication.class);
        await().atMost(SOON).until(container.get(CdiMqttApplication.class)::isReady);
        return container;
    }

    private static void assertUnaltered(TestMessage sent, TestMessage received) {
        assertThat(received.withoutExpiry()).isEqualTo(sent.withoutExpiry());
        assertThat(received.expiry()).isBetween(sent.expiry() - SOON.toSeconds(), sent.expiry());
    }

    @ParameterizedTest
    @EnumSource
    void everyProperty_ofAnotherClient_reachesTheObserverUnaltered(OtherClients sender, TestBroker broker) {
        try (OtherClient from = sender.connect(broker);
                TestContainer container = start(broker)) {
            CdiMqttApplication application = container.get(CdiMqttApplication.class);
            for (int qos = 0; qos <= 2; qos++) {
                int count = qos + 1;
                TestMessage sent = TestMessage.withEverything(CdiMqttApplication.RECORDED + name, qos);
                from.publish(sent);
                await().atMost(SOON).until(() -> application.recorded().size() == count);
                assertUnaltered(sent, application.recorded().get(qos));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyProperty_ofOurs_reachesAnotherClientUnaltered(OtherClients receiver, TestBroker broker) {
        try (OtherClient to = receiver.connect(broker);
                TestContainer container = start(broker)) {
            to.subscribe(name);
            for (int qos = 0; qos <= 2; qos++) {
                int count = qos + 1;
                TestMessage sent = TestMessage.withEverything(name, qos);
                assertThat(container.get(CdiMqttApplication.class).publish(sent))
                        .succeedsWithin(SOON);
                await().atMost(SOON).until(() -> to.received().size() == count);
                assertUnaltered(sent, to.received().get(qos));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void messageWithoutProperties_getsNone_eitherWay(OtherClients other, TestBroker broker) {
        try (OtherClient client = other.connect(broker);
                TestContainer container = start(broker)) {
            CdiMqttApplication application = container.get(CdiMqttApplication.class);
            client.subscribe(name);
            TestMessage ours = TestMessage.plain(name, "x", 1);
            TestMessage theirs = TestMessage.plain(CdiMqttApplication.RECORDED + name, "y", 1);
            assertThat(application.publish(ours)).succeedsWithin(SOON);
            client.publish(theirs);
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(client.received()).containsExactly(ours);
                assertThat(application.recorded()).containsExactly(theirs);
            });
        }
    }

    /** Not by {@code mosquitto_pub}, which takes no correlation data with a null byte. */
    @ParameterizedTest
    @EnumSource(names = {"HIVEMQ", "MQTT_JS"})
    void requestOfOurs_isAnsweredByAnotherClient(OtherClients responder, TestBroker broker) {
        try (OtherClient client = responder.connect(broker);
                TestContainer container = start(broker)) {
            client.subscribe(name);
            CompletionStage<String> answer =
                    container.get(CdiMqttApplication.class).ask(name, "1 + 2");
            await().atMost(SOON).until(() -> client.received().size() == 1);
            client.publish(client.received().get(0).answer("3"));
            assertThat(answer).succeedsWithin(SOON).isEqualTo("3");
        }
    }

    @Test
    void requestOfMosquittoRr_isAnsweredByTheObserver(TestBroker broker) {
        assumeTrue(MosquittoClients.areInstalled(), "mosquitto_rr is not installed");
        try (TestContainer container = start(broker)) {
            List<Process> asking = List.of("1 + 2", "3 + 4", "5 + 6").stream()
                    .map(sum -> new MosquittoClients(broker)
                            .ask(CdiMqttApplication.ANSWERED + name, name + "/" + sum.charAt(0), sum))
                    .toList();
            assertThat(asking)
                    .extracting(MosquittoClients::end)
                    .containsExactly("the sum of 1 + 2", "the sum of 3 + 4", "the sum of 5 + 6");
            assertThat(container.get(CdiMqttApplication.class).recorded()).isEmpty();
        }
    }
}
