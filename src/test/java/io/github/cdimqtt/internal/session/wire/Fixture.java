package io.github.cdimqtt.internal.session.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.WireEvent.Connected;
import io.github.cdimqtt.internal.session.WireSession;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.support.ManualTimer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** The parts of a session over a real channel, a broker played by the test, and the recorded events of the session. */
final class Fixture implements AutoCloseable {
    static final MqttConfig CLEAN = MqttConfig.builder().build();
    static final MqttConfig KEPT =
            MqttConfig.builder().clientId("c").cleanSession(false).build();

    final ScriptedBroker broker = new ScriptedBroker();
    final ManualTimer timer = new ManualTimer();
    final WireSession session;
    RecordedEvents recorder = new RecordedEvents();
    WireSession.Connection connection;
    private Peer peer;

    Fixture(Wire wire, MqttConfig config) {
        this(wire, config, MessageStore.NONE);
    }

    /** The configuration with the version of the wire. */
    Fixture(Wire wire, MqttConfig settings, MessageStore store) {
        MqttConfig config = wire.of(settings);
        String clientId = config.clientId() == null ? "c" : config.clientId();
        session = new WireSession(config, clientId, wire.channels(config, clientId), store, timer);
    }

    /** Starts an attempt with a recorder of its own. */
    void open() {
        open(broker.uri());
    }

    void open(String uri) {
        open(uri, null, null);
    }

    void open(String uri, String username, String password) {
        recorder = new RecordedEvents();
        connection = session.open(uri, username, password, recorder);
    }

    /** Starts an attempt that the broker accepts; only MQTT 5 has properties. */
    Peer connect(boolean sessionPresent, String... properties) {
        open();
        peer = broker.accept(sessionPresent, properties);
        assertThat(recorder.find(Connected.class)).isEqualTo(new Connected(sessionPresent));
        return peer;
    }

    /** Ends the connection as a network does. */
    void cut() {
        peer.hangUp();
        recorder.lost();
    }

    /** Cuts the connection, and starts another one that the broker accepts. */
    Peer reconnect(boolean sessionPresent, String... properties) {
        cut();
        return connect(sessionPresent, properties);
    }

    /** Lets time pass once something is scheduled, and waits until the session has done what was due. */
    void pass(Duration time) throws InterruptedException {
        timer.passOnceScheduled(time);
        session.settle();
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
        broker.close();
        awaitNoThread();
        session.close();
    }

    /** Waits until no thread of a channel is left. Only those that send DISCONNECT may keep the JVM alive. */
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

    static Packet.Publish message(String text, Qos qos) {
        return outbound("t", text.getBytes(UTF_8), qos, false);
    }

    /** A message as the application publishes it. */
    static Packet.Publish outbound(String topic, byte[] payload, Qos qos, boolean retain) {
        return new Packet.Publish(topic, ByteBuffer.wrap(payload), qos, retain, false, 0);
    }

    /** A message from the broker, with a payload of one byte. */
    static Packet.Publish message(String topic, Qos qos, boolean retained, boolean duplicate, int id) {
        return message(topic, 0xff, qos, retained, duplicate, id);
    }

    static Packet.Publish message(String topic, int payload, Qos qos, boolean retained, boolean duplicate, int id) {
        return new Packet.Publish(topic, ByteBuffer.wrap(new byte[] {(byte) payload}), qos, retained, duplicate, id);
    }

    static String text(Packet.Publish message) {
        return UTF_8.decode(message.payload().duplicate()).toString();
    }
}
