package io.github.cdimqtt.internal.packet;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.transport.ConnectRequest;

/** A CONNECT (MQTT 3.1.1, section 3.1). Paho never sees it, so it knows no secret and refuses no character. */
public final class ConnectPacket {
    private static final int CLEAN_SESSION = 0x02;
    private static final int WILL = 0x04;
    private static final int WILL_RETAIN = 0x20;
    private static final int PASSWORD = 0x40;
    private static final int USER_NAME = 0x80;

    private ConnectPacket() {}

    /** Returns the packet for one attempt. */
    public static byte[] bytes(MqttConfig config, ConnectRequest request) {
        String username = request.username();
        String password = request.password();
        if (password != null && username == null) {
            username = ""; // A password needs a user name [MQTT-3.1.2-22].
        }
        int flags = (config.cleanSession() ? CLEAN_SESSION : 0) | willFlags(config);
        flags |= (username == null ? 0 : USER_NAME) | (password == null ? 0 : PASSWORD);

        boolean old = isVersion31(config);
        PacketWriter packet = new PacketWriter()
                .add(old ? "MQIsdp" : "MQTT")
                .add8(old ? 3 : 4)
                .add8(flags)
                .add16(keepalive(config))
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
    public static int keepalive(MqttConfig config) {
        return (int) config.keepalive().toSeconds();
    }

    public static boolean isVersion31(MqttConfig config) {
        return config.protocolVersion().equals("3.1");
    }

    private static int willFlags(MqttConfig config) {
        MqttConfig.LastWill will = config.lastWill();
        return config.presenceTopic() != null
                ? WILL | Qos.AT_LEAST_ONCE.level() << 3 | WILL_RETAIN
                : will == null ? 0 : WILL | will.qos().level() << 3 | (will.retain() ? WILL_RETAIN : 0);
    }

    /** Presence is a last will of its own. */
    private static void addWill(MqttConfig config, PacketWriter packet) {
        MqttConfig.LastWill will = config.lastWill();
        if (config.presenceTopic() != null) {
            packet.add(config.presenceTopic()).add("offline");
        } else if (will != null) {
            packet.add(will.topic()).add(will.payload());
        }
    }
}
