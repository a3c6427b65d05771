package io.github.cdimqtt.internal.transport;

import io.github.cdimqtt.Qos;

/** A topic filter as it is on the wire, and the quality of service asked for. */
public record Subscription(String filter, Qos qos) {}
