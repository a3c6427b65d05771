package io.github.cdimqtt.internal.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttAuthentication;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.testing.Statement;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Enhanced authentication (MQTT 5.0, section 4.12), with the application's bean on one side and a scripted broker on the other. */
class AuthenticationTest {
    private final Queue<Runnable> calls = new ArrayDeque<>();
    private final List<String> heard = new ArrayList<>(); // by the bean
    private UnaryOperator<String> answer = challenge -> challenge.toUpperCase(java.util.Locale.ROOT);
    private Consumer<String> verdict = data -> {};
    private final MqttAuthentication bean = new MqttAuthentication() {
        @Override
        public String method() {
            return "SCRAM";
        }

        @Override
        public byte[] begin() {
            heard.add("begin");
            return "hello".getBytes(UTF_8);
        }

        @Override
        public byte[] answer(byte[] challenge) {
            heard.add(text(challenge));
            return answer.apply(text(challenge)).getBytes(UTF_8);
        }

        @Override
        public void accepted(byte[] data) {
            heard.add("accepted " + text(data));
            verdict.accept(text(data));
        }
    };
    private final SessionFixture fixture = fixture(bean);

    private SessionFixture fixture(MqttAuthentication authentication) {
        return new SessionFixture(
                MqttConfig.builder()
                        .protocolVersion("5")
                        .connectionTimeout(Duration.ofSeconds(5))
                        .reconnect(delay -> delay.minDelay(Duration.ofSeconds(1))),
                authentication,
                calls::add);
    }

    private static String text(byte[] data) {
        return data == null ? "nothing" : new String(data, UTF_8);
    }

    private static Packet.Auth auth(int code, String data) {
        return new Packet.Auth(new MqttReason(code), "SCRAM", ByteBuffer.wrap(data.getBytes(UTF_8)));
    }

    private static Packet.ConnAck accepted(String proof) {
        return new BrokerTerms().authentication("SCRAM", proof.getBytes(UTF_8)).accepted(false);
    }

    private static Packet.Disconnect disconnect(int code) {
        return new Packet.Disconnect(new MqttReason(code), -1);
    }

    /** Runs the calls of the bean that are due. */
    private void callBean() {
        while (!calls.isEmpty()) {
            calls.remove().run();
        }
    }

    /** Opens the session up to CONNECT. */
    private FakeChannel begin() {
        fixture.session.connect();
        callBean();
        return fixture.channels.last();
    }

    private FakeChannel connected() {
        FakeChannel channel = begin();
        channel.receive(accepted("proof"));
        callBean();
        return channel;
    }

    private String failure() {
        return fixture.listener
                .events(MqttEvent.ConnectFailed.class)
                .get(0)
                .cause()
                .getMessage();
    }

    @Statement({"MQTT-3.15.2-1", "MQTT-4.12.0-2", "MQTT-4.12.0-3"})
    @Test
    void conversation_ofThreeSteps_connects() {
        FakeChannel channel = begin();
        channel.receive(auth(0x18, "first"));
        callBean();
        channel.receive(auth(0x18, "second"));
        callBean();
        channel.receive(accepted("proof"));
        callBean();

        assertThat(fixture.session.isConnected()).isTrue();
        assertThat(heard).containsExactly("begin", "first", "second", "accepted proof");
        Packet.Connect connect = channel.sent(Packet.Connect.class).get(0);
        assertThat(connect.properties().authenticationMethod()).isEqualTo("SCRAM");
        assertThat(connect.properties().authenticationData()).isEqualTo(ByteBuffer.wrap("hello".getBytes(UTF_8)));
        assertThat(channel.sent(Packet.Auth.class)).containsExactly(auth(0x18, "FIRST"), auth(0x18, "SECOND"));
    }

    @Statement("MQTT-3.1.2-30")
    @Test
    void nothingElse_isSentBeforeConnAck() { // [MQTT-3.1.2-30]
        FakeChannel channel = begin();
        fixture.subscribe(1);
        fixture.session.publish(SessionFixture.message("t", Qos.AT_LEAST_ONCE));
        channel.receive(auth(0x18, "first"));
        callBean();

        assertThat(channel.sent()).hasSize(2).last().isInstanceOf(Packet.Auth.class);
    }

    @Test
    void brokerWhoseProofIsWrong_isRefused() {
        verdict = data -> {
            throw new MqttException("the proof of the broker is wrong");
        };

        FakeChannel channel = connected();

        assertThat(failure()).isEqualTo("the MqttAuthentication bean failed: the proof of the broker is wrong");
        assertThat(channel.calls()).contains("pause").doesNotContain("resume");
        assertThat(fixture.session.isConnected()).isFalse();
    }

    @Test
    void reading_isPausedUntilTheBeanHasTakenTheProof() {
        FakeChannel channel = begin();
        channel.receive(accepted("proof"));

        assertThat(channel.calls()).containsExactly("pause");
        callBean();
        assertThat(channel.calls()).containsExactly("pause", "resume");
    }

    @Test
    void answerThatFails_endsTheAttempt_andTheNextBeginsAnew() {
        answer = challenge -> {
            throw new IllegalStateException("no key");
        };
        begin().receive(auth(0x18, "first"));
        callBean();

        assertThat(failure()).isEqualTo("the MqttAuthentication bean failed: java.lang.IllegalStateException: no key");
        FakeChannel next = nextAttempt();
        assertThat(next.sent(Packet.Connect.class)).hasSize(1);
        assertThat(heard).containsExactly("begin", "first", "begin");
    }

    private FakeChannel nextAttempt() {
        fixture.timer.pass(Duration.ofSeconds(3));
        callBean();
        return fixture.channels.last();
    }

    @Test
    void eachStep_hasItsOwnTime() {
        FakeChannel channel = begin();
        for (int i = 0; i < 3; i++) {
            fixture.timer.pass(Duration.ofSeconds(4));
            channel.receive(auth(0x18, "step"));
            fixture.timer.pass(Duration.ofSeconds(4));
            callBean();
        }
        assertThat(fixture.listener.events(MqttEvent.ConnectFailed.class)).isEmpty();

        fixture.timer.pass(Duration.ofSeconds(5));

        assertThat(failure()).isEqualTo("no answer from the broker to AUTH within 5000 ms");
    }

    @Test
    void beanThatDoesNotAnswer_isTheReason() {
        begin().receive(auth(0x18, "first"));

        fixture.timer.pass(Duration.ofSeconds(5));

        assertThat(failure()).isEqualTo("no answer from the MqttAuthentication bean within 5000 ms");
    }

    @Statement("MQTT-4.12.0-5")
    @Test
    void otherMethod_isAProtocolError() { // [MQTT-4.12.0-5]
        FakeChannel channel = begin();

        channel.receive(new Packet.Auth(new MqttReason(0x18), "OTHER", null));

        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(disconnect(0x82));
        assertThat(failure())
                .isEqualTo(
                        "tcp://localhost:1883: the broker sent AUTH with another method than CONNECT, or was asked for none");
    }

    @Statement("MQTT-4.12.0-5")
    @Test
    void otherMethod_inConnAck_isAProtocolError() {
        FakeChannel channel = begin();

        channel.receive(new BrokerTerms().accepted(false));

        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(disconnect(0x82));
        assertThat(heard).containsExactly("begin");
    }

    @Test
    void success_inPlaceOfConnAck_isAProtocolError() {
        FakeChannel channel = begin();

        channel.receive(auth(0, "done"));

        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(disconnect(0x82));
    }

    @Statement({"MQTT-4.12.0-6", "MQTT-4.12.0-7"})
    @Test
    void authentication_thatWasNotAskedFor_isAProtocolError() { // [MQTT-4.12.0-6]
        SessionFixture without = fixture(null);
        without.session.connect();
        callBean();
        FakeChannel channel = without.channels.last();

        channel.receive(auth(0x18, "first"));

        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(disconnect(0x82));
        assertThat(channel.sent(Packet.Auth.class)).isEmpty();
    }

    @Test
    void authentication_thatTheBrokerBegins_isAProtocolError() {
        FakeChannel channel = connected();

        channel.receive(auth(0x18, "again"));

        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(disconnect(0x82));
    }

    @Statement({"MQTT-3.15.2-1", "MQTT-4.12.1-1"})
    @Test
    void newAuthentication_goesOnWhileMessagesFlow() {
        FakeChannel channel = connected();
        CompletableFuture<Void> first = fixture.session.reauthenticate();
        CompletableFuture<Void> second = fixture.session.reauthenticate();
        callBean();
        fixture.session.publish(SessionFixture.message("meanwhile", Qos.AT_LEAST_ONCE));
        channel.receive(auth(0x18, "again"));
        callBean();
        assertThat(first).isNotDone();
        channel.receive(auth(0, "proof"));
        callBean();

        assertThat(channel.topics()).containsExactly("meanwhile");
        assertThat(channel.sent(Packet.Auth.class)).containsExactly(auth(0x19, "hello"), auth(0x18, "AGAIN"));
        assertThat(heard).endsWith("begin", "again", "accepted proof");
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
    }

    @Test
    void newAuthentication_isPossibleAgain() {
        FakeChannel channel = connected();
        for (int i = 0; i < 2; i++) {
            CompletableFuture<Void> stage = fixture.session.reauthenticate();
            callBean();
            channel.receive(auth(0, "proof"));
            callBean();
            assertThat(stage).isCompleted();
        }
        assertThat(channel.sent(Packet.Auth.class)).hasSize(2);
    }

    @Statement("MQTT-4.12.1-2")
    @Test
    void newAuthentication_thatTheBrokerRefuses_failsWithItsReason() { // [MQTT-4.12.1-2]
        FakeChannel channel = connected();
        CompletableFuture<Void> stage = fixture.session.reauthenticate();
        callBean();

        channel.receive(disconnect(0x87));

        assertThat(stage.handle((done, failure) -> ((MqttException) failure).reason()))
                .isCompletedWithValue(new MqttReason(0x87));
        assertThat(nextAttempt()).isNotSameAs(channel);
    }

    @Test
    void newAuthentication_withoutAnAnswer_endsTheConnection() {
        FakeChannel channel = connected();
        channel.grantAll();
        CompletableFuture<Void> stage = fixture.session.reauthenticate();
        callBean();

        fixture.timer.pass(Duration.ofSeconds(5));

        assertThat(stage).isCompletedExceptionally();
        assertThat(fixture.listener.events(MqttEvent.Disconnected.class).get(0).cause())
                .hasMessage("no answer from the broker to AUTH within 5000 ms");
    }

    @Test
    void newAuthentication_withoutAConnection_fails() {
        assertThat(fixture.session.reauthenticate())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .withMessage("reauthenticate: not connected");
    }

    @Test
    void newAuthentication_withoutABean_fails() {
        SessionFixture without = fixture(null);
        without.session.connect();
        callBean();
        without.channels.last().receive(new BrokerTerms().accepted(false));

        assertThat(without.session.reauthenticate())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .withMessage("reauthenticate: the connection has no MqttAuthentication bean");
    }
}
