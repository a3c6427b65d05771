package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.PublishFixture.receiveMaximum;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.support.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Never more is unanswered than a broker of MQTT 5 allows. */
class ReceiveMaximumTest {
    private static final int MESSAGES = 100;

    private final PublishFixture fixture = new PublishFixture();

    @Statement({"MQTT-3.3.4-7", "MQTT-4.6.0-1", "MQTT-4.9.0-1", "MQTT-4.9.0-2"})
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20})
    void hundredMessages_overACut_areNeverMoreUnderWayThanTheBrokerAllows(int maximum) {
        FakeChannel channel = fixture.connected(receiveMaximum(maximum));
        List<CompletableFuture<MqttEvent.Published>> stages = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            stages.add(fixture.publish(String.valueOf(i), i % 3 == 0 ? Qos.AT_LEAST_ONCE : Qos.EXACTLY_ONCE));
        }
        AnsweringBroker before = new AnsweringBroker(channel);
        before.answer(MESSAGES / 2 + 1);
        FakeChannel next = fixture.reconnected(channel, true, receiveMaximum(maximum));
        AnsweringBroker after = new AnsweringBroker(next);
        after.answer(10 * MESSAGES);

        assertThat(before.most()).isEqualTo(maximum);
        assertThat(after.most()).isEqualTo(maximum);
        assertThat(stages).allSatisfy(stage -> assertThat(stage).isCompleted());
        assertThat(next.topics())
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((one, other) -> Integer.compare(Integer.parseInt(one), Integer.parseInt(other)));
    }

    @Statement({"MQTT-3.3.4-8", "MQTT-4.9.0-3"})
    @Test
    void pubrel_goes_whereThereIsNoRoomForPublish() {
        FakeChannel channel = fixture.connected(receiveMaximum(1));
        fixture.publish("1", Qos.EXACTLY_ONCE);
        fixture.publish("2", Qos.AT_LEAST_ONCE);

        channel.receive(new Packet.PubRec(1));
        assertThat(channel.sent(Packet.PubRel.class)).containsExactly(new Packet.PubRel(1));
        assertThat(channel.topics()).containsExactly("1");
        channel.receive(new Packet.PubComp(1));

        assertThat(channel.topics()).containsExactly("1", "2");
    }

    @Test
    void pubrelsOfAnEarlierConnection_goAtOnce_andPublishWhenTheyAreAnswered() {
        FakeChannel earlier = fixture.connected(receiveMaximum(20));
        fixture.publish("1", Qos.AT_LEAST_ONCE);
        for (int i = 2; i <= 5; i++) {
            fixture.publish(String.valueOf(i), Qos.EXACTLY_ONCE);
            earlier.receive(new Packet.PubRec(i));
        }

        FakeChannel channel = fixture.reconnected(earlier, true, receiveMaximum(1));
        assertThat(channel.sent(Packet.PubRel.class))
                .extracting(Packet.PubRel::packetId)
                .containsExactly(2, 3, 4, 5);
        for (int i = 2; i <= 5; i++) {
            assertThat(channel.topics()).isEmpty();
            channel.receive(new Packet.PubComp(i));
        }

        assertThat(channel.topics()).containsExactly("1");
    }

    @Test
    void exactlyOnce_hasNoBoundOfItsOwn_becauseTheBrokerTells() {
        FakeChannel channel = fixture.connected(receiveMaximum(25));
        for (int i = 0; i < 30; i++) {
            fixture.publish(String.valueOf(i), Qos.EXACTLY_ONCE);
        }

        assertThat(channel.topics()).hasSize(25);
    }

    @Test
    void maxInflight_bounds_whereTheBrokerAllowsMore() {
        PublishFixture narrow = new PublishFixture(PublishFixture.config().maxInflight(3), MessageStore.NONE);
        FakeChannel channel = narrow.connected(receiveMaximum(20));
        for (int i = 0; i < 30; i++) {
            narrow.publish(String.valueOf(i), Qos.AT_LEAST_ONCE);
        }

        assertThat(channel.topics()).hasSize(3);
    }

    @Test
    void refusedMessage_makesRoom() {
        FakeChannel channel = fixture.connected(receiveMaximum(1));
        fixture.publish("1", Qos.EXACTLY_ONCE);
        fixture.publish("2", Qos.AT_LEAST_ONCE);
        fixture.publish("3", Qos.AT_LEAST_ONCE);

        channel.receive(new Packet.PubRec(1, new MqttReason(0x97)));
        assertThat(channel.topics()).containsExactly("1", "2");
        channel.receive(new Packet.PubAck(2, new MqttReason(0x87)));

        assertThat(channel.topics()).containsExactly("1", "2", "3");
    }
}
