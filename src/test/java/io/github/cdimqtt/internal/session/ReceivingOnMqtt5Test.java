package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.SessionFixture.again;
import static io.github.cdimqtt.internal.session.SessionFixture.inbound;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.support.Statement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that a broker of MQTT 5 sends, and may not send. */
class ReceivingOnMqtt5Test {
    private static final IOException LOST = new IOException("gone");

    private final SessionFixture fixture = new SessionFixture(config());

    private static MqttConfig.Builder config() {
        return MqttConfig.builder()
                .protocolVersion("5")
                .clientId("me")
                .cleanSession(false)
                .receiveMaximum(2)
                .topicAliasMaximum(1);
    }

    private static Packet.Publish aliased(String topic, int alias) {
        return publish(topic, Qos.AT_MOST_ONCE, 0, MqttProperties.NONE, alias);
    }

    private static Packet.Publish publish(String topic, Qos qos, int id, MqttProperties properties, int alias) {
        return new Packet.Publish(
                topic, ByteBuffer.wrap(new byte[] {1}), qos, false, false, id, properties, alias, List.of());
    }

    /** Returns why connections were lost. */
    private List<String> losses() {
        return fixture.listener.events(MqttEvent.Disconnected.class).stream()
                .map(lost -> lost.cause().getMessage())
                .toList();
    }

    @Test
    void topicAlias_isResolved_andReachesNobody() {
        FakeChannel channel = fixture.connected();
        Packet.Publish later = publish("", Qos.EXACTLY_ONCE, 7, MqttProperties.NONE, 1);

        channel.deliver(aliased("a", 1));
        channel.deliver(later);

        assertThat(fixture.handled)
                .containsExactly(aliased("a", 0), publish("a", Qos.EXACTLY_ONCE, 7, MqttProperties.NONE, 0));
        assertThat(losses()).isEmpty();
    }

    @Statement("MQTT-3.3.2-7")
    @Test
    void topicAliases_areOfOneConnection() {
        FakeChannel previous = fixture.connected();
        previous.deliver(aliased("a", 1));
        previous.lose(LOST);
        FakeChannel next = fixture.nextAttempt().accept();

        next.deliver(aliased("", 1));

        assertThat(fixture.handled).hasSize(1);
        assertThat(losses()).hasSize(2).last().asString().contains("the broker sent topic alias 1 without a topic");
    }

    @Test
    void brokerThatSendsAnAliasWithoutATopic_isAskedForNoneFromThenOn() {
        FakeChannel first = fixture.connected();
        assertThat(aliasMaximums(first)).containsExactly(1);

        first.deliver(aliased("", 1));

        assertThat(aliasMaximums(fixture.nextAttempt().accept())).containsExactly(0);
    }

    private static List<Integer> aliasMaximums(FakeChannel channel) {
        return channel.sent(Packet.Connect.class).stream()
                .map(connect -> connect.properties().topicAliasMaximum())
                .toList();
    }

    @Statement({"MQTT-3.1.2-26", "MQTT-3.3.2-11"})
    @Test
    void topicAlias_aboveTheMaximum_endsTheConnection() {
        fixture.connected().deliver(aliased("a", 2));

        assertThat(fixture.handled).isEmpty();
        assertThat(losses()).singleElement().asString().contains("topic alias 2, although topic-alias-maximum is 1");
    }

    @Test
    void topicAlias_isMapped_whileNothingIsDispatched() {
        FakeChannel channel = fixture.connected();
        fixture.session.stopObserving(Duration.ofSeconds(1));

        channel.deliver(aliased("a", 1));
        channel.deliver(aliased("", 1));

        assertThat(losses()).isEmpty();
        assertThat(fixture.session.isConnected()).isTrue();
    }

    @Test
    void messageBeyondTheReceiveMaximum_endsTheConnection_andIsHandledWhenItComesAgain() {
        fixture.handler = message -> new CompletableFuture<>();
        FakeChannel channel = fixture.connected();
        channel.deliver(inbound("a", Qos.AT_LEAST_ONCE, 1));
        channel.deliver(inbound("b", Qos.EXACTLY_ONCE, 2));
        assertThat(losses()).isEmpty();

        channel.receive(inbound("c", Qos.AT_LEAST_ONCE, 3));

        assertThat(fixture.handled).hasSize(2);
        assertThat(losses()).singleElement().asString().contains("although receive-maximum is 2");
        FakeChannel next = fixture.nextAttempt();
        next.accept(true);
        next.deliver(again(inbound("c", Qos.AT_LEAST_ONCE, 3)));
        assertThat(fixture.handled).hasSize(3);
        assertThat(losses()).hasSize(1);
    }

    @Test
    void messagesOfQos0_areNotCounted() {
        fixture.handler = message -> new CompletableFuture<>();
        FakeChannel channel = fixture.connected();

        for (int i = 0; i < 10; i++) {
            channel.deliver(inbound("a", Qos.AT_MOST_ONCE, 0));
        }

        assertThat(fixture.handled).hasSize(10);
        assertThat(losses()).isEmpty();
    }

    @Test
    void mqtt311_hasNoReceiveMaximum() {
        SessionFixture old = new SessionFixture(MqttConfig.builder());
        old.handler = message -> new CompletableFuture<>();
        FakeChannel channel = old.connected();

        for (int id = 1; id <= 2_000; id++) {
            channel.deliver(inbound("a", Qos.AT_LEAST_ONCE, id));
        }

        assertThat(old.handled).hasSize(2_000);
        assertThat(old.session.isConnected()).isTrue();
    }

    @Statement("MQTT-4.3.3-13")
    @Test
    void qos2_thatExpires_isHandled_andItsSequenceFinished() {
        MqttProperties expired = MqttProperties.builder().expiry(Duration.ZERO).build();
        Packet.Publish message = publish("a", Qos.EXACTLY_ONCE, 7, expired, 0);
        FakeChannel channel = fixture.connected();

        channel.receive(message);
        fixture.timer.pass(Duration.ofMinutes(1));
        channel.receive(new Packet.PubRel(7));

        assertThat(fixture.handled).containsExactly(message);
        assertThat(channel.sent(Packet.PubRec.class)).containsExactly(new Packet.PubRec(7));
        assertThat(channel.acknowledged()).containsExactly(new Packet.PubComp(7));
    }

    @Test
    void qos2_thatTheBrokerDoesNotKnow_isHandled_andNotSentForAgain() {
        fixture.handler = message -> SessionFixture.done(Outcome.REDELIVER);
        FakeChannel channel = fixture.connected();
        channel.receive(inbound("a", Qos.EXACTLY_ONCE, 7));

        channel.receive(new Packet.PubRel(7, new MqttReason(0x92)));

        assertThat(fixture.handled).extracting(Packet.Publish::packetId).containsExactly(0);
        assertThat(channel.acknowledged()).containsExactly(new Packet.PubComp(7));
        assertThat(losses()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-1, 10000", "3, 1000", "0, 20000"})
    void longestPause_followsTheKeepAliveInForce(int keepAliveOfTheBroker, long millis) {
        SessionFixture slow =
                new SessionFixture(config().keepalive(Duration.ofSeconds(30)).dispatchQueueCapacity(1));
        slow.handler = message -> new CompletableFuture<>();
        slow.session.connect();
        FakeChannel channel = slow.channels.last();
        channel.receive(new BrokerTerms().keepAlive(keepAliveOfTheBroker).accepted(false));
        channel.deliver(inbound("a", Qos.AT_MOST_ONCE, 0));
        channel.deliver(inbound("a", Qos.AT_MOST_ONCE, 0));

        slow.timer.pass(Duration.ofMillis(millis - 1));
        assertThat(channel.calls).containsExactly("pause");
        slow.timer.pass(Duration.ofMillis(1));

        assertThat(channel.calls).containsExactly("pause", "resume");
    }
}
