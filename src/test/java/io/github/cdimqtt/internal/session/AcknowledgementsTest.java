package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.SessionFixture.again;
import static io.github.cdimqtt.internal.session.SessionFixture.done;
import static io.github.cdimqtt.internal.session.SessionFixture.inbound;
import static io.github.cdimqtt.internal.session.SessionFixture.kept;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.transport.InboundMessage;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AcknowledgementsTest {
    private static final MqttException LOST = new MqttException("gone");
    private final SessionFixture fixture = new SessionFixture();

    @Test
    void acknowledgements_areSentInOrderOfArrival() {
        FakeTransport.FakeConnection connection = fixture.connected();
        InboundMessage first = inbound("a", Qos.AT_LEAST_ONCE, 1);
        InboundMessage second = inbound("b", Qos.EXACTLY_ONCE, 2);
        fixture.handler = message -> message == first ? new CompletableFuture<>() : done(Outcome.HANDLED);

        connection.broker.received(first);
        connection.broker.received(second);
        assertThat(connection.acknowledged).isEmpty();
        fixture.outcomes.get(0).complete(Outcome.FAILED);

        assertThat(connection.acknowledged).containsExactly(first, second);
        assertThat(fixture.session.metrics(Map.of()).acknowledged()).isEqualTo(2);
        assertThat(fixture.session.metrics(Map.of()).failed()).isEqualTo(1);
    }

    @Test
    void acknowledgement_belongsToTheConnectionOfItsMessage() {
        FakeTransport.FakeConnection previous = fixture.connected();
        fixture.handler = message -> new CompletableFuture<>();
        previous.broker.received(inbound("a", Qos.AT_LEAST_ONCE, 1));
        previous.broker.lost(LOST);
        FakeTransport.FakeConnection next = fixture.nextAttempt().accept();

        fixture.outcomes.get(0).complete(Outcome.HANDLED);

        assertThat(previous.acknowledged).isEmpty();
        assertThat(next.acknowledged).isEmpty();
    }

    @Test
    void messageSentAgainWhileHandled_inMqtt31_isNotHandledTwice() {
        SessionFixture old = new SessionFixture(
                MqttConfig.builder().protocolVersion("3.1").cleanSession(false).clientId("me"));
        old.handler = message -> new CompletableFuture<>();
        InboundMessage message = inbound("a", Qos.EXACTLY_ONCE, 1);
        FakeTransport.FakeConnection previous = old.connected();
        previous.broker.received(message);
        previous.broker.lost(LOST);
        FakeTransport.FakeConnection next = old.nextAttempt();
        next.broker.connected(false); // MQTT 3.1 cannot report that the session was kept

        next.broker.received(message);
        old.outcomes.get(0).complete(Outcome.HANDLED);

        assertThat(old.handled).hasSize(1);
        assertThat(next.acknowledged).containsExactly(message);
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_LEAST_ONCE", "EXACTLY_ONCE"})
    void messageSentAgainWhileHandled_isNotHandledTwice_butAcknowledgedOnTheNewConnection(Qos qos) {
        SessionFixture kept = kept();
        kept.handler = message -> new CompletableFuture<>();
        FakeTransport.FakeConnection previous = kept.connected();
        InboundMessage first = inbound("a", qos, 1);
        InboundMessage second = inbound("b", qos, 2);
        previous.broker.received(first);
        previous.broker.received(second);
        kept.outcomes.get(1).complete(Outcome.HANDLED);
        previous.broker.lost(LOST);
        FakeTransport.FakeConnection next = kept.nextAttempt();
        next.broker.connected(true);

        next.broker.received(qos == Qos.EXACTLY_ONCE ? first : again(first));
        next.broker.received(qos == Qos.EXACTLY_ONCE ? second : again(second));

        assertThat(kept.handled).hasSize(2);
        assertThat(next.acknowledged).isEmpty();
        kept.outcomes.get(0).complete(Outcome.HANDLED);
        assertThat(next.acknowledged).extracting(InboundMessage::packetId).containsExactly(1, 2);
        assertThat(previous.acknowledged).isEmpty();
    }

    @Test
    void packetIdOfANewSession_belongsToAnotherMessage() {
        SessionFixture kept = kept();
        kept.handler = message -> new CompletableFuture<>();
        FakeTransport.FakeConnection previous = kept.connected();
        InboundMessage first = inbound("a", Qos.EXACTLY_ONCE, 1);
        previous.broker.received(first);
        previous.broker.lost(LOST);
        FakeTransport.FakeConnection next = kept.nextAttempt();
        next.broker.connected(false);

        next.broker.received(first);

        assertThat(kept.handled).hasSize(2);
    }

    @Test
    void packetIdInUse_withOtherContent_belongsToAnotherMessage() {
        SessionFixture kept = kept();
        kept.handler = message -> new CompletableFuture<>();
        FakeTransport.FakeConnection previous = kept.connected();
        previous.broker.received(inbound("a", Qos.EXACTLY_ONCE, 1));
        previous.broker.lost(LOST);
        FakeTransport.FakeConnection next = kept.nextAttempt();
        next.broker.connected(true);

        next.broker.received(inbound("a", Qos.EXACTLY_ONCE, 1)); // The transport would deliver the same object again.

        assertThat(kept.handled).hasSize(2);
    }

    @Test
    void messagesThatTheBrokerHasForgotten_areHandledAndNotAcknowledged() {
        SessionFixture kept = kept();
        kept.handler = message -> done(Outcome.REDELIVER);
        FakeTransport.FakeConnection connection = kept.connected();

        connection.broker.received(inbound("a", Qos.EXACTLY_ONCE, 0));
        connection.broker.received(inbound("a", Qos.EXACTLY_ONCE, 0));

        assertThat(kept.handled).hasSize(2);
        assertThat(connection.acknowledged).isEmpty();
        assertThat(connection.calls).isEmpty();
    }

    @Test
    void packetIdOfAnAcknowledgedMessage_belongsToAnotherMessage() {
        SessionFixture kept = kept();
        FakeTransport.FakeConnection connection = kept.connected();

        connection.broker.received(inbound("a", Qos.EXACTLY_ONCE, 1));
        connection.broker.received(inbound("a", Qos.EXACTLY_ONCE, 1));
        connection.broker.received(inbound("a", Qos.AT_LEAST_ONCE, 1));

        assertThat(kept.handled).hasSize(3);
        assertThat(connection.acknowledged).hasSize(3);
    }

    @Test
    void messageSentAgainOnItsOwnConnection_isAcknowledgedOnce() {
        SessionFixture kept = kept();
        kept.handler = message -> new CompletableFuture<>();
        FakeTransport.FakeConnection connection = kept.connected();
        InboundMessage first = inbound("a", Qos.AT_LEAST_ONCE, 1);
        connection.broker.received(first);
        connection.broker.received(inbound("b", Qos.AT_LEAST_ONCE, 2));
        connection.broker.received(again(first));

        kept.outcomes.get(0).complete(Outcome.HANDLED);
        connection.broker.received(inbound("c", Qos.AT_LEAST_ONCE, 1));
        kept.outcomes.get(1).complete(Outcome.HANDLED);

        assertThat(connection.acknowledged).extracting(InboundMessage::topic).containsExactly("a", "b");
    }
}
