package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.AuthenticationFixture.auth;
import static io.github.cdimqtt.internal.session.AuthenticationFixture.disconnect;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.support.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Authentication that is repeated on an open connection (MQTT 5.0, section 4.12.1). */
class ReauthenticationTest {
    private final AuthenticationFixture fixture = new AuthenticationFixture();

    @Statement({"MQTT-3.15.2-1", "MQTT-4.12.1-1"})
    @Test
    void newAuthentication_goesOnWhileMessagesFlow() {
        FakeChannel channel = fixture.connected();
        CompletableFuture<Void> first = fixture.session.session.reauthenticate();
        CompletableFuture<Void> second = fixture.session.session.reauthenticate();
        fixture.callBean();
        fixture.session.session.publish(SessionFixture.message("meanwhile", Qos.AT_LEAST_ONCE));
        channel.receive(auth(0x18, "again"));
        fixture.callBean();
        assertThat(first).isNotDone();
        channel.receive(auth(0, "proof"));
        fixture.callBean();

        assertThat(channel.topics()).containsExactly("meanwhile");
        assertThat(channel.sent(Packet.Auth.class)).containsExactly(auth(0x19, "hello"), auth(0x18, "AGAIN"));
        assertThat(fixture.heard).endsWith("begin", "again", "accepted proof");
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
    }

    @Test
    void newAuthentication_isPossibleAgain() {
        FakeChannel channel = fixture.connected();
        for (int i = 0; i < 2; i++) {
            CompletableFuture<Void> stage = fixture.session.session.reauthenticate();
            fixture.callBean();
            channel.receive(auth(0, "proof"));
            fixture.callBean();
            assertThat(stage).isCompleted();
        }
        assertThat(channel.sent(Packet.Auth.class)).hasSize(2);
    }

    @Statement("MQTT-4.12.1-2")
    @Test
    void newAuthentication_thatTheBrokerRefuses_failsWithItsReason() { // [MQTT-4.12.1-2]
        FakeChannel channel = fixture.connected();
        CompletableFuture<Void> stage = fixture.session.session.reauthenticate();
        fixture.callBean();

        channel.receive(disconnect(0x87));

        assertThat(stage.handle((done, failure) -> ((MqttException) failure).reason()))
                .isCompletedWithValue(new MqttReason(0x87));
        assertThat(fixture.nextAttempt()).isNotSameAs(channel);
    }

    @Statement({"MQTT-3.14.2-1", "MQTT-4.12.1-2"})
    @Test
    void newAuthentication_withoutAnAnswer_endsTheConnection_andSaysSo() {
        FakeChannel channel = fixture.connected();
        channel.grantAll();
        CompletableFuture<Void> stage = fixture.session.session.reauthenticate();
        fixture.callBean();

        fixture.session.timer.pass(Duration.ofSeconds(5));

        assertThat(stage).isCompletedExceptionally();
        assertThat(fixture.session
                        .listener
                        .events(MqttEvent.Disconnected.class)
                        .get(0)
                        .cause())
                .hasMessage("no answer from the broker to AUTH within 5000 ms");
        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(disconnect(0x80));
    }

    @Test
    void newAuthentication_whoseBeanDoesNotAnswer_endsTheConnection_andSaysSo() {
        FakeChannel channel = fixture.connected();
        channel.grantAll();
        CompletableFuture<Void> stage = fixture.session.session.reauthenticate();

        fixture.session.timer.pass(Duration.ofSeconds(5));

        assertThat(stage)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .withMessage("no answer from the MqttAuthentication bean within 5000 ms");
        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(disconnect(0x80));
    }

    @Statement({"MQTT-3.14.2-1", "MQTT-4.12.1-2"})
    @Test
    void newAuthentication_thatTheBeanRefuses_endsTheConnection_andSaysSo() {
        FakeChannel channel = fixture.connected();
        fixture.verdict = data -> {
            throw new MqttException("the proof of the broker is wrong");
        };
        CompletableFuture<Void> stage = fixture.session.session.reauthenticate();
        fixture.callBean();

        channel.receive(auth(0, "proof"));
        fixture.callBean();

        assertThat(stage)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .withMessage("the MqttAuthentication bean failed: the proof of the broker is wrong");
        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(disconnect(0x80));
        assertThat(fixture.nextAttempt()).isNotSameAs(channel);
    }

    @Test
    void newAuthentication_withoutAConnection_fails() {
        assertThat(fixture.session.session.reauthenticate())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .withMessage("reauthenticate: not connected; call it after MqttEvent.Connected");
    }

    @Test
    void newAuthentication_withoutABean_fails() {
        AuthenticationFixture without = AuthenticationFixture.withoutBean();
        without.begin().receive(new BrokerTerms().accepted(false));

        assertThat(without.session.session.reauthenticate())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .withMessage("reauthenticate: the connection has no MqttAuthentication bean");
    }
}
