package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * More retained messages at the start than the queue holds, for slow observers: all are received, as they are not sent again.
 * {@code -Dretained.messages} sets their number, {@code mqtt.dispatch.queue-capacity} is about a quarter of that.
 */
@Timeout(300)
@ExtendWith(QuietLog.class)
class RetainedFloodIT {
    private static final int MESSAGES = Integer.getInteger("retained.messages", 2_400);
    private static final int OF_EIGHT = MESSAGES * 8 / 12;
    private static final Duration PATIENCE = Duration.ofSeconds(240);

    private static TestBroker broker;

    /** Takes a millisecond for each message. */
    static class Slow {
        final AtomicInteger received = new AtomicInteger();
        private final CountDownLatch never = new CountDownLatch(1);

        void receive() throws InterruptedException {
            never.await(1, TimeUnit.MILLISECONDS);
            received.incrementAndGet();
        }
    }

    @Singleton
    static class SlowOfTwelve extends Slow {
        void all(
                @Observes
                        @MqttTopic("flood/0/+")
                        @MqttTopic("flood/1/+")
                        @MqttTopic("flood/2/+")
                        @MqttTopic("flood/3/+")
                        @MqttTopic("flood/4/+")
                        @MqttTopic("flood/5/+")
                        @MqttTopic("flood/6/+")
                        @MqttTopic("flood/7/+")
                        @MqttTopic("flood/8/+")
                        @MqttTopic("flood/9/+")
                        @MqttTopic("flood/10/+")
                        @MqttTopic("flood/11/+")
                        byte[] payload)
                throws InterruptedException {
            receive();
        }
    }

    @Singleton
    static class SlowOfEight extends Slow {
        void all(
                @Observes
                        @MqttTopic("flood/0/+")
                        @MqttTopic("flood/1/+")
                        @MqttTopic("flood/2/+")
                        @MqttTopic("flood/3/+")
                        @MqttTopic("flood/4/+")
                        @MqttTopic("flood/5/+")
                        @MqttTopic("flood/6/+")
                        @MqttTopic("flood/7/+")
                        byte[] payload)
                throws InterruptedException {
            receive();
        }
    }

    @BeforeAll
    @Timeout(600) // Artemis makes an address for each topic
    static void retain() {
        broker = TestBroker.launch();
        try (RawClient publisher = RawClient.connect(broker.url())) {
            for (int i = 0; i < MESSAGES; i++) {
                String topic = "flood/" + i % 12 + "/" + i / 12;
                publisher.publish(topic, "0123456789".getBytes(StandardCharsets.UTF_8), 1, true);
            }
        }
    }

    @AfterAll
    static void end() {
        broker.close();
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("mqtt.broker-url", broker.url());
        settings.put("mqtt.dispatch.queue-capacity", "" + MESSAGES * 10 / 48);
        return settings;
    }

    @Test
    void retainedMessagesOfManyFilters_areAllReceived() {
        try (TestContainer application = TestContainer.start(settings(), SlowOfTwelve.class)) {
            Mqtt mqtt = application.get(Mqtt.class);
            Slow observer = application.get(SlowOfTwelve.class);

            await().atMost(PATIENCE)
                    .until(() -> observer.received.get() + mqtt.metrics().dropped() >= MESSAGES);

            assertThat(mqtt.metrics().dropped()).isZero();
            assertThat(observer.received).hasValue(MESSAGES);
            assertThat(mqtt.metrics().reconnects()).isZero();
        }
    }

    @Test
    void retainedMessages_whileAcknowledgementsAreDue_areAllReceived() {
        try (TestContainer application = TestContainer.start(settings(), SlowOfEight.class)) {
            Mqtt mqtt = application.get(Mqtt.class);
            SlowOfEight observer = application.get(SlowOfEight.class);

            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
                assertThat(mqtt.publish("answered", "x", Qos.AT_LEAST_ONCE)).succeedsWithin(Duration.ofSeconds(30));
                return observer.received.get() + mqtt.metrics().dropped() >= OF_EIGHT;
            });

            assertThat(mqtt.metrics().dropped()).isZero();
            assertThat(observer.received).hasValue(OF_EIGHT);
            assertThat(mqtt.metrics().reconnects()).isZero();
        }
    }
}
