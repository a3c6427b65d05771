package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.SessionFixture.kept;
import static io.github.cdimqtt.internal.session.SessionFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is reported of connections that end again and again: a takeover, a poison message, or nothing. */
class ReconnectPolicyTest {
    private static final EOFException HUNG_UP = new EOFException();
    private static final SocketException RESET = new SocketException("Connection reset");
    private static final IOException BROKEN = new IOException("no route to host");
    private final Packet.Publish large =
            new Packet.Publish("a/b", ByteBuffer.allocate(123_456), Qos.AT_LEAST_ONCE, false, false, 0);
    private final Packet.Publish other = message("c", Qos.EXACTLY_ONCE);
    private final SessionFixture fixture = new SessionFixture();

    /** Ends one connection after the other, each with one of these messages unanswered. */
    private static void end(SessionFixture session, IOException cause, Packet.Publish... firstUnanswered) {
        for (Packet.Publish each : firstUnanswered) {
            session.session.connect();
            FakeChannel channel = session.channels.last().accept();
            publishUnanswered(session, each);
            channel.lose(cause);
            session.nextAttempt();
        }
    }

    /** Has this message be the only one that the broker has not answered. */
    private static void publishUnanswered(SessionFixture session, Packet.Publish message) {
        FakeChannel channel = session.channels.last();
        for (Packet.Publish sentAgain : channel.published()) {
            if (!sentAgain.topic().equals(message.topic())) {
                channel.acknowledge(sentAgain.packetId());
            }
        }
        if (!channel.topics().contains(message.topic())) {
            session.session.publish(message);
        }
    }

    private static List<String> warnings(SessionFixture session) {
        return session.listener.lines.stream()
                .filter(line -> line.contains("MQTT-106") || line.contains("MQTT-121"))
                .toList();
    }

    @Test
    void sameMessageUnansweredRepeatedly_isReportedOnce_andNoTakeover() {
        end(fixture, HUNG_UP, large, large);
        assertThat(warnings(fixture)).isEmpty();
        end(fixture, RESET, large);
        end(fixture, HUNG_UP, large, large, large, large);

        assertThat(warnings(fixture))
                .containsExactly("WARNING MQTT-121: connections end within seconds, again and again, while the same"
                        + " message is not answered: to 'a/b', 123,456 bytes; probably the broker does not allow it,"
                        + " or finds it too large: change that there. It goes first on every connection;"
                        + " Mqtt.disconnect() fails it and all that waits");
    }

    @Test
    void sameMessageUnanswered_ofAKeptSession_isReportedToStay() {
        SessionFixture kept = kept();

        end(kept, HUNG_UP, large, large, large);

        assertThat(warnings(kept))
                .singleElement()
                .asString()
                .endsWith("after Mqtt.disconnect(), as the session is kept");
    }

    @Test
    void eachSeries_isReported() {
        end(fixture, HUNG_UP, large, large, large, other, other, other, large, large, large);

        assertThat(warnings(fixture)).hasSize(3).allMatch(line -> line.contains("MQTT-121"));
    }

    @Test
    void otherMessageUnansweredEachTime_isReportedAsATakeover() {
        end(fixture, HUNG_UP, large, other, large, other);

        assertThat(warnings(fixture)).singleElement().asString().contains("MQTT-106");
    }

    @Test
    void unansweredSubscription_isReportedNeitherAsTheMessageBehindIt_norAsATakeover() {
        fixture.connected().lose(BROKEN);
        fixture.session.subscribe(TopicFilter.of("forbidden"), Qos.AT_MOST_ONCE, Retained.SEND, false);
        for (int i = 0; i < 3; i++) {
            hangUpWithoutAnAnswerToTheSubscription();
        }
        assertThat(warnings(fixture)).isEmpty();
        assertThat(fixture.listener.lines)
                .filteredOn(line -> line.contains("MQTT-124"))
                .as("it is left out from now on")
                .hasSize(1);

        for (int i = 0; i < 3; i++) {
            hangUpWithoutAnAnswerToTheSubscription();
        }
        assertThat(warnings(fixture)).singleElement().asString().contains("MQTT-121");
    }

    private void hangUpWithoutAnAnswerToTheSubscription() {
        FakeChannel channel = fixture.nextAttempt();
        channel.accept(false);
        publishUnanswered(fixture, large);
        channel.lose(HUNG_UP);
    }

    @Test
    void failedAttemptsBetween_endNoSeries() {
        for (int i = 0; i < 3; i++) {
            end(fixture, HUNG_UP, large);
            fixture.channels.last().lose(RESET);
            fixture.nextAttempt();
        }

        assertThat(warnings(fixture)).singleElement().asString().contains("MQTT-121");
    }

    @Test
    void reconnectForRedelivery_doesNotReportAnEarlierMessageAgain() {
        SessionFixture kept = kept();
        end(kept, HUNG_UP, large, large, large);
        FakeChannel channel = kept.channels.last().accept();
        kept.timer.pass(Duration.ofHours(1));
        kept.handler = message -> SessionFixture.done(Outcome.REDELIVER);

        channel.deliver(SessionFixture.inbound("a", Qos.AT_LEAST_ONCE, 1));

        assertThat(channel.calls).contains("close orderly");
        assertThat(warnings(kept)).singleElement().asString().contains("MQTT-121");
    }

    @Test
    void brokenNetwork_isReportedAsNeither() {
        end(fixture, BROKEN, large, large, large, large);

        assertThat(warnings(fixture)).isEmpty();
    }

    /** The keep-alive is so short that the connections are, too. */
    @Test
    void silentNetwork_isReportedAsNeither() {
        SessionFixture silent = new SessionFixture(MqttConfig.builder().keepalive(Duration.ofSeconds(4)));
        for (int i = 0; i < 4; i++) {
            silent.session.connect();
            FakeChannel channel = silent.channels.last().accept();
            publishUnanswered(silent, large);
            channel.answersPings = false;
            silent.timer.pass(Duration.ofSeconds(6));
            assertThat(channel.calls).containsExactly("close");
            silent.nextAttempt();
        }

        assertThat(warnings(silent)).isEmpty();
    }

    @Test
    void stableConnections_areReportedAsNeither() {
        for (int i = 0; i < 5; i++) {
            fixture.session.connect();
            FakeChannel channel = fixture.channels.last().accept();
            publishUnanswered(fixture, large);
            fixture.timer.pass(Duration.ofSeconds(11));
            channel.lose(HUNG_UP);
            fixture.nextAttempt();
        }

        assertThat(warnings(fixture)).isEmpty();
    }
}
