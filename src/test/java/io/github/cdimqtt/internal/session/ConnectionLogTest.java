package io.github.cdimqtt.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.io.EOFException;
import java.io.IOException;
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
        fixture.session.subscribe(TopicFilter.of(filter), qos, Retained.SEND, false);
    }

    @Test
    void failedAttemptsAndLosses_areOneLineEach_andTheirStackTracesAreAtDebug() {
        fixture.session.connect();
        for (int i = 0; i < 3; i++) {
            fixture.channels.last().receive(new Packet.ConnAck(false, 5));
            fixture.nextAttempt();
        }
        fixture.channels.last().accept().lose(new EOFException());

        assertThat(lines("MQTT-102"))
                .hasSize(3)
                .allMatch(line -> line.startsWith("WARNING") && line.endsWith("(CONNACK return code 5)"));
        assertThat(lines("MQTT-104"))
                .singleElement()
                .asString()
                .endsWith(": the broker tcp://localhost:1883 closed the connection");
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
        FakeChannel channel = fixture.channels.last();
        channel.accept(false);
        channel.answerSubscribe(0, 0x80);

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
            FakeChannel channel = fixture.channels.last();
            channel.accept(false);
            channel.answerSubscribe(1, 1);
            channel.lose(new IOException("gone"));
            fixture.nextAttempt();
        }

        assertThat(lines("MQTT-125"))
                .singleElement()
                .asString()
                .startsWith("WARNING MQTT-125: the broker granted QoS 1 for 'a', not the 2 that was asked for");
    }
}
