package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.support.EventRecorder;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broker that refuses the client: each attempt reports the reason, observes the back-off, and leaks nothing. */
@ExtendWith(QuietLog.class)
class RefusingBrokerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 200;
    private static final int WARM = 50;
    private static final int MORE_THREADS = 2; // pools vary
    private static final int MORE_MEGABYTES = 5;

    @Singleton
    static class Wanting {
        @Inject
        Mqtt mqtt;
    }

    @Test
    void brokerThatClosesAtOnce_leaksNoThreadAndNoMemory() {
        try (SocketBroker broker = new SocketBroker(SocketBroker.HANGS_UP);
                TestContainer application = start(broker, "10ms", "20ms")) {
            EventRecorder recorder = application.get(EventRecorder.class);
            await().atMost(PATIENCE).until(() -> broker.accepted() >= WARM);
            int threads = Thread.activeCount();
            long heap = usedMegabytes();

            await().atMost(PATIENCE).until(() -> broker.accepted() >= ATTEMPTS);
            long heapAfter = usedMegabytes();
            await("threads to end").atMost(PATIENCE).until(() -> Thread.activeCount() <= threads + MORE_THREADS);
            assertThat(heapAfter).isLessThanOrEqualTo(heap + MORE_MEGABYTES);

            List<MqttEvent.ConnectFailed> failures = recorder.events(MqttEvent.ConnectFailed.class);
            assertThat(failures)
                    .extracting(event -> event.cause().getMessage())
                    .containsOnly(
                            broker.url() + " hung up before CONNACK: perhaps this port is for TLS (ssl://), or for"
                                    + " WebSocket (ws://), or the broker does not allow this client"
                                    + (TestContainer.isMqtt5()
                                            ? "; or the broker does not speak MQTT 5: set protocol-version=3.1.1"
                                            : ""));
            System.out.printf(
                    "accepted and closed %d times: threads %d, then %d; heap %d MB, then %d MB; reported: %s%n",
                    broker.accepted(),
                    threads,
                    Thread.activeCount(),
                    heap,
                    heapAfter,
                    failures.get(0).cause().getMessage());
        }
    }

    @Test
    void attempts_observeTheReportedBackoff_whichGrows() {
        try (SocketBroker broker = new SocketBroker(SocketBroker.HANGS_UP);
                TestContainer application = start(broker, "50ms", "400ms")) {
            EventRecorder recorder = application.get(EventRecorder.class);
            await().atMost(PATIENCE)
                    .until(() -> recorder.events(MqttEvent.ConnectFailed.class).size() >= 8);
            List<Duration> delays = recorder.events(MqttEvent.ConnectFailed.class).stream()
                    .map(MqttEvent.ConnectFailed::nextDelay)
                    .limit(7)
                    .toList();
            List<Long> accepted = broker.acceptedAtMillis();
            for (int i = 0; i < delays.size(); i++) {
                assertThat(delays.get(i))
                        .as("delay %d", i)
                        .isBetween(Duration.ofMillis(Math.min(50L << i, 200)), Duration.ofMillis(400));
                assertThat(accepted.get(i + 1) - accepted.get(i))
                        .as("distance %d", i)
                        .isGreaterThanOrEqualTo(delays.get(i).toMillis() - 5);
            }
            System.out.println("back-off of 50 to 400 ms, as reported: " + delays);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | the broker does not support MQTT 3.1.1 (CONNACK return code 1)",
                "2 | the broker refused the client identifier (CONNACK return code 2)",
                "3 | the broker is not available (CONNACK return code 3)",
                "4 | wrong user name or password (CONNACK return code 4)",
                "5 | not authorised to connect; check user name and password (CONNACK return code 5)",
                "6 | the broker refused the connection (CONNACK return code 6)",
                "128 | the broker refused the connection (CONNACK return code 128)"
            })
    void refusal_isReported(int code, String words) {
        reports("3.1.1", code, words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "132 | the broker does not support MQTT 5; set protocol-version=3.1.1 if the application needs nothing of it (0x84 unsupported protocol version)",
                "134 | wrong user name or password (0x86 bad user name or password)",
                "135 | not authorised to connect; check user name and password (0x87 not authorised)",
                "151 | the broker refused the connection (0x97 quota exceeded)"
            })
    void refusalOfMqtt5_isReported(int code, String words) {
        reports("5", code, words);
    }

    private static void reports(String version, int code, String words) {
        try (SocketBroker broker = new SocketBroker(code);
                TestContainer application = start(broker, "20ms", "50ms", "mqtt.protocol-version", version)) {
            EventRecorder recorder = application.get(EventRecorder.class);
            await().atMost(PATIENCE)
                    .until(() -> recorder.events(MqttEvent.ConnectFailed.class).size() >= 3);
            assertThat(recorder.events(MqttEvent.ConnectFailed.class))
                    .extracting(event -> event.cause().getMessage())
                    .containsOnly(broker.url() + ": " + words);
            System.out.println("CONNACK " + code + ": "
                    + recorder.events(MqttEvent.ConnectFailed.class)
                            .get(0)
                            .cause()
                            .getMessage());
        }
    }

    private static TestContainer start(SocketBroker broker, String minDelay, String maxDelay, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "mqtt.broker-url",
                broker.url(),
                "mqtt.connect-async",
                "true",
                "mqtt.reconnect.min-delay",
                minDelay,
                "mqtt.reconnect.max-delay",
                maxDelay));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return TestContainer.start(settings, Wanting.class, EventRecorder.class);
    }

    private static long usedMegabytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }
}
