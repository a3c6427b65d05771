package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;

/** Explains in one sentence why a broker refused a connection (MQTT 3.1.1, table 3.1; MQTT 5.0, section 3.2.2.2). */
final class ConnectRefusal {
    private ConnectRefusal() {}

    static MqttException of(BrokerAddress server, ProtocolVersion version, Packet.ConnAck answer) {
        MqttReason reason = answer.reason();
        String sentence = switch (reason.code()) {
            case 0x84 ->
                "the broker does not support MQTT " + version
                        + (version.hasProperties()
                                ? "; set protocol-version=3.1.1 if the application needs nothing of it"
                                : "");
            case 0x85 -> "the broker refused the client identifier";
            case 0x86 -> "wrong user name or password";
            case 0x87 -> "not authorised to connect; check user name and password";
            case 0x88 -> "the broker is not available";
            case 0x8c -> "the broker does not know the authentication method of the MqttAuthentication bean";
            case 0x9a ->
                "the broker retains no messages, as the last will or presence.topic asks for"
                        + "; set last-will.retain=false, or remove presence.topic";
            case 0x9b ->
                "the broker does not support the QoS of the last will or of presence.topic"
                        + "; set last-will.qos lower, or remove presence.topic";
            case 0x9c, 0x9d -> "the broker names another server, which is not followed; set broker-url if it is yours";
            default -> "the broker refused the connection";
        };
        String code = version.hasProperties() ? reason.toString() : "CONNACK return code " + answer.returnCode();
        return new MqttException(server + ": " + sentence + " (" + code + ")", null, reason);
    }
}
