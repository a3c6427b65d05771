package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.LastWill;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes the CONNECT of a session from its settings (MQTT 3.1.1, section 3.1). Immutable. */
final class ConnectPacket {
    private final MqttConfig config;
    private final String clientId;

    ConnectPacket(MqttConfig config, String clientId) {
        this.config = config;
        this.clientId = clientId;
    }

    Packet.Connect with(@Nullable String username, @Nullable String password) {
        return new Packet.Connect(
                ProtocolVersion.of(config.protocolVersion()),
                config.cleanSession(),
                (int) config.keepalive().toSeconds(),
                clientId,
                will(),
                username,
                password);
    }

    /** Returns the will; the presence topic takes the place of a last will. */
    private Packet.@Nullable Will will() {
        String presenceTopic = config.presenceTopic();
        LastWill will = config.lastWill();
        if (presenceTopic != null) {
            return new Packet.Will(presenceTopic, bytes("offline"), Qos.AT_LEAST_ONCE, true);
        }
        return will == null
                ? null
                : new Packet.Will(will.topic(), ByteBuffer.wrap(will.payload()), will.qos(), will.retain());
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
