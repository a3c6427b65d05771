package io.github.cdimqtt.internal.memory;

import static io.github.cdimqtt.internal.packet.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.net.connect.ConnectProgress;
import io.github.cdimqtt.internal.packet.MalformedPacketException;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.io.EOFException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MemoryChannelTest {
    private static final MqttConfig CONFIG =
            MqttConfig.builder().offlineBuffer(100).maxMessageSize(1_000).build();

    private final AtomicLong now = new AtomicLong();
    private final MemoryBroker broker = new MemoryBroker(now::get);
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private Consumer<Packet> whenReceived = packet -> {};
    private final PacketChannel channel =
            new MemoryChannel(broker, CONFIG, () -> new CompletableFuture<>(), new Recorder());

    /** Records what the channel reports, {@code opened} and {@code written} as text. */
    private final class Recorder implements PacketChannel.Listener {
        @Override
        public void opened() {
            events.add("opened on " + Thread.currentThread().getName());
        }

        @Override
        public void received(Packet packet) {
            whenReceived.accept(packet);
            events.add(packet);
        }

        @Override
        public void written(int count) {
            for (int i = 0; i < count; i++) {
                events.add("written");
            }
        }

        @Override
        public void closed(Throwable cause, ConnectProgress progress) {
            events.add(cause);
        }
    }

    @AfterEach
    void close() {
        channel.close(null);
    }

    private Object next() throws InterruptedException {
        return events.poll(10, TimeUnit.SECONDS);
    }

    private void connect() throws InterruptedException {
        channel.open();
        assertThat(next()).isEqualTo("opened on mqtt-memory");
        channel.send(ManualBroker.connect5("a", false, 1000, 65_535, 0, null));
        assertThat(next()).isInstanceOf(Packet.ConnAck.class);
        channel.send(new Packet.Subscribe(1, List.of(ManualBroker.filter("t", Qos.AT_LEAST_ONCE))));
        assertThat(next()).isEqualTo(new Packet.SubAck(1, List.of(1)));
    }

    @Test
    void message_goesToTheBrokerAndBack() throws InterruptedException {
        connect();
        channel.send(ManualBroker.message("t", "x", Qos.AT_LEAST_ONCE, 7));
        assertThat(RecordingClient.text((Packet.Publish) next())).isEqualTo("x");
        assertThat(next()).isEqualTo(new Packet.PubAck(7));
    }

    @Test
    void messageThatIsTooLarge_endsTheConnection_inWords() throws InterruptedException {
        connect();
        RecordingClient publisher = new RecordingClient(broker, 100).accepted(ManualBroker.connect(V5, "b", true));
        publisher.publish("t", "x".repeat(997)); // with the topic, as many bytes as may come
        publisher.publish("t", "x".repeat(998));
        assertThat(next()).isInstanceOf(Packet.Publish.class);
        assertThat(next())
                .isInstanceOfSatisfying(
                        MalformedPacketException.class,
                        e -> assertThat(e)
                                .hasMessage("a packet of 1,001 bytes came, more than max-message-size allows (1,000)"));
    }

    @Test
    void qos0_isReportedAsWritten() throws InterruptedException {
        connect();
        for (int i = 0; i < 3; i++) {
            channel.send(ManualBroker.message("other", "x", Qos.AT_MOST_ONCE, 0));
        }
        assertThat(List.of(next(), next(), next())).containsOnly("written");
    }

    @Test
    void pausedDuringAPacket_receivesNoFurther_untilItIsResumed() throws InterruptedException {
        connect();
        whenReceived = packet -> channel.pause();
        RecordingClient publisher = new RecordingClient(broker, 100).accepted(ManualBroker.connect(V5, "b", true));
        publisher.publish("t", "1");
        publisher.publish("t", "2");
        assertThat(RecordingClient.text((Packet.Publish) next())).isEqualTo("1");
        channel.send(ManualBroker.message("other", "x", Qos.AT_MOST_ONCE, 0));
        assertThat(next()).isEqualTo("written");
        assertThat(events).isEmpty();
        channel.resume();
        assertThat(RecordingClient.text((Packet.Publish) next())).isEqualTo("2");
    }

    @Test
    void endedByTheBroker_isReportedBehindWhatWasSent() throws InterruptedException {
        connect();
        new RecordingClient(broker, 100).accepted(ManualBroker.connect(V5, "a", true));
        assertThat(((Packet.Disconnect) next()).reason().code()).isEqualTo(0x8e);
        assertThat(next()).isInstanceOf(EOFException.class);
    }

    @Test
    void endedByTheBroker_isNotReportedWhileItIsPaused() throws InterruptedException {
        connect();
        channel.pause();
        new RecordingClient(broker, 100).accepted(ManualBroker.connect(V5, "a", true));
        channel.send(ManualBroker.message("other", "x", Qos.AT_MOST_ONCE, 0));
        assertThat(next()).isEqualTo("written");
        channel.resume();
        assertThat(next()).isInstanceOf(Packet.Disconnect.class);
        assertThat(next()).isInstanceOf(EOFException.class);
    }

    @Test
    void closed_receivesNothing_andTheBrokerKnowsAtOnce() throws InterruptedException {
        connect();
        assertThat(channel.close(null)).isDone();
        RecordingClient again = new RecordingClient(broker, 100);
        Packet.ConnAck answer = again.connack(ManualBroker.connect5("a", false, 1000, 65_535, 0, null));
        assertThat(answer.sessionPresent()).isTrue();
        assertThat(again.take()).isEmpty();
        channel.send(new Packet.PingReq());
        assertThat(events).isEmpty();
    }

    @Test
    void lastPacket_isTakenByTheBroker() throws InterruptedException {
        connect();
        channel.close(new Packet.Disconnect(MqttReason.SUCCESS, 0));
        Packet.ConnAck answer =
                new RecordingClient(broker, 100).connack(ManualBroker.connect5("a", false, 1000, 65_535, 0, null));
        assertThat(answer.sessionPresent()).isFalse();
    }

    @Test
    void closedBeforeItIsOpen_opensNothing() throws InterruptedException {
        channel.close(null);
        channel.open();
        channel.send(ManualBroker.connect(V5, "a", true));
        assertThat(events).isEmpty();
    }

    @Test
    void exceptionOfTheListener_endsTheConnection() throws InterruptedException {
        connect();
        IllegalStateException fault = new IllegalStateException("fault");
        whenReceived = packet -> {
            throw fault;
        };
        channel.send(new Packet.PingReq());
        assertThat(next()).isSameAs(fault);
    }

    @Test
    void whatIsDue_isDoneByTheThreadOfAChannel() throws InterruptedException {
        connect();
        RecordingClient other = new RecordingClient(broker, 100)
                .accepted(ManualBroker.connect5(
                        "b",
                        true,
                        1000,
                        65_535,
                        0,
                        new Packet.Will(
                                "t", ManualBroker.bytes("gone"), Qos.AT_MOST_ONCE, false, MqttProperties.NONE, 1)));
        other.lose();
        now.addAndGet(1_000_000_000); // the thread has asked before, and looks again after a second, or asks now
        assertThat(next()).isInstanceOf(Packet.Publish.class);
    }

    @Test
    void stoppedBroker_endsAllWithoutTheirWills_andRefusesOthers() throws InterruptedException {
        connect();
        broker.stop();
        assertThat(next()).isInstanceOf(EOFException.class);
        PacketChannel late = new MemoryChannel(broker, CONFIG, () -> new CompletableFuture<>(), new Recorder());
        late.open();
        assertThat(next()).isInstanceOf(ConnectException.class);
        broker.start();
        Packet.ConnAck answer =
                new RecordingClient(broker, 100).connack(ManualBroker.connect5("a", false, 1000, 65_535, 0, null));
        assertThat(answer.sessionPresent()).isTrue();
    }

    @Test
    void counters_grow() throws InterruptedException {
        connect();
        long sent = channel.bytesSent();
        long received = channel.bytesReceived();
        channel.send(new Packet.PingReq());
        assertThat(channel.bytesSent()).isGreaterThan(sent);
        assertThat(channel.bytesReceived()).isGreaterThan(received);
        assertThat(channel.pingsSent()).isEqualTo(1);
    }
}
