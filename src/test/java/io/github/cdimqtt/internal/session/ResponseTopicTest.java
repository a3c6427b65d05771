package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.RequestFixture.REPLY_TOPIC;
import static io.github.cdimqtt.internal.session.RequestFixture.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.io.EOFException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Where the answers to requests come, and when a request may go (MQTT 5.0, section 4.10.1). */
class ResponseTopicTest {
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
    void responseTopicOfAnotherBroker_isSubscribedBeforeTheRequestGoes() {
        FakeChannel first = requests.connected();
        requests.request("first");
        first.grantAll();
        first.receive(new Packet.PubAck(first.published().get(0).packetId()));
        first.lose(new EOFException());
        FakeChannel second = requests.session.nextAttempt();
        second.receive(new BrokerTerms().responseInformation("tenant/7/").accepted(true));
        requests.request("later");
        assertThat(second.topics()).isEmpty();

        second.grantAll();

        assertThat(second.published().get(0).properties().responseTopic()).isEqualTo("tenant/7/answers/me");
    }

    @Test
    void copiesOfAnAnswer_thatFiltersOfTheApplicationBring_areOne() {
        requests.session.session.subscribe(TopicFilter.of("answers/+"), Qos.AT_LEAST_ONCE);
        requests.session.session.subscribe(TopicFilter.of("+/me"), Qos.AT_LEAST_ONCE);
        FakeChannel channel = requests.connected();
        channel.grantAll();
        CompletableFuture<Packet.Publish> stage = requests.request("ask");
        channel.grantAll();
        List<Integer> identifiers = channel.sent(Packet.Subscribe.class).stream()
                .map(Packet.Subscribe::identifier)
                .distinct()
                .toList();
        assertThat(identifiers).hasSize(2).doesNotContain(0);

        for (int i = 0; i < 2; i++) {
            channel.receive(answer(channel.published().get(0), i + 1, "yes", List.of(identifiers.get(i))));
        }
        requests.session.timer.pass(Duration.ofSeconds(5));

        assertThat(stage).isCompleted();
        assertThat(requests.session.handled).isEmpty();
        assertThat(channel.acknowledged()).containsExactly(new Packet.PubAck(1), new Packet.PubAck(2));
        assertThat(requests.session.listener.lines).noneMatch(line -> line.contains("MQTT-132"));
    }

    @Test
    void answers_comeUnderWhatTheBrokerSays() {
        FakeChannel channel = requests.connected(new BrokerTerms().responseInformation("tenant/7"));
        requests.request("ask");

        assertThat(channel.grant().get(0).filter()).isEqualTo("tenant/7/answers/me");
    }

    @Test
    void answersThatTheBrokerRefuses_failTheirRequests_andAreAskedForAgain() {
        FakeChannel channel = requests.connected();
        CompletableFuture<Packet.Publish> refused = requests.request("ask");
        channel.answerSubscribe(0x87);
        requests.request("again");

        assertThat(refused).isCompletedExceptionally();
        assertThat(channel.subscribed()).hasSize(1);
        assertThat(channel.topics()).isEmpty();
    }

    @Test
    void answersThatWereUnsubscribed_areAskedForAgain() {
        FakeChannel channel = requests.connected();
        requests.request("ask");
        channel.grantAll();
        requests.session.session.unsubscribeAll();
        channel.answerUnsubscribe();

        requests.request("again");

        assertThat(channel.subscribed()).hasSize(1);
    }
}
