package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.PublishFixture.ALL;
import static io.github.cdimqtt.internal.session.PublishFixture.maximumQos;
import static io.github.cdimqtt.internal.session.PublishFixture.receiveMaximum;
import static io.github.cdimqtt.internal.session.SessionFixture.inbound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.PacketEncoder;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.support.Statement;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Statements of MQTT 5.0 that bind a session and that no test of a single part shows. */
class FurtherStatementsTest {
    private static final Duration LONG = Duration.ofHours(1);

    private PublishFixture fixture = new PublishFixture();

    private FakeChannel accepted() {
        return PublishFixture.accept(fixture.session.channels.last(), false, ALL);
    }

    private CompletableFuture<Qos> subscribe(String filter, Qos qos) {
        return fixture.session.session.subscribe(TopicFilter.of(filter), qos, Retained.SEND, false);
    }

    @Statement({"MQTT-3.1.0-1", "MQTT-3.1.0-2", "MQTT-3.1.4-6"})
    @Test
    void connect_goesFirst_once_andNothingElseBeforeConnAck() {
        subscribe("a", Qos.AT_LEAST_ONCE);
        fixture.publish("t", Qos.AT_LEAST_ONCE);
        fixture.session.session.connect();
        fixture.publish("t", Qos.AT_MOST_ONCE);
        subscribe("b", Qos.AT_LEAST_ONCE);
        assertThat(fixture.session.channels.last().sent()).singleElement().isInstanceOf(Packet.Connect.class);

        FakeChannel channel = accepted();
        channel.grantAll();
        fixture.session.timer.pass(LONG);

        assertThat(channel.sent().get(0)).isInstanceOf(Packet.Connect.class);
        assertThat(channel.sent(Packet.Connect.class)).hasSize(1);
        assertThat(channel.topics()).contains("t");
        assertThat(channel.sent(Packet.PingReq.class)).isNotEmpty();
    }

    /** The message that is unanswered has an identifier, and takes all that the broker allows. */
    @Statement({"MQTT-2.2.1-3", "MQTT-3.3.4-8", "MQTT-4.9.0-3"})
    @Test
    void otherPackets_goWhereNoMessageMay_withIdentifiersThatAreNotInUse() {
        FakeChannel channel = fixture.connected(receiveMaximum(1));
        fixture.publish("t", Qos.AT_LEAST_ONCE);
        fixture.publish("waits", Qos.AT_LEAST_ONCE);

        subscribe("a", Qos.AT_MOST_ONCE);
        channel.grantAll();
        fixture.session.session.unsubscribe(TopicFilter.of("a"));
        channel.answerUnsubscribe(MqttReason.SUCCESS, 0);
        fixture.session.timer.pass(LONG);

        int used = channel.published().get(0).packetId();
        assertThat(channel.topics()).containsExactly("t");
        assertThat(channel.sent(Packet.Subscribe.class))
                .singleElement()
                .satisfies(each -> assertThat(each.packetId()).isNotIn(0, used));
        assertThat(channel.sent(Packet.Unsubscribe.class))
                .singleElement()
                .satisfies(each -> assertThat(each.packetId()).isNotIn(0, used));
        assertThat(channel.sent(Packet.PingReq.class)).isNotEmpty();
    }

    @Statement("MQTT-3.2.2-10")
    @Test
    void subscribe_asksForItsQos_whateverTheBrokerTakes() {
        FakeChannel channel = fixture.connected(maximumQos(Qos.AT_MOST_ONCE));

        CompletableFuture<Qos> granted = subscribe("a", Qos.EXACTLY_ONCE);
        assertThat(channel.subscribed()).containsExactly(List.of(new Packet.Subscription("a", Qos.EXACTLY_ONCE)));
        channel.answerSubscribe(0);

        assertThat(granted).isCompletedWithValue(Qos.AT_MOST_ONCE);
    }

    @Statement({"MQTT-3.8.3-2", "MQTT-3.10.3-2"})
    @Test
    void noFilter_isNothingToAskFor() {
        FakeChannel channel = fixture.connected(ALL);
        CompletableFuture<Void> none = fixture.session.session.unsubscribeAll();
        FakeChannel next = fixture.reconnected(channel, true, ALL);

        assertThat(none).isCompleted();
        assertThat(channel.sent()).hasOnlyElementsOfType(Packet.Connect.class);
        assertThat(next.sent()).hasOnlyElementsOfType(Packet.Connect.class);
    }

    /** What an application passes on is the message that it received. */
    @Statement("MQTT-3.3.4-6")
    @Test
    void publish_withIdentifiers_goesWithoutThem() {
        Packet.Publish received = new Packet.Publish(
                "a", ByteBuffer.allocate(0), Qos.AT_MOST_ONCE, false, false, 0, MqttProperties.NONE, 0, List.of(7));

        assertThat(HexFormat.of().formatHex(PacketEncoder.encode(received, ProtocolVersion.V5)))
                .isEqualTo("3004" + "000161" + "00");
    }

    /** A session that would end with its connection. */
    @Statement({"MQTT-4.1.0-1", "MQTT-4.4.0-1"})
    @Test
    void state_staysAsLongAsTheConnection_andNothingIsSentAgain() {
        fixture = new PublishFixture(MqttConfig.builder().protocolVersion("5"), MessageStore.NONE);
        FakeChannel channel = fixture.connected(ALL);
        CompletableFuture<?> atLeastOnce = fixture.publish("1", Qos.AT_LEAST_ONCE);
        CompletableFuture<?> exactlyOnce = fixture.publish("2", Qos.EXACTLY_ONCE);
        channel.receive(new Packet.PubRec(2));
        channel.receive(inbound("in", Qos.EXACTLY_ONCE, 7));

        fixture.session.timer.pass(LONG);
        assertThat(channel.topics()).containsExactly("1", "2");
        assertThat(channel.sent(Packet.PubRel.class)).hasSize(1);
        assertThat(channel.sent(Packet.PubRec.class)).hasSize(1);
        channel.receive(new Packet.PubAck(1));
        channel.receive(new Packet.PubComp(2));
        channel.receive(new Packet.PubRel(7));

        assertThat(atLeastOnce).isCompleted();
        assertThat(exactlyOnce).isCompleted();
        assertThat(fixture.session.handled).hasSize(1);
        assertThat(channel.acknowledged()).containsExactly(new Packet.PubComp(7));
    }

    /** So no identifier is free because of one that refuses [MQTT-4.3.3-9]. */
    @Statement({"MQTT-3.5.2-1", "MQTT-4.3.3-9", "MQTT-4.6.0-3"})
    @ParameterizedTest
    @EnumSource(Outcome.class)
    void pubrec_goesInTheOrderOfArrival_andIsOfSuccess_whateverObserversDo(Outcome outcome) {
        fixture.session.handler = message -> SessionFixture.done(outcome);
        FakeChannel channel = fixture.connected(ALL);

        for (int id : List.of(5, 3, 9)) {
            channel.receive(inbound("t", Qos.EXACTLY_ONCE, id));
        }
        channel.receive(new Packet.PubRel(5));

        assertThat(channel.sent(Packet.PubRec.class))
                .containsExactly(new Packet.PubRec(5), new Packet.PubRec(3), new Packet.PubRec(9));
    }

    @Statement({"MQTT-3.3.4-9", "MQTT-3.14.2-1"})
    @Test
    void messageBeyondTheReceiveMaximum_endsTheConnection_with0x93() {
        fixture = new PublishFixture(PublishFixture.config().receiveMaximum(1), MessageStore.NONE);
        fixture.session.handler = message -> new CompletableFuture<>();
        FakeChannel channel = fixture.connected(ALL);

        channel.receive(inbound("t", Qos.AT_LEAST_ONCE, 1));
        channel.receive(inbound("t", Qos.AT_LEAST_ONCE, 2));

        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(disconnect(0x93));
    }

    @Statement({"MQTT-3.1.2-26", "MQTT-3.3.2-11", "MQTT-3.14.2-1"})
    @Test
    void aliasAboveTheMaximum_endsTheConnection_with0x94() {
        fixture = new PublishFixture(PublishFixture.config().topicAliasMaximum(1), MessageStore.NONE);
        FakeChannel channel = fixture.connected(ALL);

        channel.receive(new Packet.Publish(
                "t", ByteBuffer.allocate(0), Qos.AT_MOST_ONCE, false, false, 0, MqttProperties.NONE, 2, List.of()));

        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(disconnect(0x94));
    }

    private static Packet.Disconnect disconnect(int code) {
        return new Packet.Disconnect(new MqttReason(code), -1);
    }

    @Statement({"MQTT-1.5.4-1", "MQTT-3.1.3-4", "MQTT-3.1.3-11", "MQTT-3.1.3-12"})
    @Test
    void textsOfConnect_thatUtf8CanNotExpress_areErrors() {
        String half = "a\ud800";
        MqttConfig.Builder config = MqttConfig.builder();

        assertThatThrownBy(() -> config.clientId(half)).isInstanceOf(MqttException.class);
        assertThatThrownBy(() -> config.username(half)).isInstanceOf(MqttException.class);
        assertThatThrownBy(() -> config.lastWill(will -> will.topic(half))).isInstanceOf(MqttException.class);
    }
}
