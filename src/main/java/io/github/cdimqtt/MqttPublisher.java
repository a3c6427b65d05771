package io.github.cdimqtt;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the messages of a connection: the {@link Mqtt} that is injected, or what {@link Mqtt#inTransaction} returns.
 *
 * <p>Thread-safe. No method blocks on the network. Stages complete on threads of cdi-mqtt, so what is chained to them
 * may block; they fail with {@link MqttException}.
 */
public interface MqttPublisher {

    /** Publishes at QoS 0, not retained; see {@link #publish(String, Object, Qos, boolean)}. */
    default CompletionStage<MqttEvent.Published> publish(String topic, @Nullable Object payload) {
        return publish(topic, payload, Qos.AT_MOST_ONCE, false);
    }

    /** Publishes, not retained; see {@link #publish(String, Object, Qos, boolean)}. */
    default CompletionStage<MqttEvent.Published> publish(String topic, @Nullable Object payload, Qos qos) {
        return publish(topic, payload, qos, false);
    }

    /** Publishes without properties; see {@link #publish(String, Object, Qos, boolean, MqttProperties)}. */
    default CompletionStage<MqttEvent.Published> publish(
            String topic, @Nullable Object payload, Qos qos, boolean retain) {
        return publish(topic, payload, qos, retain, MqttProperties.NONE);
    }

    /**
     * Publishes a message (MQTT 3.1.1 and 5.0, section 3.3).
     *
     * <p>QoS 0 while disconnected fails the stage; QoS 1 and 2 wait in a queue of {@code mqtt.offline-buffer} messages
     * and are sent, in order, after the next connect. MQTT 3.1.1 does not say whether a publish was authorised; on MQTT 5 a message
     * that the broker refuses fails the stage with the reason, and is not sent again.
     *
     * <p>On MQTT 5 the message says what cdi-mqtt knows of its payload: that it is UTF-8 text, where it is written as text or as
     * JSON, and the content type {@code application/json} of the latter, unless the properties have a content type. Of bytes, a
     * {@link MqttMessage} and what a {@link PayloadConverter} bean writes it says nothing but what the properties say.
     *
     * @param topic the topic, without wildcards
     * @param payload null (empty), {@code byte[]}, {@link java.nio.ByteBuffer}, {@link CharSequence}, {@link Number},
     *     {@link Boolean}, or anything that a {@link PayloadConverter} writes
     * @param qos the quality of service
     * @param retain whether the broker keeps it for later subscribers
     * @param properties what it carries besides, without control characters (U+0001 to U+001F, U+007F to U+009F) and
     *     non-characters, over which brokers close the connection; anything but {@link MqttProperties#NONE} needs MQTT 5
     * @return completes when the message is acknowledged by the broker (QoS 1: PUBACK, QoS 2: PUBCOMP), QoS 0: written
     *     to the socket or, while more waits to be sent, to a buffer of 16 KiB before it; fails if the topic or a property
     *     is wrong, the payload has no converter, the queue is full, the message expired in it, the broker refused it, or the
     *     transaction that it belongs to was rolled back
     */
    CompletionStage<MqttEvent.Published> publish(
            String topic, @Nullable Object payload, Qos qos, boolean retain, MqttProperties properties);

    /** Answers a request; see {@link #reply(MqttMessage, Object, MqttProperties)}. */
    default CompletionStage<MqttEvent.Published> reply(MqttMessage request, @Nullable Object payload) {
        return reply(request, payload, MqttProperties.NONE);
    }

    /**
     * Answers a request (MQTT 5.0, section 4.10): publishes to its response topic with its quality of service and its correlation
     * data, not retained. Needs MQTT 5.
     *
     * @param request the message that asks, of this connection
     * @param payload as of {@link #publish(String, Object, Qos, boolean, MqttProperties)}
     * @param properties what the answer carries besides; correlation data are replaced. Where it has no expiry the answer has that
     *     of the request as it arrived
     * @return as of {@code publish}; fails too if the message has no response topic or one that is no topic, or is of another
     *     connection
     */
    CompletionStage<MqttEvent.Published> reply(
            MqttMessage request, @Nullable Object payload, MqttProperties properties);
}
