package io.github.cdimqtt.internal.session.inbound;

import static io.github.cdimqtt.internal.session.SessionFixture.again;
import static io.github.cdimqtt.internal.session.SessionFixture.inbound;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.MalformedPacketException;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.reporting.Counters;
import io.github.cdimqtt.internal.session.FakeChannel;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.support.Statement;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Messages over several connections: each is received once, whatever the broker has forgotten. */
class IncomingFlowsTest {
    private static final MqttConfig MQTT_3_1_1 = MqttConfig.builder().build();
    private static final Predicate<Packet.Publish> DISPATCHED = message -> true;
    private static final Packet.Publish ONE = inbound("a", Qos.AT_LEAST_ONCE, 1);
    private static final Packet.Publish SEVEN = inbound("a", Qos.EXACTLY_ONCE, 7);

    private final IncomingFlows flows = new IncomingFlows(MQTT_3_1_1, MessageStore.NONE, new Counters());
    private final FakeChannel previous = new FakeChannel();
    private final FakeChannel next = new FakeChannel();

    IncomingFlowsTest() {
        flows.connected(previous, false);
    }

    private List<Delivery> reconnect(boolean sessionKept) {
        flows.disconnected();
        return flows.connected(next, sessionKept);
    }

    /** Has a message of QoS 2 be received and released. */
    private Delivery receive(FakeChannel channel, Packet.Publish message) throws MalformedPacketException {
        assertThat(flows.received(channel, message)).isEmpty();
        return flows.released(channel, message.packetId(), DISPATCHED);
    }

    /** Returns what to dispatch of the message that came without PUBREL: it has no packet identifier. */
    private static Packet.Publish orphan(Packet.Publish message) {
        return new Packet.Publish(message.topic(), message.payload(), message.qos(), false, message.duplicate(), 0);
    }

    @Statement({"MQTT-4.3.3-8", "MQTT-4.3.3-11"})
    @Test
    void qos2_isDispatchedAtPubrel_andAcknowledgedWhenComplete() throws MalformedPacketException {
        Delivery delivery = receive(previous, SEVEN);
        assertThat(previous.sent()).containsExactly(new Packet.PubRec(7));
        assertThat(delivery.message()).isSameAs(SEVEN);

        flows.complete(delivery);

        assertThat(previous.sent()).containsExactly(new Packet.PubRec(7), new Packet.PubComp(7));
    }

    @Test
    void qos2_cutBeforePubrel_isReceivedOnTheNextConnection() throws MalformedPacketException {
        flows.received(previous, SEVEN);
        assertThat(reconnect(true)).isEmpty();

        Delivery delivery = flows.released(next, 7, DISPATCHED);
        assertThat(delivery.message()).isSameAs(SEVEN);
        flows.complete(delivery);

        assertThat(next.sent()).containsExactly(new Packet.PubComp(7));
    }

    @Test
    void qos2_cutBeforePubcomp_isReceivedOnce_andAcknowledgedOnTheNextConnection() throws MalformedPacketException {
        Delivery delivery = receive(previous, SEVEN);
        reconnect(true);
        assertThat(flows.released(next, 7, DISPATCHED)).isNull();
        assertThat(next.sent()).isEmpty();

        flows.complete(delivery);
        assertThat(next.sent()).containsExactly(new Packet.PubComp(7));
        assertThat(flows.released(next, 7, DISPATCHED)).isNull(); // sent again

        assertThat(next.sent()).containsExactly(new Packet.PubComp(7), new Packet.PubComp(7));
        assertThat(previous.acknowledged()).isEmpty();
    }

    @Test
    void qos2_completeAfterTheCut_isAcknowledgedOnTheNextConnection() throws MalformedPacketException {
        Delivery delivery = receive(previous, SEVEN);
        flows.disconnected();
        flows.complete(delivery);
        reconnect(true);

        assertThat(flows.released(next, 7, DISPATCHED)).isNull();
        assertThat(next.sent()).containsExactly(new Packet.PubComp(7));
        assertThat(receive(next, SEVEN)).isNotNull(); // another message with the same identifier
    }

    @Test
    void qos2_otherMessageUnderAPacketIdInUse_isReceivedAfterTheFirst() throws MalformedPacketException {
        flows.received(previous, SEVEN);
        reconnect(true);
        Packet.Publish other =
                again(new Packet.Publish("a", ByteBuffer.wrap(new byte[] {1}), Qos.EXACTLY_ONCE, false, false, 7));

        assertThat(flows.received(next, other)).extracting(Delivery::message).containsExactly(orphan(SEVEN));
        assertThat(next.sent()).containsExactly(new Packet.PubRec(7));
        assertThat(flows.released(next, 7, DISPATCHED).message()).isSameAs(other);
    }

    @Test
    void qos2_sentAgainBeforeItIsComplete_isAcknowledgedWithTheFirst() throws MalformedPacketException {
        Delivery delivery = receive(previous, SEVEN);
        reconnect(true);
        assertThat(receive(next, again(SEVEN))).isNull();
        assertThat(next.sent()).containsExactly(new Packet.PubRec(7));

        flows.complete(delivery);

        assertThat(next.sent()).containsExactly(new Packet.PubRec(7), new Packet.PubComp(7));
    }

    @Test
    void qos2_ofASessionThatTheBrokerForgot_isReceivedWithoutPubrel() throws MalformedPacketException {
        Packet.Publish eight = inbound("b", Qos.EXACTLY_ONCE, 8);
        flows.received(previous, eight);
        flows.received(previous, SEVEN);

        assertThat(reconnect(false)).extracting(Delivery::message).containsExactly(orphan(eight), orphan(SEVEN));
        assertThat(flows.released(next, 7, DISPATCHED)).isNull();
        assertThat(next.sent()).containsExactly(new Packet.PubComp(7));
    }

    @Test
    void qos2_releasedBeforeTheBrokerForgotTheSession_isNeitherReceivedAgainNorAcknowledged()
            throws MalformedPacketException {
        Delivery first = receive(previous, SEVEN);
        assertThat(reconnect(false)).isEmpty();
        flows.received(next, SEVEN);
        flows.complete(first);
        assertThat(next.sent()).containsExactly(new Packet.PubRec(7));

        Delivery second = flows.released(next, 7, DISPATCHED);
        flows.complete(second);

        assertThat(second).isNotSameAs(first);
        assertThat(next.acknowledged()).containsExactly(new Packet.PubComp(7));
    }

    @Test
    void qos2_thatIsAbandoned_isReceivedOnce() throws MalformedPacketException {
        flows.received(previous, SEVEN);
        reconnect(true);
        List<Delivery> awaiting = flows.awaitingPubrel();

        assertThat(flows.abandon(previous, awaiting)).isEmpty();
        assertThat(flows.abandon(next, awaiting)).extracting(Delivery::message).containsExactly(orphan(SEVEN));
        assertThat(flows.abandon(next, awaiting)).isEmpty();
        assertThat(receive(next, again(SEVEN))).isNull(); // the broker was only slow
        assertThat(next.sent()).containsExactly(new Packet.PubRec(7), new Packet.PubComp(7));
        assertThat(receive(next, again(SEVEN)).message().duplicate()).isTrue(); // now it is another message
    }

    @Test
    void qos2_releasedMeanwhile_isNotAbandoned() throws MalformedPacketException {
        flows.received(previous, SEVEN);
        reconnect(true);
        List<Delivery> awaiting = flows.awaitingPubrel();
        assertThat(flows.released(next, 7, DISPATCHED)).isNotNull();

        assertThat(flows.abandon(next, awaiting)).isEmpty();
    }

    @Test
    void qos2_whileNothingIsDispatched_isNotReleased() throws MalformedPacketException {
        flows.received(previous, SEVEN);

        assertThat(flows.released(previous, 7, message -> false)).isNull();
        assertThat(previous.sent()).containsExactly(new Packet.PubRec(7));
        assertThat(flows.released(previous, 7, DISPATCHED)).isNotNull();
    }

    @Test
    void pubrelOfAMessageOfQos1_doesNotEndIt() throws MalformedPacketException {
        Delivery delivery = flows.received(previous, ONE).get(0);

        assertThat(flows.released(previous, 1, DISPATCHED)).isNull();
        flows.complete(delivery);

        assertThat(previous.sent()).containsExactly(new Packet.PubComp(1), new Packet.PubAck(1));
    }

    @Test
    void packetsOfAPreviousChannel_areIgnored() throws MalformedPacketException {
        flows.received(previous, SEVEN);
        reconnect(true);

        assertThat(flows.received(previous, ONE)).isEmpty();
        assertThat(flows.released(previous, 7, DISPATCHED)).isNull();
        flows.disconnected();
        assertThat(flows.received(next, ONE)).isEmpty();
        assertThat(next.sent()).isEmpty();
    }
}
