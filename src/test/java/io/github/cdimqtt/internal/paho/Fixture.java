package io.github.cdimqtt.internal.paho;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.transport.ConnectRequest;
import io.github.cdimqtt.internal.transport.InboundMessage;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import io.github.cdimqtt.internal.transport.Transport.Connection;
import io.github.cdimqtt.testing.ManualTimer;
import java.nio.ByteBuffer;
import java.util.List;

/** A transport, a broker played by the test, and the recorded events of the transport. */
final class Fixture implements AutoCloseable {
    static final MqttConfig CLEAN = MqttConfig.builder().build();
    static final MqttConfig KEPT =
            MqttConfig.builder().clientId("c").cleanSession(false).build();

    final ScriptedBroker broker = new ScriptedBroker();
    final ManualTimer timer = new ManualTimer();
    final PahoTransport transport;
    RecordingTransportListener recorder = new RecordingTransportListener();
    Connection connection;
    private Peer peer;

    Fixture(MqttConfig config) {
        transport = new PahoTransport(config, "me", timer);
    }

    /** Starts an attempt with a recorder of its own. */
    void open() {
        open(broker.uri());
    }

    void open(String uri) {
        recorder = new RecordingTransportListener();
        connection = transport.open(new ConnectRequest(BrokerAddress.parse(uri), "c", null, null), recorder);
    }

    /** Starts an attempt that the broker accepts. */
    Peer connect(boolean sessionPresent) {
        open();
        peer = broker.accept(sessionPresent);
        recorder.expect(new RecordingTransportListener.Connected(sessionPresent));
        return peer;
    }

    /** Ends the connection as a network does. */
    void cut() {
        peer.hangUp();
        recorder.lost();
    }

    /** Cuts the connection, and starts another one that the broker accepts. */
    Peer reconnect(boolean sessionPresent) {
        cut();
        return connect(sessionPresent);
    }

    /** Closes everything; no thread may be left. */
    @Override
    public void close() {
        if (peer != null) {
            peer.close();
        }
        if (connection != null) {
            connection.close(false);
        }
        transport.close();
        broker.close();
        awaitNoThread();
    }

    /** Waits until no thread of the transport is left. Only those that send DISCONNECT may keep the JVM alive. */
    void awaitNoThread() {
        List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("(MQTT |mqtt-).*"))
                .toList();
        for (Thread thread : threads) {
            assertThat(thread)
                    .matches(each -> each.isDaemon() || each.getName().matches("MQTT Disc.*|mqtt-disconnect"));
            try {
                thread.join(ScriptedBroker.TIMEOUT_MILLIS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        assertThat(threads).noneMatch(Thread::isAlive);
    }

    static OutboundMessage message(String text, Qos qos) {
        return new OutboundMessage("t", text.getBytes(UTF_8), qos, false);
    }

    /** A message from the broker, with a payload of one byte. */
    static InboundMessage message(String topic, Qos qos, boolean retained, boolean duplicate, int id) {
        return message(topic, 0xff, qos, retained, duplicate, id);
    }

    static InboundMessage message(String topic, int payload, Qos qos, boolean retained, boolean duplicate, int id) {
        return new InboundMessage(topic, ByteBuffer.wrap(new byte[] {(byte) payload}), qos, retained, duplicate, id);
    }

    static String text(InboundMessage message) {
        return UTF_8.decode(message.payload().duplicate()).toString();
    }
}
