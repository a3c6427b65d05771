package io.github.cdimqtt;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a broker: {@code @Inject Mqtt}, with {@link MqttBroker} for a named one. It opens and closes with the
 * application.
 *
 * <p>Thread-safe. No method blocks on the network. Stages complete on threads of cdi-mqtt, so what is chained to them
 * may block; they fail with {@link MqttException}.
 */
public interface Mqtt {

    /** Publishes at QoS 0, not retained; see {@link #publish(String, Object, Qos, boolean)}. */
    default CompletionStage<MqttEvent.Published> publish(String topic, @Nullable Object payload) {
        return publish(topic, payload, Qos.AT_MOST_ONCE, false);
    }

    /** Publishes, not retained; see {@link #publish(String, Object, Qos, boolean)}. */
    default CompletionStage<MqttEvent.Published> publish(String topic, @Nullable Object payload, Qos qos) {
        return publish(topic, payload, qos, false);
    }

    /**
     * Publishes a message (MQTT 3.1.1, section 3.3).
     *
     * <p>QoS 0 while disconnected fails the stage; QoS 1 and 2 wait in a queue of {@code mqtt.offline-buffer} messages
     * and are sent, in order, after the next connect. MQTT 3.1.1 does not say whether a publish was authorised.
     *
     * @param topic the topic, without wildcards
     * @param payload null (empty), {@code byte[]}, {@link java.nio.ByteBuffer}, {@link CharSequence}, {@link Number},
     *     {@link Boolean}, or anything that a {@link PayloadConverter} writes
     * @param qos the quality of service
     * @param retain whether the broker keeps it for later subscribers
     * @return completes when the message is acknowledged by the broker (QoS 1: PUBACK, QoS 2: PUBCOMP), QoS 0: written
     *     to the socket or, while more waits to be sent, to a buffer of 16 KiB before it; fails if the topic is wrong,
     *     the payload has no converter, or the queue is full
     */
    CompletionStage<MqttEvent.Published> publish(String topic, @Nullable Object payload, Qos qos, boolean retain);

    /** Subscribes at QoS 0; see {@link #subscribe(String, Qos)}. */
    default CompletionStage<Qos> subscribe(String filter) {
        return subscribe(filter, Qos.AT_MOST_ONCE);
    }

    /**
     * Subscribes to a topic filter. What arrives goes to the observers that match it; where none does, to those of
     * {@link Unmatched}. The last call for a filter sets its quality of service, over reconnects too; a consumer that
     * an earlier call set is removed.
     *
     * @param filter a topic filter as on the wire: {@code +}, {@code #} and {@code $share/<group>/...}
     * @param qos the quality of service asked for
     * @return completes with the granted quality of service, after the next connect if there is none now; fails if the
     *     filter is wrong or the broker refuses it
     */
    CompletionStage<Qos> subscribe(String filter, Qos qos);

    /**
     * Subscribes to a topic filter and delivers what matches it to a consumer, besides its observers. The consumer alone
     * receives the messages retained for the filter, also where others have received them before.
     *
     * @param consumer called as an observer is: one message at a time, free to block; its exceptions are logged and
     *     fired as {@link MqttEvent.MessageFailed}
     * @see #subscribe(String, Qos)
     */
    CompletionStage<Qos> subscribe(String filter, Qos qos, Consumer<MqttMessage> consumer);

    /**
     * Ends a subscription, and silences the observers of that filter until it is subscribed again or the application
     * starts again. With {@code clean-session=false} the broker is asked even for a filter that nobody wants here: its
     * session may remember it from a former life of the application.
     *
     * @return completes when the broker has answered, after the next connect if there is none now
     */
    CompletionStage<Void> unsubscribe(String filter);

    /** Ends every subscription; see {@link #unsubscribe(String)}. */
    CompletionStage<Void> unsubscribeAll();

    /**
     * Opens the connection after {@link #disconnect()}; does nothing if it is open or being opened.
     *
     * @return completes when connected and every subscription was answered; stays open while the attempts fail
     */
    CompletionStage<Void> connect();

    /**
     * Closes the connection, ends all attempts to open it and fails what is open, until {@link #connect()}.
     *
     * @return completes when closed
     */
    CompletionStage<Void> disconnect();

    /** Returns the granted quality of service by topic filter, as it is now: a copy. */
    Map<String, Qos> subscriptions();

    /** Returns whether the broker has accepted the connection and it was not lost since. */
    boolean isConnected();

    /** Returns the client identifier in use. */
    String clientId();

    /** Returns what the connection has done so far. */
    MqttMetrics metrics();
}
