package io.github.cdimqtt.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.io.EOFException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log lines of a connection: one line for each event, and no stack trace that repeats for ever. */
class ConnectionLogTest {
    private final SessionFixture fixture = new SessionFixture();

    private List<String> lines(String part) {
        return fixture.listener.lines.stream()
                .filter(line -> line.contains(part))
                .toList();
    }

    private void subscribe(String filter, Qos qos) {
        fixture.session.subscribe(TopicFilter.of(filter), qos);
    }

    @Test
    void failedAttemptsAndLosses_areOneLineEach_andTheirStackTracesAreAtDebug() {
        fixture.session.connect();
        for (int i = 0; i < 3; i++) {
            fixture.transport.last().broker.lost(new MqttException("refused", new EOFException()));
            fixture.nextAttempt();
        }
        fixture.transport.last().accept().broker.lost(new MqttException("hung up", new EOFException()));

        assertThat(lines("MQTT-102"))
                .hasSize(3)
                .allMatch(line -> line.startsWith("WARNING") && line.endsWith("refused"));
        assertThat(lines("MQTT-104")).singleElement().asString().endsWith(": hung up");
        assertThat(fixture.listener.traced).hasSize(4).allMatch(line -> line.startsWith("DEBUG"));
    }

    @Test
    void connected_namesTheNumberOfFilters() {
        subscribe("a/+", Qos.AT_MOST_ONCE);
        subscribe("b", Qos.AT_MOST_ONCE);
        fixture.connected();

        assertThat(lines("MQTT-101")).singleElement().asString().endsWith(" as me, subscribed to 2 topic filters");
    }

    @Test
    void connected_namesTheNumberOfRefusedFilters() {
        subscribe("a/+", Qos.AT_MOST_ONCE);
        subscribe("b", Qos.AT_MOST_ONCE);
        fixture.session.connect();
        FakeTransport.FakeConnection connection = fixture.transport.last();
        connection.broker.connected(false);
        connection.broker.granted(connection.subscribed.get(0), new int[] {0, 0x80});

        assertThat(lines("MQTT-101")).singleElement().asString().endsWith("subscribed to 1 of 2 topic filters");
    }

    @Test
    void eachFilter_isLoggedAtDebug_withItsQosAndItsCover() {
        subscribe("a/#", Qos.AT_LEAST_ONCE);
        subscribe("a/+/x", Qos.AT_MOST_ONCE);
        fixture.connected();
        fixture.session.unsubscribe(TopicFilter.of("a/+/x"));

        assertThat(lines("DEBUG"))
                .contains(
                        "DEBUG subscribed to 'a/#' with QoS 1",
                        "DEBUG subscribed to 'a/+/x' with QoS 1, which 'a/#' covers");
    }

    @Test
    void lowerQosThanRequested_isLoggedOnce() {
        subscribe("a", Qos.EXACTLY_ONCE);
        subscribe("b", Qos.AT_LEAST_ONCE);
        fixture.session.connect();
        for (int i = 0; i < 2; i++) {
            FakeTransport.FakeConnection connection = fixture.transport.last();
            connection.broker.connected(false);
            connection.broker.granted(connection.subscribed.get(0), new int[] {1, 1});
            connection.broker.lost(new MqttException("gone"));
            fixture.nextAttempt();
        }

        assertThat(lines("MQTT-125"))
                .singleElement()
                .asString()
                .startsWith("WARNING MQTT-125: the broker granted QoS 1 for 'a', not the 2 that was asked for");
    }
}
