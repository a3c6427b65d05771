package io.github.cdimqtt.internal.session.wire;

import static io.github.cdimqtt.internal.packet.Packets.SUBSCRIBE;
import static io.github.cdimqtt.internal.packet.Packets.string;
import static io.github.cdimqtt.internal.session.wire.Fixture.CLEAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.session.WireEvent.Granted;
import io.github.cdimqtt.internal.session.WireEvent.Refused;
import io.github.cdimqtt.internal.session.WireEvent.Unsubscribed;
import io.github.cdimqtt.support.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Subscriptions, and the answers of the broker. */
@ParameterizedClass
@EnumSource
class SubscribingTest {
    @Parameter
    Wire wire;

    @Statement({"MQTT-3.8.4-6", "MQTT-3.9.3-1", "MQTT-3.9.3-2"})
    @Test
    void reasonCodes_areReported() {
        try (Fixture fixture = new Fixture(wire, CLEAN)) {
            fixture.session.subscribe("a/+", Qos.AT_MOST_ONCE);
            fixture.session.subscribe("🏠/#", Qos.EXACTLY_ONCE);
            fixture.session.subscribe("$share/g/t", Qos.AT_LEAST_ONCE);
            Peer peer = fixture.connect(false);
            assertThat(peer.read())
                    .isEqualTo(wire.subscribe(
                            1, string("a/+") + "00", string("🏠/#") + "02", string("$share/g/t") + "01"));
            peer.send(wire.suback(1, "00", "80", "01"));
            fixture.recorder.expect(new Granted("a/+", Qos.AT_MOST_ONCE));
            assertThat(fixture.recorder.next(Refused.class).filter()).isEqualTo("🏠/#");
            fixture.recorder.expect(new Granted("$share/g/t", Qos.AT_LEAST_ONCE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"03", "7f"})
    void codeThatIsNeitherAGrantNorARefusal_endsTheConnection(String code) {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.session.subscribe("a", Qos.AT_MOST_ONCE);
            peer.expect(SUBSCRIBE);
            peer.send(wire.suback(1, code));
            assertThat(fixture.recorder.lost())
                    .isEqualTo(fixture.broker.uri()
                            + (wire.isMqtt5() ? ": a SUBACK came" : ": the broker answered a subscription")
                            + " with the code 0x" + code + ", which MQTT does not have");
        }
    }

    @Test
    void unsubscribe_isReported() {
        try (Fixture fixture = new Fixture(wire, CLEAN)) {
            fixture.session.subscribe("a", Qos.AT_MOST_ONCE);
            fixture.session.subscribe("🏠", Qos.AT_MOST_ONCE);
            Peer peer = fixture.connect(false);
            peer.expect(SUBSCRIBE);
            peer.send(wire.suback(1, "00", "00"));
            fixture.recorder.expect(new Granted("a", Qos.AT_MOST_ONCE));
            fixture.recorder.expect(new Granted("🏠", Qos.AT_MOST_ONCE));
            fixture.session.unsubscribeAll();
            assertThat(peer.read()).isEqualTo(wire.unsubscribe(2, string("a"), string("🏠")));
            fixture.recorder.expectNothing();
            peer.send(wire.unsuback(2, 2));
            fixture.recorder.expect(new Unsubscribed());
        }
    }

    @Test
    void answerOfTheWrongType_endsTheConnection() {
        try (Fixture fixture = new Fixture(wire, CLEAN);
                Peer peer = fixture.connect(false)) {
            fixture.session.subscribe("a", Qos.AT_MOST_ONCE);
            peer.expect(SUBSCRIBE);
            peer.send(wire.unsuback(1, 1));
            assertThat(fixture.recorder.lost())
                    .isEqualTo(fixture.broker.uri()
                            + ": the broker answered what it was never asked, with an unknown packet identifier");
        }
    }
}
