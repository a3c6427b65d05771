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
 * The other client of a test: publishes and records with the bare client library, so that the library under test does not verify
 * itself. It can't receive topics with characters from U+FDD0 on, on which the receiver of Paho 1.2.5 dies. Thread-safe.
 */
public final class RawClient implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 10_000;

    /** A message as it was received. */
    public record Received(String topic, String text, int qos, boolean retained, boolean duplicate) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final MqttClient client;

    private RawClient(String url) {
        String id = "raw-" + UUID.randomUUID().toString().substring(0, 13);
        try {
            client = new MqttClient(TestBroker.tcpUrl(url), id, new MemoryPersistence());
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
            options.setMaxInflight(60_000); // Paho 1.2.5 counts wrong: its limit of ten stops even single messages
            raw.client.connect(options);
            return raw;
        } catch (MqttException e) {
            raw.close();
            throw new IllegalStateException("cannot connect to " + url, e);
        }
    }

    /** Returns the first message that a new subscription to a topic receives: the retained one, or the next. */
    public static Received retained(String url, String topic) {
        try (RawClient late = connect(url).observe(topic)) {
            return await().until(late::received, messages -> !messages.isEmpty())
                    .get(0);
        }
    }

    /** Subscribes with QoS 2 and records the messages; returns when the broker has granted it. */
    public RawClient observe(String filter) {
        try {
            client.subscribe(filter, 2);
            return this;
        } catch (MqttException e) {
            throw new IllegalStateException("cannot subscribe to " + filter, e);
        }
    }

    /** Subscribes with QoS 2 and returns the granted QoS, 128 for a refusal. */
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

    /** Returns the messages recorded so far, in order of arrival. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** Returns the texts recorded so far on this topic, in order of arrival. */
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
            // The test itself ends the connection.
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // publish waits for it.
        }
    }
}
