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
import io.github.cdimqtt.internal.session.store.FileMessageStore;
import io.github.cdimqtt.internal.session.store.MemoryMessageStore;
import io.github.cdimqtt.internal.session.store.MessageStore;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Messages that a session forgets, because an observer failed on them, and those that it keeps over a crash. */
class ForgottenMessagesTest {
    private static final MqttConfig MQTT_3_1_1 = MqttConfig.builder().build();
    private static final Predicate<Packet.Publish> DISPATCHED = message -> true;
    private static final Packet.Publish ONE = inbound("a", Qos.AT_LEAST_ONCE, 1);
    private static final int RACES = 20_000;
    private static final Packet.Publish SEVEN = inbound("a", Qos.EXACTLY_ONCE, 7);

    private final MemoryMessageStore store = new MemoryMessageStore();
    private final IncomingFlows flows = new IncomingFlows(MQTT_3_1_1, store, new Counters());
    private final FakeChannel previous = new FakeChannel();
    private final FakeChannel next = new FakeChannel();

    ForgottenMessagesTest() {
        flows.connected(previous, false);
    }

    private Delivery receiveSeven() throws MalformedPacketException {
        flows.received(previous, SEVEN);
        return flows.released(previous, 7, DISPATCHED);
    }

    @Test
    void messageReceivedAgain_isNotForgotten() throws MalformedPacketException {
        Delivery delivery = flows.received(previous, ONE).get(0);
        assertThat(flows.isConnected(delivery)).isTrue();
        flows.disconnected();
        assertThat(flows.isConnected(delivery)).isFalse();
        flows.connected(next, true);
        flows.received(next, again(ONE));

        assertThat(flows.forget(delivery, false)).isFalse();
        flows.complete(delivery);
        assertThat(next.acknowledged()).containsExactly(new Packet.PubAck(1));
    }

    @Test
    void forgottenMessage_isReceivedAgain() throws MalformedPacketException {
        Delivery delivery = flows.received(previous, ONE).get(0);
        flows.disconnected();
        assertThat(flows.forget(delivery, false)).isTrue();
        flows.connected(next, true);

        assertThat(flows.received(next, again(ONE))).hasSize(1);
    }

    /** Otherwise it would neither be handled again nor acknowledged. */
    @Test
    @Timeout(60)
    void messageReceivedAgainWhileItIsForgotten_isEitherKeptOrReceived() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        CyclicBarrier start = new CyclicBarrier(2);
        try {
            for (int i = 0; i < RACES; i++) {
                IncomingFlows raced = new IncomingFlows(MQTT_3_1_1, MessageStore.NONE, new Counters());
                raced.connected(previous, false);
                Delivery delivery = raced.received(previous, ONE).get(0);
                raced.disconnected();
                raced.connected(next, true);

                Future<Boolean> forgotten = other.submit(() -> {
                    start.await();
                    return raced.forget(delivery, false);
                });
                start.await();
                List<Delivery> received = raced.received(next, again(ONE));

                assertThat(forgotten.get()).isEqualTo(!received.isEmpty());
            }
        } finally {
            other.shutdown();
        }
    }

    @Test
    void forgottenMessageOfQos2_isReleasedAgain() throws MalformedPacketException {
        Delivery delivery = receiveSeven();
        assertThat(flows.forget(delivery, true)).isTrue();
        flows.disconnected();
        flows.connected(next, true);

        assertThat(flows.released(next, 7, DISPATCHED)).isNotNull().isNotSameAs(delivery);
    }

    @Test
    void qos2_isKeptOverACrash(@TempDir Path directory) throws MalformedPacketException {
        MessageStore before = FileMessageStore.open(directory, "me");
        IncomingFlows earlier = new IncomingFlows(MQTT_3_1_1, before, new Counters());
        earlier.connected(previous, false);
        earlier.received(previous, SEVEN);
        before.close();

        MessageStore again = FileMessageStore.open(directory, "me");
        IncomingFlows later = new IncomingFlows(MQTT_3_1_1, again, new Counters());
        assertThat(later.connected(next, true)).isEmpty();
        Delivery delivery = later.released(next, 7, DISPATCHED);
        assertThat(delivery.message().payload()).isEqualTo(SEVEN.payload());
        later.complete(delivery);

        assertThat(next.acknowledged()).containsExactly(new Packet.PubComp(7));
        assertThat(again.read("in-")).isEmpty();
        again.close();
    }

    @Test
    void qos2_whosePacketIdBelongsToAnotherMessage_isNotKept() throws MalformedPacketException {
        receiveSeven();
        assertThat(store.read("in-")).hasSize(1);

        flows.received(previous, inbound("b", Qos.AT_LEAST_ONCE, 7)); // of a broker that has forgotten its identifiers

        assertThat(store.read("in-")).isEmpty();
    }
}
