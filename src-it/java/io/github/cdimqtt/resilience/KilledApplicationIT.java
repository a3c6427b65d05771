package io.github.cdimqtt.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.TestBroker;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The JVM of the application is killed while observers run, and started again. */
@Tag("slow")
@Timeout(240)
class KilledApplicationIT {

    private static final int KILLS = 10;
    private static final int MESSAGES = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Set<String> ended = new HashSet<>();
    private int handled;
    private int unfinished;

    @Test
    void unacknowledgedMessages_areHandledAgain_andNoneIsLost() {
        List<String> all =
                IntStream.range(0, MESSAGES).mapToObj(String::valueOf).toList();
        try (TestBroker broker = TestBroker.launch();
                Proxy proxy = Proxy.to(broker.port());
                RawClient publisher = RawClient.connect(broker.url())) {
            Wiretap tap = Wiretap.on(proxy);
            start(proxy).awaitUp().close();
            all.forEach(text -> publisher.publish(KilledApplication.TOPIC, text.getBytes(UTF_8), 1, false));
            for (int kill = 1; kill <= KILLS; kill++) {
                live(start(proxy), tap, all, MESSAGES / (2 * KILLS));
            }
            live(start(proxy), tap, all, MESSAGES - ended.size());
        }
        System.out.printf(
                "application killed with -9 %d times in %d messages of QoS 1: %d lost, %d begun and not acknowledged when"
                        + " it died, %d handled more than once%n",
                KILLS, MESSAGES, MESSAGES - ended.size(), unfinished, handled - MESSAGES);
        assertThat(ended).containsExactlyInAnyOrderElementsOf(all);
        assertThat(unfinished).as("killed while observers run").isPositive();
    }

    private static KilledApplication start(Proxy proxy) {
        return new KilledApplication(proxy.url(), "killed-application");
    }

    /** Runs the application until it has handled so many further messages, and kills it. */
    private void live(KilledApplication application, Wiretap tap, List<String> all, int work) {
        try (application) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> newlyEnded(application, all).size() >= work);
        }
        for (String text : all) {
            boolean acknowledged = tap.isTaken(KilledApplication.TOPIC, text);
            boolean done = ended.contains(text) || application.ended().contains(text);
            assertThat(done || !acknowledged)
                    .as(text + " acknowledged before its work was done")
                    .isTrue();
            if (application.begun().contains(text) && !acknowledged) {
                unfinished++;
            }
        }
        handled += application.ended().size();
        ended.addAll(newlyEnded(application, all));
    }

    private List<String> newlyEnded(KilledApplication application, List<String> all) {
        return all.stream()
                .filter(text -> application.ended().contains(text) && !ended.contains(text))
                .toList();
    }
}
