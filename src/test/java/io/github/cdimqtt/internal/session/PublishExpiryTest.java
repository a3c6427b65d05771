package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.PublishFixture.ALL;
import static io.github.cdimqtt.internal.session.PublishFixture.expiry;
import static io.github.cdimqtt.internal.session.PublishFixture.receiveMaximum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.store.MemoryMessageStore;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.support.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that are of use for a time. */
class PublishExpiryTest {
    private final PublishFixture fixture = new PublishFixture();

    private static List<Duration> expiries(FakeChannel channel) {
        return channel.published().stream()
                .map(each -> each.properties().expiry())
                .toList();
    }

    private void pass(long millis) {
        fixture.session.timer.pass(Duration.ofMillis(millis));
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void messageThatGoesAtOnce_keepsItsProperties() {
        FakeChannel channel = fixture.connected(ALL);
        MqttProperties properties = MqttProperties.builder()
                .contentType("c")
                .expiry(seconds(4_294_967_295L))
                .user("n", "v")
                .build();

        for (Qos qos : Qos.values()) {
            fixture.publish("t", qos, properties);
        }

        assertThat(channel.published())
                .extracting(Packet.Publish::properties)
                .containsOnly(properties)
                .hasSize(3);
    }

    /** Rounded up, as the seconds of the protocol are whole. */
    @Statement("MQTT-3.3.2-6")
    @ParameterizedTest
    @CsvSource({"0, 10", "1, 10", "999, 10", "1000, 9", "3500, 7", "9000, 1", "9999, 1"})
    void messageThatWaited_goesWithWhatIsLeft(long millis, long left) {
        fixture.publish("t", Qos.AT_LEAST_ONCE, expiry(10));
        pass(millis);

        assertThat(expiries(fixture.connected(ALL))).containsExactly(seconds(left));
    }

    @Statement("MQTT-3.3.2-5")
    @Test
    void messageThatWaitedTooLong_fails_andTheOthersGo() {
        CompletableFuture<?> expired = fixture.publish("5", Qos.EXACTLY_ONCE, expiry(5));
        fixture.publish("6", Qos.AT_LEAST_ONCE, expiry(6));
        fixture.publish("ever", Qos.AT_LEAST_ONCE);
        pass(5_000);
        FakeChannel channel = fixture.connected(ALL);

        assertThat(expired).isCompletedExceptionally();
        assertThatThrownBy(expired::join)
                .hasRootCauseMessage("expired after 5 s in the queue: the message to '5' is not sent;"
                        + " give it a longer expiry, or none");
        assertThat(channel.topics()).containsExactly("6", "ever");
        assertThat(expiries(channel)).containsExactly(seconds(1), null);
        assertThat(fixture.session.session.metrics(Map.of()).inflight()).isEqualTo(2);
    }

    @Test
    void messageThatWaitsForRoom_expiresToo() {
        FakeChannel channel = fixture.connected(receiveMaximum(1));
        fixture.publish("1", Qos.AT_LEAST_ONCE);
        CompletableFuture<?> expired = fixture.publish("2", Qos.AT_LEAST_ONCE, expiry(5));
        fixture.publish("3", Qos.AT_LEAST_ONCE);
        pass(5_000);

        channel.acknowledge(1);

        assertThat(expired).isCompletedExceptionally();
        assertThat(channel.topics()).containsExactly("1", "3");
    }

    @Test
    void messageOfQos0_thatWaitsForRoom_expiresToo() {
        PublishFixture narrow = new PublishFixture(PublishFixture.config().maxInflight(1), MessageStore.NONE);
        FakeChannel channel = narrow.connected(ALL);
        narrow.publish("1", Qos.AT_MOST_ONCE);
        CompletableFuture<?> goes = narrow.publish("2", Qos.AT_MOST_ONCE, expiry(10));
        CompletableFuture<?> expired = narrow.publish("3", Qos.AT_MOST_ONCE, expiry(5));
        narrow.session.timer.pass(seconds(6));

        channel.write(1);
        channel.write(1);

        assertThat(goes).isCompleted();
        assertThat(expired).isCompletedExceptionally();
        assertThat(expiries(channel)).containsExactly(null, seconds(4));
    }

    /** It counts whole seconds, so that 0 is for what does not wait. */
    @Test
    void expiryOfZero_goesAsZero_unlessItWaitedForASecond() {
        fixture.publish("1", Qos.AT_LEAST_ONCE, expiry(0));
        pass(1);
        CompletableFuture<?> second = fixture.publish("2", Qos.AT_LEAST_ONCE, expiry(0));
        pass(999);
        FakeChannel channel = fixture.connected(ALL);
        CompletableFuture<?> third = fixture.publish("3", Qos.AT_MOST_ONCE, expiry(0));

        assertThat(channel.topics()).containsExactly("2", "3");
        assertThat(expiries(channel)).containsExactly(Duration.ZERO, Duration.ZERO);
        assertThat(second).isNotDone();
        assertThat(third).isNotDone();
    }

    @Statement("MQTT-4.3.3-7")
    @ParameterizedTest
    @CsvSource({"AT_LEAST_ONCE", "EXACTLY_ONCE"})
    void messageThatWent_neverExpires_andGoesAgainWithWhatIsLeft(Qos qos) {
        FakeChannel first = fixture.connected(ALL);
        CompletableFuture<?> stage = fixture.publish("t", qos, expiry(3_600));
        CompletableFuture<?> atOnce = fixture.publish("t", qos, expiry(0));
        pass(1_800_000);
        FakeChannel second = fixture.reconnected(first, true, ALL);
        pass(3_600_000);
        FakeChannel third = fixture.reconnected(second, true, ALL);

        assertThat(expiries(second).get(0)).isBetween(seconds(1_500), seconds(1_800));
        assertThat(expiries(third)).containsExactly(seconds(1), Duration.ZERO);
        assertThat(third.published()).allMatch(Packet.Publish::duplicate);
        assertThat(stage).isNotDone();
        third.acknowledge(1);
        third.acknowledge(2);
        assertThat(stage).isCompleted();
        assertThat(atOnce).isCompleted();
    }

    @Test
    void fullQueue_makesRoomByWhatHasExpired() {
        PublishFixture narrow = new PublishFixture(PublishFixture.config().offlineBuffer(3), MessageStore.NONE);
        narrow.publish("ever", Qos.AT_LEAST_ONCE);
        CompletableFuture<?> five = narrow.publish("5", Qos.AT_LEAST_ONCE, expiry(5));
        CompletableFuture<?> seven = narrow.publish("7", Qos.AT_LEAST_ONCE, expiry(7));
        narrow.session.timer.pass(Duration.ofMillis(4_999));
        assertThat(narrow.publish("x", Qos.AT_LEAST_ONCE)).isCompletedExceptionally();
        assertThat(five).isNotDone();

        narrow.session.timer.pass(Duration.ofMillis(1));
        assertThat(narrow.publish("8", Qos.AT_LEAST_ONCE)).isNotDone();
        assertThat(five).isCompletedExceptionally();
        assertThat(narrow.publish("x", Qos.AT_LEAST_ONCE)).isCompletedExceptionally();
        narrow.session.timer.pass(seconds(2));
        assertThat(narrow.publish("9", Qos.AT_LEAST_ONCE)).isNotDone();

        assertThat(seven).isCompletedExceptionally();
        assertThat(narrow.connected(ALL).topics()).containsExactly("ever", "8", "9");
    }

    @Test
    void expiry_countsFromTheCall_alsoWhileTheMessageWaitsToBeStored() {
        PublishFixture stored = new PublishFixture(PublishFixture.config(), new MemoryMessageStore());
        FakeChannel channel = stored.connected(ALL);
        List<Runnable> tasks = new ArrayList<>();
        stored.session.sessionThread = tasks::add;
        stored.publish("t", Qos.AT_LEAST_ONCE, expiry(10));
        CompletableFuture<?> expired = stored.publish("t", Qos.AT_LEAST_ONCE, expiry(4));
        stored.session.timer.pass(seconds(4));

        for (int i = 0; i < tasks.size(); i++) {
            tasks.get(i).run();
        }

        assertThat(expiries(channel)).containsExactly(seconds(6));
        assertThat(expired).isCompletedExceptionally();
    }
}
