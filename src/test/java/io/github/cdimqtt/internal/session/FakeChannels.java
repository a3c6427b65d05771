package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.transport.ChannelFactory;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Makes channels whose broker the test plays. */
final class FakeChannels implements ChannelFactory {
    /** Those that were opened. */
    final List<FakeChannel> opened = new ArrayList<>();

    /** Thrown by the next calls that open or close a channel. */
    final Queue<Error> faults = new ArrayDeque<>();

    /** Whether a channel is closed as soon as the session wants it to be. */
    boolean closeAtOnce = true;

    @Override
    public PacketChannel channel(BrokerAddress server, PacketChannel.Listener listener) {
        return new FakeChannel(server, listener, this);
    }

    /** Returns the newest channel. */
    FakeChannel last() {
        return opened.get(opened.size() - 1);
    }

    void throwFault() {
        if (!faults.isEmpty()) {
            throw faults.remove();
        }
    }
}
