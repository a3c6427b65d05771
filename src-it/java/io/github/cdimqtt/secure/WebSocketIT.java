package io.github.cdimqtt.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.secure.Server.Make;
import io.github.cdimqtt.support.PemText;
import io.github.cdimqtt.support.Statement;
import io.github.cdimqtt.support.TestAuthority;
import io.github.cdimqtt.support.TestContainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Large messages, floods and idle times over WebSocket, with which the WebSocket of Paho 1.2.5 fails: it takes the bytes of one
 * read for a whole frame, and a ping or a fragment for an error. Mosquitto 2.0.11 sends only 4 KiB each 100 ms over WebSocket,
 * to any client, and so has smaller tests.
 */
@Timeout(120)
class WebSocketIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LARGE = 3_000_000;
    private static final int PERIODS = 6;
    private static final TestAuthority AUTHORITY = new TestAuthority("the authority");

    @TempDir
    Path files;

    private Map<String, String> settings(Server server, String scheme, String keepalive) {
        Map<String, String> settings = new LinkedHashMap<>(
                Map.of("mqtt.broker-url", server.url(scheme, "localhost"), "mqtt.keepalive", keepalive));
        if (!scheme.equals("ws")) {
            Path ca = PemText.write(files.resolve("ca.pem"), PemText.of(AUTHORITY.certificate()));
            settings.put("mqtt.tls.ca-certs", ca.toString());
        }
        return settings;
    }

    private Server server(Make make, String scheme, String... more) {
        return scheme.equals("ws")
                ? Server.plain(make, more)
                : Server.secure(make, files, AUTHORITY.issue("localhost"), null, more);
    }

    /** An idle hour at the default keep-alive has 60 periods; six periods of a second each show as much. */
    @ParameterizedTest
    @CsvSource({"ARTEMIS, ws", "ARTEMIS, wss", "MOSQUITTO, ws", "MOSQUITTO, wss"})
    void idleConnection_sendsPingsThatAreAnswered(Make make, String scheme) {
        try (PingLog pings = new PingLog(files);
                Server server = server(make, scheme, pings.options());
                TestContainer application = TestContainer.start(settings(server, scheme, "1s"), Echo.class)) {
            Echo echo = application.get(Echo.class);
            await().atMost(PATIENCE).until(echo.mqtt::isConnected);
            await().atMost(PATIENCE).until(() -> pings.count("PINGRESP") >= PERIODS);
            assertThat(pings.count("PINGREQ")).isGreaterThanOrEqualTo(PERIODS);
            assertThat(echo.mqtt.isConnected()).isTrue();
            assertThat(echo.events(MqttEvent.Connected.class)).hasSize(1);
            assertThat(echo.events(MqttEvent.Disconnected.class)).isEmpty();
            assertThat(echo.count).hasValue(0);
        }
    }

    @Statement({"MQTT-4.2-1", "MQTT-6.0.0-2", "MQTT-6.0.0-3"})
    @ParameterizedTest
    @CsvSource({"ARTEMIS, ws", "ARTEMIS, wss", "MOSQUITTO, ws", "MOSQUITTO, wss"})
    void transport_usesWebSocketOverTcp_andOverTls(Make make, String scheme) throws Exception {
        try (Server server = server(make, scheme)) {
            Map<String, String> settings = settings(server, scheme, "60s");
            String address = "localhost:" + server.webSocketPort() + "/mqtt";
            settings.replace("mqtt.broker-url", scheme.equals("ws") ? address : "ssl://" + address);
            settings.put("mqtt.transport", "websockets");
            try (TestContainer application = TestContainer.start(settings, Echo.class)) {
                Echo echo = application.get(Echo.class);
                echo.publish("secure/small/1", "hello").get(20, TimeUnit.SECONDS);
                await().atMost(PATIENCE).until(() -> echo.count.get() == 1);
                assertThat(echo.events(MqttEvent.Connected.class))
                        .extracting(MqttEvent.Connected::serverUri)
                        .containsExactly(server.url(scheme, "localhost"));
            }
        }
    }

    /** 1 MiB and more each way; some 25 s on Mosquitto, which sends slowly. */
    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"ARTEMIS, ws", "ARTEMIS, wss", "MOSQUITTO, ws", "MOSQUITTO, wss"})
    void largeMessage_isReceivedUnchanged(Make make, String scheme) throws Exception {
        byte[] payload = new byte[1_050_000];
        new Random(7).nextBytes(payload);
        try (Server server = server(make, scheme);
                TestContainer application = TestContainer.start(settings(server, scheme, "5s"), Echo.class)) {
            Echo echo = application.get(Echo.class);
            echo.publish("secure/large/1", payload).get(60, TimeUnit.SECONDS);
            await().atMost(PATIENCE).until(() -> echo.large.size() == 1);
            assertThat(echo.large.get(0).payload()).isEqualTo(payload);
            assertThat(echo.events(MqttEvent.Disconnected.class)).isEmpty();
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"ARTEMIS, ws", "ARTEMIS, wss", "MOSQUITTO, ws", "MOSQUITTO, wss"})
    void largeMessagesAndAFlood_areReceived(Make make, String scheme) throws Exception {
        try (Server server = server(make, scheme);
                TestContainer application = TestContainer.start(settings(server, scheme, "60s"), Echo.class)) {
            Echo echo = application.get(Echo.class);
            int flood = make == Make.ARTEMIS ? 20_000 : 2_000;
            byte[] payload = new byte[make == Make.ARTEMIS ? LARGE : 40_000];
            new Random(7).nextBytes(payload);
            for (int i = 0; i < 3; i++) {
                echo.mqtt
                        .publish("secure/unheard", new byte[LARGE], Qos.AT_LEAST_ONCE)
                        .toCompletableFuture()
                        .get(60, TimeUnit.SECONDS);
                echo.mqtt
                        .publish("secure/large/" + i, payload, Qos.AT_LEAST_ONCE)
                        .toCompletableFuture()
                        .get(60, TimeUnit.SECONDS);
            }
            await().atMost(PATIENCE).until(() -> echo.large.size() == 3);
            assertThat(echo.large)
                    .allSatisfy(message -> assertThat(message.payload()).isEqualTo(payload));

            long start = System.nanoTime();
            CompletionStage<?> last = null;
            for (int i = 0; i < flood; i++) {
                last = echo.mqtt.publish("secure/small/" + i % 100, "hello", Qos.AT_LEAST_ONCE);
                if (i % 1000 == 999) {
                    last.toCompletableFuture().get(60, TimeUnit.SECONDS);
                }
            }
            await().atMost(PATIENCE).until(() -> echo.count.get() == flood);
            System.out.printf(
                    "%s over %s: %,d messages of QoS 1 there and back in %d ms%n",
                    make, scheme, flood, (System.nanoTime() - start) / 1_000_000);

            assertThat(echo.events(MqttEvent.Disconnected.class)).isEmpty();
            assertThat(echo.mqtt.metrics().reconnects()).isZero();
        }
    }
}
