package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.broker.ArtemisProcess;
import io.github.cdimqtt.broker.Packet;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.Proxy.Direction;
import io.github.cdimqtt.support.MqttThreads;
import io.github.cdimqtt.support.QuietLog;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two minutes of random faults of the connection; -Dresilience.seed repeats the printed seed. */
@Tag("slow")
@Timeout(420)
@ExtendWith(QuietLog.class)
class RandomFaultsIT {

    private static final long SECONDS = Long.getLong("resilience.seconds", 120);
    private static final int MOST_MESSAGES = 100;
    private static final int MOST_MILLIS = 3_000;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final long seed = Long.getLong("resilience.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<String, Integer> faults = new TreeMap<>();

    @Test
    void randomFaults_loseNoMessage() throws InterruptedException {
        System.out.println("random faults: -Dresilience.seed=" + seed);
        int threads = MqttThreads.names().size();
        try (ArtemisProcess broker = ArtemisProcess.launch()) {
            try (Traffic traffic = new Traffic(broker.port(), "random", FaultyObservers.class)) {
                long end = System.nanoTime() + SECONDS * 1_000_000_000;
                while (System.nanoTime() < end) {
                    traffic.send(random.nextInt(MOST_MESSAGES));
                    spoil(random.nextInt(4) == 0 ? traffic.witnessLine() : traffic.line(), broker);
                    pass(random.nextInt(MOST_MILLIS) / 2);
                }
                traffic.line().forward();
                traffic.witnessLine().forward();
                traffic.awaitEnd(PATIENCE);
                await().atMost(PATIENCE).until(traffic::isConnected);
                traffic.nothingIsLost();
                traffic.print("random faults for " + SECONDS + " s " + faults);
                for (Flow flow : traffic.exactlyOnce()) {
                    assertThat(flow.doubled())
                            .as(flow + " doubled though nothing was forgotten")
                            .allMatch(text -> traffic.hasSeenAReconnect(flow, text));
                }
            }
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(MqttThreads.names()).hasSize(threads));
    }

    private void spoil(Proxy line, ArtemisProcess broker) throws InterruptedException {
        switch (random.nextInt(8)) {
            case 0 -> {
                note("broker killed");
                broker.kill();
                broker.start();
            }
            case 1 -> {
                note("broker ended");
                broker.stop();
                broker.start();
            }
            case 2, 3 -> {
                note("cut");
                line.cut();
            }
            case 4 -> {
                note("cut within a packet");
                line.cutWithin(any(Packet.values()), any(Direction.values()), 1);
            }
            case 5 -> {
                note("stalled");
                line.stall();
                pass(2 * random.nextInt(MOST_MILLIS));
            }
            case 6 -> {
                note("refused");
                line.refuse();
                line.cut();
                pass(random.nextInt(MOST_MILLIS));
            }
            default -> {
                note("slow");
                line.delay(Duration.ofMillis(random.nextInt(200)));
                pass(random.nextInt(MOST_MILLIS));
            }
        }
        line.forward();
    }

    private void note(String fault) {
        faults.merge(fault, 1, Integer::sum);
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static void pass(int millis) throws InterruptedException {
        assertThat(new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)).isFalse();
    }
}
