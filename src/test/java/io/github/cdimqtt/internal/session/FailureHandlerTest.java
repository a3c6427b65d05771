package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.SessionFixture.again;
import static io.github.cdimqtt.internal.session.SessionFixture.done;
import static io.github.cdimqtt.internal.session.SessionFixture.inbound;
import static io.github.cdimqtt.internal.session.SessionFixture.kept;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.inbound.ObserverFailure;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages that an observer failed on: redelivered, or published as dead letters. */
class FailureHandlerTest {
    private static final IOException LOST = new IOException("gone");
    private final SessionFixture fixture = new SessionFixture();

    @Test
    void failureAfterTheConnectionWasLost_letsTheMessageBeHandledAgain() {
        SessionFixture kept = kept();
        kept.handler = message -> new CompletableFuture<>();
        FakeChannel previous = kept.connected();
        previous.deliver(inbound("a", Qos.AT_LEAST_ONCE, 1));
        previous.lose(LOST);
        kept.outcomes.get(0).complete(Outcome.REDELIVER);
        FakeChannel next = kept.nextAttempt();
        next.accept(true);

        next.deliver(again(inbound("a", Qos.AT_LEAST_ONCE, 1)));
        kept.outcomes.get(1).complete(Outcome.HANDLED);

        assertThat(kept.handled).hasSize(2);
        assertThat(next.acknowledged()).containsExactly(new Packet.PubAck(1));
    }

    @Test
    void deadLetterInFlightWhenTheConnectionIsLost_isAcknowledgedOnTheNext() {
        SessionFixture dead = new SessionFixture(MqttConfig.builder()
                .cleanSession(false)
                .clientId("me")
                .onFailure(OnFailure.DEAD_LETTER)
                .deadLetterTopic("dead"));
        dead.handler = message -> done(Outcome.DEAD_LETTER);
        FakeChannel previous = dead.connected();
        previous.deliver(inbound("a", Qos.AT_LEAST_ONCE, 1));
        previous.lose(LOST);
        FakeChannel next = dead.nextAttempt();
        next.accept(true);
        next.deliver(again(inbound("a", Qos.AT_LEAST_ONCE, 1)));

        next.acknowledge(1);

        assertThat(dead.handled).hasSize(1);
        assertThat(next.published()).hasSize(1);
        assertThat(next.acknowledged()).containsExactly(new Packet.PubAck(1));
    }

    @Test
    void redeliveredMessage_isHandledAgainAndTheBackoffGrows() {
        SessionFixture kept = kept();
        kept.handler = message -> done(Outcome.REDELIVER);
        FakeChannel channel = kept.connected();
        List<Long> waited = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            channel.deliver(again(inbound("a", Qos.AT_LEAST_ONCE, 1)));
            long before = kept.timer.nanoTime();
            channel = kept.nextAttempt();
            waited.add(kept.timer.nanoTime() - before);
            channel.accept(true);
        }

        assertThat(kept.handled).hasSize(5);
        assertThat(waited).isSorted();
        assertThat(Duration.ofNanos(waited.get(4))).isGreaterThanOrEqualTo(Duration.ofSeconds(16));
        assertThat(kept.listener.lines).noneMatch(line -> line.contains("MQTT-106"));
    }

    @Test
    void redeliver_reconnectsWithoutAcknowledging() {
        SessionFixture kept = kept();
        FakeChannel channel = kept.connected();
        kept.handler = message -> done(Outcome.REDELIVER);

        channel.deliver(inbound("a", Qos.AT_LEAST_ONCE, 1));

        assertThat(channel.acknowledged()).isEmpty();
        assertThat(channel.calls).containsExactly("close orderly"); // no will, and no acknowledgement lost
        assertThat(kept.listener.events(MqttEvent.Disconnected.class).get(0).requested())
                .isFalse();
        assertThat(kept.nextAttempt()).isNotSameAs(channel);
    }

    @Test
    void redeliver_publishesOfflineBeforeTheConnectionIsClosed() {
        SessionFixture present = new SessionFixture(
                MqttConfig.builder().cleanSession(false).clientId("me").presenceTopic("here"));
        FakeChannel channel = present.connected();
        present.handler = message -> done(Outcome.REDELIVER);

        channel.deliver(inbound("a", Qos.AT_LEAST_ONCE, 1));

        assertThat(channel.published())
                .extracting(
                        message -> UTF_8.decode(message.payload().duplicate()).toString())
                .containsExactly("online", "offline");
        assertThat(channel.calls).containsExactly("close orderly");
    }

    @Test
    void deadLetter_isPublishedOnceAndThenAcknowledged() {
        SessionFixture dead = new SessionFixture(MqttConfig.builder().deadLetterTopic("dead/{topic}"));
        FakeChannel channel = dead.connected();
        dead.handler = message -> done(Outcome.DEAD_LETTER);
        Packet.Publish failing = inbound("a/b", Qos.AT_LEAST_ONCE, 7);

        channel.deliver(failing);
        Packet.Publish deadLetter = channel.published().get(0);
        assertThat(channel.acknowledged()).isEmpty();
        channel.acknowledge(1);

        assertThat(deadLetter.topic()).isEqualTo("dead/a/b");
        assertThat(deadLetter.qos()).isEqualTo(Qos.AT_LEAST_ONCE);
        assertThat(channel.acknowledged()).containsExactly(new Packet.PubAck(7));
    }

    @ParameterizedTest
    @EnumSource(Qos.class)
    void deadLetter_onMqtt5_namesTheObserverThatFailedFirst(Qos qos) {
        SessionFixture dead =
                new SessionFixture(MqttConfig.builder().protocolVersion("5").deadLetterTopic("dead"));
        FakeChannel channel = dead.connected();
        dead.handler = message -> done(Outcome.DEAD_LETTER);
        dead.failures.add(new ObserverFailure("A#a(String)", "Error"));
        dead.failures.add(new ObserverFailure("B#b(String)", "IOException"));

        channel.deliver(inbound("a/b", qos, qos == Qos.AT_MOST_ONCE ? 0 : 1));

        assertThat(channel.published().get(0).properties().user())
                .containsExactly(
                        Map.entry("dead-letter-topic", "a/b"),
                        Map.entry("dead-letter-observer", "A#a(String)"),
                        Map.entry("dead-letter-cause", "Error"));
    }

    @Test
    void deadLetterOfAMessageThatCannotBeRedelivered_isSentAfterItsConnectionIsLost() {
        SessionFixture dead = new SessionFixture(MqttConfig.builder().deadLetterTopic("dead"));
        dead.handler = message -> new CompletableFuture<>();
        FakeChannel previous = dead.connected();
        previous.deliver(inbound("a", Qos.AT_LEAST_ONCE, 1));
        previous.lose(LOST);

        dead.outcomes.get(0).complete(Outcome.DEAD_LETTER);

        FakeChannel next = dead.nextAttempt().accept();
        assertThat(next.topics()).containsExactly("dead");
        next.acknowledge(1);
        assertThat(next.acknowledged()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"false, is to come again, 0", "true, is lost, 1"})
    void deadLetterThatCannotBeSent_isReported_andTheMessageRedeliveredWherePossible(
            boolean cleanSession, String consequence, int acknowledged) {
        SessionFixture dead = new SessionFixture(
                MqttConfig.builder().clientId("me").cleanSession(cleanSession).deadLetterTopic("dead/{topic}"));
        FakeChannel channel = dead.connected();
        dead.handler = message -> done(Outcome.DEAD_LETTER);

        channel.deliver(inbound("a\nb" + "/".repeat(65_530), Qos.AT_LEAST_ONCE, 7));

        assertThat(dead.listener.lines)
                .contains("WARNING MQTT-120: the dead letter of a message on 'a\\u000ab" + "/".repeat(232)
                        + "...' can't be sent, so the message " + consequence
                        + ": a topic of 65,538 bytes is more than a packet can hold");
        assertThat(channel.acknowledged()).hasSize(acknowledged);
        assertThat(dead.session.isConnected()).isEqualTo(cleanSession);
    }

    @Test
    void withoutADeadLetterTopic_theMessageIsAcknowledged() {
        FakeChannel channel = fixture.connected();
        fixture.handler = message -> done(Outcome.DEAD_LETTER);
        Packet.Publish failing = inbound("a", Qos.AT_LEAST_ONCE, 7);

        channel.deliver(failing);

        assertThat(channel.published()).isEmpty();
        assertThat(channel.acknowledged()).containsExactly(new Packet.PubAck(7));
    }

    @Test
    void failedDeadLetter_isNotSentAgain() {
        SessionFixture dead = new SessionFixture(MqttConfig.builder().deadLetterTopic("dead/{topic}"));
        FakeChannel channel = dead.connected();
        dead.handler = message -> done(Outcome.DEAD_LETTER);
        Packet.Publish failing = inbound("dead/a", Qos.AT_LEAST_ONCE, 7);

        channel.deliver(failing);

        assertThat(channel.published()).isEmpty();
        assertThat(channel.acknowledged()).containsExactly(new Packet.PubAck(7));
    }
}
