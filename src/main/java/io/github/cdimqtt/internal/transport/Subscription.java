package io.github.cdimqtt.internal.transport;

import io.github.cdimqtt.Qos;

/** A topic filter as sent to the broker, and the requested quality of service. */
public record Subscription(String filter, Qos qos) {}
