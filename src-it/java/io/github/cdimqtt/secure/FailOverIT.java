package io.github.cdimqtt.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.ArtemisBroker;
import io.github.cdimqtt.broker.ArtemisProcess;
import io.github.cdimqtt.broker.MosquittoBroker;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several brokers in {@code broker-url}: the first that answers is used, and each reconnect begins with the first. */
@ExtendWith(QuietLog.class)
@Timeout(120)
class FailOverIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static void awaitConnected(Echo echo, List<String> uris) throws Exception {
        await().atMost(PATIENCE)
                .until(() -> echo.events(MqttEvent.Connected.class).stream()
                        .map(MqttEvent.Connected::serverUri)
                        .toList()
                        .equals(uris));
        int before = echo.count.get();
        echo.mqtt
                .publish("secure/small/1", "hello", Qos.AT_LEAST_ONCE)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        await().atMost(PATIENCE).until(() -> echo.count.get() > before);
    }

    /** The other two answer all the time, so that the one that is used is no coincidence. */
    @Test
    void killedBroker_isReplacedByTheNext_andTriedFirstAfterTheNextOutage() throws Exception {
        boolean mosquitto = System.getProperty(TestBroker.CHOICE, "artemis").equals("mosquitto");
        try (TestBroker first = mosquitto ? MosquittoBroker.launch() : ArtemisProcess.launch();
                TestBroker others = ArtemisBroker.launch();
                Proxy second = Proxy.to(others.port());
                Proxy third = Proxy.to(others.port());
                TestContainer application = TestContainer.start(
                        Map.of(
                                "mqtt.broker-url",
                                first.url() + ", " + second.url() + "," + third.url(),
                                "mqtt.reconnect.min-delay",
                                "50ms"),
                        Echo.class)) {
            Echo echo = application.get(Echo.class);
            awaitConnected(echo, List.of(first.url()));
            if (first instanceof MosquittoBroker process) {
                process.kill();
            } else {
                ((ArtemisProcess) first).kill();
            }
            awaitConnected(echo, List.of(first.url(), second.url()));
            first.start();
            second.cut();
            awaitConnected(echo, List.of(first.url(), second.url(), first.url()));
            assertThat(third.accepted()).isZero();
        }
    }
}
