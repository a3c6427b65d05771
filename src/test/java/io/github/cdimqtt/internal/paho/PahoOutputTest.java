package io.github.cdimqtt.internal.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PahoOutputTest {
    private final List<String> written = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>(); // of QoS 0

    private final PahoOutput stream = new PahoOutput(
            new ByteArrayOutputStream() {
                @Override
                public synchronized void write(byte[] bytes, int offset, int length) {
                    written.add(HexFormat.of().formatHex(bytes, offset, offset + length));
                }
            },
            new byte[] {0x10, 0x7f},
            counts::add);

    @Test
    void packet_isFlushed_whenNoMoreArePending() {
        expect(3);
        packet("30010a");
        packet("30010b");
        assertThat(written).isEmpty();
        packet("30010c");
        assertThat(written).containsExactly("30010a30010b30010c");
        expect(1);
        packet("40020001");
        assertThat(written).hasSize(2).endsWith("40020001");
    }

    @Test
    void publishedAtMostOnce_isCountedWhenItIsFlushed() {
        expect(4);
        packet("30010a");
        packet("32010b");
        packet("34010b");
        assertThat(counts).isEmpty();
        packet("31010c");
        assertThat(counts).containsExactly(2);
        expect(1);
        packet("40020001");
        assertThat(counts).containsExactly(2);
    }

    @Test
    void bytes_areCountedWhenTheyAreFlushed() {
        expect(2);
        packet("30010a");
        assertThat(stream.bytesSent()).isZero();
        packet("30" + "00".repeat(20_000));
        assertThat(stream.bytesSent()).isEqualTo(20_004);
    }

    @Test
    void refusedPacket_isNotWaitedFor() {
        expect(2);
        stream.cancelExpected();
        packet("30010a");
        assertThat(written).containsExactly("30010a");
    }

    @Test
    void connect_isReplaced() {
        assertThat(stream.started().getCount()).isOne();
        packet("10020000");
        assertThat(written).containsExactly("107f");
        assertThat(stream.started().getCount()).isZero();
    }

    @Test
    void largePacket_isWrittenInOrder() {
        expect(3);
        packet("30010a");
        packet("30" + "00".repeat(20_000));
        packet("30010b");
        assertThat(written).containsExactly("30010a", "30" + "00".repeat(20_000), "30010b");
    }

    @Test
    void awaitWritten_waitsForTheWriteOfTheLastPacket() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        PahoOutput slow = new PahoOutput(new SlowOutput(writing, gate), new byte[0], counts::add);
        slow.expect();
        CompletableFuture<?> written = CompletableFuture.runAsync(() -> packet(slow, "e000"));
        writing.await();
        assertThat(slow.awaitWritten(1)).as("written").isFalse();
        assertThat(written).isNotDone();
        FutureTask<Long> awaited = new FutureTask<>(() -> {
            assertThat(slow.awaitWritten(60_000)).as("written").isTrue();
            return slow.bytesSent();
        });
        Thread waiting = new Thread(awaited);
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        gate.countDown();
        assertThat(awaited.get(10, TimeUnit.SECONDS)).isEqualTo(2);
        written.join();
    }

    @Test
    void packetsWithoutEnd_areRefused() {
        for (int i = 0; i < 1_000_000; i++) {
            stream.expect();
        }
        assertThatThrownBy(stream::expect)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the broker takes nothing: 1000000 packets are queued");
    }

    /** Writes nothing before a gate opens. */
    private static final class SlowOutput extends OutputStream {
        private final CountDownLatch writing;
        private final CountDownLatch gate;

        SlowOutput(CountDownLatch writing, CountDownLatch gate) {
            this.writing = writing;
            this.gate = gate;
        }

        @Override
        public void write(int b) {
            throw new AssertionError("slow");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            writing.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }
    }

    private void expect(int packets) {
        for (int i = 0; i < packets; i++) {
            stream.expect();
        }
    }

    private void packet(String hex) {
        packet(stream, hex);
    }

    private static void packet(PahoOutput stream, String hex) {
        try {
            stream.write(HexFormat.of().parseHex(hex));
            stream.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
