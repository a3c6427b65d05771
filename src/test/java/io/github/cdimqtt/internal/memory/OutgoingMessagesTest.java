package io.github.cdimqtt.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutgoingMessagesTest {
    private final ManualBroker time = new ManualBroker();
    private final RecordingClient publisher = time.v311("publisher");

    private RecordingClient connect(int receiveMaximum, int maximumPacketSize) {
        return time.client().accepted(ManualBroker.connect5("a", false, 1000, receiveMaximum, maximumPacketSize, null));
    }

    private void publish(int from, int to) {
        for (int i = from; i <= to; i++) {
            publisher.publishQos1("t", "m" + i);
        }
    }

    @Test
    void receiveMaximum_ofTheClient_isKept() {
        RecordingClient client = connect(2, 0).subscribed("t", Qos.AT_LEAST_ONCE);
        publish(1, 4);
        List<Packet.Publish> first = client.messages();
        assertThat(first).extracting(RecordingClient::text).containsExactly("m1", "m2");
        client.send(new Packet.PubAck(first.get(1).packetId()));
        assertThat(client.texts()).containsExactly("m3");
        client.send(new Packet.PubAck(first.get(0).packetId()));
        assertThat(client.texts()).containsExactly("m4");
    }

    @Test
    void qos0_isSentWhateverTheReceiveMaximum() {
        RecordingClient client = connect(1, 0).subscribed("t", Qos.AT_LEAST_ONCE);
        publish(1, 2);
        publisher.publish("t", "zero");
        assertThat(client.texts()).containsExactly("m1", "zero");
    }

    @Test
    void unacknowledged_goesAgain_withDupAndItsIdentifier() {
        RecordingClient client = connect(10, 0).subscribed("t", Qos.EXACTLY_ONCE);
        publish(1, 3);
        List<Packet.Publish> before = client.messages();
        client.send(new Packet.PubAck(before.get(1).packetId()));
        client.lose();
        publish(4, 4);
        List<Packet.Publish> again = connect(10, 0).messages();
        assertThat(again).extracting(RecordingClient::text).containsExactly("m1", "m3", "m4");
        assertThat(again).extracting(Packet.Publish::duplicate).containsExactly(true, true, false);
        assertThat(again.get(0).packetId()).isEqualTo(before.get(0).packetId());
        assertThat(again.get(1).packetId()).isEqualTo(before.get(2).packetId());
        assertThat(again.get(2).packetId())
                .isNotIn(before.get(0).packetId(), before.get(2).packetId());
    }

    @Test
    void resending_keepsTheReceiveMaximum() {
        RecordingClient client = connect(10, 0).subscribed("t", Qos.AT_LEAST_ONCE);
        publish(1, 3);
        client.lose();
        RecordingClient again = connect(1, 0);
        Packet.Publish first = again.only(Packet.Publish.class);
        assertThat(RecordingClient.text(first)).isEqualTo("m1");
        again.send(new Packet.PubAck(first.packetId()));
        assertThat(again.texts()).containsExactly("m2");
    }

    @Test
    void acknowledgedBeforeItGoesAgain_opensNoPlaceForOthers() {
        RecordingClient client = connect(10, 0).subscribed("t", Qos.AT_LEAST_ONCE);
        publish(1, 3);
        int third = client.messages().get(2).packetId();
        client.lose();
        RecordingClient again = connect(1, 0);
        assertThat(again.texts()).containsExactly("m1");
        again.send(new Packet.PubAck(third));
        assertThat(again.take()).isEmpty();
    }

    @Test
    void received_isReleasedAgain_andNotSent() {
        RecordingClient client = connect(10, 0).subscribed("t", Qos.EXACTLY_ONCE);
        publisher.send(ManualBroker.message("t", "x", Qos.EXACTLY_ONCE, 1));
        int id = client.only(Packet.Publish.class).packetId();
        client.send(new Packet.PubRec(id));
        assertThat(client.only(Packet.PubRel.class)).isEqualTo(new Packet.PubRel(id));
        client.lose();
        RecordingClient again = connect(10, 0);
        assertThat(again.only(Packet.PubRel.class)).isEqualTo(new Packet.PubRel(id));
        again.send(new Packet.PubComp(id));
        again.lose();
        assertThat(connect(10, 0).take()).isEmpty();
    }

    @Test
    void offlineSession_getsQos1And2_notQos0() {
        connect(10, 0).subscribed("t", Qos.EXACTLY_ONCE).disconnect();
        publisher.publish("t", "zero");
        publish(1, 2);
        List<Packet.Publish> waited = connect(10, 0).messages();
        assertThat(waited).extracting(RecordingClient::text).containsExactly("m1", "m2");
        assertThat(waited).noneMatch(Packet.Publish::duplicate);
    }

    @Test
    void queue_isBounded_andTheNewestAreDropped() {
        time.client(2)
                .accepted(ManualBroker.connect5("a", false, 1000, 10, 0, null))
                .subscribed("t", Qos.AT_LEAST_ONCE)
                .disconnect();
        publish(1, 4);
        assertThat(connect(10, 0).texts()).containsExactly("m1", "m2");
    }

    @Test
    void tooLargeForTheClient_isDropped_andBlocksNothing() {
        RecordingClient client = connect(1, 30).subscribed("t", Qos.AT_LEAST_ONCE);
        publisher.publishQos1("t", "x".repeat(100));
        publisher.publish("t", "x".repeat(100));
        publish(1, 1);
        assertThat(client.texts()).containsExactly("m1");
    }

    @Test
    void subscriptionIdentifiers_countForTheSize() {
        RecordingClient client = connect(1, 12).subscribed(5, ManualBroker.filter("t", Qos.AT_MOST_ONCE));
        publisher.publish("t", "12345");
        assertThat(client.take()).isEmpty();
        client.subscribed("t", Qos.AT_MOST_ONCE);
        publisher.publish("t", "12345");
        assertThat(client.texts()).containsExactly("12345");
    }

    @Test
    void mqtt311_hasAWindowToo() {
        RecordingClient client = time.v311("a").subscribed("t", Qos.AT_LEAST_ONCE);
        publish(1, 1002);
        List<Packet.Publish> first = client.messages();
        assertThat(first).hasSize(1000);
        client.send(new Packet.PubAck(first.get(0).packetId()));
        assertThat(client.texts()).containsExactly("m1001");
    }
}
