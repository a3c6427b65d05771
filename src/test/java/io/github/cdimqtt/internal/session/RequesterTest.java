package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.RequestFixture.REPLY_TOPIC;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Requests and their answers (MQTT 5.0, section 4.10), with a scripted broker. */
class RequesterTest {
    private final RequestFixture requests = new RequestFixture();

    private static MqttReason reason(CompletableFuture<?> stage) {
        return stage.handle((done, failure) -> ((MqttException) failure).reason())
                .getNow(null);
    }

    @Test
    void answer_completesItsRequest_andIsNobodyElses() {
        FakeChannel channel = requests.connected();
        CompletableFuture<Packet.Publish> one = requests.request("one");
        CompletableFuture<Packet.Publish> two = requests.request("two");
        channel.grantAll();

        Packet.Publish answer = RequestFixture.answer(channel.published().get(1), 7, "2");
        channel.receive(answer);

        assertThat(two).isCompletedWithValue(answer);
        assertThat(one).isNotDone();
        assertThat(requests.session.handled).isEmpty();
        assertThat(channel.acknowledged()).containsExactly(new Packet.PubAck(7));
    }

    @Test
    void observer_mayWaitForAnAnswer() {
        requests.session.handler = message -> new CompletableFuture<>(); // of an observer that does not return
        FakeChannel channel = requests.connected();
        CompletableFuture<Packet.Publish> stage = requests.request("ask");
        channel.grantAll();
        channel.receive(SessionFixture.inbound("slow", Qos.AT_LEAST_ONCE, 1));

        channel.receive(RequestFixture.answer(channel.published().get(0), 2, "yes"));

        assertThat(stage).isCompleted();
    }

    @Test
    void answers_inAnyOrder_reachTheirRequests() {
        FakeChannel channel = requests.connected();
        List<CompletableFuture<Packet.Publish>> stages = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            stages.add(requests.request("ask/" + i));
        }
        channel.grantAll();
        List<Packet.Publish> sent = new ArrayList<>(channel.published());
        Collections.shuffle(sent, new Random(1));
        for (Packet.Publish each : sent) {
            channel.receive(RequestFixture.answer(each, 1, each.topic()));
        }

        for (int i = 0; i < 1000; i++) {
            assertThat(stages.get(i).getNow(null).payload()).isEqualTo(ByteBuffer.wrap(("ask/" + i).getBytes(UTF_8)));
        }
    }

    @Test
    void answerToSomebodyElse_isAMessageLikeAnother() {
        FakeChannel channel = requests.connected();
        CompletableFuture<Packet.Publish> stage = requests.request("ask");
        channel.grantAll();
        byte[] foreign = channel.published().get(0).properties().correlationData();
        foreign[0]++;

        channel.receive(RequestFixture.message(
                REPLY_TOPIC,
                1,
                "x",
                MqttProperties.builder().correlationData(foreign).build()));
        channel.receive(RequestFixture.message(REPLY_TOPIC, 2, "x", MqttProperties.NONE));

        assertThat(stage).isNotDone();
        assertThat(requests.session.handled).hasSize(2);
    }

    @Test
    void secondAnswer_isAMessageLikeAnother() {
        FakeChannel channel = requests.connected();
        CompletableFuture<Packet.Publish> stage = requests.request("ask");
        channel.grantAll();
        channel.receive(RequestFixture.answer(channel.published().get(0), 1, "first"));
        channel.receive(RequestFixture.answer(channel.published().get(0), 2, "second"));

        assertThat(stage).isCompleted();
        assertThat(requests.session.handled).hasSize(1);
    }

    @Test
    void requestThatComesBack_isAMessageLikeAnother() {
        FakeChannel channel = requests.connected();
        CompletableFuture<Packet.Publish> stage =
                requests.request("ask"); // by an application that has subscribed to "ask"
        channel.grantAll();
        Packet.Publish sent = channel.published().get(0);

        channel.receive(RequestFixture.message("ask", 1, "", sent.properties()));

        assertThat(stage).isNotDone();
        assertThat(requests.session.handled).hasSize(1);
        channel.receive(RequestFixture.answer(sent, 2, "yes"));
        assertThat(stage).isCompleted();
    }

    @Test
    void requestThatNobodyHears_failsAtOnce() {
        FakeChannel channel = requests.connected();
        CompletableFuture<Packet.Publish> stage = requests.request("ask");
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
        FakeChannel channel = requests.connected();
        CompletableFuture<Packet.Publish> stage = requests.request("ask");
        channel.grantAll();

        channel.receive(new Packet.PubAck(channel.published().get(0).packetId(), new MqttReason(0x87)));

        assertThat(reason(stage).code()).isEqualTo(0x87);
    }

    @Test
    void requestWithoutAnAnswer_failsAfterItsTime() {
        FakeChannel channel = requests.connected();
        CompletableFuture<Packet.Publish> stage = requests.request("ask");
        channel.grantAll();
        requests.session.timer.pass(Duration.ofSeconds(9));
        assertThat(stage).isNotDone();

        requests.session.timer.pass(Duration.ofSeconds(1));

        assertThat(stage)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .withMessage("no answer to the request to 'ask' within 10000 ms");
    }

    @Test
    void requestWithAnExpiry_waitsAsLong() {
        requests.connected();
        CompletableFuture<Packet.Publish> stage = requests.session.session.request(new Packet.Publish(
                "ask",
                ByteBuffer.allocate(0),
                Qos.AT_LEAST_ONCE,
                false,
                false,
                0,
                MqttProperties.builder().expiry(Duration.ofSeconds(2)).build(),
                0,
                List.of()));

        requests.session.timer.pass(Duration.ofSeconds(2));

        assertThat(stage).isCompletedExceptionally();
    }

    @Test
    void disconnect_failsAllRequests() {
        FakeChannel channel = requests.connected();
        CompletableFuture<Packet.Publish> stage = requests.request("ask");
        channel.grantAll();

        requests.session.session.disconnect();

        assertThat(stage)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .withMessage("disconnected by the application");
    }

    @Test
    void tooManyRequests_fail() {
        RequestFixture small = new RequestFixture(1);
        small.connected();
        small.request("one");

        assertThat(small.request("two"))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .withMessage("too many requests are unanswered (offline-buffer=1): the one to 'two' was not sent");
    }

    @Test
    void answers_areTaken_whileTheApplicationEnds() {
        requests.session.handler = message -> new CompletableFuture<>();
        FakeChannel channel = requests.connected();
        CompletableFuture<Packet.Publish> stage = requests.request("ask");
        channel.grantAll();
        channel.receive(SessionFixture.inbound("slow", Qos.AT_LEAST_ONCE, 1));
        requests.session.session.stopObserving(Duration.ofSeconds(5));

        channel.receive(RequestFixture.answer(channel.published().get(0), 2, "yes"));

        assertThat(stage).isCompleted();
        assertThat(requests.session.outcomes).hasSize(1);
        requests.session.outcomes.get(0).complete(Outcome.HANDLED);
    }

    @Test
    void answersOfQos2_areTaken_whileTheApplicationEnds() {
        requests.session.handler = message -> new CompletableFuture<>();
        FakeChannel channel = requests.connected();
        CompletableFuture<Packet.Publish> stage = requests.request("ask");
        channel.grantAll();
        channel.receive(SessionFixture.inbound("slow", Qos.AT_MOST_ONCE, 0));
        requests.session.session.stopObserving(Duration.ofSeconds(5));

        Packet.Publish answer = RequestFixture.answer(channel.published().get(0), 2, "yes");
        channel.receive(RequestFixture.exactlyOnce(answer));
        channel.receive(new Packet.PubRel(2));

        assertThat(stage).isCompleted();
        assertThat(channel.acknowledged()).containsExactly(new Packet.PubComp(2));
        assertThat(requests.session.handled).hasSize(1);
    }
}
