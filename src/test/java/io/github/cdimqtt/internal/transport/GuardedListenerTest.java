package io.github.cdimqtt.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.internal.net.connect.ConnectProgress;
import io.github.cdimqtt.internal.packet.Packet;
import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardedListenerTest {
    private static final Packet PACKET = new Packet.PingResp();

    private final List<String> calls = new ArrayList<>();
    private Runnable whenReceived = () -> {};
    private final GuardedListener guarded = new GuardedListener(new PacketChannel.Listener() {
        @Override
        public void opened() {
            calls.add("opened");
        }

        @Override
        public void received(Packet packet) {
            calls.add("received");
            whenReceived.run();
        }

        @Override
        public void written(int count) {
            calls.add("written " + count);
        }

        @Override
        public void closed(Throwable cause, ConnectProgress progress) {
            calls.add("closed " + progress);
        }
    });

    private void callAll() {
        guarded.opened();
        guarded.received(PACKET);
        guarded.written(3);
        guarded.closed(new EOFException(), ConnectProgress.AGREED);
    }

    @Test
    void end_isReportedOnce_andEndsAllCallsButWritten() {
        callAll();
        callAll();

        assertThat(calls).containsExactly("opened", "received", "written 3", "closed AGREED", "written 3");
        assertThat(guarded.close()).isFalse();
    }

    @Test
    void close_endsAllCallsButWritten() {
        assertThat(guarded.close()).isTrue();
        assertThat(guarded.close()).isFalse();
        callAll();

        assertThat(calls).containsExactly("written 3");
    }

    @Test
    void close_withinACall_endsTheCallsAfterIt() {
        whenReceived = guarded::close;

        callAll();

        assertThat(calls).containsExactly("opened", "received", "written 3");
    }

    @Test
    void close_waitsForARunningCall() throws InterruptedException {
        Thread closing = new Thread(guarded::close);
        whenReceived = () -> {
            closing.start();
            await().until(() -> closing.getState() == Thread.State.BLOCKED);
        };

        guarded.received(PACKET);
        closing.join(10_000);
        guarded.received(PACKET);

        assertThat(calls).containsExactly("received");
    }
}
