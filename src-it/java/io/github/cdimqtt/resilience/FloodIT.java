package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.support.EventRecorder;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** QoS 0 messages arrive faster than observers run: TCP holds them back, and they are dropped where that would end the connection. */
@Tag("slow")
@Timeout(120)
@ExtendWith(QuietLog.class)
class FloodIT {

    private static final int MESSAGES = 500_000;
    private static final int SLOW_MILLIS = 100;
    private static final int KEEPALIVE_SECONDS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Singleton
    static class Busy {
        final AtomicLong handled = new AtomicLong();
        volatile long mostMegabytes;

        void work(@Observes @MqttTopic("flood/quick") byte[] payload) {
            long end = System.nanoTime() + 10_000;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            if (handled.incrementAndGet() % 50_000 == 0) {
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                mostMegabytes = Math.max(mostMegabytes, (runtime.totalMemory() - runtime.freeMemory()) >> 20);
            }
        }
    }

    @Singleton
    static class Slow {
        final AtomicLong handled = new AtomicLong();
        final CountDownLatch never = new CountDownLatch(1);

        void work(@Observes @MqttTopic("flood/slow") byte[] payload) throws InterruptedException {
            never.await(SLOW_MILLIS, TimeUnit.MILLISECONDS);
            handled.incrementAndGet();
        }
    }

    @Test
    void flood_isHeldBackByTcp_andNoMessageIsLost() throws IOException {
        try (SocketBroker broker = new SocketBroker(0);
                TestContainer application = TestContainer.start(Map.of("mqtt.broker-url", broker.url()), Busy.class)) {
            Busy observer = application.get(Busy.class);
            Mqtt mqtt = application.get(Mqtt.class);
            System.gc();
            long before =
                    (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
            long began = System.nanoTime();
            broker.flood(broker.publish("flood/quick", "x".repeat(64), 0), MESSAGES);
            long taken = (System.nanoTime() - began) / 1_000_000;
            await().atMost(PATIENCE)
                    .until(() -> observer.handled.get() + mqtt.metrics().dropped() >= MESSAGES);
            long millis = (System.nanoTime() - began) / 1_000_000;
            System.out.printf(
                    "flood of %d messages of QoS 0, observer of 10 us: taken by TCP in %d ms, handled %d in %d ms (%d a"
                            + " second), dropped %d; heap %d MB before, at most %d MB%n",
                    MESSAGES,
                    taken,
                    observer.handled.get(),
                    millis,
                    MESSAGES * 1000L / millis,
                    mqtt.metrics().dropped(),
                    before,
                    observer.mostMegabytes);
            assertThat(mqtt.metrics().dropped()).isZero();
            assertThat(observer.handled).hasValue(MESSAGES);
            assertThat(mqtt.metrics().reconnects()).isZero();
            assertThat(observer.mostMegabytes).isLessThanOrEqualTo(before + 30);
        }
    }

    @Test
    void floodForASlowObserver_dropsMessagesThatAreCounted_andKeepsTheConnection() throws IOException {
        // The observer needs longer for half of the queue than reading may stop, a third of the keep-alive.
        Map<String, String> settings =
                Map.of("mqtt.keepalive", "" + KEEPALIVE_SECONDS, "mqtt.dispatch.queue-capacity", "100");
        try (SocketBroker broker = new SocketBroker(0);
                TestContainer application =
                        TestContainer.start(with(settings, broker), Slow.class, EventRecorder.class)) {
            Slow observer = application.get(Slow.class);
            EventRecorder recorder = application.get(EventRecorder.class);
            Mqtt mqtt = application.get(Mqtt.class);
            byte[] message = broker.publish("flood/slow", "x".repeat(64), 0);
            long began = System.nanoTime();
            long sent = 0;
            while (System.nanoTime() - began < 3_000_000_000L * KEEPALIVE_SECONDS) {
                broker.flood(message, 1_000);
                sent += 1_000;
            }
            long all = sent;
            await().atMost(PATIENCE)
                    .until(() -> observer.handled.get() + mqtt.metrics().dropped() == all);
            await("the last report")
                    .atMost(PATIENCE)
                    .until(() -> dropsReportedTo(recorder) == mqtt.metrics().dropped());
            long reports = recorder.events(MqttEvent.MessageDropped.class).size();
            long seconds = (System.nanoTime() - began) / 1_000_000_000;
            System.out.printf(
                    "flood for an observer of %d ms, three keep-alives of %d s: sent %d = handled %d + dropped %d, reported"
                            + " %d times in %d s, %d reconnects%n",
                    SLOW_MILLIS,
                    KEEPALIVE_SECONDS,
                    sent,
                    observer.handled.get(),
                    mqtt.metrics().dropped(),
                    reports,
                    seconds,
                    mqtt.metrics().reconnects());
            assertThat(mqtt.metrics().received()).isEqualTo(sent);
            assertThat(mqtt.metrics().handled() + mqtt.metrics().dropped()).isEqualTo(sent);
            assertThat(mqtt.metrics().dropped()).isPositive();
            assertThat(reports).isBetween(1L, seconds + 1);
            assertThat(mqtt.metrics().reconnects()).isZero();
            assertThat(mqtt.isConnected()).isTrue();
        }
    }

    private static Map<String, String> with(Map<String, String> settings, SocketBroker broker) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("mqtt.broker-url", broker.url());
        return all;
    }

    /** Returns how many messages were dropped according to the events. */
    private static long dropsReportedTo(EventRecorder recorder) {
        List<MqttEvent.MessageDropped> events = recorder.events(MqttEvent.MessageDropped.class);
        return events.stream().mapToLong(event -> first(event.reason())).sum();
    }

    private static long first(String reason) {
        Matcher number = Pattern.compile("^\\d+").matcher(reason);
        return number.find() ? Long.parseLong(number.group()) : 0;
    }
}
