package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.packet.ProtocolVersion;

/** Explains in one sentence why a broker refused a connection (MQTT 3.1.1, table 3.1). */
final class ConnectRefusal {
    private ConnectRefusal() {}

    static MqttException of(BrokerAddress server, ProtocolVersion version, int returnCode) {
        String reason = switch (returnCode) {
            case 1 -> "the broker does not support MQTT " + version;
            case 2 -> "the broker refused the client identifier";
            case 3 -> "the broker is not available";
            case 4 -> "wrong user name or password";
            case 5 -> "not authorised to connect; check user name and password";
            default -> "the broker refused the connection";
        };
        return new MqttException(server + ": " + reason + " (CONNACK return code " + returnCode + ")");
    }
}
