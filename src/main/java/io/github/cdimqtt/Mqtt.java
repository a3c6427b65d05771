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
 * <p>Thread-safe. No method blocks on the network. Stages complete on threads of cdi-mqtt, so what is chained to them
 * may block; they fail with {@link MqttException}.
 */
public interface Mqtt extends MqttPublisher {

    /**
     * Returns this connection with another choice of when a message goes that is published within a transaction:
     * {@code mqtt.inTransaction(AFTER_COMMIT).publish("orders", order, AT_LEAST_ONCE)}.
     *
     * @param when in place of {@code mqtt.publish-in-transaction}; a stage fails if it needs what the application does not have
     */
    MqttPublisher inTransaction(PublishInTransaction when);

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
