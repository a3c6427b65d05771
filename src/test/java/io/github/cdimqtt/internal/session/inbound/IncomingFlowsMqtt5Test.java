package io.github.cdimqtt.internal.session.inbound;

import static io.github.cdimqtt.internal.session.SessionFixture.again;
import static io.github.cdimqtt.internal.session.SessionFixture.inbound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.MalformedPacketException;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.reporting.Counters;
import io.github.cdimqtt.internal.session.FakeChannel;
import io.github.cdimqtt.internal.session.store.FileMessageStore;
import io.github.cdimqtt.internal.session.store.MemoryMessageStore;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.support.Statement;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What MQTT 5 adds to the flows of received messages: a receive maximum, which is 2 here, and reasons. */
class IncomingFlowsMqtt5Test {
    private static final MqttConfig CONFIG =
            MqttConfig.builder().protocolVersion("5").receiveMaximum(2).build();
    private static final Predicate<Packet.Publish> DISPATCHED = message -> true;
    private static final Packet.Publish ONE = inbound("a", Qos.AT_LEAST_ONCE, 1);
    private static final Packet.Publish SEVEN = new Packet.Publish(
            "a",
            ByteBuffer.wrap(new byte[] {1}),
            Qos.EXACTLY_ONCE,
            true,
            false,
            7,
            MqttProperties.builder().contentType("x").build(),
            0,
            List.of(3));
    private static final MqttReason UNKNOWN_ID = new MqttReason(0x92);

    private final MemoryMessageStore store = new MemoryMessageStore();
    private final IncomingFlows flows = new IncomingFlows(CONFIG, store, new Counters());
    private final FakeChannel previous = new FakeChannel();
    private final FakeChannel next = new FakeChannel();

    IncomingFlowsMqtt5Test() {
        flows.connected(previous, false);
    }

    /** Returns what to dispatch of the message without its PUBREL: it has no packet identifier, and all the rest. */
    private static Packet.Publish orphan(Packet.Publish message) {
        return new Packet.Publish(
                message.topic(),
                message.payload(),
                message.qos(),
                message.retain(),
                message.duplicate(),
                0,
                message.properties(),
                0,
                message.subscriptionIdentifiers());
    }

    private Delivery receive(FakeChannel channel, Packet.Publish message) throws MalformedPacketException {
        List<Delivery> received = flows.received(channel, message);
        return message.qos() == Qos.EXACTLY_ONCE
                ? flows.released(channel, message.packetId(), DISPATCHED)
                : received.get(0);
    }

    private void assertUsedUp(FakeChannel channel) {
        int sent = channel.sent().size();
        for (Qos qos : List.of(Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE)) {
            assertThatExceptionOfType(MalformedPacketException.class)
                    .isThrownBy(() -> flows.received(channel, inbound("more", qos, 99)))
                    .satisfies(fault -> assertThat(fault.reasonCode()).isEqualTo(0x93));
        }
        assertThat(channel.sent()).hasSize(sent);
    }

    @Statement("MQTT-3.3.4-9")
    @ParameterizedTest
    @EnumSource(names = {"AT_LEAST_ONCE", "EXACTLY_ONCE"})
    void messagesBeyondTheReceiveMaximum_areRefused_untilOneIsAcknowledged(Qos qos) throws MalformedPacketException {
        Delivery first = receive(previous, inbound("a", qos, 1));
        receive(previous, inbound("b", qos, 2));
        assertUsedUp(previous);

        flows.complete(first);
        receive(previous, inbound("c", qos, 3));

        assertUsedUp(previous);
    }

    @Test
    void qos2_thatAwaitsPubrel_isUnacknowledged() throws MalformedPacketException {
        flows.received(previous, SEVEN);
        flows.received(previous, inbound("b", Qos.EXACTLY_ONCE, 8));

        assertUsedUp(previous);
    }

    @Test
    void messagesOfAnEarlierConnection_countWhenTheyComeAgain() throws MalformedPacketException {
        Delivery first = receive(previous, ONE);
        receive(previous, SEVEN);
        flows.disconnected();
        flows.connected(next, true);

        flows.received(next, again(ONE)); // of the other one only PUBREL comes
        flows.released(next, 7, DISPATCHED);
        flows.received(next, inbound("b", Qos.AT_LEAST_ONCE, 2));
        assertUsedUp(next);
        flows.complete(first);
        flows.received(next, inbound("c", Qos.AT_LEAST_ONCE, 3));

        assertUsedUp(next);
    }

    @Test
    void messageThatIsRepeated_countsOnce() throws MalformedPacketException {
        flows.received(previous, ONE);
        flows.received(previous, again(ONE));
        flows.received(previous, SEVEN);
        flows.received(previous, again(SEVEN));

        assertUsedUp(previous);
    }

    @Test
    void messageOfAPreviousChannel_isNoViolation() throws MalformedPacketException {
        receive(previous, ONE);
        receive(previous, SEVEN);
        flows.disconnected();
        flows.connected(next, true);

        assertThat(flows.received(previous, inbound("b", Qos.AT_LEAST_ONCE, 2))).isEmpty();
    }

    @Test
    void pubrelOfAnUnknownPacketId_isAnsweredWithThat() {
        assertThat(flows.released(previous, 7, DISPATCHED)).isNull();
        assertThat(previous.sent()).containsExactly(new Packet.PubComp(7, UNKNOWN_ID));
    }

    @Test
    void pubrelOfAMessageOfQos1_isAnsweredWithThat_andDoesNotEndIt() throws MalformedPacketException {
        Delivery delivery = receive(previous, ONE);

        assertThat(flows.released(previous, 1, DISPATCHED)).isNull();
        flows.complete(delivery);

        assertThat(previous.sent()).containsExactly(new Packet.PubComp(1, UNKNOWN_ID), new Packet.PubAck(1));
    }

    @Test
    void pubrelOfAnAbandonedMessage_isOfOneThatIsKnown() throws MalformedPacketException {
        flows.received(previous, SEVEN);
        flows.disconnected();
        flows.connected(next, true);
        assertThat(flows.abandon(next, flows.awaitingPubrel()))
                .extracting(Delivery::message)
                .containsExactly(orphan(SEVEN));

        assertThat(flows.released(next, 7, DISPATCHED)).isNull();

        assertThat(next.sent()).containsExactly(new Packet.PubComp(7));
    }

    @Test
    void messageThatTheBrokerDoesNotKnow_isReceivedAtOnce_andItsPacketIdIsFree() throws MalformedPacketException {
        flows.received(previous, SEVEN);

        assertThat(flows.givenUp(previous, 7, DISPATCHED).message()).isEqualTo(orphan(SEVEN));

        assertThat(previous.sent()).containsExactly(new Packet.PubRec(7), new Packet.PubComp(7));
        assertThat(store.read("in-")).isEmpty();
        assertThat(flows.received(previous, again(SEVEN))).isEmpty(); // another message: it has to be released first
        assertThat(flows.released(previous, 7, DISPATCHED).message()).isEqualTo(again(SEVEN));
    }

    @Test
    void messageThatTheBrokerDoesNotKnow_whileNothingIsDispatched_stays() throws MalformedPacketException {
        flows.received(previous, SEVEN);

        assertThat(flows.givenUp(previous, 7, message -> false)).isNull();

        assertThat(previous.sent()).containsExactly(new Packet.PubRec(7));
        assertThat(store.read("in-")).hasSize(1);
    }

    @Test
    void messageThatTheBrokerDoesNotKnow_andThatIsBeingHandled_isHandledOnce() throws MalformedPacketException {
        Delivery delivery = receive(previous, SEVEN);

        assertThat(flows.givenUp(previous, 7, DISPATCHED)).isNull();
        flows.complete(delivery);
        assertThat(flows.givenUp(previous, 7, DISPATCHED)).isNull(); // it is unknown by now

        assertThat(previous.acknowledged()).containsExactly(new Packet.PubComp(7), new Packet.PubComp(7, UNKNOWN_ID));
    }

    /** In the next JVM other filters may have these numbers. */
    @Test
    void storedMessage_isWhole_butForItsSubscriptionIdentifiers(@TempDir Path directory)
            throws MalformedPacketException {
        try (MessageStore files = FileMessageStore.open(directory, "me")) {
            IncomingFlows earlier = new IncomingFlows(CONFIG, files, new Counters());
            earlier.connected(previous, false);
            earlier.received(previous, SEVEN);
        }
        try (MessageStore files = FileMessageStore.open(directory, "me")) {
            IncomingFlows later = new IncomingFlows(CONFIG, files, new Counters());
            later.connected(next, true);

            assertThat(later.released(next, 7, DISPATCHED).message())
                    .isEqualTo(new Packet.Publish(
                            SEVEN.topic(),
                            SEVEN.payload(),
                            Qos.EXACTLY_ONCE,
                            true,
                            true,
                            7,
                            SEVEN.properties(),
                            0,
                            List.of()));
        }
    }
}
