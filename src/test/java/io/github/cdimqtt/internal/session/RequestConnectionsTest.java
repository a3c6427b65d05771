package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.RequestFixture.REPLY_TOPIC;
import static io.github.cdimqtt.internal.session.RequestFixture.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import java.io.EOFException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When a request goes: not before its answer can come, over one connection or more (MQTT 5.0, section 4.10). */
class RequestConnectionsTest {
    private final RequestFixture requests = new RequestFixture();

    @Test
    void firstRequest_goesWhenItsAnswersCanCome() {
        FakeChannel channel = requests.connected();
        requests.request("ask");
        assertThat(channel.topics()).isEmpty();

        List<Packet.Subscription> subscriptions = channel.grant();

        assertThat(subscriptions)
                .containsExactly(new Packet.Subscription(REPLY_TOPIC, Qos.AT_LEAST_ONCE, false, false, 2));
        Packet.Publish sent = channel.published().get(0);
        assertThat(sent.topic()).isEqualTo("ask");
        assertThat(sent.properties().responseTopic()).isEqualTo(REPLY_TOPIC);
        assertThat(sent.properties().correlationData()).hasSize(16);
        assertThat(sent.properties().expiry()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void furtherRequests_subscribeNothing() {
        FakeChannel channel = requests.connected();
        requests.request("one");
        channel.grantAll();
        requests.request("two");

        assertThat(channel.sent(Packet.Subscribe.class)).hasSize(1);
        assertThat(channel.topics()).containsExactly("one", "two");
    }

    @Test
    void requestBeforeTheFirstConnection_waitsForIt() {
        CompletableFuture<Packet.Publish> stage = requests.request("ask");
        FakeChannel channel = requests.connected();
        channel.grantAll();

        channel.receive(answer(channel.published().get(0), 1, "yes"));

        assertThat(stage).isCompleted();
    }

    @Test
    void requestOverAReconnect_goesOnWaiting() {
        FakeChannel first = requests.connected();
        CompletableFuture<Packet.Publish> stage = requests.request("ask");
        first.grantAll();
        Packet.Publish sent = first.published().get(0);
        first.receive(new Packet.PubAck(sent.packetId()));
        FakeChannel second = requests.reconnected(first, true);
        second.grantAll();

        second.receive(answer(sent, 1, "late"));

        assertThat(stage).isCompleted();
    }

    @Test
    void requestBetweenConnections_waitsForItsAnswers_whereTheBrokerForgotTheSession() {
        FakeChannel first = requests.connected();
        requests.request("first");
        first.grantAll();
        FakeChannel second = requests.reconnected(first, false);
        second.receive(new Packet.PubAck(second.published().get(0).packetId()));
        requests.request("later");
        assertThat(second.topics()).containsExactly("first");

        second.grantAll();

        assertThat(second.topics()).containsExactly("first", "later");
        assertThat(second.sent(Packet.Subscribe.class)).hasSize(1);
    }

    @Test
    void requestBetweenConnections_goesAtOnce_whereTheBrokerKeptTheSession() {
        FakeChannel first = requests.connected();
        requests.request("first");
        first.grantAll();
        FakeChannel second = requests.reconnected(first, true);

        requests.request("later");

        assertThat(second.topics()).containsExactly("first", "later");
    }

    @Test
    void requestDuringAnOutage_waitsForItsAnswers_whereTheBrokerForgotTheSession() {
        requests.session.subscribe(20);
        FakeChannel first = requests.connected();
        requests.request("first");
        first.grantAll();
        first.lose(new EOFException());
        requests.request("later");
        FakeChannel second = requests.session.nextAttempt();
        second.receive(new BrokerTerms().accepted(false));

        assertThat(second.subscribed().get(0))
                .extracting(Packet.Subscription::filter)
                .containsExactly(REPLY_TOPIC);
        assertThat(second.topics()).containsExactly("first"); // again, behind the SUBSCRIBE
        second.grantAll();

        assertThat(second.topics()).containsExactly("first", "later");
    }

    @Test
    void requestDuringAnOutage_goesOnTheNextConnection_whereTheBrokerKeptTheSession() {
        FakeChannel first = requests.connected();
        requests.request("first");
        first.grantAll();
        first.receive(new Packet.PubAck(first.published().get(0).packetId()));
        first.lose(new EOFException());
        requests.request("later");
        FakeChannel second = requests.session.nextAttempt();

        second.receive(new BrokerTerms().accepted(true));

        assertThat(second.topics()).containsExactly("later");
    }

    @Test
    void requestThatFailedDuringAnOutage_isNotSent() {
        CompletableFuture<Packet.Publish> stage = requests.request("ask");
        requests.session.timer.pass(Duration.ofSeconds(10));
        assertThat(stage).isCompletedExceptionally();

        FakeChannel channel = requests.connected();

        assertThat(channel.published()).isEmpty();
        assertThat(channel.subscribed()).isEmpty();
    }

    @Test
    void requestThatWaited_livesAtTheBrokerForTheRestOfItsTime() {
        requests.request("ask");
        requests.session.timer.pass(Duration.ofSeconds(7));

        FakeChannel channel = requests.connected();
        channel.grantAll();

        assertThat(channel.published().get(0).properties().expiry()).isEqualTo(Duration.ofSeconds(3));
    }
}
