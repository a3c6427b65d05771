package io.github.cdimqtt.internal.paho;

import static io.github.cdimqtt.internal.packet.Packets.SUBSCRIBE;
import static io.github.cdimqtt.internal.packet.Packets.string;
import static io.github.cdimqtt.internal.packet.Packets.suback;
import static io.github.cdimqtt.internal.packet.Packets.unsuback;
import static io.github.cdimqtt.internal.paho.Fixture.CLEAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.paho.RecordingTransportListener.Granted;
import io.github.cdimqtt.internal.transport.Subscription;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscriptions, and the answers of the broker. */
class SubscribingTest {

    @Test
    void reasonCodes_areReported() {
        List<Subscription> requested = List.of(
                new Subscription("a/+", Qos.AT_MOST_ONCE),
                new Subscription("🏠/#", Qos.EXACTLY_ONCE),
                new Subscription("$share/g/t", Qos.AT_LEAST_ONCE));
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.connection.subscribe(requested);
            assertThat(peer.read())
                    .isEqualTo("821e" + "0001" + string("a/+") + "00" + string("🏠/#") + "02" + string("$share/g/t")
                            + "01");
            peer.send(suback(1, "00", "80", "01"));
            fixture.recorder.expect(new Granted(requested, List.of(0, 0x80, 1)));
        }
    }

    @Test
    void tooFewCodes_endTheConnection() {
        List<Subscription> requested =
                List.of(new Subscription("a", Qos.AT_MOST_ONCE), new Subscription("b", Qos.AT_MOST_ONCE));
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.connection.subscribe(requested);
            peer.expect(SUBSCRIBE);
            peer.send(suback(1, "00"));
            assertThat(fixture.recorder.lost()).contains("the broker answered 2 subscriptions with 1 codes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"03", "7f"})
    void codeThatIsNeitherAGrantNorARefusal_endsTheConnection(String code) {
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.connection.subscribe(List.of(new Subscription("a", Qos.AT_MOST_ONCE)));
            peer.expect(SUBSCRIBE);
            peer.send(suback(1, code));
            assertThat(fixture.recorder.lost())
                    .isEqualTo(fixture.broker.uri() + ": the broker answered a subscription with the code 0x" + code
                            + ", which MQTT does not have");
        }
    }

    @Test
    void unsubscribe_isReported() {
        try (Fixture fixture = new Fixture(CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.connection.unsubscribe(List.of("a", "🏠"));
            assertThat(peer.read()).isEqualTo("a20b" + "0001" + string("a") + string("🏠"));
            peer.send(unsuback(1));
            fixture.recorder.expect(new RecordingTransportListener.Unsubscribed(List.of("a", "🏠")));
        }
    }
}
