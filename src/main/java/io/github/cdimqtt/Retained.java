package io.github.cdimqtt;

/**
 * Which messages that the broker had kept come when a filter is subscribed (MQTT 5.0, section 3.8.3.1: Retain Handling). On MQTT
 * 3.1.1 always all of them do. In order: the first is the most generous, and what several ask for in one filter, or in filters of
 * which one covers the other, is the most generous of them.
 */
public enum Retained {
    /** All that match, with each subscription: after each connect again. */
    SEND,

    /** All that match, if the session of the broker did not have the subscription yet: in a kept session once. */
    SEND_IF_NEW,

    /** None. */
    SKIP
}
