package io.github.cdimqtt.internal.transport;

import io.github.cdimqtt.internal.net.BrokerAddress;

/** Makes the channels of one session, one for each attempt to connect. Thread-safe. */
public interface ChannelFactory {
    /** Makes a channel that is not open yet. */
    PacketChannel channel(BrokerAddress server, PacketChannel.Listener listener);
}
