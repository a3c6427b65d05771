package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.ArtemisBroker;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.support.JavaProgram;
import io.github.cdimqtt.support.TestContainer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Messages that were sent and not acknowledged when the JVM was killed are sent again from {@code persistence-directory}. On
 * Artemis: Mosquitto 2.0.11 drops QoS 1 while more of QoS 2 is in flight than its max_inflight_messages.
 */
@Tag("slow")
@Timeout(120)
class KilledPublisherIT {

    private static final int MESSAGES = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String UP = "up";
    private static final String SENT = "sent";

    @Singleton
    static class Publisher {
        @Inject
        Mqtt mqtt;
    }

    /** The application; the arguments are the URL of the broker and the directory. It publishes on request. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws Exception {
            Mqtt mqtt = TestContainer.start(
                            Map.of(
                                    "mqtt.broker-url",
                                    arguments[0],
                                    "mqtt.persistence-directory",
                                    arguments[1],
                                    "mqtt.client-id",
                                    "killed-publisher",
                                    "mqtt.clean-session",
                                    "false"),
                            Publisher.class)
                    .get(Publisher.class)
                    .mqtt;
            System.out.println(UP);
            if (System.in.read() >= 0) {
                for (int i = 0; i < MESSAGES; i++) {
                    mqtt.publish("killed/1", "" + i, Qos.AT_LEAST_ONCE);
                    mqtt.publish("killed/2", "" + i, Qos.EXACTLY_ONCE);
                }
                await().atMost(PATIENCE).until(() -> mqtt.metrics().inflight() == 2 * MESSAGES);
                System.out.println(SENT);
            }
            new CountDownLatch(1).await();
        }
    }

    @Test
    void messagesInFlight_arriveAfterTheJvmWasKilled(@TempDir Path directory) throws Exception {
        List<String> all =
                IntStream.range(0, MESSAGES).mapToObj(String::valueOf).toList();
        try (ArtemisBroker broker = ArtemisBroker.launch();
                Proxy proxy = Proxy.to(broker.port());
                RawClient witness = RawClient.connect(broker.url()).observe("killed/#")) {
            Process first = start(proxy, directory);
            try (BufferedReader lines = first.inputReader()) {
                expect(lines, UP);
                proxy.drop();
                first.getOutputStream().write('\n');
                first.getOutputStream().flush();
                expect(lines, SENT);
            } finally {
                first.destroyForcibly().waitFor();
            }
            proxy.cut();
            proxy.forward();
            Process second = start(proxy, directory);
            try {
                await().atMost(PATIENCE).until(() -> witness.texts("killed/1").containsAll(all));
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(witness.texts("killed/2")).containsExactlyInAnyOrderElementsOf(all));
            } finally {
                second.destroyForcibly().waitFor();
            }
            System.out.printf(
                    "publisher killed with -9, %d messages of QoS 1 and of QoS 2 under way: all arrived, %d times and %d"
                            + " times%n",
                    MESSAGES,
                    witness.texts("killed/1").size(),
                    witness.texts("killed/2").size());
        }
    }

    private static Process start(Proxy proxy, Path directory) throws IOException {
        return JavaProgram.prepare(Program.class, proxy.url(), directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void expect(BufferedReader lines, String expected) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.equals(expected)) {
            line = lines.readLine();
        }
        assertThat(line).as("the application ended early").isEqualTo(expected);
    }
}
