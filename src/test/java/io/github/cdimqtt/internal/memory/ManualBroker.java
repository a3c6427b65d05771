package io.github.cdimqtt.internal.memory;

import static io.github.cdimqtt.internal.packet.ProtocolVersion.V3_1_1;
import static io.github.cdimqtt.internal.packet.ProtocolVersion.V5;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.ConnectProperties;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A broker whose clock a test sets, and clients of it. */
final class ManualBroker {
    private long now;
    private final MemoryBroker broker = new MemoryBroker(() -> now);

    MemoryBroker broker() {
        return broker;
    }

    /** Lets time pass, and what is due be done. */
    long pass(Duration time) {
        now += time.toNanos();
        return broker.runDue();
    }

    /** Lets time pass while nobody runs what is due. */
    void passUnnoticed(Duration time) {
        now += time.toNanos();
    }

    RecordingClient client() {
        return new RecordingClient(broker, 10_000);
    }

    RecordingClient client(int mostWaiting) {
        return new RecordingClient(broker, mostWaiting);
    }

    /** A client of MQTT 3.1.1 with a clean session, connected. */
    RecordingClient v311(String clientId) {
        return client().accepted(connect(V3_1_1, clientId, true));
    }

    /** A client of MQTT 3.1.1 with a kept session, connected. */
    RecordingClient kept311(String clientId) {
        return client().accepted(connect(V3_1_1, clientId, false));
    }

    /** A client of MQTT 5 with a clean start and no session expiry, connected. */
    RecordingClient v5(String clientId) {
        return client().accepted(connect(V5, clientId, true));
    }

    /** A client of MQTT 5 that goes on with its session, connected. */
    RecordingClient kept5(String clientId, long sessionExpiry) {
        return client().accepted(connect5(clientId, false, sessionExpiry, 65_535, 0, null));
    }

    static Packet.Connect connect(ProtocolVersion version, String clientId, boolean clean) {
        return new Packet.Connect(version, clean, 60, clientId, null, null, null);
    }

    static Packet.Connect connect5(
            String clientId,
            boolean clean,
            long sessionExpiry,
            int receiveMaximum,
            int maximumPacketSize,
            Packet.@Nullable Will will) {
        return new Packet.Connect(
                V5,
                clean,
                60,
                clientId,
                will,
                null,
                null,
                new ConnectProperties(
                        sessionExpiry, receiveMaximum, maximumPacketSize, 0, false, List.of(), null, null));
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    static Packet.Publish message(String topic, String text, Qos qos, int packetId) {
        return new Packet.Publish(topic, bytes(text), qos, false, false, packetId);
    }

    static Packet.Publish message(String topic, String text, Qos qos, int packetId, MqttProperties properties) {
        return new Packet.Publish(topic, bytes(text), qos, false, false, packetId, properties, 0, List.of());
    }

    static Packet.Publish retained(String topic, String text) {
        return new Packet.Publish(topic, bytes(text), Qos.AT_MOST_ONCE, true, false, 0);
    }

    static Packet.Subscription filter(String filter, Qos qos) {
        return new Packet.Subscription(filter, qos);
    }

    static MqttProperties expiry(long seconds) {
        return MqttProperties.builder().expiry(Duration.ofSeconds(seconds)).build();
    }
}
