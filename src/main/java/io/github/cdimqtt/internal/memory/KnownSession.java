package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.Qos;
import java.util.Map;

/**
 * A session, as it is at the moment.
 *
 * @param subscriptions the granted QoS by topic filter
 * @param waiting how many messages of QoS 1 and 2 are not acknowledged by its client
 */
public record KnownSession(String clientId, boolean connected, Map<String, Qos> subscriptions, int waiting) {}
