package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.PublishFixture.ALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.store.MemoryMessageStore;
import io.github.cdimqtt.support.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What a broker of MQTT 5 answers to PUBLISH. */
class PublishReasonsTest {
    private static final MqttReason NOBODY = new MqttReason(0x10);
    private static final MqttReason FORBIDDEN = new MqttReason(0x87, "not you", null, List.of(Map.entry("n", "v")));

    private final MemoryMessageStore store = new MemoryMessageStore();
    private final PublishFixture fixture = new PublishFixture(PublishFixture.config(), store);
    private final FakeChannel channel = fixture.connected(ALL);

    private static MqttReason reasonOf(CompletableFuture<?> failed) {
        assertThat(failed).isCompletedExceptionally();
        return failed.handle((done, cause) ->
                        ((MqttException) (cause instanceof CompletionException ? cause.getCause() : cause)).reason())
                .join();
    }

    private void assertRefused(CompletableFuture<?> stage, Qos qos, MqttReason reason) {
        assertThat(reasonOf(stage)).isEqualTo(reason);
        assertThat(fixture.session.listener.events(MqttEvent.PublishRefused.class))
                .containsExactly(new MqttEvent.PublishRefused("default", "t", qos, reason));
        assertThat(store.read("")).isEmpty();
        assertThat(fixture.session.session.metrics(Map.of()).inflight()).isZero();
        assertThat(fixture.session.session.metrics(Map.of()).published()).isZero();
    }

    @Test
    void puback_ofNoSubscribers_isInPublished() {
        CompletableFuture<MqttEvent.Published> stage = fixture.publish("t", Qos.AT_LEAST_ONCE);

        channel.receive(new Packet.PubAck(1, NOBODY));

        MqttEvent.Published published = new MqttEvent.Published("default", "t", Qos.AT_LEAST_ONCE, 1, NOBODY);
        assertThat(stage).isCompletedWithValue(published);
        assertThat(fixture.session.listener.events(MqttEvent.Published.class)).containsExactly(published);
    }

    @Test
    void pubrec_ofNoSubscribers_isInPublished_asPubcompTellsOfTheIdentifierAlone() {
        CompletableFuture<MqttEvent.Published> stage = fixture.publish("t", Qos.EXACTLY_ONCE);

        channel.receive(new Packet.PubRec(1, NOBODY));
        assertThat(stage).isNotDone();
        channel.receive(new Packet.PubComp(1, new MqttReason(0x92)));

        assertThat(stage).isCompletedWithValue(new MqttEvent.Published("default", "t", Qos.EXACTLY_ONCE, 1, NOBODY));
    }

    @Test
    void puback_thatRefuses_failsTheStage_andIsToldInWords() {
        CompletableFuture<MqttEvent.Published> stage = fixture.publish("t", Qos.AT_LEAST_ONCE);

        channel.receive(new Packet.PubAck(1, FORBIDDEN));

        assertRefused(stage, Qos.AT_LEAST_ONCE, FORBIDDEN);
        assertThatThrownBy(stage::join)
                .hasRootCauseMessage("the broker refused the message of QoS 1 to 't' (0x87 not authorised: not you):"
                        + " it is not sent again; allow it in the broker, or change it, and publish it anew");
        assertThat(fixture.lines("MQTT-130"))
                .singleElement()
                .asString()
                .startsWith(
                        "WARNING MQTT-130: the broker refused the message of QoS 1 to 't' (0x87 not authorised: not you)");
    }

    @Statement("MQTT-4.3.3-4")
    @Test
    void pubrec_thatRefuses_isAnsweredWithNothing() {
        CompletableFuture<MqttEvent.Published> stage = fixture.publish("t", Qos.EXACTLY_ONCE);

        channel.receive(new Packet.PubRec(1, FORBIDDEN));

        assertRefused(stage, Qos.EXACTLY_ONCE, FORBIDDEN);
        assertThat(channel.sent(Packet.PubRel.class)).isEmpty();
    }

    @Statement("MQTT-4.4.0-2")
    @Test
    void refusedMessages_areNotSentAgain_onAnyLaterConnection() {
        fixture.publish("1", Qos.AT_LEAST_ONCE);
        fixture.publish("2", Qos.EXACTLY_ONCE);
        fixture.publish("3", Qos.AT_LEAST_ONCE);
        channel.receive(new Packet.PubAck(1, FORBIDDEN));
        channel.receive(new Packet.PubRec(2, FORBIDDEN));

        FakeChannel second = fixture.reconnected(channel, true, ALL);
        FakeChannel third = fixture.reconnected(second, false, ALL);

        assertThat(second.topics()).containsExactly("3");
        assertThat(third.topics()).containsExactly("3");
        assertThat(third.sent(Packet.PubRel.class)).isEmpty();
    }

    /** The application has disconnected, and the broker kept the session. */
    @Test
    void refusedMessage_thatNobodyWaitsFor_isToldAllTheSame() {
        CompletableFuture<?> stage = fixture.publish("t", Qos.AT_LEAST_ONCE);
        fixture.session.session.disconnect();
        assertThat(stage).isCompletedExceptionally();
        fixture.session.session.connect();
        FakeChannel later = PublishFixture.accept(fixture.session.channels.last(), true, ALL);
        assertThat(later.topics()).containsExactly("t");

        later.receive(new Packet.PubAck(1, FORBIDDEN));

        assertThat(fixture.session.listener.events(MqttEvent.PublishRefused.class))
                .hasSize(1);
        assertThat(fixture.lines("MQTT-130")).hasSize(1);
        assertThat(store.read("")).isEmpty();
    }

    @Statement("MQTT-3.6.2-1")
    @Test
    void pubrecOfAnUnknownMessage_isAnsweredThatItIsUnknown() {
        fixture.publish("t", Qos.AT_LEAST_ONCE);

        channel.receive(new Packet.PubRec(1));
        channel.receive(new Packet.PubRec(9, NOBODY));
        channel.receive(new Packet.PubRec(10, FORBIDDEN)); // that ended it

        MqttReason unknown = new MqttReason(0x92);
        assertThat(channel.sent(Packet.PubRel.class))
                .containsExactly(new Packet.PubRel(1, unknown), new Packet.PubRel(9, unknown));
        assertThat(channel.calls()).isEmpty();
    }

    @Test
    void pubrecOfAnUnknownMessage_isIgnoredOnMqtt311() {
        FakeChannel old = new SessionFixture().connected();

        old.receive(new Packet.PubRec(9));

        assertThat(old.sent(Packet.PubRel.class)).isEmpty();
    }

    @Statement("MQTT-4.6.0-4")
    @Test
    void pubrel_goesInTheOrderOfPubrec() {
        for (int i = 1; i <= 3; i++) {
            fixture.publish("t", Qos.EXACTLY_ONCE);
        }
        channel.receive(new Packet.PubRec(2));
        channel.receive(new Packet.PubRec(1));
        channel.receive(new Packet.PubRec(3));

        assertThat(channel.sent(Packet.PubRel.class))
                .extracting(Packet.PubRel::packetId)
                .containsExactly(2, 1, 3);
    }

    @Statement("MQTT-3.4.2-1")
    @Test
    void anyCode_isTold_evenOneThatTheSpecificationDoesNotHave() {
        CompletableFuture<?> refused = fixture.publish("t", Qos.AT_LEAST_ONCE);
        CompletableFuture<MqttEvent.Published> delivered = fixture.publish("t", Qos.AT_LEAST_ONCE);

        channel.receive(new Packet.PubAck(1, new MqttReason(0xfe)));
        channel.receive(new Packet.PubAck(2, new MqttReason(0x7f)));

        assertThat(reasonOf(refused)).isEqualTo(new MqttReason(0xfe));
        assertThat(delivered.getNow(null).reason()).isEqualTo(new MqttReason(0x7f));
    }

    /** A broker may refuse ten thousand a second. */
    @Test
    void manyRefusals_areALineASecond_withTheNumberOfTheOthers() {
        for (int i = 1; i <= 10; i++) {
            fixture.publish("t" + i, Qos.AT_LEAST_ONCE);
            channel.receive(new Packet.PubAck(i, FORBIDDEN));
        }
        assertThat(fixture.lines("MQTT-130"))
                .singleElement()
                .asString()
                .contains("'t1'")
                .doesNotContain("more");

        fixture.session.timer.pass(Duration.ofSeconds(1));
        assertThat(fixture.lines("MQTT-130"))
                .hasSize(2)
                .last()
                .asString()
                .contains("'t10'")
                .endsWith("; and 8 more");

        fixture.session.timer.pass(Duration.ofSeconds(2));
        fixture.publish("u", Qos.AT_LEAST_ONCE);
        channel.receive(new Packet.PubAck(11, FORBIDDEN));
        assertThat(fixture.lines("MQTT-130"))
                .hasSize(3)
                .last()
                .asString()
                .contains("'u'")
                .endsWith("publish it anew");
        assertThat(fixture.lines("MQTT-127")).isEmpty(); // they are in the log already
    }
}
