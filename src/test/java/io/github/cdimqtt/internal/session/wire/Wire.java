package io.github.cdimqtt.internal.session.wire;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.direct.DirectChannel;
import io.github.cdimqtt.internal.packet.Mqtt5Packets;
import io.github.cdimqtt.internal.packet.Packets;
import io.github.cdimqtt.internal.paho.PahoChannel;
import io.github.cdimqtt.internal.transport.ChannelFactory;

/** What the tests of bytes run over: a channel and a version. Its packets are of that version, in hexadecimal. */
enum Wire {
    PAHO_3_1_1("3.1.1") {
        @Override
        ChannelFactory channels(MqttConfig config, String clientId) {
            return (server, listener) -> new PahoChannel(config, clientId, server, listener);
        }
    },
    DIRECT_3_1_1("3.1.1") {
        @Override
        ChannelFactory channels(MqttConfig config, String clientId) {
            return (server, listener) -> new DirectChannel(config, server, listener);
        }
    },
    DIRECT_5("5") {
        @Override
        ChannelFactory channels(MqttConfig config, String clientId) {
            return (server, listener) -> new DirectChannel(config, server, listener);
        }
    };

    /** The one of MQTT 5, by its name: for the tests whose facts are of 3.1.1, or of 5. */
    static final String MQTT_5 = "DIRECT_5";

    private final String version;

    Wire(String version) {
        this.version = version;
    }

    abstract ChannelFactory channels(MqttConfig config, String clientId);

    /** Returns the same configuration with this version. */
    MqttConfig of(MqttConfig config) {
        return config.toBuilder().protocolVersion(version).build();
    }

    boolean isMqtt5() {
        return this == DIRECT_5;
    }

    /** Properties where there are none: a length of 0 on MQTT 5 [MQTT-2.2.2-1], nothing before it. */
    String noProperties() {
        return isMqtt5() ? Mqtt5Packets.NO_PROPERTIES : "";
    }

    String connack(boolean sessionPresent) {
        return isMqtt5() ? Mqtt5Packets.connack(sessionPresent) : Packets.connack(sessionPresent);
    }

    String publish(String topic, String payload) {
        return Packets.publish(topic, noProperties() + payload);
    }

    String publishRetained(String topic, String payload) {
        return Packets.publishRetained(topic, noProperties() + payload);
    }

    String publish(String topic, Qos qos, int packetId, String payload) {
        return Packets.publish(topic, qos, packetId, noProperties() + payload);
    }

    String publishAgain(String topic, Qos qos, int packetId, String payload) {
        return Packets.publishAgain(topic, qos, packetId, noProperties() + payload);
    }

    /** A PUBCOMP for a PUBREL of a message that is not known, or no longer. */
    String pubcompOfUnknown(int packetId) {
        return isMqtt5() ? Mqtt5Packets.pubcomp(packetId, Mqtt5Packets.NOT_FOUND) : Packets.pubcomp(packetId);
    }

    /** A SUBSCRIBE; of each filter the string, and then its options: in both versions the QoS alone. */
    String subscribe(int packetId, String... filters) {
        return Packets.subscribe(packetId, noProperties() + String.join("", filters));
    }

    String suback(int packetId, String... codes) {
        return Packets.suback(packetId, noProperties() + String.join("", codes));
    }

    String unsubscribe(int packetId, String... filters) {
        return Packets.unsubscribe(packetId, noProperties() + String.join("", filters));
    }

    /** An UNSUBACK for this many filters: MQTT 5 has a code for each [MQTT-3.11.3-1]. */
    String unsuback(int packetId, int filters) {
        return isMqtt5() ? Mqtt5Packets.unsuback(packetId, "00".repeat(filters)) : Packets.unsuback(packetId);
    }
}
