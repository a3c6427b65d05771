package io.github.cdimqtt.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.support.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a broker refused a connection: in words for the application, and as it was said (MQTT 5.0, section 3.2.2.2). */
class ConnectRefusalTest {
    private static final BrokerAddress SERVER = BrokerAddress.parse("tcp://broker");

    private static MqttException refusal(int code) {
        return ConnectRefusal.of(
                SERVER,
                ProtocolVersion.V5,
                new Packet.ConnAck(
                        false, code, new MqttReason(code, "so it is", null, List.of()), new BrokerTerms().terms()));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8c, 0x90, 0x95, 0x97, 0x99, 0x9a,
                0x9b, 0x9c, 0x9d, 0x9f, 0xfe
            })
    void eachCode_isToldWithItsMeaningAndTheWordsOfTheBroker(int code) {
        assertThat(refusal(code))
                .hasMessageStartingWith("tcp://broker:1883: ")
                .hasMessageEndingWith("(" + new MqttReason(code, "so it is", null, List.of()) + ")");
        assertThat(refusal(code).reason().code()).isEqualTo(code);
    }

    @Statement({"MQTT-3.1.3-8", "MQTT-3.2.2-12", "MQTT-3.2.2-13", "MQTT-4.12.0-1", "MQTT-4.12.0-4"})
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0x84 | the broker does not support MQTT 5; set protocol-version=3.1.1 if the application needs nothing of it",
                "0x85 | the broker refused the client identifier",
                "0x86 | wrong user name or password",
                "0x87 | not authorised to connect; check user name and password",
                "0x8c | the broker does not know the authentication method of the MqttAuthentication bean",
                "0x9a | the broker retains no messages, as the last will or presence.topic asks for"
                        + "; set last-will.retain=false, or remove presence.topic",
                "0x9b | the broker does not support the QoS of the last will or of presence.topic"
                        + "; set last-will.qos lower, or remove presence.topic",
                "0x9d | the broker names another server, which is not followed; set broker-url if it is yours",
                "0x8a | the broker refused the connection",
            })
    void code_saysWhatToDo(String code, String sentence) {
        assertThat(refusal(Integer.decode(code))).hasMessageContaining(": " + sentence + " (");
    }

    @ParameterizedTest
    @CsvSource({"1, 0x84", "2, 0x85", "3, 0x88", "4, 0x86", "5, 0x87", "6, 0x80"})
    void returnCodeOfMqtt311_isToldAsItsCounterpart(int returnCode, String code) {
        MqttException refusal =
                ConnectRefusal.of(SERVER, ProtocolVersion.V3_1_1, new Packet.ConnAck(false, returnCode));

        assertThat(refusal).hasMessageEndingWith("(CONNACK return code " + returnCode + ")");
        assertThat(refusal.reason().code()).isEqualTo(Integer.decode(code));
    }

    @Test
    void brokerOfMqtt311_thatKnowsNoMqtt5_isTold() {
        assertThat(ConnectRefusal.of(SERVER, ProtocolVersion.V5, new Packet.ConnAck(false, 1)))
                .hasMessageContaining("does not support MQTT 5; set protocol-version=3.1.1");
    }
}
