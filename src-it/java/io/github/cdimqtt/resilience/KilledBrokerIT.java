package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.broker.ArtemisProcess;
import io.github.cdimqtt.broker.MosquittoBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.QuietLog;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** A broker is killed and restarted repeatedly, while messages of QoS 1 and 2 flow in both directions. */
@Tag("slow")
@Timeout(420)
@ExtendWith(QuietLog.class)
class KilledBrokerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int KILLS = 20;
    private static final int MESSAGES = Integer.getInteger("resilience.messages", 10_000);

    /** Artemis has everything in its journal, except the messages in flight of its sessions. */
    @Test
    void killedArtemis_losesNoMessage_andDuplicatesOnlyThoseItHadInFlight() {
        try (ArtemisProcess broker = ArtemisProcess.launch();
                Traffic traffic = new Traffic(broker.port(), "artemis-killed")) {
            run(traffic, broker, broker::kill);
            traffic.nothingIsLost();
            traffic.print("Artemis killed with -9 " + KILLS + " times");
            for (Flow flow : traffic.exactlyOnce()) {
                assertThat(flow.doubled())
                        .as(flow + " doubled though nothing was forgotten")
                        .allMatch(text -> traffic.hasSeenAReconnect(flow, text));
            }
        }
    }

    /** Mosquitto saves its sessions at an orderly end; some of QoS 2 it restores in their state before PUBREL. */
    @Test
    @EnabledIf(
            value = "io.github.cdimqtt.broker.MosquittoBroker#isInstalled",
            disabledReason = "Mosquitto is not installed")
    void endedMosquitto_losesNoMessage_andDuplicatesOnlyThoseItSendsAgain() {
        try (MosquittoBroker broker = mosquitto();
                Traffic traffic = new Traffic(broker.port(), "mosquitto-ended")) {
            run(traffic, broker, broker::stop);
            traffic.nothingIsLost();
            traffic.print("Mosquitto ended with SIGTERM " + KILLS + " times");
            for (Flow flow : traffic.exactlyOnce()) {
                assertThat(flow.doubled())
                        .as(flow + " doubled though the broker sent it once")
                        .allMatch(text -> traffic.isSentAfterRelease(flow, text));
            }
        }
    }

    /** A killed Mosquitto loses what it has acknowledged since it last saved: messages are lost there alone. */
    @Test
    @EnabledIf(
            value = "io.github.cdimqtt.broker.MosquittoBroker#isInstalled",
            disabledReason = "Mosquitto is not installed")
    void killedMosquitto_losesMessagesItHadAcknowledged_andNoneAcknowledgedToIt() {
        try (MosquittoBroker broker = mosquitto();
                Traffic traffic = new Traffic(broker.port(), "mosquitto-killed")) {
            run(traffic, broker, broker::kill);
            traffic.print("Mosquitto killed with -9 " + KILLS + " times");
            traffic.flows()
                    .forEach(flow -> await().atMost(PATIENCE)
                            .untilAsserted(() -> assertThat(traffic.takenAndLost(flow))
                                    .as(flow + " acknowledged by a client and not seen by it")
                                    .isEmpty()));
        }
    }

    /** 2.0.11 drops QoS 1, and sends PUBACK, while max_inflight_messages of QoS 2 are in flight from the same client. */
    private static MosquittoBroker mosquitto() {
        return MosquittoBroker.launch("max_inflight_messages 0", "max_queued_messages 1000000");
    }

    private static void run(Traffic traffic, TestBroker broker, Runnable end) {
        int each = MESSAGES / KILLS;
        for (int kill = 0; kill < KILLS; kill++) {
            traffic.send(each);
            // While messages flow, at another point each time.
            traffic.awaitAnswers(2L * each * kill + each * (kill % 7 + 1) / 4, PATIENCE);
            end.run();
            broker.start();
        }
        traffic.awaitEnd(PATIENCE);
        await().atMost(PATIENCE).until(traffic::isConnected);
    }
}
