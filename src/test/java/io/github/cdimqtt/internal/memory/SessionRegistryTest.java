package io.github.cdimqtt.internal.memory;

import static io.github.cdimqtt.internal.packet.ProtocolVersion.V3_1_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionRegistryTest {
    private final ManualBroker time = new ManualBroker();
    private final RecordingClient witness = time.v5("witness");

    @BeforeEach
    void watchWills() {
        witness.subscribed("will", Qos.EXACTLY_ONCE);
    }

    private boolean isSessionPresent(String clientId) {
        RecordingClient client = time.client();
        boolean present = client.connack(ManualBroker.connect5(clientId, false, 0, 65_535, 0, null))
                .sessionPresent();
        client.disconnect();
        return present;
    }

    @Test
    void keptSession_ofMqtt311_outlivesTheConnection() {
        time.kept311("a").lose();
        time.pass(Duration.ofDays(1000));
        RecordingClient again = time.client();
        assertThat(again.connack(ManualBroker.connect(V3_1_1, "a", false)).sessionPresent())
                .isTrue();
    }

    @Test
    void cleanSession_ofMqtt311_endsWithTheConnection_andEndsTheOneBefore() {
        time.kept311("a").disconnect();
        time.v311("a").disconnect();
        assertThat(isSessionPresent("a")).isFalse();
    }

    @Test
    void sessionExpiry_isByTheClock() {
        time.kept5("a", 10).disconnect();
        assertThat(time.pass(Duration.ofSeconds(9)))
                .isEqualTo(Duration.ofSeconds(1).toNanos());
        time.kept5("a", 10).disconnect();
        time.pass(Duration.ofSeconds(9));
        assertThat(isSessionPresent("a")).isTrue();
        time.kept5("b", 10).disconnect();
        time.pass(Duration.ofSeconds(10));
        assertThat(isSessionPresent("b")).isFalse();
    }

    @Test
    void whatFellDueWhileNobodyWasConnected_isDoneAtTheNextConnect() {
        witness.disconnect();
        time.kept5("a", 10).disconnect();
        time.passUnnoticed(Duration.ofSeconds(11));
        assertThat(isSessionPresent("a")).isFalse();
    }

    @Test
    void sessionExpiry_ofAConnection_endsNoneWhileItLasts() {
        time.kept5("a", 10).disconnect();
        RecordingClient again = time.kept5("a", 10);
        time.pass(Duration.ofSeconds(11));
        again.disconnect();
        assertThat(isSessionPresent("a")).isTrue();
    }

    @Test
    void sessionExpiry_forEver_doesNotEnd() {
        time.kept5("a", 0xffff_ffffL).disconnect();
        assertThat(time.pass(Duration.ofDays(50_000))).isEqualTo(Long.MAX_VALUE);
        assertThat(isSessionPresent("a")).isTrue();
    }

    @Test
    void sessionExpiry_inDisconnect_replacesThatOfConnect() {
        time.kept5("a", 10).send(new Packet.Disconnect(MqttReason.SUCCESS, 0));
        assertThat(isSessionPresent("a")).isFalse();
        time.kept5("b", 10).send(new Packet.Disconnect(MqttReason.SUCCESS, 20));
        time.pass(Duration.ofSeconds(15));
        assertThat(isSessionPresent("b")).isTrue();
    }

    @Test
    void sessionExpiry_inDisconnectAlone_isAProtocolError() {
        RecordingClient client = time.v5("a");
        client.send(new Packet.Disconnect(MqttReason.SUCCESS, 20));
        assertThat(client.only(Packet.Disconnect.class).reason().code()).isEqualTo(0x82);
    }

    @Test
    void endedSession_getsNothing() {
        time.kept5("a", 10).subscribed("t", Qos.AT_LEAST_ONCE).disconnect();
        time.pass(Duration.ofSeconds(10));
        assertThat(witness.publishQos1("t", "x")).isEqualTo(0x10);
    }

    private RecordingClient withWill(String clientId, boolean clean, long sessionExpiry, long delay) {
        return time.client()
                .accepted(ManualBroker.connect5(
                        clientId,
                        clean,
                        sessionExpiry,
                        65_535,
                        0,
                        new Packet.Will(
                                "will",
                                ManualBroker.bytes("gone"),
                                Qos.AT_LEAST_ONCE,
                                false,
                                ManualBroker.expiry(60),
                                delay)));
    }

    @Test
    void will_isPublishedWithItsProperties_whenTheConnectionIsLost() {
        withWill("a", true, 0, 0).lose();
        Packet.Publish will = witness.only(Packet.Publish.class);
        assertThat(RecordingClient.text(will)).isEqualTo("gone");
        assertThat(will.qos()).isEqualTo(Qos.AT_LEAST_ONCE);
        assertThat(will.properties()).isEqualTo(ManualBroker.expiry(60));
    }

    @Test
    void will_isNotPublishedAfterAnOrderlyEnd() {
        withWill("a", true, 0, 0).disconnect();
        assertThat(witness.take()).isEmpty();
    }

    @Test
    void will_isPublishedAfterDisconnectWithWill() {
        withWill("a", true, 0, 0).send(new Packet.Disconnect(new MqttReason(0x04), -1));
        assertThat(witness.texts()).containsExactly("gone");
    }

    @Test
    void will_isPublishedAtATakeover() {
        withWill("a", true, 0, 0);
        time.v5("a");
        assertThat(witness.texts()).containsExactly("gone");
    }

    @Test
    void will_isRetained_ifItAsksForIt() {
        time.client()
                .accepted(new Packet.Connect(
                        V3_1_1,
                        true,
                        60,
                        "a",
                        new Packet.Will("will", ManualBroker.bytes("gone"), Qos.AT_MOST_ONCE, true),
                        null,
                        null))
                .lose();
        RecordingClient late = time.v311("late").subscribed("will", Qos.AT_MOST_ONCE);
        assertThat(late.only(Packet.Publish.class).retain()).isTrue();
    }

    @Test
    void delayedWill_waits_andWakesThoseWhoWait() {
        int before = witness.wakes();
        withWill("a", true, 100, 5).lose();
        assertThat(witness.wakes()).isGreaterThan(before);
        time.pass(Duration.ofSeconds(4));
        assertThat(witness.take()).isEmpty();
        time.pass(Duration.ofSeconds(1));
        assertThat(witness.texts()).containsExactly("gone");
        time.pass(Duration.ofSeconds(100));
        assertThat(witness.take()).isEmpty();
    }

    @Test
    void delayedWill_ofASession_isPublishedAtItsEnd() {
        withWill("a", true, 3, 5).lose();
        time.pass(Duration.ofSeconds(3));
        assertThat(witness.texts()).containsExactly("gone");
    }

    @Test
    void delayedWill_withoutAKeptSession_isPublishedAtOnce() {
        withWill("a", true, 0, 5).lose();
        assertThat(witness.texts()).containsExactly("gone");
    }

    @Test
    void delayedWill_isNotPublished_ifTheClientComesBack() {
        withWill("a", true, 100, 5).lose();
        time.pass(Duration.ofSeconds(4));
        time.kept5("a", 100);
        time.pass(Duration.ofSeconds(4));
        assertThat(witness.take()).isEmpty();
    }

    @Test
    void delayedWill_isPublished_ifTheClientBeginsAnew() {
        withWill("a", true, 100, 5).lose();
        time.v5("a");
        assertThat(witness.texts()).containsExactly("gone");
        time.pass(Duration.ofSeconds(200));
        assertThat(witness.take()).isEmpty();
    }
}
