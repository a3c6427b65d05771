package io.github.cdimqtt.internal.session.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.session.store.FileMessageStore;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.support.ManualTimer;
import io.github.cdimqtt.support.Statement;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages over several connections, and over a crash. */
class OutgoingFlowsTest {
    private static final int ROOM = 65_535;
    private static final ManualTimer TIMER = new ManualTimer();

    private final OutgoingFlows flows = flows(MessageStore.NONE);

    @TempDir
    Path directory;

    private static OutgoingFlows flows(MessageStore store) {
        return flows(store, new PacketIds());
    }

    private static OutgoingFlows flows(MessageStore store, PacketIds ids) {
        return new OutgoingFlows(10, ProtocolVersion.V3_1_1, store, ids, TIMER);
    }

    private MessageStore open() {
        return FileMessageStore.open(directory, "me");
    }

    private static OutgoingMessage begin(OutgoingFlows flows, String topic, Qos qos) {
        Packet.Publish content = new Packet.Publish(topic, ByteBuffer.wrap(new byte[] {7}), qos, false, false, 0);
        OutgoingMessage message = OutgoingMessage.unobserved(content, null);
        flows.begin(message);
        flows.sendNext();
        return message;
    }

    /** Returns what is sent on the next connection: PUBREL, or identifier, topic and DUP of PUBLISH. */
    private static List<String> resent(OutgoingFlows flows, boolean sessionKept) {
        List<String> all = new ArrayList<>();
        flows.disconnected();
        flows.connected(sessionKept, ROOM);
        for (OutgoingMessage next = flows.sendNext(); next != null; next = flows.sendNext()) {
            Packet.Publish publish = next.publish(TIMER);
            all.add(
                    next.pubrecReceived
                            ? new Packet.PubRel(next.packetId).toString()
                            : publish.packetId() + " " + publish.topic() + " " + publish.duplicate());
        }
        return all;
    }

    @Statement("MQTT-4.6.0-1")
    @Test
    void keptSession_resumesItsFlows() {
        begin(flows, "1", Qos.EXACTLY_ONCE);
        begin(flows, "2", Qos.EXACTLY_ONCE);
        flows.pubrecReceived(1, MqttReason.SUCCESS);

        assertThat(resent(flows, true)).containsExactly(new Packet.PubRel(1).toString(), "2 2 true");
    }

    @Test
    void packetIdOfAnEndedFlow_isFree_andTheNextOneIsUsed() {
        OutgoingMessage first = begin(flows, "1", Qos.EXACTLY_ONCE);
        assertThat(first.packetId).isEqualTo(1);
        assertThat(flows.end(1, Qos.EXACTLY_ONCE)).isSameAs(first);
        assertThat(begin(flows, "2", Qos.EXACTLY_ONCE).packetId).isEqualTo(2);
    }

    @Test
    void messageThatWasNotSentOnAConnection_hasNoDupOnTheNext() {
        begin(flows, "1", Qos.EXACTLY_ONCE);
        flows.disconnected();
        flows.connected(false, ROOM);
        assertThat(resent(flows, true)).containsExactly("1 1 false");
    }

    @Statement("MQTT-3.2.2-5")
    @Test
    void forgottenSession_restartsItsFlows() {
        begin(flows, "1", Qos.EXACTLY_ONCE);
        begin(flows, "2", Qos.EXACTLY_ONCE);
        flows.pubrecReceived(1, MqttReason.SUCCESS);

        assertThat(resent(flows, false)).containsExactly("1 1 false", "2 2 false");
        assertThat(resent(flows, true)).containsExactly("1 1 true", "2 2 true");
    }

    /** An identifier that the broker still has from an earlier JVM would make a new message of QoS 2 a repetition. */
    @Test
    void sessionThatTheBrokerKnowsFromAnEarlierJvm_continuesWithOtherPacketIds() {
        flows.connected(true, ROOM);
        int first = begin(flows, "1", Qos.EXACTLY_ONCE).packetId;
        assertThat(first).isGreaterThan(1_000);

        flows.disconnected();
        flows.connected(true, ROOM);

        assertThat(begin(flows, "2", Qos.EXACTLY_ONCE).packetId).isEqualTo(first + 1);
    }

    @Test
    void acknowledgementOfAnotherQos_endsNothing() {
        begin(flows, "1", Qos.EXACTLY_ONCE);
        begin(flows, "2", Qos.AT_LEAST_ONCE);

        assertThat(flows.end(1, Qos.AT_LEAST_ONCE)).isNull();
        assertThat(flows.end(2, Qos.EXACTLY_ONCE)).isNull();
        assertThat(flows.pubrecReceived(2, MqttReason.SUCCESS)).isNull();
        assertThat(flows.size()).isEqualTo(2);
    }

    @Test
    void flowThatEndsWhileItIsToBeResumed_isNotSentAgain() {
        begin(flows, "1", Qos.AT_LEAST_ONCE);
        begin(flows, "2", Qos.AT_LEAST_ONCE);
        flows.disconnected();
        flows.connected(true, ROOM);
        flows.end(1, Qos.AT_LEAST_ONCE);

        assertThat(flows.sendNext().content.topic()).isEqualTo("2");
        assertThat(flows.sendNext()).isNull();
    }

    @Test
    void flowThatEndsAfterItWasResumed_isNotResumedAgain() {
        begin(flows, "1", Qos.AT_LEAST_ONCE);
        begin(flows, "2", Qos.AT_LEAST_ONCE);
        flows.disconnected();
        flows.connected(true, ROOM);
        assertThat(flows.sendNext().content.topic()).isEqualTo("1");
        flows.end(1, Qos.AT_LEAST_ONCE);

        assertThat(resent(flows, true)).containsExactly("2 2 true");
    }

    @Test
    void unanswered_isTheFirstWithoutPubackOrPubrec() {
        assertThat(flows.firstUnanswered()).isNull();
        OutgoingMessage first = begin(flows, "1", Qos.EXACTLY_ONCE);
        OutgoingMessage second = begin(flows, "2", Qos.EXACTLY_ONCE);
        assertThat(flows.firstUnanswered()).isSameAs(first.content);
        flows.pubrecReceived(1, MqttReason.SUCCESS);
        assertThat(flows.firstUnanswered()).isSameAs(second.content);
        flows.end(1, Qos.EXACTLY_ONCE);
        flows.pubrecReceived(2, MqttReason.SUCCESS);
        assertThat(flows.firstUnanswered()).isNull();
    }

    @Test
    void unacknowledgedMessages_areKeptInOrder_overACrash() {
        MessageStore before = open();
        OutgoingFlows flows = flows(before);
        begin(flows, "1", Qos.AT_LEAST_ONCE);
        begin(flows, "2", Qos.EXACTLY_ONCE);
        begin(flows, "3", Qos.AT_LEAST_ONCE);
        flows.pubrecReceived(2, MqttReason.SUCCESS);
        flows.end(1, Qos.AT_LEAST_ONCE);
        begin(flows, "4", Qos.AT_LEAST_ONCE);
        before.close();

        assertThat(resent(flows(open()), true))
                .containsExactly(new Packet.PubRel(2).toString(), "3 3 true", "4 4 true");
    }

    @Test
    void unacknowledgedMessages_areSentAsNew_whereTheSessionIsNotKept() {
        MessageStore before = open();
        begin(flows(before), "1", Qos.AT_LEAST_ONCE);
        before.close();

        assertThat(resent(flows(open()), false)).containsExactly("1 1 false");
    }

    @Test
    void packetIdOfAStoredMessage_isNotUsedTwice() {
        MessageStore before = open();
        begin(flows(before), "1", Qos.AT_LEAST_ONCE);
        before.close();

        OutgoingFlows after = flows(open());

        assertThat(begin(after, "2", Qos.AT_LEAST_ONCE).packetId).isEqualTo(2);
    }

    /** The broker would take another message of QoS 2 with this identifier for a repetition. */
    @Test
    void packetIdOfAMessageOfQos2_thatWasGivenUp_isFree_whenTheBrokerHasForgottenTheSession() {
        PacketIds ids = new PacketIds();
        OutgoingFlows flows = flows(MessageStore.NONE, ids);
        OutgoingMessage atLeastOnce = begin(flows, "1", Qos.AT_LEAST_ONCE);
        OutgoingMessage exactlyOnce = begin(flows, "2", Qos.EXACTLY_ONCE);
        flows.disconnected();
        flows.connected(true, ROOM);
        flows.giveUp(atLeastOnce);
        flows.giveUp(exactlyOnce);
        assertThat(flows.size()).isZero();
        assertThat(Stream.generate(ids::reserve).limit(65_534))
                .contains(atLeastOnce.packetId)
                .doesNotContain(exactlyOnce.packetId);

        flows.disconnected();
        flows.connected(false, ROOM);

        assertThat(ids.reserve()).isEqualTo(exactlyOnce.packetId);
    }

    @Test
    void acknowledgedMessages_leaveNoFile() throws IOException {
        OutgoingFlows flows = flows(open());
        for (int i = 0; i < 100; i++) {
            OutgoingMessage message = begin(flows, "t", Qos.EXACTLY_ONCE);
            flows.pubrecReceived(message.packetId, MqttReason.SUCCESS);
            flows.end(message.packetId, Qos.EXACTLY_ONCE);
        }
        try (Stream<Path> files = Files.list(directory.resolve("me"))) {
            assertThat(files.map(each -> each.getFileName().toString())).containsExactly("lock");
        }
    }
}
