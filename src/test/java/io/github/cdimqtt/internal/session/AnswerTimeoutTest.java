package io.github.cdimqtt.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A connection is closed when the broker does not answer a subscription within 30 s. */
class AnswerTimeoutTest {
    private final SessionFixture fixture = new SessionFixture();

    @Test
    void brokerSilentOnSubscribe_isDisconnected() {
        fixture.session.subscribe(TopicFilter.of("a"), Qos.AT_MOST_ONCE, Retained.SEND, false);
        fixture.session.connect();
        fixture.channels.last().accept(false);

        fixture.timer.pass(Duration.ofSeconds(30));

        assertThat(fixture.listener.events(MqttEvent.Disconnected.class).get(0).cause())
                .hasMessage("the broker did not answer a subscription within 30000 ms");
    }

    @Test
    void brokerSilentOnSubscribe_isDisconnected_thoughMoreIsSubscribed() {
        fixture.connected();
        for (String filter : List.of("a", "b", "c")) {
            fixture.session.subscribe(TopicFilter.of(filter), Qos.AT_MOST_ONCE, Retained.SEND, false);
            fixture.timer.pass(Duration.ofSeconds(10));
        }

        assertThat(fixture.listener.events(MqttEvent.Disconnected.class)).hasSize(1);
    }

    @Test
    void slowBroker_isNotDisconnected() {
        FakeChannel channel = fixture.connected();
        for (String filter : List.of("a", "b", "c", "d")) {
            fixture.session.subscribe(TopicFilter.of(filter), Qos.AT_MOST_ONCE, Retained.SEND, false);
            fixture.timer.pass(Duration.ofSeconds(20));
            fixture.session.subscribe(TopicFilter.of("next/" + filter), Qos.AT_MOST_ONCE, Retained.SEND, false);
            channel.grant();
        }

        assertThat(fixture.session.isConnected()).isTrue();
    }
}
