package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.Seeded;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Many requests at a time (MQTT 5.0, section 4.10), none of which is answered before all have arrived, and then in another order.
 * The connections of both, who asks and who answers, are cut again and again: each request gets its own answer.
 */
@Tag("slow")
@Timeout(300)
@ExtendWith(QuietLog.class)
class RequestsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int REQUESTS = 10_000;
    private static final int CUTS = 5; // while they are asked, and as many while they are answered

    /** Answers on a connection of its own. */
    @ApplicationScoped
    static class Service {
        @Inject
        @MqttBroker("service")
        Mqtt mqtt;

        private final Map<String, MqttMessage> requests = new ConcurrentHashMap<>();

        /** A request may come twice, as its QoS is 1. */
        void asked(
                @Observes @MqttBroker("service") @MqttTopic(value = "resilience/ask", qos = Qos.AT_LEAST_ONCE)
                        MqttMessage request) {
            requests.putIfAbsent(request.text(), request);
        }

        Mqtt mqtt() {
            return mqtt;
        }

        int asked() {
            return requests.size();
        }

        List<MqttMessage> inAnotherOrder(Random random) {
            List<MqttMessage> all = new ArrayList<>(requests.values());
            Collections.shuffle(all, random);
            return all;
        }
    }

    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private final AtomicInteger answered = new AtomicInteger();

    @Test
    void tenThousandRequests_overCuts_eachGetItsOwnAnswer_once() {
        Seeded.run("requests over cuts", this::ask);
    }

    private void ask(Random random) {
        try (TestBroker broker = TestBroker.launch();
                Proxy line = Proxy.to(broker.port());
                TestContainer application = TestContainer.start(settings(line), Service.class)) {
            Mqtt asking = application.get(Mqtt.class);
            Service service = application.get(Service.class);
            await().atMost(PATIENCE).until(() -> service.mqtt().subscriptions().containsKey("resilience/ask"));

            List<CompletionStage<Void>> stages = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                String text = String.valueOf(i);
                stages.add(asking.request("resilience/ask", text, Qos.AT_LEAST_ONCE, MqttProperties.NONE)
                        .thenAccept(answer -> answered(text, answer)));
            }
            cutWhile(service::asked, line, asking, service.mqtt());
            assertThat(service.asked()).isEqualTo(REQUESTS);
            assertThat(answered).hasValue(0);
            service.inAnotherOrder(random).forEach(each -> service.mqtt().reply(each, "answer to " + each.text()));
            cutWhile(answered::get, line, asking, service.mqtt());

            assertThat(Stages.awaitAll(stages, PATIENCE)).isZero();
            assertThat(answers).hasSize(REQUESTS);
            assertThat(answers.values()).allSatisfy(times -> assertThat(times).hasValue(1));
        }
    }

    /** An answer to another request would leave this one without. */
    private void answered(String text, MqttMessage answer) {
        if (answer.text().equals("answer to " + text)) {
            answers.computeIfAbsent(text, key -> new AtomicInteger()).incrementAndGet();
        }
        answered.incrementAndGet();
    }

    /** Cuts all connections, each time when they are open again and more is done. */
    private static void cutWhile(IntSupplier progress, Proxy line, Mqtt... connections) {
        long before = connections[0].metrics().reconnects();
        for (int cut = 0; cut < CUTS; cut++) {
            int due = (cut + 1) * REQUESTS / (CUTS + 1);
            long reconnects = before + cut;
            await().pollInterval(Duration.ofMillis(1))
                    .atMost(PATIENCE)
                    .until(() -> progress.getAsInt() >= due && haveReconnected(reconnects, connections));
            line.cut();
        }
        await().atMost(PATIENCE)
                .until(() -> progress.getAsInt() == REQUESTS && haveReconnected(before + CUTS, connections));
    }

    private static boolean haveReconnected(long times, Mqtt... connections) {
        return Stream.of(connections).allMatch(each -> each.metrics().reconnects() == times);
    }

    private static Map<String, String> settings(Proxy line) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String prefix : List.of("mqtt.", "mqtt.service.")) {
            settings.put(prefix + "broker-url", line.url());
            settings.put(prefix + "protocol-version", "5");
            settings.put(prefix + "library", "direct");
            settings.put(prefix + "session-expiry", "10m");
            settings.put(prefix + "offline-buffer", String.valueOf(2 * REQUESTS));
            settings.put(prefix + "request-timeout", PATIENCE.toSeconds() + "s");
            settings.put(prefix + "reconnect.min-delay", "20ms");
            settings.put(prefix + "reconnect.max-delay", "200ms");
        }
        return settings;
    }
}
