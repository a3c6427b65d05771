package io.github.cdimqtt;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What happens on a connection, fired as CDI events to sync and async observers: {@code void up(@Observes
 * MqttEvent.Connected event)}. With {@link MqttBroker} on the parameter: of that connection only.
 *
 * <p>Observers run in order, one at a time for each connection, on a thread of their own: they may block, publish and
 * wait. One that fails is logged and keeps the event from no other.
 */
public sealed interface MqttEvent {

    /** Returns the name of the connection. */
    String broker();

    /**
     * The connection is up, and every subscription was answered.
     *
     * @param broker the name of the connection
     * @param clientId the client identifier of this connection: on MQTT 5 the one that the broker assigned, if it did
     * @param serverUri the address of the broker
     * @param sessionPresent whether the broker kept the session (MQTT 3.1.1, section 3.2.2.2)
     * @param reconnect whether there was a connection before
     * @param reason what the broker says of it (MQTT 5.0, section 3.2.2.2); success on MQTT 3.1.1
     */
    record Connected(
            String broker,
            String clientId,
            String serverUri,
            boolean sessionPresent,
            boolean reconnect,
            MqttReason reason)
            implements MqttEvent {

        /** Creates the event of a broker that says nothing of it. */
        public Connected(String broker, String clientId, String serverUri, boolean sessionPresent, boolean reconnect) {
            this(broker, clientId, serverUri, sessionPresent, reconnect, MqttReason.SUCCESS);
        }
    }

    /**
     * An attempt to connect failed; another follows.
     *
     * @param broker the name of the connection
     * @param serverUri the address of the broker
     * @param cause why, in words; {@link MqttException#reason()} has what the broker answered
     * @param attempt how many attempts failed in a row, from 1
     * @param nextDelay the time until the next attempt; zero if none follows
     */
    record ConnectFailed(String broker, String serverUri, Throwable cause, int attempt, Duration nextDelay)
            implements MqttEvent {}

    /**
     * The connection is down.
     *
     * @param broker the name of the connection
     * @param requested whether the application asked for it; if not, the connection is opened again
     * @param cause why it was lost; null if requested. {@link MqttException#reason()} has what the broker said in its last packet
     */
    record Disconnected(
            String broker, boolean requested, @Nullable Throwable cause) implements MqttEvent {}

    /**
     * The broker granted a subscription; after each connect again.
     *
     * @param broker the name of the connection
     * @param filter the topic filter as it is on the wire
     * @param granted the quality of service granted
     */
    record Subscribed(String broker, String filter, Qos granted) implements MqttEvent {}

    /**
     * The broker refused a subscription (MQTT 3.1.1 and 5.0, section 3.9.3).
     *
     * @param broker the name of the connection
     * @param filter the topic filter as it is on the wire
     * @param reason why; 0x80, unspecified error, of MQTT 3.1.1, and of a broker that hung up in place of an answer
     */
    record SubscriptionRefused(String broker, String filter, MqttReason reason) implements MqttEvent {}

    /**
     * A subscription ended.
     *
     * @param broker the name of the connection
     * @param filter the topic filter as it is on the wire
     */
    record Unsubscribed(String broker, String filter) implements MqttEvent {}

    /**
     * A message of ours was delivered: QoS 0 written (see {@link Mqtt#publish(String, Object, Qos, boolean)}), QoS 1
     * and 2 acknowledged by the broker.
     *
     * @param broker the name of the connection
     * @param topic its topic
     * @param qos its quality of service
     * @param messageId the packet identifier, 1 to 65,535; 0 for QoS 0
     * @param reason what the broker answered: success, or on MQTT 5 0x10 if nobody has subscribed to the topic
     */
    record Published(String broker, String topic, Qos qos, int messageId, MqttReason reason) implements MqttEvent {

        /** Creates the event of a broker that says nothing of it. */
        public Published(String broker, String topic, Qos qos, int messageId) {
            this(broker, topic, qos, messageId, MqttReason.SUCCESS);
        }
    }

    /**
     * The broker refused a message of ours, which is not sent again (MQTT 5.0, sections 3.4.2.1 and 3.5.2.1). Its stage fails with
     * the same reason. MQTT 3.1.1 has no such answer.
     *
     * @param broker the name of the connection
     * @param topic its topic
     * @param qos its quality of service, 1 or 2
     * @param reason why
     */
    record PublishRefused(String broker, String topic, Qos qos, MqttReason reason) implements MqttEvent {}

    /**
     * An observer or a consumer failed, or the payload did not convert to what it observes.
     *
     * @param broker the name of the connection
     * @param message the message
     * @param observer the observer, as {@code Class#method(Type)}
     * @param cause what it threw
     */
    record MessageFailed(String broker, MqttMessage message, String observer, Throwable cause) implements MqttEvent {}

    /**
     * QoS 0 messages were dropped; reported at most once a second.
     *
     * @param broker the name of the connection
     * @param topic the topic of the last of them
     * @param reason why, and how many
     */
    record MessageDropped(String broker, String topic, String reason) implements MqttEvent {}
}
