package io.github.cdimqtt.internal.memory;

import static io.github.cdimqtt.internal.packet.ProtocolVersion.V3_1;
import static io.github.cdimqtt.internal.packet.ProtocolVersion.V3_1_1;
import static io.github.cdimqtt.internal.packet.ProtocolVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.ConnectProperties;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectHandlerTest {
    private final ManualBroker time = new ManualBroker();

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void newClient_isAcceptedWithoutASession(ProtocolVersion version) {
        Packet.ConnAck answer = time.client().connack(ManualBroker.connect(version, "a", false));
        assertThat(answer.returnCode()).isZero();
        assertThat(answer.sessionPresent()).isFalse();
    }

    @Test
    void mqtt5_isToldWhatTheBrokerTakes() {
        var terms = time.client().connack(ManualBroker.connect(V5, "a", true)).terms();
        assertThat(terms.receiveMaximum()).isEqualTo(ConnectHandler.RECEIVE_MAXIMUM);
        assertThat(terms.topicAliasMaximum()).isEqualTo(ConnectHandler.TOPIC_ALIAS_MAXIMUM);
        assertThat(terms.maximumQos()).isEqualTo(Qos.EXACTLY_ONCE);
        assertThat(terms.keepAlive()).isEqualTo(-1);
        assertThat(terms.assignedClientId()).isNull();
    }

    @Test
    void emptyClientId_isAssigned() {
        String one = time.client()
                .connack(ManualBroker.connect(V5, "", true))
                .terms()
                .assignedClientId();
        String other = time.client()
                .connack(ManualBroker.connect(V5, "", true))
                .terms()
                .assignedClientId();
        assertThat(one).isNotEmpty().isNotEqualTo(other);
        assertThat(time.client().connack(ManualBroker.connect(V3_1_1, "", true)).returnCode())
                .isZero();
    }

    @Test
    void emptyClientId_withAKeptSessionOfMqtt311_isRejected() {
        RecordingClient client = time.client();
        assertThat(client.connack(ManualBroker.connect(V3_1_1, "", false)).returnCode())
                .isEqualTo(2);
        assertThat(client.hasEnded()).isTrue();
    }

    @Test
    void authenticationMethod_isRefused() {
        RecordingClient client = time.client();
        Packet.ConnAck answer = client.connack(new Packet.Connect(
                V5,
                true,
                60,
                "a",
                null,
                "user",
                "password",
                new ConnectProperties(0, 65_535, 0, 0, false, List.of(), "SCRAM", null)));
        assertThat(answer.reason().code()).isEqualTo(0x8c);
        assertThat(client.hasEnded()).isTrue();
    }

    @Test
    void packetBeforeConnect_endsTheConnection() {
        RecordingClient client = time.client();
        client.send(new Packet.PingReq());
        assertThat(client.take()).isEmpty();
        assertThat(client.hasEnded()).isTrue();
    }

    @Test
    void secondConnect_isAProtocolError() {
        RecordingClient client = time.v5("a");
        client.send(ManualBroker.connect(V5, "a", true));
        assertThat(client.only(Packet.Disconnect.class).reason().code()).isEqualTo(0x82);
        assertThat(client.hasEnded()).isTrue();
    }

    @Test
    void auth_isAProtocolError() {
        RecordingClient client = time.v5("a");
        client.send(new Packet.Auth(new MqttReason(0x19), "SCRAM", null));
        assertThat(client.only(Packet.Disconnect.class).reason().code()).isEqualTo(0x82);
    }

    @Test
    void ping_isAnswered() {
        RecordingClient client = time.v311("a");
        client.send(new Packet.PingReq());
        client.only(Packet.PingResp.class);
    }

    @Test
    void sameClientId_takesTheSessionOver() {
        RecordingClient old5 = time.v5("five");
        RecordingClient old311 = time.v311("three");
        time.v5("five");
        time.v311("three");
        assertThat(old5.only(Packet.Disconnect.class).reason().code()).isEqualTo(0x8e);
        assertThat(old5.hasEnded()).isTrue();
        assertThat(old311.take()).isEmpty();
        assertThat(old311.hasEnded()).isTrue();
    }

    @Test
    void takenOverClient_isHeardNoLonger() {
        RecordingClient old = time.kept311("a");
        RecordingClient next = time.client();
        assertThat(next.connack(ManualBroker.connect(V3_1_1, "a", false)).sessionPresent())
                .isTrue();
        old.send(new Packet.Subscribe(1, List.of(ManualBroker.filter("t", Qos.AT_MOST_ONCE))));
        old.lose();
        time.v311("b").publish("t", "x");
        assertThat(next.take()).isEmpty();
        next.send(new Packet.PingReq());
        next.only(Packet.PingResp.class);
    }

    @Test
    void mqtt31_isNotToldOfAKeptSession_butHasIt() {
        time.client()
                .accepted(ManualBroker.connect(V3_1, "a", false))
                .subscribed("t", Qos.AT_LEAST_ONCE)
                .lose();
        RecordingClient again = time.client();
        assertThat(again.connack(ManualBroker.connect(V3_1, "a", false)).sessionPresent())
                .isFalse();
        time.v311("b").publish("t", "x");
        assertThat(again.texts()).containsExactly("x");
    }
}
