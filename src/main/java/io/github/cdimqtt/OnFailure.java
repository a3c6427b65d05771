package io.github.cdimqtt;

/**
 * What becomes of a message when one of its observers fails. Constants stand in order of strictness: of the observers
 * that a message matches, the strictest wins.
 */
public enum OnFailure {
    /** What the key {@code mqtt.on-failure} says. */
    DEFAULT,
    /** Acknowledge all the same: the failure is logged and fired as {@link MqttEvent.MessageFailed}. */
    ACK,
    /**
     * Publish the payload to {@code mqtt.dead-letter-topic}, then acknowledge. The only value with a meaning for QoS 0. On MQTT 5
     * the dead letter keeps the properties of the message, without the expiry, and says why it is one in user properties: {@code
     * dead-letter-topic}, the topic of the message, {@code dead-letter-observer}, the observer that failed first, and {@code
     * dead-letter-cause}, the classes of what that threw, without their texts.
     */
    DEAD_LETTER,
    /**
     * Leave it unacknowledged and let the broker send it again; needs a session that is kept: {@code mqtt.clean-session=false}, on
     * MQTT 5 or {@code mqtt.session-expiry}.
     */
    REDELIVER
}
