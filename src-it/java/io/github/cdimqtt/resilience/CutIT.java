package io.github.cdimqtt.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.ArtemisBroker;
import io.github.cdimqtt.broker.Packet;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.Proxy.Direction;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.TestContainer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The connection is cut in the middle of a packet, and the session is kept: no message is lost, a message of QoS 2 arrives once
 * (or as often as the broker sends it: see {@link Releases}), and the connection is opened again by itself.
 */
@Tag("slow")
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CutIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CUTS = 3;
    private static final int MESSAGES_IN_A_ROUND = 5;
    private static final int ROUNDS_AFTER_THE_LAST_CUT = 2;
    private static final int MOST_ROUNDS = 100;

    private final TestBroker broker = TestBroker.launch();
    private final List<CompletionStage<?>> unsure = new ArrayList<>();
    private final List<CompletionStage<MqttEvent.Published>> sure = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();

    @AfterAll
    void close() {
        broker.close();
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECT, UP",
        "CONNACK, DOWN",
        "SUBSCRIBE, UP",
        "SUBACK, DOWN",
        "UNSUBSCRIBE, UP",
        "UNSUBACK, DOWN",
        "PUBLISH_QOS_0, UP",
        "PUBLISH_QOS_0, DOWN",
        "PUBLISH_QOS_1, UP",
        "PUBLISH_QOS_1, DOWN",
        "PUBACK, UP",
        "PUBACK, DOWN",
        "PUBLISH_QOS_2, UP",
        "PUBLISH_QOS_2, DOWN",
        "PUBREC, UP",
        "PUBREC, DOWN",
        "PUBREL, UP",
        "PUBREL, DOWN",
        "PUBCOMP, UP",
        "PUBCOMP, DOWN",
        "PINGREQ, UP",
        "PINGRESP, DOWN",
        "DISCONNECT, UP"
    })
    void connectionCutWithinAPacket_losesNoMessage(Packet kind, Direction direction) {
        long began = System.nanoTime();
        try (Proxy proxy = Proxy.to(broker.port());
                RawClient witness = RawClient.connect(broker.url()).observe("resilience/out/#");
                TestContainer application = TestContainer.start(
                        settings(proxy, "cut-" + kind + "-" + direction), CountingObservers.class)) {
            Mqtt mqtt = application.get(CountingObservers.class).mqtt();
            Releases releases = new Releases();
            proxy.tap(releases::packet);
            proxy.cutWithin(kind, direction, CUTS);
            proxy.cut();
            int rounds = roundsUntilCut(kind, proxy, mqtt, witness);
            assertThat(Stages.awaitAll(sure, PATIENCE)).isZero();
            Stages.awaitAll(unsure, PATIENCE);
            check(application.get(CountingObservers.class), witness, releases);
            assertThat(mqtt.isConnected()).isTrue();
            System.out.printf(
                    "cut within %s %s: %d cuts, %d reconnects, %d messages of each QoS each way, none lost; doubled at"
                            + " QoS 1: %d in, %d out, at QoS 2: %d in, by the broker, 0 out; %d ms%n",
                    kind,
                    direction,
                    CUTS,
                    mqtt.metrics().reconnects(),
                    rounds * MESSAGES_IN_A_ROUND,
                    application
                            .get(CountingObservers.class)
                            .of(Qos.AT_LEAST_ONCE)
                            .doubled(texts)
                            .size(),
                    arrivals(witness, 1).doubled(texts).size(),
                    application
                            .get(CountingObservers.class)
                            .of(Qos.EXACTLY_ONCE)
                            .doubled(texts)
                            .size(),
                    (System.nanoTime() - began) / 1_000_000);
        } finally {
            unsure.clear();
            sure.clear();
            texts.clear();
        }
    }

    /** A line that is cut three times over the same packet looks like a broker that hangs up in place of an answer. */
    private static void unsubscribe(Packet cut, Mqtt mqtt, String filter) {
        try {
            Stages.await(mqtt.unsubscribe(filter), PATIENCE);
        } catch (AssertionError failed) {
            assertThat(cut).isIn(Packet.UNSUBSCRIBE, Packet.UNSUBACK);
            assertThat(failed.getCause())
                    .hasMessageStartingWith("the broker hung up " + CUTS
                            + " times in place of an answer to the end of the subscription to '" + filter + "';");
            Stages.await(mqtt.unsubscribe(filter), PATIENCE);
        }
    }

    private int roundsUntilCut(Packet kind, Proxy proxy, Mqtt mqtt, RawClient witness) {
        boolean idle = kind == Packet.PINGREQ || kind == Packet.PINGRESP;
        int round = 0;
        for (int rest = ROUNDS_AFTER_THE_LAST_CUT; rest > 0; rest -= proxy.cutsLeft() == 0 ? 1 : 0) {
            assertThat(round).as("rounds").isLessThan(MOST_ROUNDS);
            exchange(round++, mqtt, witness);
            Stages.await(mqtt.subscribe("resilience/more/" + round, Qos.EXACTLY_ONCE), PATIENCE);
            unsubscribe(kind, mqtt, "resilience/more/" + round);
            if (idle) {
                await().atMost(PATIENCE).until(() -> proxy.cutsLeft() == 0);
            }
            if (kind == Packet.DISCONNECT) {
                Stages.awaitAll(sure, PATIENCE);
                Stages.await(mqtt.disconnect(), PATIENCE);
                Stages.await(mqtt.connect(), PATIENCE);
            }
        }
        return round;
    }

    private void exchange(int round, Mqtt mqtt, RawClient witness) {
        for (int i = 0; i < MESSAGES_IN_A_ROUND; i++) {
            String text = round + "." + i;
            texts.add(text);
            unsure.add(mqtt.publish("resilience/out/0", text));
            sure.add(mqtt.publish("resilience/out/1", text, Qos.AT_LEAST_ONCE));
            sure.add(mqtt.publish("resilience/out/2", text, Qos.EXACTLY_ONCE));
            for (int qos = 0; qos <= 2; qos++) {
                witness.publish("resilience/in/" + qos, text.getBytes(UTF_8), qos, false);
            }
        }
    }

    private void check(CountingObservers observers, RawClient witness, Releases releases) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (int qos = 1; qos <= 2; qos++) {
                assertThat(observers.of(Qos.values()[qos]).missing(texts))
                        .as("lost on the way in at QoS " + qos)
                        .isEmpty();
                assertThat(arrivals(witness, qos).missing(texts))
                        .as("lost on the way out at QoS " + qos)
                        .isEmpty();
            }
        });
        List<String> doubled = observers.of(Qos.EXACTLY_ONCE).doubled(texts);
        assertThat(doubled)
                .as("handled more often than the broker released it")
                .allMatch(text -> observers.of(Qos.EXACTLY_ONCE).arrivals(text).size() <= releases.of(text));
        if (!(broker instanceof ArtemisBroker)) { // which sends some of them again itself
            assertThat(doubled).as("doubled on the way in at QoS 2").isEmpty();
        }
        assertThat(arrivals(witness, 2).doubled(texts))
                .as("doubled on the way out at QoS 2")
                .isEmpty();
    }

    private static ArrivalCounter arrivals(RawClient witness, int qos) {
        ArrivalCounter arrivals = new ArrivalCounter();
        witness.texts("resilience/out/" + qos).forEach(arrivals::add);
        return arrivals;
    }

    private static Map<String, String> settings(Proxy proxy, String clientId) {
        return Map.of(
                "mqtt.broker-url", proxy.url(),
                "mqtt.client-id", clientId,
                "mqtt.clean-session", "false",
                "mqtt.keepalive", "1",
                "mqtt.reconnect.min-delay", "20ms",
                "mqtt.reconnect.max-delay", "200ms");
    }
}
