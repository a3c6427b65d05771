package io.github.cdimqtt.internal.transport;

import io.github.cdimqtt.Qos;
import java.nio.ByteBuffer;

/**
 * A PUBLISH received from the broker.
 *
 * @param payload must not be modified
 * @param packetId 1 to 65,535; 0 if there is nothing to acknowledge: QoS 0, and QoS 2 that the broker has forgotten
 */
public record InboundMessage(
        String topic, ByteBuffer payload, Qos qos, boolean retained, boolean duplicate, int packetId) {}
