package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;

/** What a {@link WireSession} reports, besides the messages that it receives. */
public sealed interface WireEvent {

    record Connected(boolean sessionPresent) implements WireEvent {}

    record Granted(String filter, Qos qos) implements WireEvent {}

    record Refused(String filter, Throwable cause) implements WireEvent {}

    record Unsubscribed() implements WireEvent {}

    record Delivered(Packet.Publish message, int packetId) implements WireEvent {}

    record Failed(Packet.Publish message, Throwable cause) implements WireEvent {}

    record Lost(MqttException cause) implements WireEvent {}
}
