package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.SessionFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.store.MemoryMessageStore;
import io.github.cdimqtt.internal.session.store.StoredMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many messages of QoS 1 and 2 are under way at a time, also of those sent again. */
class PublishWindowTest {
    private static final IOException LOST = new IOException("gone");

    private static SessionFixture session(int maxInflight, MemoryMessageStore store) {
        return new SessionFixture(
                MqttConfig.builder().cleanSession(false).clientId("me").maxInflight(maxInflight), store);
    }

    private static void publish(SessionFixture session, int first, int last, Qos qos) {
        for (int i = first; i <= last; i++) {
            session.session.publish(message(String.valueOf(i), qos));
        }
    }

    private static List<String> topics(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(String::valueOf).toList();
    }

    @Test
    void window_holdsForMessagesOfAnEarlierJvm_whichGoFirst() {
        MemoryMessageStore store = new MemoryMessageStore();
        SessionFixture earlier = session(5, store);
        earlier.connected();
        publish(earlier, 1, 5, Qos.AT_LEAST_ONCE);

        SessionFixture later = session(2, store);
        publish(later, 6, 6, Qos.AT_LEAST_ONCE);
        later.session.connect();
        FakeChannel channel = later.channels.last();
        channel.accept(true);
        assertThat(channel.topics()).isEqualTo(topics(1, 2));
        publish(later, 7, 7, Qos.AT_LEAST_ONCE);
        for (int id = 1; id <= 5; id++) {
            channel.acknowledge(id);
            assertThat(channel.topics()).isEqualTo(topics(1, id + 2));
        }

        assertThat(channel.published()).extracting(Packet.Publish::duplicate).startsWith(true, true, true, true, true);
        assertThat(channel.published()).extracting(Packet.Publish::duplicate).endsWith(false, false);
    }

    @Test
    void connectionLostWhileSendingAgain_sendsAllAgain_onTheNext() {
        MemoryMessageStore store = new MemoryMessageStore();
        SessionFixture earlier = session(5, store);
        earlier.connected();
        publish(earlier, 1, 5, Qos.AT_LEAST_ONCE);
        SessionFixture later = session(2, store);
        FakeChannel previous = later.connected();
        previous.acknowledge(1);
        previous.lose(LOST);
        FakeChannel next = later.nextAttempt();
        next.accept(true);

        for (int id = 2; id <= 5; id++) {
            next.acknowledge(id);
        }

        assertThat(next.topics()).isEqualTo(topics(2, 5));
        assertThat(store.read("")).isEmpty();
    }

    @Test
    void exactlyOnce_hasNineteenUnderWay() {
        SessionFixture fixture = new SessionFixture(MqttConfig.builder());
        FakeChannel channel = fixture.connected();
        publish(fixture, 1, 30, Qos.EXACTLY_ONCE);
        assertThat(channel.topics()).isEqualTo(topics(1, 19));

        channel.receive(new Packet.PubRec(1));
        assertThat(channel.topics()).hasSize(19);
        channel.receive(new Packet.PubComp(1));

        assertThat(channel.topics()).isEqualTo(topics(1, 20));
    }

    @Test
    void exactlyOnce_hasNineteenUnderWay_whenSentAgain() {
        MemoryMessageStore store = new MemoryMessageStore();
        SessionFixture fixture = session(1000, store);
        FakeChannel previous = fixture.connected();
        publish(fixture, 1, 25, Qos.EXACTLY_ONCE);
        previous.receive(new Packet.PubRec(1));
        previous.lose(LOST);

        FakeChannel next = fixture.nextAttempt();
        next.accept(true);
        assertThat(next.sent(Packet.PubRel.class)).containsExactly(new Packet.PubRel(1));
        assertThat(next.topics()).isEqualTo(topics(2, 19));
        next.acknowledge(1);

        assertThat(next.topics()).isEqualTo(topics(2, 20));
    }

    @Test
    void moreThanNineteen_ofAnEarlierJvm_goFirst() {
        MemoryMessageStore store = new MemoryMessageStore();
        for (int id = 1; id <= 25; id++) {
            String topic = String.valueOf(id);
            Packet.Publish message =
                    new Packet.Publish(topic, ByteBuffer.allocate(0), Qos.EXACTLY_ONCE, false, true, id);
            store.put("out-" + id, new StoredMessage(message, false));
        }
        SessionFixture later = session(1000, store);
        later.session.connect();
        FakeChannel channel = later.channels.last();
        channel.accept(true);
        publish(later, 26, 26, Qos.AT_LEAST_ONCE);
        for (int id = 1; id <= 5; id++) {
            channel.acknowledge(id);
            assertThat(channel.topics()).isEqualTo(topics(1, 19 + id));
        }

        channel.acknowledge(6);

        assertThat(channel.topics()).isEqualTo(topics(1, 26));
    }

    /** Not sent yet, and safe all the same if the JVM dies. */
    @Test
    void messagesOfQos2_thatWaitForRoomOnTheConnection_areStored() {
        MemoryMessageStore store = new MemoryMessageStore();
        SessionFixture fixture = session(30, store);
        FakeChannel channel = fixture.connected();

        publish(fixture, 1, 40, Qos.EXACTLY_ONCE);

        assertThat(channel.topics()).isEqualTo(topics(1, 19));
        assertThat(store.read("out-")).hasSize(30);
        assertThat(fixture.session.metrics(Map.of()).inflight()).isEqualTo(30);
    }

    @Test
    void queueWithoutRoom_takesNoMessageWithoutAConnection() {
        SessionFixture none = new SessionFixture(MqttConfig.builder().offlineBuffer(0));

        assertThatThrownBy(none.session.publish(message("1", Qos.AT_LEAST_ONCE))::join)
                .hasMessageContaining("the queue of messages to be sent is full (offline-buffer=0): the one to '1'");
        FakeChannel channel = none.connected();
        assertThat(none.session.publish(message("2", Qos.EXACTLY_ONCE))).isNotDone();
        assertThat(channel.topics()).containsExactly("2");
    }

    @Test
    void atLeastOnce_waitsBehindExactlyOnce_andOvertakesNothing() {
        SessionFixture fixture = new SessionFixture(MqttConfig.builder());
        FakeChannel channel = fixture.connected();
        publish(fixture, 1, 20, Qos.EXACTLY_ONCE);
        publish(fixture, 21, 21, Qos.AT_LEAST_ONCE);
        publish(fixture, 22, 22, Qos.AT_MOST_ONCE);
        assertThat(channel.topics()).isEqualTo(topics(1, 19));

        channel.acknowledge(1);

        assertThat(channel.topics()).isEqualTo(topics(1, 22));
    }
}
