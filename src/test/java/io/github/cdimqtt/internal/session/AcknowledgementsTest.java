package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.SessionFixture.again;
import static io.github.cdimqtt.internal.session.SessionFixture.done;
import static io.github.cdimqtt.internal.session.SessionFixture.inbound;
import static io.github.cdimqtt.internal.session.SessionFixture.kept;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.support.Statement;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AcknowledgementsTest {
    private static final IOException LOST = new IOException("gone");
    private final SessionFixture fixture = new SessionFixture();

    @Statement({"MQTT-4.5.0-2", "MQTT-4.6.0-2"})
    @Test
    void acknowledgements_areSentInOrderOfArrival() {
        FakeChannel channel = fixture.connected();
        Packet.Publish first = inbound("a", Qos.AT_LEAST_ONCE, 1);
        Packet.Publish second = inbound("b", Qos.EXACTLY_ONCE, 2);
        fixture.handler = message -> message == first ? new CompletableFuture<>() : done(Outcome.HANDLED);

        channel.deliver(first);
        channel.deliver(second);
        assertThat(channel.acknowledged()).isEmpty();
        fixture.outcomes.get(0).complete(Outcome.FAILED);

        assertThat(channel.acknowledged()).containsExactly(new Packet.PubAck(1), new Packet.PubComp(2));
        assertThat(fixture.session.metrics(Map.of()).acknowledged()).isEqualTo(2);
        assertThat(fixture.session.metrics(Map.of()).failed()).isEqualTo(1);
    }

    @Test
    void acknowledgement_belongsToTheConnectionOfItsMessage() {
        FakeChannel previous = fixture.connected();
        fixture.handler = message -> new CompletableFuture<>();
        previous.deliver(inbound("a", Qos.AT_LEAST_ONCE, 1));
        previous.lose(LOST);
        FakeChannel next = fixture.nextAttempt().accept();

        fixture.outcomes.get(0).complete(Outcome.HANDLED);

        assertThat(previous.acknowledged()).isEmpty();
        assertThat(next.acknowledged()).isEmpty();
    }

    @Test
    void messageSentAgainWhileHandled_inMqtt31_isNotHandledTwice() {
        SessionFixture old = new SessionFixture(
                MqttConfig.builder().protocolVersion("3.1").cleanSession(false).clientId("me"));
        old.handler = message -> new CompletableFuture<>();
        Packet.Publish message = inbound("a", Qos.EXACTLY_ONCE, 1);
        FakeChannel previous = old.connected();
        previous.deliver(message);
        previous.lose(LOST);
        FakeChannel next = old.nextAttempt();
        next.accept(false); // MQTT 3.1 cannot report that the session was kept

        next.deliver(again(message));
        old.outcomes.get(0).complete(Outcome.HANDLED);

        assertThat(old.handled).hasSize(1);
        assertThat(next.acknowledged()).containsExactly(new Packet.PubComp(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_LEAST_ONCE", "EXACTLY_ONCE"})
    void messageSentAgainWhileHandled_isNotHandledTwice_butAcknowledgedOnTheNewConnection(Qos qos) {
        SessionFixture kept = kept();
        kept.handler = message -> new CompletableFuture<>();
        FakeChannel previous = kept.connected();
        Packet.Publish first = inbound("a", qos, 1);
        Packet.Publish second = inbound("b", qos, 2);
        previous.deliver(first);
        previous.deliver(second);
        kept.outcomes.get(1).complete(Outcome.HANDLED);
        previous.lose(LOST);
        FakeChannel next = kept.nextAttempt();
        next.accept(true);

        next.deliver(again(first));
        next.deliver(again(second));

        assertThat(kept.handled).hasSize(2);
        assertThat(next.acknowledged()).isEmpty();
        kept.outcomes.get(0).complete(Outcome.HANDLED);
        assertThat(next.acknowledged()).containsExactly(acknowledgement(qos, 1), acknowledgement(qos, 2));
        assertThat(previous.acknowledged()).isEmpty();
    }

    private static Packet acknowledgement(Qos qos, int packetId) {
        return qos == Qos.AT_LEAST_ONCE ? new Packet.PubAck(packetId) : new Packet.PubComp(packetId);
    }

    @Test
    void packetIdOfANewSession_belongsToAnotherMessage() {
        SessionFixture kept = kept();
        kept.handler = message -> new CompletableFuture<>();
        FakeChannel previous = kept.connected();
        Packet.Publish first = inbound("a", Qos.EXACTLY_ONCE, 1);
        previous.deliver(first);
        previous.lose(LOST);
        FakeChannel next = kept.nextAttempt();
        next.accept(false);

        next.deliver(first);

        assertThat(kept.handled).hasSize(2);
    }

    @Test
    void packetIdInUse_withOtherContent_belongsToAnotherMessage() {
        SessionFixture kept = kept();
        kept.handler = message -> new CompletableFuture<>();
        FakeChannel previous = kept.connected();
        previous.deliver(inbound("a", Qos.EXACTLY_ONCE, 1));
        previous.lose(LOST);
        FakeChannel next = kept.nextAttempt();
        next.accept(true);

        next.deliver(inbound("a", Qos.EXACTLY_ONCE, 1)); // without DUP

        assertThat(kept.handled).hasSize(2);
    }

    @Test
    void messagesThatTheBrokerHasForgotten_areHandledAndNotAcknowledged() {
        SessionFixture kept = kept();
        kept.handler = message -> done(Outcome.REDELIVER);
        FakeChannel previous = kept.connected();
        previous.receive(inbound("a", Qos.EXACTLY_ONCE, 1));
        previous.receive(inbound("a", Qos.EXACTLY_ONCE, 2));
        previous.lose(LOST);
        FakeChannel next = kept.nextAttempt();

        next.accept(false);

        assertThat(kept.handled).hasSize(2);
        assertThat(next.acknowledged()).isEmpty();
        assertThat(next.calls).isEmpty();
    }

    @Test
    void messageThatIsNotReleasedAfterAReconnect_isHandledAfterTenSeconds_andNotAcknowledged() {
        SessionFixture kept = kept();
        FakeChannel previous = kept.connected();
        previous.receive(inbound("a", Qos.EXACTLY_ONCE, 1));
        previous.receive(inbound("b", Qos.EXACTLY_ONCE, 2));
        previous.lose(LOST);
        FakeChannel next = kept.nextAttempt();
        next.accept(true);
        next.receive(new Packet.PubRel(2));
        kept.timer.pass(Duration.ofMillis(9_999));
        assertThat(kept.handled).extracting(Packet.Publish::topic).containsExactly("b");

        kept.timer.pass(Duration.ofMillis(1));

        assertThat(kept.handled).extracting(Packet.Publish::topic).containsExactly("b", "a");
        assertThat(next.acknowledged()).containsExactly(new Packet.PubComp(2));
    }

    @Statement("MQTT-4.3.3-12")
    @Test
    void packetIdOfAnAcknowledgedMessage_belongsToAnotherMessage() {
        SessionFixture kept = kept();
        FakeChannel channel = kept.connected();

        channel.deliver(inbound("a", Qos.EXACTLY_ONCE, 1));
        channel.deliver(inbound("a", Qos.EXACTLY_ONCE, 1));
        channel.deliver(inbound("a", Qos.AT_LEAST_ONCE, 1));

        assertThat(kept.handled).hasSize(3);
        assertThat(channel.acknowledged())
                .containsExactly(new Packet.PubComp(1), new Packet.PubComp(1), new Packet.PubAck(1));
    }

    /** DUP says nothing then. */
    @Statement({"MQTT-4.3.2-5", "MQTT-4.3.3-12"})
    @ParameterizedTest
    @EnumSource(names = {"AT_LEAST_ONCE", "EXACTLY_ONCE"})
    void acknowledgedMessage_thatComesAgain_isANewOne(Qos qos) {
        FakeChannel channel = fixture.connected();
        Packet.Publish message = inbound("a", qos, 1);

        channel.deliver(message);
        channel.deliver(again(message));

        assertThat(fixture.handled).hasSize(2);
        assertThat(channel.acknowledged()).containsExactly(acknowledgement(qos, 1), acknowledgement(qos, 1));
    }

    @Statement("MQTT-4.3.2-4")
    @Test
    void messageSentAgainOnItsOwnConnection_isAcknowledgedOnce() {
        SessionFixture kept = kept();
        kept.handler = message -> new CompletableFuture<>();
        FakeChannel channel = kept.connected();
        Packet.Publish first = inbound("a", Qos.AT_LEAST_ONCE, 1);
        channel.deliver(first);
        channel.deliver(inbound("b", Qos.AT_LEAST_ONCE, 2));
        channel.deliver(again(first));

        kept.outcomes.get(0).complete(Outcome.HANDLED);
        channel.deliver(inbound("c", Qos.AT_LEAST_ONCE, 1));
        kept.outcomes.get(1).complete(Outcome.HANDLED);

        assertThat(channel.acknowledged()).containsExactly(new Packet.PubAck(1), new Packet.PubAck(2));
    }
}
