package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.PublishFixture.ALL;
import static io.github.cdimqtt.internal.session.PublishFixture.expiry;
import static io.github.cdimqtt.internal.session.PublishFixture.maximumQos;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.store.MemoryMessageStore;
import io.github.cdimqtt.internal.session.store.StoredMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Properties of messages that outlive the JVM, and how long they are of use. */
class PublishStoreTest {
    private final MemoryMessageStore store = new MemoryMessageStore();

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    /** The wall clock tells how long the application was down; it may have been set back meanwhile. */
    @Test
    void messagesOfAnEarlierJvm_goWithWhatIsLeft_alsoPastTheirDeadline() {
        long now = System.currentTimeMillis();
        store.put("out-1", stored(1, expiry(7_200), now + 3_600_000));
        store.put("out-2", stored(2, expiry(7_200), now - 1));
        store.put("out-3", stored(3, expiry(7_200), now + 90_000_000));
        store.put("out-4", stored(4, expiry(7_200), Long.MAX_VALUE));
        store.put("out-5", stored(5, expiry(7_200), Long.MIN_VALUE));
        store.put("out-6", stored(6, MqttProperties.NONE, null));
        PublishFixture later = new PublishFixture(PublishFixture.config(), store);
        later.session.session.connect();
        FakeChannel channel = PublishFixture.accept(later.session.channels.last(), true, ALL);

        List<Duration> left = channel.published().stream()
                .map(each -> each.properties().expiry())
                .toList();
        assertThat(left.get(0)).isBetween(seconds(3_300), seconds(3_600));
        assertThat(left.subList(1, 6)).containsExactly(seconds(1), seconds(7_200), seconds(7_200), seconds(1), null);
    }

    @Test
    void deadline_isStored_andStaysWhenThePubrecIs() {
        PublishFixture stored = new PublishFixture(PublishFixture.config(), store);
        FakeChannel channel = stored.connected(ALL);
        stored.publish("t", Qos.EXACTLY_ONCE, expiry(7_200));
        long deadline = store.read("").get(0).deadline();
        assertThat(deadline - System.currentTimeMillis()).isBetween(6_900_000L, 7_200_000L);
        assertThat(store.read("").get(0).message().properties()).isEqualTo(expiry(7_200));

        stored.session.timer.pass(seconds(3_600));
        channel.receive(new Packet.PubRec(1));

        assertThat(store.read("").get(0).deadline() - System.currentTimeMillis())
                .isBetween(3_300_000L, 3_600_000L);
        assertThat(store.read("").get(0).pubrecReceived()).isTrue();
    }

    /** The broker would take another message of QoS 2 with this identifier for a repetition. */
    @Test
    void packetIdOfAMessageOfQos2_thatAnEarlierJvmGaveUp_isNotTheNext() {
        PublishFixture earlier = new PublishFixture(PublishFixture.config(), store);
        FakeChannel before = earlier.connected(ALL);
        earlier.publish("1", Qos.EXACTLY_ONCE);
        earlier.publish("2", Qos.AT_LEAST_ONCE);
        earlier.reconnected(before, true, maximumQos(Qos.AT_LEAST_ONCE));
        PublishFixture later = new PublishFixture(PublishFixture.config(), store);
        later.session.session.connect();
        FakeChannel channel = PublishFixture.accept(later.session.channels.last(), true, ALL);

        later.publish("3", Qos.EXACTLY_ONCE);

        assertThat(channel.topics()).containsExactly("2", "3");
        assertThat(channel.published().get(0).packetId()).isEqualTo(2);
        assertThat(channel.published().get(1).packetId()).isGreaterThan(1_000);
    }

    @Test
    void storedMessagesWithProperties_goWithoutThem_onMqtt311_withOneWarning() {
        store.put("out-1", stored(1, expiry(7_200), System.currentTimeMillis() - 1));
        store.put("out-2", stored(2, expiry(7_200), null));
        SessionFixture old =
                new SessionFixture(MqttConfig.builder().cleanSession(false).clientId("me"), store);
        FakeChannel channel = old.connected();
        channel.lose(new IOException("gone"));
        old.nextAttempt().accept();

        assertThat(channel.topics()).containsExactly("t", "t");
        assertThat(old.listener.lines.stream().filter(each -> each.contains("MQTT-134")))
                .containsExactly("WARNING MQTT-134: messages in persistence-directory have properties, and go without"
                        + " them, as MQTT 3.1.1 has none; set protocol-version=5 to send all of them");
    }

    @Test
    void storedMessagesWithoutProperties_goOnMqtt311_withoutAWarning() {
        store.put("out-1", stored(1, MqttProperties.NONE, null));
        SessionFixture old =
                new SessionFixture(MqttConfig.builder().cleanSession(false).clientId("me"), store);

        assertThat(old.connected().topics()).containsExactly("t");
        assertThat(old.listener.lines).noneMatch(each -> each.contains("MQTT-134"));
    }

    private static StoredMessage stored(int id, MqttProperties properties, Long deadline) {
        Packet.Publish message = new Packet.Publish(
                "t", ByteBuffer.allocate(0), Qos.AT_LEAST_ONCE, false, true, id, properties, 0, List.of());
        return new StoredMessage(message, false, deadline);
    }
}
