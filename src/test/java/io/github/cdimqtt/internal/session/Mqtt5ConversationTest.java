package io.github.cdimqtt.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.support.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CONNECT, CONNACK and DISCONNECT of MQTT 5 (sections 3.1, 3.2 and 3.14), as a session sees them. */
class Mqtt5ConversationTest {
    private final SessionFixture fixture = new SessionFixture(config());

    private static MqttConfig.Builder config() {
        return MqttConfig.builder()
                .protocolVersion("5")
                .reconnect(delay -> delay.minDelay(Duration.ofSeconds(1)).maxDelay(Duration.ofSeconds(60)));
    }

    private static Packet.Connect connect(FakeChannel channel) {
        return channel.sent(Packet.Connect.class).get(0);
    }

    private static Packet.Disconnect disconnect(int code) {
        return new Packet.Disconnect(new MqttReason(code), -1);
    }

    private FakeChannel accepted(BrokerTerms terms) {
        fixture.session.connect();
        FakeChannel channel = fixture.channels.last();
        channel.receive(terms.accepted(false));
        return channel;
    }

    private MqttReason reasonOf(Class<? extends MqttEvent> type) {
        MqttEvent event = fixture.listener.events(type).get(0);
        Throwable cause = event instanceof MqttEvent.ConnectFailed failed
                ? failed.cause()
                : ((MqttEvent.Disconnected) event).cause();
        return ((MqttException) cause).reason();
    }

    @Statement({"MQTT-3.1.3-7", "MQTT-3.2.2-16"})
    @Test
    void assignedClientId_isUsedFromThenOn() {
        FakeChannel channel = accepted(new BrokerTerms().assignedClientId("from-broker"));
        channel.lose(new java.io.EOFException());

        assertThat(fixture.session.clientId()).isEqualTo("from-broker");
        assertThat(fixture.listener.events(MqttEvent.Connected.class).get(0).clientId())
                .isEqualTo("from-broker");
        assertThat(connect(fixture.nextAttempt()).clientId()).isEqualTo("from-broker");
    }

    @Statement({"MQTT-3.1.2-21", "MQTT-3.2.2-21"})
    @Test
    void keepAliveOfTheBroker_replacesOurs() {
        FakeChannel channel = accepted(new BrokerTerms().keepAlive(5));

        fixture.timer.pass(Duration.ofSeconds(5));

        assertThat(channel.sent(Packet.PingReq.class)).isNotEmpty();
    }

    @Test
    void keepAliveOfTheBroker_ofZero_isNone() {
        FakeChannel channel = accepted(new BrokerTerms().keepAlive(0));

        fixture.timer.pass(Duration.ofMinutes(10));

        assertThat(channel.sent(Packet.PingReq.class)).isEmpty();
    }

    @Test
    void whatTheBrokerSaysOfTheConnection_isInTheEvent() {
        MqttReason reason = new MqttReason(0, "welcome", null, List.of(Map.entry("node", "7")));
        fixture.session.connect();

        fixture.channels.last().receive(new Packet.ConnAck(false, 0, reason, new BrokerTerms().terms()));

        assertThat(fixture.listener.events(MqttEvent.Connected.class).get(0).reason())
                .isEqualTo(reason);
    }

    @Test
    void refusal_saysWhy() {
        MqttReason reason = new MqttReason(0x87, "not on Sundays", null, List.of());
        fixture.session.connect();

        fixture.channels.last().receive(new Packet.ConnAck(false, 0x87, reason, new BrokerTerms().terms()));

        assertThat(reasonOf(MqttEvent.ConnectFailed.class)).isEqualTo(reason);
        assertThat(fixture.channels.last().sent(Packet.Disconnect.class)).isEmpty();
    }

    @Test
    void otherServer_isTold_andNotFollowed() {
        MqttReason reason = new MqttReason(0x9c, null, "evil.example:1883", List.of());
        fixture.session.connect();

        fixture.channels.last().receive(new Packet.ConnAck(false, 0x9c, reason, new BrokerTerms().terms()));

        assertThat(fixture.listener.logs(MessageId.OTHER_SERVER))
                .containsExactly(
                        "tcp://localhost:1883 names another server: 'evil.example:1883'; it is not followed, as"
                                + " credentials would go where the application never sent them: set broker-url if it is yours");
        assertThat(fixture.nextAttempt().server.toString()).isEqualTo("tcp://localhost:1883");
    }

    @Statement("MQTT-4.13.2-1")
    @Test
    void disconnect_saysWhy_andIsNotAnswered() {
        FakeChannel channel = accepted(new BrokerTerms());

        channel.receive(new Packet.Disconnect(new MqttReason(0x98, "maintenance", null, List.of()), -1));

        assertThat(reasonOf(MqttEvent.Disconnected.class).text()).isEqualTo("maintenance");
        assertThat(fixture.listener.events(MqttEvent.Disconnected.class).get(0).cause())
                .hasMessage(
                        "the broker tcp://localhost:1883 ended the connection (0x98 administrative action: maintenance)");
        assertThat(channel.sent(Packet.Disconnect.class)).isEmpty();
    }

    @Statement("MQTT-3.1.4-3")
    @Test
    void takeover_isToldAtOnce() {
        accepted(new BrokerTerms()).receive(disconnect(0x8e));

        assertThat(fixture.listener.logs(MessageId.SESSION_TAKEN_OVER))
                .containsExactly(
                        "another client has taken the session over: it uses the client id 'me'; give each its own client-id");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x8b, 0x98})
    void brokerThatGoesDown_isTriedAgainAfterTheShortestDelay(int code) {
        accepted(new BrokerTerms()).receive(disconnect(code));
        for (int i = 0; i < 5; i++) {
            fixture.nextAttempt().receive(new BrokerTerms().accepted(false));
            fixture.channels.last().receive(disconnect(code));
        }
        int before = fixture.channels.opened.size();

        fixture.timer.pass(Duration.ofSeconds(2));

        assertThat(fixture.channels.opened).hasSize(before + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x90, 0x95, 0x99, 0x9a, 0x9b})
    void messageThatTheBrokerEndsTheConnectionOver_isNamedAtOnce(int code) {
        FakeChannel channel = accepted(new BrokerTerms());
        fixture.session.publish(SessionFixture.message("too/large", Qos.AT_LEAST_ONCE));

        channel.receive(disconnect(code));

        assertThat(fixture.listener.logs(MessageId.POISON_MESSAGE))
                .singleElement()
                .asString()
                .startsWith("the broker ended the connection over a message: to 'too/large', 0 bytes;");
    }

    @Statement("MQTT-2.2.1-6")
    @Test
    void packetThatNobodyAskedFor_isAProtocolError() {
        FakeChannel channel = accepted(new BrokerTerms());

        channel.receive(new Packet.SubAck(99, List.of(0)));

        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(disconnect(0x82));
    }

    @Statement("MQTT-3.2.0-2")
    @Test
    void secondConnAck_isAProtocolError() {
        FakeChannel channel = accepted(new BrokerTerms());

        channel.receive(new BrokerTerms().accepted(false));

        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(disconnect(0x82));
    }

    @Statement("MQTT-3.14.2-1")
    @Test
    void malformedPacket_isAnsweredWithItsCode() {
        FakeChannel channel = accepted(new BrokerTerms());

        channel.lose(new io.github.cdimqtt.internal.packet.MalformedPacketException("a packet came that is cut off"));

        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(disconnect(0x81));
    }

    @Test
    void violation_onMqtt311_isNotAnswered() {
        SessionFixture older = new SessionFixture();
        FakeChannel channel = older.connected();

        channel.receive(new Packet.SubAck(99, List.of(0)));

        assertThat(channel.sent(Packet.Disconnect.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void messageBehindTheEnd_isLeftForTheNextConnection(boolean ended) {
        java.util.ArrayDeque<Runnable> due = new java.util.ArrayDeque<>();
        FakeChannel channel = accepted(new BrokerTerms());
        fixture.sessionThread = due::add;

        channel.receive(ended ? disconnect(0x98) : new Packet.SubAck(99, List.of(0)));
        due.remove().run(); // of a SUBACK: finds that nobody asked for it
        channel.receive(SessionFixture.inbound("t", Qos.AT_LEAST_ONCE, 1));

        assertThat(fixture.handled).isEmpty();
    }
}
