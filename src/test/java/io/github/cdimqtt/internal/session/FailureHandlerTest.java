package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.SessionFixture.again;
import static io.github.cdimqtt.internal.session.SessionFixture.done;
import static io.github.cdimqtt.internal.session.SessionFixture.inbound;
import static io.github.cdimqtt.internal.session.SessionFixture.kept;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.transport.InboundMessage;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that an observer failed on: redelivered, or published as dead letters. */
class FailureHandlerTest {
    private static final MqttException LOST = new MqttException("gone");
    private final SessionFixture fixture = new SessionFixture();

    @Test
    void failureAfterTheConnectionWasLost_letsTheMessageBeHandledAgain() {
        SessionFixture kept = kept();
        kept.handler = message -> new CompletableFuture<>();
        FakeTransport.FakeConnection previous = kept.connected();
        previous.broker.received(inbound("a", Qos.AT_LEAST_ONCE, 1));
        previous.broker.lost(LOST);
        kept.outcomes.get(0).complete(Outcome.REDELIVER);
        FakeTransport.FakeConnection next = kept.nextAttempt();
        next.broker.connected(true);

        next.broker.received(again(inbound("a", Qos.AT_LEAST_ONCE, 1)));
        kept.outcomes.get(1).complete(Outcome.HANDLED);

        assertThat(kept.handled).hasSize(2);
        assertThat(next.acknowledged).hasSize(1);
    }

    @Test
    void deadLetterInFlightWhenTheConnectionIsLost_isAcknowledgedOnTheNext() {
        SessionFixture dead = new SessionFixture(MqttConfig.builder()
                .cleanSession(false)
                .clientId("me")
                .onFailure(OnFailure.DEAD_LETTER)
                .deadLetterTopic("dead"));
        dead.handler = message -> done(Outcome.DEAD_LETTER);
        FakeTransport.FakeConnection previous = dead.connected();
        previous.broker.received(inbound("a", Qos.AT_LEAST_ONCE, 1));
        previous.broker.lost(LOST);
        FakeTransport.FakeConnection next = dead.nextAttempt();
        next.broker.connected(true);
        next.broker.received(again(inbound("a", Qos.AT_LEAST_ONCE, 1)));

        next.broker.delivered(next.published.get(0), 1);

        assertThat(dead.handled).hasSize(1);
        assertThat(next.published).hasSize(1);
        assertThat(next.acknowledged).hasSize(1);
    }

    @Test
    void redeliveredMessage_isHandledAgainAndTheBackoffGrows() {
        SessionFixture kept = kept();
        kept.handler = message -> done(Outcome.REDELIVER);
        FakeTransport.FakeConnection connection = kept.connected();
        List<Long> waited = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            connection.broker.received(again(inbound("a", Qos.AT_LEAST_ONCE, 1)));
            long before = kept.timer.nanoTime();
            connection = kept.nextAttempt();
            waited.add(kept.timer.nanoTime() - before);
            connection.broker.connected(true);
        }

        assertThat(kept.handled).hasSize(5);
        assertThat(waited).isSorted();
        assertThat(Duration.ofNanos(waited.get(4))).isGreaterThanOrEqualTo(Duration.ofSeconds(16));
        assertThat(kept.listener.lines).noneMatch(line -> line.contains("MQTT-106"));
    }

    @Test
    void redeliver_reconnectsWithoutAcknowledging() {
        SessionFixture kept = kept();
        FakeTransport.FakeConnection connection = kept.connected();
        kept.handler = message -> done(Outcome.REDELIVER);

        connection.broker.received(inbound("a", Qos.AT_LEAST_ONCE, 1));

        assertThat(connection.acknowledged).isEmpty();
        assertThat(connection.calls).containsExactly("close orderly"); // no will, and no acknowledgement lost
        assertThat(kept.listener.events(MqttEvent.Disconnected.class).get(0).requested())
                .isFalse();
        assertThat(kept.nextAttempt()).isNotSameAs(connection);
    }

    @Test
    void redeliver_publishesOfflineBeforeTheConnectionIsClosed() {
        SessionFixture present = new SessionFixture(
                MqttConfig.builder().cleanSession(false).clientId("me").presenceTopic("here"));
        FakeTransport.FakeConnection connection = present.connected();
        present.handler = message -> done(Outcome.REDELIVER);

        connection.broker.received(inbound("a", Qos.AT_LEAST_ONCE, 1));

        assertThat(connection.published)
                .extracting(message -> new String(message.payload(), UTF_8))
                .containsExactly("online", "offline");
        assertThat(connection.calls).containsExactly("close orderly");
    }

    @Test
    void deadLetter_isPublishedOnceAndThenAcknowledged() {
        SessionFixture dead = new SessionFixture(MqttConfig.builder().deadLetterTopic("dead/{topic}"));
        FakeTransport.FakeConnection connection = dead.connected();
        dead.handler = message -> done(Outcome.DEAD_LETTER);
        InboundMessage failing = inbound("a/b", Qos.AT_LEAST_ONCE, 7);

        connection.broker.received(failing);
        OutboundMessage deadLetter = connection.published.get(0);
        assertThat(connection.acknowledged).isEmpty();
        connection.broker.delivered(deadLetter, 1);

        assertThat(deadLetter.topic()).isEqualTo("dead/a/b");
        assertThat(deadLetter.qos()).isEqualTo(Qos.AT_LEAST_ONCE);
        assertThat(connection.acknowledged).containsExactly(failing);
    }

    @Test
    void deadLetterOfAMessageThatCannotBeRedelivered_isSentAfterItsConnectionIsLost() {
        SessionFixture dead = new SessionFixture(MqttConfig.builder().deadLetterTopic("dead"));
        dead.handler = message -> new CompletableFuture<>();
        FakeTransport.FakeConnection previous = dead.connected();
        previous.broker.received(inbound("a", Qos.AT_LEAST_ONCE, 1));
        previous.broker.lost(LOST);

        dead.outcomes.get(0).complete(Outcome.DEAD_LETTER);

        FakeTransport.FakeConnection next = dead.nextAttempt().accept();
        assertThat(next.published).extracting(OutboundMessage::topic).containsExactly("dead");
        next.broker.delivered(next.published.get(0), 1);
        assertThat(next.acknowledged).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"false, is to come again, 0", "true, is lost, 1"})
    void deadLetterThatCannotBeSent_isReported_andTheMessageRedeliveredWherePossible(
            boolean cleanSession, String consequence, int acknowledged) {
        SessionFixture dead = new SessionFixture(
                MqttConfig.builder().clientId("me").cleanSession(cleanSession).deadLetterTopic("dead/{topic}"));
        FakeTransport.FakeConnection connection = dead.connected();
        dead.handler = message -> done(Outcome.DEAD_LETTER);
        connection.broker.received(inbound("a\nb", Qos.AT_LEAST_ONCE, 7));

        connection.broker.rejected(connection.published.get(0), new MqttException("too long"));

        assertThat(dead.listener.lines)
                .contains("WARNING MQTT-120: the dead letter of a message on 'a\\u000ab' can't be sent, so the message "
                        + consequence + ": too long");
        assertThat(connection.acknowledged).hasSize(acknowledged);
        assertThat(dead.session.isConnected()).isEqualTo(cleanSession);
    }

    @Test
    void withoutADeadLetterTopic_theMessageIsAcknowledged() {
        FakeTransport.FakeConnection connection = fixture.connected();
        fixture.handler = message -> done(Outcome.DEAD_LETTER);
        InboundMessage failing = inbound("a", Qos.AT_LEAST_ONCE, 7);

        connection.broker.received(failing);

        assertThat(connection.published).isEmpty();
        assertThat(connection.acknowledged).containsExactly(failing);
    }

    @Test
    void failedDeadLetter_isNotSentAgain() {
        SessionFixture dead = new SessionFixture(MqttConfig.builder().deadLetterTopic("dead/{topic}"));
        FakeTransport.FakeConnection connection = dead.connected();
        dead.handler = message -> done(Outcome.DEAD_LETTER);
        InboundMessage failing = inbound("dead/a", Qos.AT_LEAST_ONCE, 7);

        connection.broker.received(failing);

        assertThat(connection.published).isEmpty();
        assertThat(connection.acknowledged).containsExactly(failing);
    }
}
