package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.SessionFixture.kept;
import static io.github.cdimqtt.internal.session.SessionFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import java.io.EOFException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is reported of connections that end again and again: a takeover, a poison message, or nothing. */
class ReconnectPolicyTest {
    private static final MqttException HUNG_UP = new MqttException("hung up", new EOFException());
    private static final MqttException RESET = new MqttException("reset", new SocketException("Connection reset"));
    private static final MqttException SILENT = new MqttException("no answer to a ping");
    private final OutboundMessage large = new OutboundMessage("a/b", new byte[123_456], Qos.AT_LEAST_ONCE, false);
    private final OutboundMessage other = message("c", Qos.EXACTLY_ONCE);
    private final SessionFixture fixture = new SessionFixture();

    /** Ends one connection after the other, each with one of these messages unanswered. */
    private static void end(SessionFixture session, MqttException cause, OutboundMessage... firstUnanswered) {
        for (OutboundMessage each : firstUnanswered) {
            session.session.connect();
            FakeTransport.FakeConnection connection = session.transport.last().accept();
            connection.firstUnanswered = each;
            connection.broker.lost(cause);
            session.nextAttempt();
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
        fixture.connected().broker.lost(SILENT);
        fixture.session.subscribe(TopicFilter.of("forbidden"), Qos.AT_MOST_ONCE);
        for (int i = 0; i < 3; i++) {
            hangUpWithoutAnAnswerToTheSubscription();
        }
        assertThat(warnings(fixture)).isEmpty(); // it is left out from now on

        for (int i = 0; i < 3; i++) {
            hangUpWithoutAnAnswerToTheSubscription();
        }
        assertThat(warnings(fixture)).singleElement().asString().contains("MQTT-121");
    }

    private void hangUpWithoutAnAnswerToTheSubscription() {
        FakeTransport.FakeConnection connection = fixture.nextAttempt();
        connection.broker.connected(false);
        connection.firstUnanswered = large;
        connection.broker.lost(HUNG_UP);
    }

    @Test
    void failedAttemptsBetween_endNoSeries() {
        for (int i = 0; i < 3; i++) {
            end(fixture, HUNG_UP, large);
            fixture.transport.last().broker.lost(RESET);
            fixture.nextAttempt();
        }

        assertThat(warnings(fixture)).singleElement().asString().contains("MQTT-121");
    }

    @Test
    void reconnectForRedelivery_doesNotReportAnEarlierMessageAgain() {
        SessionFixture kept = kept();
        end(kept, HUNG_UP, large, large, large);
        FakeTransport.FakeConnection connection = kept.transport.last().accept();
        kept.timer.pass(Duration.ofHours(1));
        kept.handler = message -> SessionFixture.done(Outcome.REDELIVER);

        connection.broker.received(SessionFixture.inbound("a", Qos.AT_LEAST_ONCE, 1));

        assertThat(connection.calls).contains("close orderly");
        assertThat(warnings(kept)).singleElement().asString().contains("MQTT-121");
    }

    @Test
    void silentNetwork_isReportedAsNeither() {
        end(fixture, SILENT, large, large, large, large);

        assertThat(warnings(fixture)).isEmpty();
    }

    @Test
    void stableConnections_areReportedAsNeither() {
        for (int i = 0; i < 5; i++) {
            fixture.session.connect();
            FakeTransport.FakeConnection connection = fixture.transport.last().accept();
            connection.firstUnanswered = large;
            fixture.timer.pass(Duration.ofSeconds(11));
            connection.broker.lost(HUNG_UP);
            fixture.nextAttempt();
        }

        assertThat(warnings(fixture)).isEmpty();
    }
}
