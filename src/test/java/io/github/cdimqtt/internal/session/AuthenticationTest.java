package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.AuthenticationFixture.accepted;
import static io.github.cdimqtt.internal.session.AuthenticationFixture.auth;
import static io.github.cdimqtt.internal.session.AuthenticationFixture.disconnect;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.support.Statement;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Enhanced authentication (MQTT 5.0, section 4.12), with the application's bean on one side and a scripted broker on the other. */
class AuthenticationTest {
    private final AuthenticationFixture fixture = new AuthenticationFixture();

    private String failure() {
        return fixture.session
                .listener
                .events(MqttEvent.ConnectFailed.class)
                .get(0)
                .cause()
                .getMessage();
    }

    @Statement({"MQTT-3.15.2-1", "MQTT-4.12.0-2", "MQTT-4.12.0-3"})
    @Test
    void conversation_ofThreeSteps_connects() {
        FakeChannel channel = fixture.begin();
        channel.receive(auth(0x18, "first"));
        fixture.callBean();
        channel.receive(auth(0x18, "second"));
        fixture.callBean();
        channel.receive(accepted("proof"));
        fixture.callBean();

        assertThat(fixture.session.session.isConnected()).isTrue();
        assertThat(fixture.heard).containsExactly("begin", "first", "second", "accepted proof");
        Packet.Connect connect = channel.sent(Packet.Connect.class).get(0);
        assertThat(connect.properties().authenticationMethod()).isEqualTo("SCRAM");
        assertThat(connect.properties().authenticationData()).isEqualTo(ByteBuffer.wrap("hello".getBytes(UTF_8)));
        assertThat(channel.sent(Packet.Auth.class)).containsExactly(auth(0x18, "FIRST"), auth(0x18, "SECOND"));
    }

    @Statement("MQTT-3.1.2-30")
    @Test
    void nothingElse_isSentBeforeConnAck() { // [MQTT-3.1.2-30]
        FakeChannel channel = fixture.begin();
        fixture.session.subscribe(1);
        fixture.session.session.publish(SessionFixture.message("t", Qos.AT_LEAST_ONCE));
        channel.receive(auth(0x18, "first"));
        fixture.callBean();

        assertThat(channel.sent()).hasSize(2).last().isInstanceOf(Packet.Auth.class);
    }

    @Test
    void brokerWhoseProofIsWrong_isRefused() {
        fixture.verdict = data -> {
            throw new MqttException("the proof of the broker is wrong");
        };

        FakeChannel channel = fixture.connected();

        assertThat(failure()).isEqualTo("the MqttAuthentication bean failed: the proof of the broker is wrong");
        assertThat(channel.calls()).contains("pause").doesNotContain("resume");
        assertThat(fixture.session.session.isConnected()).isFalse();
    }

    @Test
    void reading_isPausedUntilTheBeanHasTakenTheProof() {
        FakeChannel channel = fixture.begin();
        channel.receive(accepted("proof"));

        assertThat(channel.calls()).containsExactly("pause");
        fixture.callBean();
        assertThat(channel.calls()).containsExactly("pause", "resume");
    }

    @Test
    void answerThatFails_endsTheAttempt_andTheNextBeginsAnew() {
        fixture.answer = challenge -> {
            throw new IllegalStateException("no key");
        };
        fixture.begin().receive(auth(0x18, "first"));
        fixture.callBean();

        assertThat(failure()).isEqualTo("the MqttAuthentication bean failed: java.lang.IllegalStateException: no key");
        FakeChannel next = fixture.nextAttempt();
        assertThat(next.sent(Packet.Connect.class)).hasSize(1);
        assertThat(fixture.heard).containsExactly("begin", "first", "begin");
    }

    @Test
    void eachStep_hasItsOwnTime() {
        FakeChannel channel = fixture.begin();
        for (int i = 0; i < 3; i++) {
            fixture.session.timer.pass(Duration.ofSeconds(4));
            channel.receive(auth(0x18, "step"));
            fixture.session.timer.pass(Duration.ofSeconds(4));
            fixture.callBean();
        }
        assertThat(fixture.session.listener.events(MqttEvent.ConnectFailed.class))
                .isEmpty();

        fixture.session.timer.pass(Duration.ofSeconds(5));

        assertThat(failure()).isEqualTo("no answer from the broker to AUTH within 5000 ms");
    }

    @Test
    void beanThatDoesNotAnswer_isTheReason() {
        fixture.begin().receive(auth(0x18, "first"));

        fixture.session.timer.pass(Duration.ofSeconds(5));

        assertThat(failure()).isEqualTo("no answer from the MqttAuthentication bean within 5000 ms");
    }

    @Statement("MQTT-4.12.0-5")
    @Test
    void otherMethod_isAProtocolError() { // [MQTT-4.12.0-5]
        FakeChannel channel = fixture.begin();

        channel.receive(new Packet.Auth(new MqttReason(0x18), "OTHER", null));

        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(disconnect(0x82));
        assertThat(failure())
                .isEqualTo(
                        "tcp://localhost:1883: the broker sent AUTH with another method than CONNECT, or was asked for none");
    }

    @Statement("MQTT-4.12.0-5")
    @Test
    void otherMethod_inConnAck_isAProtocolError() {
        FakeChannel channel = fixture.begin();

        channel.receive(new BrokerTerms().accepted(false));

        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(disconnect(0x82));
        assertThat(fixture.heard).containsExactly("begin");
    }

    @Test
    void connAck_beforeTheAnswerToAChallenge_isAProtocolError() {
        FakeChannel channel = fixture.begin();
        channel.receive(auth(0x18, "first"));

        channel.receive(accepted("proof"));
        fixture.callBean();

        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(disconnect(0x82));
        assertThat(failure())
                .isEqualTo("tcp://localhost:1883: the broker sent CONNACK before it had our AUTH, or twice");
        assertThat(fixture.heard).containsExactly("begin", "first");
    }

    @Test
    void secondConnAck_beforeTheBeanHasTakenTheProof_isAProtocolError() {
        FakeChannel channel = fixture.begin();
        channel.receive(accepted("proof"));

        channel.receive(accepted("other"));
        fixture.callBean();

        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(disconnect(0x82));
        assertThat(fixture.heard).containsExactly("begin", "accepted proof");
    }

    @Test
    void success_inPlaceOfConnAck_isAProtocolError() {
        FakeChannel channel = fixture.begin();

        channel.receive(auth(0, "done"));

        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(disconnect(0x82));
    }

    @Statement({"MQTT-4.12.0-6", "MQTT-4.12.0-7"})
    @Test
    void authentication_thatWasNotAskedFor_isAProtocolError() { // [MQTT-4.12.0-6]
        FakeChannel channel = AuthenticationFixture.withoutBean().begin();

        channel.receive(auth(0x18, "first"));

        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(disconnect(0x82));
        assertThat(channel.sent(Packet.Auth.class)).isEmpty();
    }

    @Test
    void authentication_thatTheBrokerBegins_isAProtocolError() {
        FakeChannel channel = fixture.connected();

        channel.receive(auth(0x18, "again"));

        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(disconnect(0x82));
    }
}
