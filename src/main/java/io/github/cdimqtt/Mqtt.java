package io.github.cdimqtt;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a broker: {@code @Inject Mqtt}, with {@link MqttBroker} for a named one. It opens and closes with the
 * application.
 *
 * <p>Thread-safe. No method blocks on the network; with {@link PublishInTransaction#OUTBOX} publish and reply write to the
 * database on the calling thread. Stages complete on threads of cdi-mqtt, so what is chained to them
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

    /**
     * Returns this connection with another choice of when a message goes that is published within a transaction:
     * {@code mqtt.inTransaction(AFTER_COMMIT).publish("orders", order, AT_LEAST_ONCE)}.
     *
     * @param when in place of {@code mqtt.publish-in-transaction}; a stage fails if it needs what the application does not have
     */
    Mqtt inTransaction(PublishInTransaction when);

    /** Subscribes at QoS 0; see {@link #subscribe(String, Qos)}. */
    default CompletionStage<Qos> subscribe(String filter) {
        return subscribe(filter, Qos.AT_MOST_ONCE);
    }

    /** Subscribes; see {@link #subscribe(String, Qos, Retained, Consumer)}. What arrives goes to observers alone. */
    default CompletionStage<Qos> subscribe(String filter, Qos qos) {
        return subscribe(filter, qos, Retained.SEND, null);
    }

    /** Subscribes with a consumer; see {@link #subscribe(String, Qos, Retained, Consumer)}. */
    default CompletionStage<Qos> subscribe(String filter, Qos qos, Consumer<MqttMessage> consumer) {
        return subscribe(filter, qos, Retained.SEND, requireNonNull(consumer, "consumer"));
    }

    /**
     * Subscribes to a topic filter (MQTT 3.1.1 and 5.0, section 3.8). What arrives goes to the observers that match it; where none
     * does, to those of {@link Unmatched}. The last call for a filter sets its quality of service, which retained messages come,
     * and its consumer, over reconnects too.
     *
     * @param filter a topic filter as on the wire: {@code +}, {@code #} and {@code $share/<group>/...}
     * @param qos the quality of service asked for
     * @param retained which messages that the broker had kept come; anything but {@link Retained#SEND} needs MQTT 5
     * @param consumer called besides the observers, as one is: one message at a time, free to block; its exceptions are logged and
     *     fired as {@link MqttEvent.MessageFailed}. It alone receives the messages retained for the filter, also where others have
     *     received them before. Null for none
     * @return completes with the granted quality of service, after the next connect if there is none now; fails if the
     *     filter is wrong or the broker refuses it
     */
    CompletionStage<Qos> subscribe(String filter, Qos qos, Retained retained, @Nullable Consumer<MqttMessage> consumer);

    /**
     * Ends a subscription, and silences the observers of that filter until it is subscribed again or the application
     * starts again. Where the session is kept the broker is asked even for a filter that nobody wants here: its
     * session may remember it from a former life of the application.
     *
     * @return completes when the broker has answered, after the next connect if there is none now
     */
    CompletionStage<Void> unsubscribe(String filter);

    /** Ends every subscription; see {@link #unsubscribe(String)}. */
    CompletionStage<Void> unsubscribeAll();

    /**
     * Publishes a request at QoS 1 and completes with its answer as a type; see {@link #request(String, Object, Qos,
     * MqttProperties)}.
     *
     * @param type as of {@link MqttMessage#as(Class)}, with which the stage fails if the answer does not convert
     */
    <T> CompletionStage<T> request(String topic, @Nullable Object payload, Class<T> type);

    /**
     * Publishes a request, not retained, and waits for its answer (MQTT 5.0, section 4.10). Needs MQTT 5. An observer may wait for
     * the stage. The answer is the caller's alone: no observer sees it. Over a reconnect the stage waits on.
     *
     * @param topic the topic, without wildcards
     * @param payload as of {@link #publish(String, Object, Qos, boolean, MqttProperties)}
     * @param qos the quality of service; 1 tells at once that nobody has subscribed to the topic
     * @param properties what it carries besides, without a response topic and correlation data, which are set here. An expiry takes
     *     the place of {@code request-timeout}
     * @return completes with the first answer; fails if none comes in time, if nobody has subscribed to the topic, if the broker
     *     refused the request, if the properties say where to answer, on {@link #disconnect()}, and if {@code offline-buffer}
     *     requests wait already. A failure is not logged
     */
    CompletionStage<MqttMessage> request(String topic, @Nullable Object payload, Qos qos, MqttProperties properties);

    /** Answers a request; see {@link #reply(MqttMessage, Object, MqttProperties)}. */
    default CompletionStage<MqttEvent.Published> reply(MqttMessage request, @Nullable Object payload) {
        return reply(request, payload, MqttProperties.NONE);
    }

    /**
     * Answers a request (MQTT 5.0, section 4.10): publishes to its response topic with its quality of service and its correlation
     * data, not retained; with {@link PublishInTransaction#OUTBOX} at QoS 1 where the request is of QoS 0. Needs MQTT 5.
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

    /**
     * Proves again who the client is, while messages go on (MQTT 5.0, section 4.12.1). Needs MQTT 5 and an {@link
     * MqttAuthentication} bean.
     *
     * @return completes when the broker has accepted; fails if it refuses, which ends the connection, and if there is none
     */
    CompletionStage<Void> reauthenticate();

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

    /** Returns the client identifier in use: on MQTT 5 the one that the broker assigned, if it did. */
    String clientId();

    /** Returns what the connection has done so far. */
    MqttMetrics metrics();
}
