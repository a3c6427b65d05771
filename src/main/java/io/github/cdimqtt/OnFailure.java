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
     * Publish the payload to {@code mqtt.dead-letter-topic}, then acknowledge. The only value with a meaning for QoS 0.
     */
    DEAD_LETTER,
    /** Leave it unacknowledged and let the broker send it again; needs {@code mqtt.clean-session=false}. */
    REDELIVER
}
