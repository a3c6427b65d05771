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
    private static final MqttException GONE = new MqttException("gone");
    private final SessionFixture a = new SessionFixture();

    @Test
    void acknowledgements_goOutInOrderOfArrival() {
        FakeTransport.FakeConnection connection = a.connected();
        InboundMessage first = inbound("a", Qos.AT_LEAST_ONCE, 1);
        InboundMessage second = inbound("b", Qos.EXACTLY_ONCE, 2);
        a.handler = message -> message == first ? new CompletableFuture<>() : done(Outcome.HANDLED);

        connection.broker.received(first);
        connection.broker.received(second);
        assertThat(connection.acknowledged).isEmpty();
        a.outcomes.get(0).complete(Outcome.FAILED);

        assertThat(connection.acknowledged).containsExactly(first, second);
        assertThat(a.session.metrics(Map.of()).acknowledged()).isEqualTo(2);
        assertThat(a.session.metrics(Map.of()).failed()).isEqualTo(1);
    }

    @Test
    void acknowledgement_belongsToTheConnectionOfItsMessage() {
        FakeTransport.FakeConnection former = a.connected();
        a.handler = message -> new CompletableFuture<>();
        former.broker.received(inbound("a", Qos.AT_LEAST_ONCE, 1));
        former.broker.lost(GONE);
        FakeTransport.FakeConnection next = a.nextAttempt().accept();

        a.outcomes.get(0).complete(Outcome.HANDLED);

        assertThat(former.acknowledged).isEmpty();
        assertThat(next.acknowledged).isEmpty();
    }

    @Test
    void messageInWorkThatComesAgainInMqtt31_isNotHandledTwice() {
        SessionFixture old = new SessionFixture(
                MqttConfig.builder().protocolVersion("3.1").cleanSession(false).clientId("me"));
        old.handler = message -> new CompletableFuture<>();
        InboundMessage message = inbound("a", Qos.EXACTLY_ONCE, 1);
        FakeTransport.FakeConnection former = old.connected();
        former.broker.received(message);
        former.broker.lost(GONE);
        FakeTransport.FakeConnection next = old.nextAttempt();
        next.broker.connected(false); // a broker of 3.1 can't say that it has kept the session

        next.broker.received(message);
        old.outcomes.get(0).complete(Outcome.HANDLED);

        assertThat(old.handled).hasSize(1);
        assertThat(next.acknowledged).containsExactly(message);
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_LEAST_ONCE", "EXACTLY_ONCE"})
    void messageInWorkThatComesAgain_isNotHandledTwiceButAcknowledgedThere(Qos qos) {
        SessionFixture kept = kept();
        kept.handler = message -> new CompletableFuture<>();
        FakeTransport.FakeConnection former = kept.connected();
        InboundMessage first = inbound("a", qos, 1);
        InboundMessage second = inbound("b", qos, 2);
        former.broker.received(first);
        former.broker.received(second);
        kept.outcomes.get(1).complete(Outcome.HANDLED);
        former.broker.lost(GONE);
        FakeTransport.FakeConnection next = kept.nextAttempt();
        next.broker.connected(true);

        next.broker.received(qos == Qos.EXACTLY_ONCE ? first : again(first));
        next.broker.received(qos == Qos.EXACTLY_ONCE ? second : again(second));

        assertThat(kept.handled).hasSize(2);
        assertThat(next.acknowledged).isEmpty();
        kept.outcomes.get(0).complete(Outcome.HANDLED);
        assertThat(next.acknowledged).extracting(InboundMessage::packetId).containsExactly(1, 2);
        assertThat(former.acknowledged).isEmpty();
    }

    @Test
    void packetIdOfANewSession_meansAnotherMessage() {
        SessionFixture kept = kept();
        kept.handler = message -> new CompletableFuture<>();
        FakeTransport.FakeConnection former = kept.connected();
        InboundMessage first = inbound("a", Qos.EXACTLY_ONCE, 1);
        former.broker.received(first);
        former.broker.lost(GONE);
        FakeTransport.FakeConnection next = kept.nextAttempt();
        next.broker.connected(false);

        next.broker.received(first);

        assertThat(kept.handled).hasSize(2);
    }

    @Test
    void packetIdInUseForAnotherMessage_meansAnotherMessage() {
        SessionFixture kept = kept();
        kept.handler = message -> new CompletableFuture<>();
        FakeTransport.FakeConnection former = kept.connected();
        former.broker.received(inbound("a", Qos.EXACTLY_ONCE, 1));
        former.broker.lost(GONE);
        FakeTransport.FakeConnection next = kept.nextAttempt();
        next.broker.connected(true);

        next.broker.received(inbound("a", Qos.EXACTLY_ONCE, 1)); // The transport would tell the very same again.

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
    void packetIdOfAnAcknowledgedMessage_meansAnotherMessage() {
        SessionFixture kept = kept();
        FakeTransport.FakeConnection connection = kept.connected();

        connection.broker.received(inbound("a", Qos.EXACTLY_ONCE, 1));
        connection.broker.received(inbound("a", Qos.EXACTLY_ONCE, 1));
        connection.broker.received(inbound("a", Qos.AT_LEAST_ONCE, 1));

        assertThat(kept.handled).hasSize(3);
        assertThat(connection.acknowledged).hasSize(3);
    }

    @Test
    void messageInWorkThatComesAgainOnItsOwnConnection_takesItsTurnOnce() {
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
