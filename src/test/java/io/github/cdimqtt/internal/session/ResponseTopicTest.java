package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.RequestFixture.REPLY_TOPIC;
import static io.github.cdimqtt.internal.session.RequestFixture.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.io.EOFException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The topic that answers to requests come to (MQTT 5.0, section 4.10.1). */
class ResponseTopicTest {
    private final RequestFixture requests = new RequestFixture();

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
        assertThat(second.answerUnsubscribe()).containsExactly(REPLY_TOPIC);
        assertThat(second.topics()).isEmpty();

        second.grantAll();

        assertThat(second.published().get(0).properties().responseTopic()).isEqualTo("tenant/7/answers/me");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a#", "x/+", "line\nfeed"})
    void responseInformation_thatMakesNoTopic_failsRequests_andNothingElse(String information) {
        requests.session.subscribe(1);
        CompletableFuture<Packet.Publish> before = requests.request("before");
        FakeChannel channel = requests.connected(new BrokerTerms().responseInformation(information));
        CompletableFuture<Packet.Publish> after = requests.request("after");
        channel.grantAll();

        for (CompletableFuture<Packet.Publish> each : List.of(before, after)) {
            assertThat(each)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .havingCause()
                    .withMessageStartingWith("no answer can come: topic '")
                    .withMessageEndingWith("; set reply-topic");
        }
        assertThat(requests.session.session.isConnected()).isTrue();
        assertThat(requests.session.session.wanted()).containsExactly("a/0");
        assertThat(requests.session.listener.lines).noneMatch(line -> line.contains("MQTT-191"));
    }

    @Test
    void copiesOfAnAnswer_thatFiltersOfTheApplicationBring_areOne() {
        requests.session.session.subscribe(TopicFilter.of("answers/+"), Qos.AT_LEAST_ONCE, Retained.SEND, false);
        requests.session.session.subscribe(TopicFilter.of("+/me"), Qos.AT_LEAST_ONCE, Retained.SEND, false);
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
    void responseTopicThatTheBrokerRefuses_isNotWantedAnyMore() {
        FakeChannel channel = requests.connected();
        requests.request("ask");
        channel.answerSubscribe(0x87);

        assertThat(requests.session.session.wanted()).isEmpty();
    }

    @Test
    void responseTopicOfAnotherBroker_takesThePlaceOfTheFirst() {
        FakeChannel first = requests.connected();
        requests.request("first");
        first.grantAll();
        first.lose(new EOFException());
        FakeChannel second = requests.session.nextAttempt();
        second.receive(new BrokerTerms().responseInformation("tenant/7").accepted(false));
        requests.request("second");

        assertThat(requests.session.session.wanted()).containsExactly("tenant/7/answers/me");
    }

    @Test
    void answersThatTheBrokerRefuses_failTheirRequests_andAreAskedForAgain() {
        FakeChannel channel = requests.connected();
        CompletableFuture<Packet.Publish> refused = requests.request("ask");
        channel.answerSubscribe(0x87);
        channel.answerUnsubscribe();
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
