package io.github.cdimqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * The other end of a test: publishes and records over the bare client library, so that the library under test is not its
 * own witness. Topics with characters from U+FDD0 on are beyond it (Paho 1.2.5: its receiver dies of them).
 */
public final class RawClient implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 10_000;

    /** One message as it came. */
    public record Received(String topic, String text, int qos, boolean retained, boolean duplicate) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final MqttClient client;

    private RawClient(String url) {
        String id = "raw-" + UUID.randomUUID().toString().substring(0, 13);
        try {
            client = new MqttClient(url, id, new MemoryPersistence());
        } catch (MqttException e) {
            throw new IllegalArgumentException("no client for " + url, e);
        }
        client.setTimeToWait(PATIENCE_MILLIS);
        client.setCallback(new RecordingCallback());
    }

    /** Connects with a clean session and a client id of its own. */
    public static RawClient connect(String url) {
        return connect(url, new MqttConnectOptions());
    }

    /** Connects with these options, over MQTT 3.1.1 and without automatic reconnect. */
    public static RawClient connect(String url, MqttConnectOptions options) {
        RawClient raw = new RawClient(url);
        try {
            options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
            options.setMaxInflight(60_000); // Paho 1.2.5 counts wrong: its limit of ten stops even one at a time
            raw.client.connect(options);
            return raw;
        } catch (MqttException e) {
            raw.close();
            throw new IllegalStateException("cannot connect to " + url, e);
        }
    }

    /** What a client that subscribes now is given first on a topic: the retained message, or the next one. */
    public static Received retained(String url, String topic) {
        try (RawClient late = connect(url).observe(topic)) {
            return await().until(late::received, messages -> !messages.isEmpty())
                    .get(0);
        }
    }

    /** Subscribes with QoS 2 and records what comes; returns when the broker has granted it. */
    public RawClient observe(String filter) {
        try {
            client.subscribe(filter, 2);
            return this;
        } catch (MqttException e) {
            throw new IllegalStateException("cannot subscribe to " + filter, e);
        }
    }

    /** The broker's answer to a subscription with QoS 2: the granted QoS, or 128 for a refusal. */
    public int granted(String filter) {
        try {
            return client.subscribeWithResponse(filter, 2).getGrantedQos()[0];
        } catch (MqttException e) {
            throw new IllegalStateException("cannot subscribe to " + filter, e);
        }
    }

    /** Publishes text with QoS 1, not retained; returns when the broker has acknowledged it. */
    public void publish(String topic, String text) {
        publish(topic, text.getBytes(UTF_8), 1, false);
    }

    /** Publishes; returns when the broker has acknowledged it, or with QoS 0 when it is written. */
    public void publish(String topic, byte[] payload, int qos, boolean retained) {
        try {
            client.publish(topic, payload, qos, retained);
        } catch (MqttException e) {
            throw new IllegalStateException("cannot publish to " + topic, e);
        }
    }

    /**
     * Publishes once to topics that nobody has subscribed yet. Artemis 2.55 may deliver the first message on a topic that
     * is new to it after those that follow (96 of 3,000 topics, between two clients such as this one).
     */
    public RawClient introduce(String... topics) {
        for (String topic : topics) {
            publish(topic, "");
        }
        return this;
    }

    /** Everything recorded so far, in order of arrival. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** The texts recorded so far on this topic, in order of arrival. */
    public List<String> texts(String topic) {
        return received.stream()
                .filter(message -> message.topic().equals(topic))
                .map(Received::text)
                .toList();
    }

    @Override
    public void close() {
        try {
            if (client.isConnected()) {
                client.disconnectForcibly(0, 100);
            }
            client.close(true);
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class RecordingCallback implements MqttCallback {

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            received.add(new Received(
                    topic,
                    new String(message.getPayload(), UTF_8),
                    message.getQos(),
                    message.isRetained(),
                    message.isDuplicate()));
        }

        @Override
        public void connectionLost(Throwable cause) {
            // A test that takes the broker away knows that it did.
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // publish has waited for it.
        }
    }
}
