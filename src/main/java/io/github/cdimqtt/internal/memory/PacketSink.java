package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.internal.packet.Packet;

/** Takes what the broker sends to one client. Called under the broker's lock: its methods return at once and call nobody. */
interface PacketSink {
    void packet(Packet packet);

    /** The broker has ended the connection; no packet follows. */
    void ended();

    /** Something falls due earlier than was known: {@link MemoryBroker#runDue} says when. */
    void wake();
}
