package io.github.cdimqtt.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Requests and their answers (MQTT 5.0, section 4.10), with a scripted broker. */
class RequesterTest {
    private final SessionFixture fixture = fixture(10_000);

    private static SessionFixture fixture(int offlineBuffer) {
        return new SessionFixture(MqttConfig.builder()
                .protocolVersion("5")
                .sessionExpiry(Duration.ofMinutes(10))
                .replyTopic("answers/me")
                .requestTimeout(Duration.ofSeconds(10))
                .offlineBuffer(offlineBuffer)
                .reconnect(delay -> delay.minDelay(Duration.ofSeconds(1))));
    }

    private FakeChannel connected() {
        fixture.session.connect();
        fixture.channels.last().receive(new BrokerTerms().accepted(false));
        return fixture.channels.last();
    }

    private CompletableFuture<Packet.Publish> request(String topic) {
        return fixture.session.request(SessionFixture.message(topic, Qos.AT_LEAST_ONCE));
    }

    /** Returns the answer to a request, as the broker sends it. */
    private static Packet.Publish answer(Packet.Publish request, int packetId, String text) {
        MqttProperties properties = MqttProperties.builder()
                .correlationData(request.properties().correlationData())
                .build();
        return message(request.properties().responseTopic(), packetId, text, properties);
    }

    private static Packet.Publish message(String topic, int packetId, String text, MqttProperties properties) {
        return new Packet.Publish(
                topic,
                ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                Qos.AT_LEAST_ONCE,
                false,
                false,
                packetId,
                properties,
                0,
                List.of());
    }

    private static MqttReason reason(CompletableFuture<?> stage) {
        return stage.handle((done, failure) -> ((MqttException) failure).reason())
                .getNow(null);
    }

    @Test
    void firstRequest_goesWhenItsAnswersCanCome() {
        FakeChannel channel = connected();
        request("ask");
        assertThat(channel.topics()).isEmpty();

        List<Packet.Subscription> subscriptions = channel.grant();

        assertThat(subscriptions)
                .containsExactly(new Packet.Subscription("answers/me", Qos.AT_LEAST_ONCE, false, false, 2));
        Packet.Publish sent = channel.published().get(0);
        assertThat(sent.topic()).isEqualTo("ask");
        assertThat(sent.properties().responseTopic()).isEqualTo("answers/me");
        assertThat(sent.properties().correlationData()).hasSize(16);
        assertThat(sent.properties().expiry()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void furtherRequests_subscribeNothing() {
        FakeChannel channel = connected();
        request("one");
        channel.grantAll();
        request("two");

        assertThat(channel.sent(Packet.Subscribe.class)).hasSize(1);
        assertThat(channel.topics()).containsExactly("one", "two");
    }

    @Test
    void answer_completesItsRequest_andIsNobodyElses() {
        FakeChannel channel = connected();
        CompletableFuture<Packet.Publish> one = request("one");
        CompletableFuture<Packet.Publish> two = request("two");
        channel.grantAll();

        Packet.Publish answer = answer(channel.published().get(1), 7, "2");
        channel.receive(answer);

        assertThat(two).isCompletedWithValue(answer);
        assertThat(one).isNotDone();
        assertThat(fixture.handled).isEmpty();
        assertThat(channel.acknowledged()).containsExactly(new Packet.PubAck(7));
    }

    @Test
    void observer_mayWaitForAnAnswer() {
        fixture.handler = message -> new CompletableFuture<>(); // of an observer that does not return
        FakeChannel channel = connected();
        CompletableFuture<Packet.Publish> stage = request("ask");
        channel.grantAll();
        channel.receive(SessionFixture.inbound("slow", Qos.AT_LEAST_ONCE, 1));

        channel.receive(answer(channel.published().get(0), 2, "yes"));

        assertThat(stage).isCompleted();
    }

    @Test
    void answers_inAnyOrder_reachTheirRequests() {
        FakeChannel channel = connected();
        List<CompletableFuture<Packet.Publish>> stages = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            stages.add(request("ask/" + i));
        }
        channel.grantAll();
        List<Packet.Publish> sent = new ArrayList<>(channel.published());
        Collections.shuffle(sent, new java.util.Random(1));
        for (Packet.Publish each : sent) {
            channel.receive(answer(each, 1, each.topic()));
        }

        for (int i = 0; i < 1000; i++) {
            assertThat(stages.get(i).getNow(null).payload())
                    .isEqualTo(ByteBuffer.wrap(("ask/" + i).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
    }

    @Test
    void answerToSomebodyElse_isAMessageLikeAnother() {
        FakeChannel channel = connected();
        CompletableFuture<Packet.Publish> stage = request("ask");
        channel.grantAll();
        byte[] foreign = channel.published().get(0).properties().correlationData();
        foreign[0]++;

        channel.receive(message(
                "answers/me",
                1,
                "x",
                MqttProperties.builder().correlationData(foreign).build()));
        channel.receive(message("answers/me", 2, "x", MqttProperties.NONE));

        assertThat(stage).isNotDone();
        assertThat(fixture.handled).hasSize(2);
    }

    @Test
    void secondAnswer_isAMessageLikeAnother() {
        FakeChannel channel = connected();
        CompletableFuture<Packet.Publish> stage = request("ask");
        channel.grantAll();
        channel.receive(answer(channel.published().get(0), 1, "first"));
        channel.receive(answer(channel.published().get(0), 2, "second"));

        assertThat(stage).isCompleted();
        assertThat(fixture.handled).hasSize(1);
    }

    @Test
    void requestThatNobodyHears_failsAtOnce() {
        FakeChannel channel = connected();
        CompletableFuture<Packet.Publish> stage = request("ask");
        channel.grantAll();

        channel.receive(new Packet.PubAck(channel.published().get(0).packetId(), new MqttReason(0x10)));

        assertThat(stage)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .withMessage("nobody has subscribed to 'ask', so nobody answers");
        assertThat(reason(stage).code()).isEqualTo(0x10);
    }

    @Test
    void requestThatTheBrokerRefuses_failsWithItsReason() {
        FakeChannel channel = connected();
        CompletableFuture<Packet.Publish> stage = request("ask");
        channel.grantAll();

        channel.receive(new Packet.PubAck(channel.published().get(0).packetId(), new MqttReason(0x87)));

        assertThat(reason(stage).code()).isEqualTo(0x87);
    }

    @Test
    void requestWithoutAnAnswer_failsAfterItsTime() {
        FakeChannel channel = connected();
        CompletableFuture<Packet.Publish> stage = request("ask");
        channel.grantAll();
        fixture.timer.pass(Duration.ofSeconds(9));
        assertThat(stage).isNotDone();

        fixture.timer.pass(Duration.ofSeconds(1));

        assertThat(stage)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .withMessage("no answer to the request to 'ask' within 10000 ms");
    }

    @Test
    void requestWithAnExpiry_waitsAsLong() {
        connected();
        CompletableFuture<Packet.Publish> stage = fixture.session.request(new Packet.Publish(
                "ask",
                ByteBuffer.allocate(0),
                Qos.AT_LEAST_ONCE,
                false,
                false,
                0,
                MqttProperties.builder().expiry(Duration.ofSeconds(2)).build(),
                0,
                List.of()));

        fixture.timer.pass(Duration.ofSeconds(2));

        assertThat(stage).isCompletedExceptionally();
    }

    @Test
    void requestOverAReconnect_goesOnWaiting() {
        FakeChannel first = connected();
        CompletableFuture<Packet.Publish> stage = request("ask");
        first.grantAll();
        Packet.Publish sent = first.published().get(0);
        first.receive(new Packet.PubAck(sent.packetId()));
        first.lose(new EOFException());
        FakeChannel second = fixture.nextAttempt();
        second.receive(new BrokerTerms().accepted(true));
        second.grantAll();

        second.receive(answer(sent, 1, "late"));

        assertThat(stage).isCompleted();
    }

    @Test
    void requestBeforeTheFirstConnection_waitsForIt() {
        CompletableFuture<Packet.Publish> stage = request("ask");
        FakeChannel channel = connected();
        channel.grantAll();

        channel.receive(answer(channel.published().get(0), 1, "yes"));

        assertThat(stage).isCompleted();
    }

    @Test
    void answers_comeUnderWhatTheBrokerSays() {
        fixture.session.connect();
        fixture.channels
                .last()
                .receive(new BrokerTerms().responseInformation("tenant/7").accepted(false));
        request("ask");

        assertThat(fixture.channels.last().grant().get(0).filter()).isEqualTo("tenant/7/answers/me");
    }

    @Test
    void answersThatTheBrokerRefuses_failTheirRequests_andAreAskedForAgain() {
        FakeChannel channel = connected();
        CompletableFuture<Packet.Publish> refused = request("ask");
        channel.answerSubscribe(0x87);
        request("again");

        assertThat(refused).isCompletedExceptionally();
        assertThat(channel.subscribed()).hasSize(1);
        assertThat(channel.topics()).isEmpty();
    }

    @Test
    void answersThatWereUnsubscribed_areAskedForAgain() {
        FakeChannel channel = connected();
        request("ask");
        channel.grantAll();
        fixture.session.unsubscribeAll();
        channel.answerUnsubscribe();

        request("again");

        assertThat(channel.subscribed()).hasSize(1);
    }

    @Test
    void disconnect_failsAllRequests() {
        FakeChannel channel = connected();
        CompletableFuture<Packet.Publish> stage = request("ask");
        channel.grantAll();

        fixture.session.disconnect();

        assertThat(stage)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .withMessage("disconnected by the application");
    }

    @Test
    void tooManyRequests_fail() {
        SessionFixture small = fixture(1);
        small.session.connect();
        small.channels.last().receive(new BrokerTerms().accepted(false));
        small.session.request(SessionFixture.message("one", Qos.AT_LEAST_ONCE));

        assertThat(small.session.request(SessionFixture.message("two", Qos.AT_LEAST_ONCE)))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .withMessage("too many requests are unanswered (offline-buffer=1): the one to 'two' was not sent");
    }

    @Test
    void answers_areTaken_whileTheApplicationEnds() {
        fixture.handler = message -> new CompletableFuture<>();
        FakeChannel channel = connected();
        CompletableFuture<Packet.Publish> stage = request("ask");
        channel.grantAll();
        channel.receive(SessionFixture.inbound("slow", Qos.AT_LEAST_ONCE, 1));
        fixture.session.stopObserving(Duration.ofSeconds(5));

        channel.receive(answer(channel.published().get(0), 2, "yes"));

        assertThat(stage).isCompleted();
        assertThat(fixture.outcomes).hasSize(1);
        fixture.outcomes.get(0).complete(Outcome.HANDLED);
    }
}
