package io.github.cdimqtt.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.internal.transport.Subscription;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A broker that leaves a subscription unanswered for 30 s is left, and no other. */
class AnswerTimeoutTest {
    private final SessionFixture a = new SessionFixture();

    @Test
    void brokerSilentOnSubscribe_isLeft() {
        a.session.subscribe(TopicFilter.of("a"), Qos.AT_MOST_ONCE);
        a.session.connect();
        a.transport.last().broker.connected(false);

        a.timer.pass(Duration.ofSeconds(30));

        assertThat(a.listener.events(MqttEvent.Disconnected.class).get(0).cause())
                .hasMessage("the broker did not answer a subscription within 30000 ms");
    }

    @Test
    void brokerSilentOnSubscribe_isLeftThoughMoreIsAskedFor() {
        a.connected();
        for (String filter : List.of("a", "b", "c")) {
            a.session.subscribe(TopicFilter.of(filter), Qos.AT_MOST_ONCE);
            a.timer.pass(Duration.ofSeconds(10));
        }

        assertThat(a.listener.events(MqttEvent.Disconnected.class)).hasSize(1);
    }

    @Test
    void brokerThatAnswersSlowly_isNotLeft() {
        FakeTransport.FakeConnection connection = a.connected();
        for (String filter : List.of("a", "b", "c", "d")) {
            a.session.subscribe(TopicFilter.of(filter), Qos.AT_MOST_ONCE);
            a.timer.pass(Duration.ofSeconds(20));
            List<Subscription> asked = connection.subscribed.remove(0);
            a.session.subscribe(TopicFilter.of("next/" + filter), Qos.AT_MOST_ONCE);
            connection.broker.granted(asked, new int[] {0});
        }

        assertThat(a.session.isConnected()).isTrue();
    }
}
