package io.github.cdimqtt.internal.direct;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.Packets;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PacketWriterTest {
    private final Segments socket = new Segments();
    private final BlockingQueue<Integer> counts = new LinkedBlockingQueue<>(); // of QoS 0
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final PacketWriter writer = new PacketWriter(socket, ProtocolVersion.V3_1_1, counts::add, failures::add);

    /** Records each write, in hexadecimal. */
    private static final class Segments extends OutputStream {
        private final BlockingQueue<String> written = new LinkedBlockingQueue<>();
        private final CountDownLatch blocked = new CountDownLatch(1);
        private volatile boolean fails;
        private volatile CountDownLatch gate = new CountDownLatch(0);

        @Override
        public void write(int b) {
            throw new AssertionError("slow");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            blocked.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (fails) {
                throw new IOException("broken");
            }
            written.add(HexFormat.of().formatHex(bytes, offset, offset + length));
        }

        String next() throws InterruptedException {
            return written.poll(10, TimeUnit.SECONDS);
        }
    }

    @AfterEach
    void stop() {
        writer.stop();
    }

    @Test
    void packetsQueuedTogether_areOneSegment() throws InterruptedException {
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            writer.add(new Packet.PubAck(1 + i));
            expected.append(Packets.puback(1 + i));
        }
        writer.start();
        assertThat(socket.next()).isEqualTo(expected.toString());
    }

    @Test
    void packets_areOfTheVersionOfTheConnection() throws InterruptedException {
        Packet refusal = new Packet.PubAck(1, new MqttReason(0x80));
        writer.add(refusal);
        writer.start();
        assertThat(socket.next()).isEqualTo(Packets.puback(1));
        PacketWriter mqtt5 = new PacketWriter(socket, ProtocolVersion.V5, counts::add, failures::add);
        mqtt5.add(refusal);
        mqtt5.finish(new Packet.Disconnect());
        mqtt5.start();
        assertThat(socket.next()).isEqualTo("4003000180" + Packets.DISCONNECT);
    }

    @Test
    void packetsQueuedDuringAWrite_areTheNextSegment() throws InterruptedException {
        socket.gate = new CountDownLatch(1);
        writer.start();
        writer.add(new Packet.PubAck(1));
        assertThat(socket.blocked.await(10, TimeUnit.SECONDS)).isTrue();
        writer.add(new Packet.PubAck(2));
        writer.add(message("x", Qos.AT_MOST_ONCE));
        writer.add(new Packet.PingReq());
        socket.gate.countDown();
        assertThat(socket.next()).isEqualTo(Packets.puback(1));
        assertThat(socket.next())
                .isEqualTo(Packets.puback(2) + Packets.publish("t", Packets.hex("x")) + Packets.PINGREQ);
    }

    @Test
    void lastPacket_isWrittenBehindAllThatAreQueued_andNothingBehindIt() throws InterruptedException {
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            writer.add(message("%04d".formatted(i), Qos.AT_MOST_ONCE));
            expected.append(Packets.publish("t", Packets.hex("%04d".formatted(i))));
        }
        writer.finish(new Packet.Disconnect());
        writer.add(new Packet.PingReq());
        writer.start();
        assertThat(writer.awaitFinished(10_000)).isTrue();
        assertThat(String.join("", socket.written)).isEqualTo(expected + Packets.DISCONNECT);
        assertThat(socket.written).hasSizeLessThan(10);
        assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(5000);
        assertThat(writer.bytesSent()).isEqualTo((expected.length() + Packets.DISCONNECT.length()) / 2);
    }

    @Test
    void publishedAtMostOnce_isCountedWhenItIsWritten() throws InterruptedException {
        writer.add(message("1", Qos.AT_MOST_ONCE));
        writer.add(message("2", Qos.AT_LEAST_ONCE));
        writer.add(message("3", Qos.EXACTLY_ONCE));
        writer.add(message("4", Qos.AT_MOST_ONCE));
        socket.gate = new CountDownLatch(1);
        writer.start();
        assertThat(socket.blocked.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(counts).isEmpty();
        socket.gate.countDown();
        assertThat(counts.poll(10, TimeUnit.SECONDS)).isEqualTo(2);
        writer.add(new Packet.PingReq());
        writer.finish(new Packet.Disconnect());
        assertThat(writer.awaitFinished(10_000)).isTrue();
        assertThat(counts).isEmpty();
    }

    @Test
    void largePayload_isWrittenInOrder() throws InterruptedException {
        String large = "x".repeat(100_000);
        writer.add(message("1", Qos.AT_MOST_ONCE));
        writer.add(message(large, Qos.AT_MOST_ONCE));
        writer.add(message("2", Qos.AT_MOST_ONCE));
        writer.finish(new Packet.Disconnect());
        writer.start();
        assertThat(writer.awaitFinished(10_000)).isTrue();
        assertThat(String.join("", socket.written))
                .isEqualTo(Packets.publish("t", Packets.hex("1"))
                        + Packets.fixedHeader(0x30, 100_003)
                        + Packets.string("t")
                        + Packets.hex(large)
                        + Packets.publish("t", Packets.hex("2"))
                        + Packets.DISCONNECT);
        assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(3);
    }

    @Test
    void failedWrite_isReported() throws InterruptedException {
        socket.fails = true;
        writer.add(message("1", Qos.AT_MOST_ONCE));
        writer.start();
        assertThat(failures.poll(10, TimeUnit.SECONDS)).hasMessage("broken");
        assertThat(counts).isEmpty();
        assertThat(writer.bytesSent()).isZero();
    }

    @Test
    void packetsWithoutEnd_areRefused() {
        Packet ping = new Packet.PingReq();
        for (int i = 0; i < 1_000_000; i++) {
            writer.add(ping);
        }
        assertThatThrownBy(() -> writer.add(ping))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the broker takes nothing: 1000000 packets are queued");
    }

    @Test
    void stop_dropsWhatIsQueued() throws InterruptedException {
        socket.gate = new CountDownLatch(1);
        writer.start();
        writer.add(new Packet.PubAck(1));
        assertThat(socket.blocked.await(10, TimeUnit.SECONDS)).isTrue();
        writer.add(new Packet.PubAck(2));
        writer.stop();
        writer.add(new Packet.PubAck(3));
        socket.gate.countDown();
        assertThat(writer.awaitFinished(10_000)).isTrue();
        assertThat(socket.written).containsExactly(Packets.puback(1));
    }

    private static Packet.Publish message(String text, Qos qos) {
        return new Packet.Publish(
                "t", ByteBuffer.wrap(text.getBytes(UTF_8)), qos, false, false, qos == Qos.AT_MOST_ONCE ? 0 : 1);
    }
}
