package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.PublishFixture.ALL;
import static io.github.cdimqtt.internal.session.PublishFixture.maximumPacketSize;
import static io.github.cdimqtt.internal.session.PublishFixture.maximumQos;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.Terms;
import io.github.cdimqtt.internal.session.store.MemoryMessageStore;
import io.github.cdimqtt.internal.session.store.StoredMessage;
import io.github.cdimqtt.support.Statement;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What a broker of MQTT 5 does not allow is not sent. */
class PublishLimitsTest {
    private static final Terms NO_RETAIN =
            new BrokerTerms().retainAvailable(false).terms();

    private final MemoryMessageStore store = new MemoryMessageStore();
    private final PublishFixture fixture = new PublishFixture(PublishFixture.config(), store);

    private static void assertFailed(CompletableFuture<?> stage, int code, String text) {
        assertThat(stage).isCompletedExceptionally();
        Throwable failure = stage.handle(
                        (done, cause) -> cause instanceof CompletionException ? cause.getCause() : cause)
                .join();
        assertThat(failure).isInstanceOf(MqttException.class).hasMessage(text);
        assertThat(((MqttException) failure).reason()).isEqualTo(new MqttReason(code));
    }

    private void assertNothingStays() {
        assertThat(store.read("")).isEmpty();
        assertThat(fixture.session.session.metrics(Map.of()).inflight()).isZero();
        assertThat(fixture.session.session.metrics(Map.of()).queued()).isZero();
    }

    private CompletableFuture<?> publish(int payload, MqttProperties properties) {
        return fixture.session.session.publish(PublishFixture.message("t", Qos.AT_LEAST_ONCE, payload, properties));
    }

    private CompletableFuture<?> publishRetained(Qos qos) {
        return fixture.session.session.publish(new Packet.Publish("t", ByteBuffer.allocate(0), qos, true, false, 0));
    }

    @Statement({"MQTT-3.2.2-9", "MQTT-3.2.2-11"})
    @Test
    void qosAboveTheMaximum_fails_andNothingIsSent() {
        FakeChannel channel = fixture.connected(maximumQos(Qos.AT_LEAST_ONCE));
        CompletableFuture<?> refused = fixture.publish("t", Qos.EXACTLY_ONCE);

        assertFailed(
                refused,
                0x9b,
                "the message to 't' of QoS 2 is not sent (0x9b QoS not supported): the broker allows QoS 1 at most;"
                        + " publish it with QoS 1");
        assertThat(channel.topics()).isEmpty();
        assertNothingStays();
        fixture.publish("1", Qos.AT_LEAST_ONCE);
        fixture.publish("0", Qos.AT_MOST_ONCE);
        assertThat(channel.topics()).containsExactly("1", "0");
    }

    @Statement("MQTT-3.2.2-14")
    @Test
    void retainedMessage_whereTheBrokerRetainsNone_fails_atEachQos() {
        FakeChannel channel = fixture.connected(NO_RETAIN);
        String text = "the message to 't' that is to be retained is not sent (0x9a retain not supported):"
                + " the broker retains no messages; publish it without retain";

        for (Qos qos : Qos.values()) {
            assertFailed(publishRetained(qos), 0x9a, text);
        }

        assertThat(channel.topics()).isEmpty();
        assertNothingStays();
        assertThat(fixture.publish("t", Qos.AT_LEAST_ONCE)).isNotDone();
        assertThat(channel.topics()).containsExactly("t");
    }

    /** Fixed header, topic, identifier, length of the properties: 8 bytes. */
    @Statement("MQTT-3.2.2-15")
    @Test
    void packetAboveTheMaximum_fails_andOneOfThatSizeGoes() {
        FakeChannel channel = fixture.connected(maximumPacketSize(100));
        assertThat(publish(92, MqttProperties.NONE)).isNotDone();
        CompletableFuture<?> refused = publish(93, MqttProperties.NONE);

        assertFailed(
                refused,
                0x95,
                "the message to 't' that is a packet of 101 bytes is not sent (0x95 packet too large): the broker allows"
                        + " 100 bytes at most; publish less at a time, or allow more there");
        assertThat(channel.published()).hasSize(1);
    }

    @Test
    void packetAboveTheMaximum_withProperties_fails_andOneOfThatSizeGoes() {
        MqttProperties properties =
                MqttProperties.builder().contentType("ab").user("n", "v").build(); // 5 + 7 bytes
        FakeChannel channel = fixture.connected(maximumPacketSize(100));

        assertThat(publish(80, properties)).isNotDone();
        assertThat(publish(81, properties)).isCompletedExceptionally();

        assertThat(channel.published()).hasSize(1);
    }

    @Test
    void queuedMessage_thatTheBrokerDoesNotAllow_failsWithTheConnection_andTheOthersGo() {
        CompletableFuture<?> forbidden = fixture.publish("2", Qos.EXACTLY_ONCE);
        CompletableFuture<?> allowed = fixture.publish("1", Qos.AT_LEAST_ONCE);
        assertThat(forbidden).isNotDone();

        FakeChannel channel = fixture.connected(maximumQos(Qos.AT_LEAST_ONCE));

        assertThat(forbidden).isCompletedExceptionally();
        assertThat(channel.topics()).containsExactly("1");
        channel.acknowledge(1);
        assertThat(allowed).isCompleted();
        assertNothingStays();
    }

    @Test
    void forbiddenMessage_fails_alsoWhereTheWindowIsFull() {
        fixture.connected(new BrokerTerms()
                .receiveMaximum(1)
                .maximumQos(Qos.AT_LEAST_ONCE)
                .terms());
        fixture.publish("1", Qos.AT_LEAST_ONCE);

        assertThat(fixture.publish("2", Qos.EXACTLY_ONCE)).isCompletedExceptionally();
    }

    @Test
    void messageOfAnEarlierConnection_thatTheNextForbids_fails_andTheOthersGoAgain() {
        FakeChannel earlier = fixture.connected(ALL);
        CompletableFuture<?> forbidden = fixture.publish("2", Qos.EXACTLY_ONCE);
        fixture.publish("1", Qos.AT_LEAST_ONCE);

        FakeChannel channel = fixture.reconnected(earlier, true, maximumQos(Qos.AT_LEAST_ONCE));

        assertFailed(
                forbidden,
                0x9b,
                "the message to '2' of QoS 2 is not sent again (0x9b QoS not supported): the broker may have it already;"
                        + " publish it anew only if it may come twice");
        assertThat(channel.topics()).containsExactly("1");
        assertThat(store.read("")).hasSize(1);
        assertThat(fixture.lines("MQTT-130")).isEmpty();
    }

    /** PUBREL is no message, and the broker has that one. */
    @Test
    void messageWithPubrec_isReleased_whateverTheNextConnectionForbids() {
        FakeChannel earlier = fixture.connected(ALL);
        CompletableFuture<?> stage = fixture.publish("2", Qos.EXACTLY_ONCE);
        earlier.receive(new Packet.PubRec(1));

        FakeChannel channel = fixture.reconnected(earlier, true, maximumQos(Qos.AT_LEAST_ONCE));

        assertThat(channel.sent(Packet.PubRel.class)).containsExactly(new Packet.PubRel(1));
        channel.receive(new Packet.PubComp(1));
        assertThat(stage).isCompleted();
    }

    @Test
    void messageOfAnEarlierJvm_thatTheBrokerForbids_isLogged_asNobodyWaits() {
        Packet.Publish large = new Packet.Publish("t", ByteBuffer.allocate(200), Qos.AT_LEAST_ONCE, false, true, 7);
        store.put("out-7", new StoredMessage(large, false));
        PublishFixture later = new PublishFixture(PublishFixture.config(), store);

        FakeChannel channel = later.connected(maximumPacketSize(100));

        assertThat(channel.published()).isEmpty();
        assertThat(store.read("")).isEmpty();
        assertThat(later.lines("MQTT-130"))
                .singleElement()
                .asString()
                .isEqualTo("WARNING MQTT-130: the message to 't' that is a packet of 209 bytes is not sent again (0x95"
                        + " packet too large): the broker may have it already; publish it anew only if it may come"
                        + " twice");
    }

    @Test
    void mqtt311_allowsEverything() {
        SessionFixture old = new SessionFixture();
        FakeChannel channel = old.connected();

        old.session.publish(new Packet.Publish("t", ByteBuffer.allocate(0), Qos.EXACTLY_ONCE, true, false, 0));

        assertThat(channel.topics()).containsExactly("t");
    }
}
