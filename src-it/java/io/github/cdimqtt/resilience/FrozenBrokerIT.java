package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.MosquittoBroker;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.EventRecorder;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A broker, or the network to it, stalls for three times the keep-alive: it is detected, and no message of QoS 1 is lost. */
@Tag("slow")
@ExtendWith(QuietLog.class)
class FrozenBrokerIT {

    private static final int KEEPALIVE_SECONDS = 2;
    private static final int EACH = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Singleton
    static class Receiver {
        final List<String> received = new CopyOnWriteArrayList<>();

        void on(@Observes @MqttTopic(value = "frozen/in", qos = Qos.AT_LEAST_ONCE) String text) {
            received.add(text);
        }
    }

    @Test
    void frozenBroker_isDetected_andNoMessageIsLost() throws Exception {
        assumeTrue(MosquittoBroker.isInstalled(), "Mosquitto is not installed");
        try (MosquittoBroker broker = MosquittoBroker.launch("max_queued_messages 100000")) {
            check("SIGSTOP", broker, broker.url(), broker::freeze, broker::thaw);
        }
    }

    @Test
    void stalledConnection_isDetected_andNoMessageIsLost() throws Exception {
        try (TestBroker broker = TestBroker.launch();
                Proxy proxy = Proxy.to(broker.port())) {
            check("a stalled connection", broker, proxy.url(), proxy::stall, () -> {
                proxy.cut(); // what was held back never arrives
                proxy.forward();
            });
        }
    }

    private static void check(String fault, TestBroker broker, String url, Runnable freeze, Runnable thaw)
            throws Exception {
        Map<String, String> settings = Map.of(
                "mqtt.broker-url", url,
                "mqtt.client-id", "frozen",
                "mqtt.clean-session", "false",
                "mqtt.keepalive", "" + KEEPALIVE_SECONDS,
                "mqtt.connection-timeout", "2s",
                "mqtt.reconnect.min-delay", "100ms",
                "mqtt.reconnect.max-delay", "500ms");
        try (TestContainer application = TestContainer.start(settings, Receiver.class, EventRecorder.class);
                RawClient witness = RawClient.connect(broker.url()).observe("frozen/out")) {
            Receiver observer = application.get(Receiver.class);
            EventRecorder recorder = application.get(EventRecorder.class);
            Mqtt mqtt = application.get(Mqtt.class);
            List<CompletableFuture<?>> stages = new ArrayList<>();
            List<String> sent = new ArrayList<>();
            exchange(0, mqtt, witness, stages, sent);

            freeze.run();
            long began = System.nanoTime();
            for (int i = EACH; i < 2 * EACH; i++) {
                stages.add(mqtt.publish("frozen/out", i, Qos.AT_LEAST_ONCE).toCompletableFuture());
            }
            await().atMost(PATIENCE)
                    .until(() -> !recorder.events(MqttEvent.Disconnected.class).isEmpty());
            long noticed = (System.nanoTime() - began) / 1_000_000;
            new CountDownLatch(1) // the duration of the fault
                    .await(3_000L * KEEPALIVE_SECONDS - noticed, TimeUnit.MILLISECONDS);
            thaw.run();
            long thawed = System.nanoTime();
            await().atMost(PATIENCE)
                    .until(() -> recorder.events(MqttEvent.Connected.class).size() > 1 && mqtt.isConnected());
            long back = (System.nanoTime() - thawed) / 1_000_000;

            exchange(2 * EACH, mqtt, witness, stages, sent);
            CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new)).get(40, TimeUnit.SECONDS);
            await("in").atMost(PATIENCE).until(() -> new HashSet<>(observer.received).size() == sent.size());
            await("out")
                    .atMost(PATIENCE)
                    .until(() -> new HashSet<>(witness.texts("frozen/out")).size() == stages.size());
            assertThat(recorder.names(List.of(MqttEvent.Connected.class, MqttEvent.Disconnected.class)))
                    .startsWith("Connected", "Disconnected", "Connected");
            System.out.printf(
                    "%s for %d s, keep-alive %d s: noticed after %d ms, back %d ms after its end; in %d, twice %d; out %d,"
                            + " twice %d; lost 0; cause: %s%n",
                    fault,
                    3 * KEEPALIVE_SECONDS,
                    KEEPALIVE_SECONDS,
                    noticed,
                    back,
                    sent.size(),
                    observer.received.size() - sent.size(),
                    stages.size(),
                    witness.texts("frozen/out").size() - stages.size(),
                    recorder.events(MqttEvent.Disconnected.class).get(0).cause().getMessage());
        }
    }

    private static void exchange(
            int from, Mqtt mqtt, RawClient witness, List<CompletableFuture<?>> stages, List<String> sent) {
        for (int i = from; i < from + EACH; i++) {
            stages.add(mqtt.publish("frozen/out", i, Qos.AT_LEAST_ONCE).toCompletableFuture());
            witness.publish("frozen/in", "" + i);
            sent.add("" + i);
        }
    }
}
