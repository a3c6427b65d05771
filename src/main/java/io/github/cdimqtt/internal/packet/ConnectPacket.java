package io.github.cdimqtt.internal.packet;

import io.github.cdimqtt.LastWill;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.transport.ConnectRequest;

/**
 * Encodes a CONNECT (MQTT 3.1.1, section 3.1). It replaces that of Paho, which so gets no secret and cannot refuse a
 * character.
 */
public final class ConnectPacket {
    private static final int CLEAN_SESSION = 0x02;
    private static final int WILL = 0x04;
    private static final int WILL_RETAIN = 0x20;
    private static final int PASSWORD = 0x40;
    private static final int USER_NAME = 0x80;

    private ConnectPacket() {}

    /** Returns the packet of one attempt. */
    public static byte[] bytes(MqttConfig config, ConnectRequest request) {
        String username = request.username();
        String password = request.password();
        if (password != null && username == null) {
            username = ""; // a password requires a user name [MQTT-3.1.2-22]
        }
        int flags = (config.cleanSession() ? CLEAN_SESSION : 0) | willFlags(config);
        flags |= (username == null ? 0 : USER_NAME) | (password == null ? 0 : PASSWORD);

        boolean version31 = config.protocolVersion().equals("3.1");
        PacketWriter packet = new PacketWriter()
                .add(version31 ? "MQIsdp" : "MQTT")
                .add8(version31 ? 3 : 4)
                .add8(flags)
                .add16(keepAliveSeconds(config))
                .add(request.clientId());
        addWill(config, packet);
        if (username != null) {
            packet.add(username);
        }
        if (password != null) {
            packet.add(password);
        }
        return packet.packet(PacketType.CONNECT << 4, 0);
    }

    /** Returns the keep-alive in seconds, 0 for none. */
    public static int keepAliveSeconds(MqttConfig config) {
        return (int) config.keepalive().toSeconds();
    }

    private static int willFlags(MqttConfig config) {
        LastWill will = config.lastWill();
        return config.presenceTopic() != null
                ? WILL | Qos.AT_LEAST_ONCE.level() << 3 | WILL_RETAIN
                : will == null ? 0 : WILL | will.qos().level() << 3 | (will.retain() ? WILL_RETAIN : 0);
    }

    /** The presence topic takes the place of a last will. */
    private static void addWill(MqttConfig config, PacketWriter packet) {
        LastWill will = config.lastWill();
        if (config.presenceTopic() != null) {
            packet.add(config.presenceTopic()).add("offline");
        } else if (will != null) {
            packet.add(will.topic()).add(will.payload());
        }
    }
}
