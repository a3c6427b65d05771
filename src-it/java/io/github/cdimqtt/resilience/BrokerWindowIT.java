package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.broker.MosquittoBroker;
import io.github.cdimqtt.support.QuietLog;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A broker that takes fewer messages at a time than the window of the application allows: Mosquitto 2.0.11 as it comes, which
 * answers and drops whatever arrives while 20 messages of QoS 2 are under way. The line is cut again and again, so that a
 * whole window waits to be sent again. The witness only receives: what it sends would be dropped, too.
 */
@Tag("slow")
@Timeout(300)
@ExtendWith(QuietLog.class)
class BrokerWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int CUTS = 10;
    private static final int MESSAGES = 1_000;

    @Test
    @EnabledIf(
            value = "io.github.cdimqtt.broker.MosquittoBroker#isInstalled",
            disabledReason = "Mosquitto is not installed")
    void windowLargerThanThatOfTheBroker_losesNoMessage_overTenCuts() {
        try (MosquittoBroker broker = MosquittoBroker.launch("max_queued_messages 1000000");
                Traffic traffic = new Traffic(broker.port(), "broker-window")) {
            for (int cut = 0; cut < CUTS; cut++) {
                traffic.sendOut(MESSAGES);
                traffic.awaitAnswers(2L * MESSAGES * cut + MESSAGES / 2, PATIENCE);
                traffic.line().cut();
            }
            traffic.awaitEnd(PATIENCE);
            traffic.nothingIsLost();
            traffic.print("Mosquitto with its window of 20, cut " + CUTS + " times");
            for (Flow flow : traffic.exactlyOnce()) {
                assertThat(flow.doubled()).as(flow + " doubled").isEmpty();
            }
        }
    }
}
