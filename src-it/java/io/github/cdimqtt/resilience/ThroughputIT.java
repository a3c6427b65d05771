package io.github.cdimqtt.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.testing.TestContainer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The throughput of the library and of the client that it is built on, both with the same peer in one run. It prints the rates and
 * asserts none: the peer shares the processors.
 */
@Tag("slow")
@Timeout(120)
class ThroughputIT {

    private static final int ROUNDS = 3;
    private static final int WINDOW = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TEXT = "x".repeat(64);

    @Singleton
    static class Counting {
        final AtomicLong count = new AtomicLong();

        void zero(@Observes @MqttTopic("rate/0") byte[] payload) {
            count.incrementAndGet();
        }

        void one(@Observes @MqttTopic(value = "rate/1", qos = Qos.AT_LEAST_ONCE) byte[] payload) {
            count.incrementAndGet();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void receiving(int qos) throws Exception {
        int messages = qos == 0 ? 300_000 : 60_000;
        try (SocketBroker paho = new SocketBroker(0);
                SocketBroker broker = new SocketBroker(0);
                TestContainer application =
                        TestContainer.start(Map.of("mqtt.broker-url", broker.url()), Counting.class)) {
            Counting observer = application.get(Counting.class);
            AtomicLong bare = new AtomicLong();
            MqttAsyncClient client = bare(paho, bare);
            for (int round = 1; round <= ROUNDS; round++) {
                long bareRate = rate(messages, () -> receive(paho, qos, messages, bare));
                long rate = rate(messages, () -> receive(broker, qos, messages, observer.count));
                print("receive", qos, round, rate, bareRate);
            }
            client.disconnectForcibly(0, 100);
            client.close(true);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void publishing(int qos) throws Exception {
        int messages = qos == 0 ? 200_000 : 60_000;
        try (SocketBroker paho = new SocketBroker(0);
                SocketBroker broker = new SocketBroker(0);
                TestContainer application =
                        TestContainer.start(Map.of("mqtt.broker-url", broker.url()), Counting.class)) {
            Mqtt mqtt = application.get(Mqtt.class);
            MqttAsyncClient client = bare(paho, new AtomicLong());
            for (int round = 1; round <= ROUNDS; round++) {
                long bareRate = rate(messages, () -> publish(client, qos, messages));
                long rate = rate(messages, () -> publish(mqtt, Qos.of(qos), messages));
                print("publish", qos, round, rate, bareRate);
            }
            client.disconnectForcibly(0, 100);
            client.close(true);
        }
    }

    private static void print(String what, int qos, int round, long rate, long bareRate) {
        System.out.printf(
                "%s QoS %d, round %d: cdi-mqtt %,d a second, bare Paho %,d, ratio %.2f%n",
                what, qos, round, rate, bareRate, (double) rate / bareRate);
    }

    private static void receive(SocketBroker broker, int qos, int messages, AtomicLong count) throws Exception {
        long end = count.get() + messages;
        if (qos == 0) {
            broker.flood(SocketBroker.publish("rate/0", TEXT, 0), messages);
        } else {
            for (int i = 0; i < messages; i++) {
                broker.send(SocketBroker.publish("rate/1", TEXT, i % 60_000 + 1));
            }
        }
        await().pollInterval(Duration.ofMillis(5)).atMost(PATIENCE).until(() -> count.get() >= end);
    }

    private static void publish(Mqtt mqtt, Qos qos, int messages) throws Exception {
        Semaphore window = new Semaphore(WINDOW);
        for (int i = 0; i < messages; i++) {
            assertThat(window.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            mqtt.publish("rate/out", TEXT, qos).whenComplete((done, failure) -> window.release());
        }
        assertThat(window.tryAcquire(WINDOW, 20, TimeUnit.SECONDS)).isTrue();
    }

    private static void publish(MqttAsyncClient client, int qos, int messages) throws Exception {
        Semaphore window = new Semaphore(WINDOW);
        byte[] payload = TEXT.getBytes(UTF_8);
        IMqttActionListener listener = new IMqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                window.release();
            }

            @Override
            public void onFailure(IMqttToken token, Throwable cause) {
                window.release();
            }
        };
        for (int i = 0; i < messages; i++) {
            assertThat(window.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            client.publish("rate/out", payload, qos, false, null, listener);
        }
        assertThat(window.tryAcquire(WINDOW, 20, TimeUnit.SECONDS)).isTrue();
    }

    private static MqttAsyncClient bare(SocketBroker broker, AtomicLong count) throws Exception {
        MqttAsyncClient client = new MqttAsyncClient(broker.url(), "bare", new MemoryPersistence());
        client.setCallback(new MqttCallback() {
            @Override
            public void messageArrived(String topic, MqttMessage message) {
                count.incrementAndGet();
            }

            @Override
            public void connectionLost(Throwable cause) {}

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {}
        });
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setMaxInflight(60_000); // Paho 1.2.5 throws at its limit, though it is documented to block
        client.connect(options).waitForCompletion(10_000);
        return client;
    }

    private static long rate(int messages, Task task) throws Exception {
        long began = System.nanoTime();
        task.run();
        return messages * 1_000_000_000L / (System.nanoTime() - began);
    }

    /** A measured operation. */
    private interface Task {
        void run() throws Exception;
    }
}
