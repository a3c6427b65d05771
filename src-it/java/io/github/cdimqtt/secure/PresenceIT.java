package io.github.cdimqtt.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.JavaProgram;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code presence.topic} is right however the application ends; on brokers of its own. */
@ExtendWith(QuietLog.class)
@Timeout(120)
class PresenceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration DELAY = Duration.ofSeconds(5); // of the will

    private static void awaitStates(RawClient witness, String... states) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(witness.texts(PresentApplication.TOPIC)).containsExactly(states));
    }

    /** Repeats the query: Artemis delivers a retained message before it has replaced the previous one. */
    private static void awaitRetained(TestBroker broker, String state) {
        await().atMost(PATIENCE)
                .until(
                        () -> RawClient.retained(broker.url(), PresentApplication.TOPIC)
                                .text(),
                        state::equals);
    }

    @Test
    void killedJvm_isOffline_byTheWill() throws Exception {
        try (TestBroker broker = TestBroker.launch();
                RawClient witness = RawClient.connect(broker.url()).observe(PresentApplication.TOPIC)) {
            Process application = JavaProgram.prepare(PresentApplication.class, broker.tcpUrl())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                awaitStates(witness, "online");
                awaitRetained(broker, "online");
            } finally {
                application.destroyForcibly().waitFor();
            }
            awaitStates(witness, "online", "offline");
            awaitRetained(broker, "offline");
        }
    }

    @Test
    void shutdown_publishesOfflineOnce_andACutConnectionIsTwoChanges() {
        try (TestBroker broker = TestBroker.launch();
                Proxy proxy = Proxy.to(broker.port());
                RawClient witness = RawClient.connect(broker.url()).observe(PresentApplication.TOPIC)) {
            try (TestContainer application =
                    TestContainer.start(PresentApplication.settings(proxy.url()), Echo.class)) {
                awaitStates(witness, "online");
                proxy.cut();
                awaitStates(witness, "online", "offline", "online");
                assertThat(application.get(Echo.class).mqtt.isConnected()).isTrue();
            }
            awaitStates(witness, "online", "offline", "online", "offline");
            awaitRetained(broker, "offline");
            assertThat(witness.texts(PresentApplication.TOPIC)).hasSize(4); // and no will after that
        }
    }

    @Test
    void shortOutage_doesNotShow_withADelayOfTheWill() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "mqtt.protocol-version", "5",
                "mqtt.library", "direct",
                "mqtt.session-expiry", "1m",
                "mqtt.last-will.delay", DELAY.toSeconds() + "s"));
        try (TestBroker broker = TestBroker.launch();
                Proxy proxy = Proxy.to(broker.port());
                RawClient witness = RawClient.connect(broker.url()).observe(PresentApplication.TOPIC)) {
            settings.putAll(PresentApplication.settings(proxy.url()));
            try (TestContainer application = TestContainer.start(settings, Echo.class)) {
                awaitStates(witness, "online");
                proxy.cut();
                await().during(DELAY.multipliedBy(2))
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(witness.texts(PresentApplication.TOPIC))
                                .containsExactly("online", "online"));
            }
            awaitStates(witness, "online", "online", "offline");
        }
    }
}
