package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.SessionFixture.again;
import static io.github.cdimqtt.internal.session.SessionFixture.done;
import static io.github.cdimqtt.internal.session.SessionFixture.inbound;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages that an observer failed on, where the broker does not keep the session for ever (MQTT 5.0, section 3.1.2.11.2). */
class RedeliveryOnMqtt5Test {
    private final SessionFixture fixture = new SessionFixture(
            MqttConfig.builder().protocolVersion("5").clientId("me").sessionExpiry(Duration.ofSeconds(8)));

    private FakeChannel accepted(FakeChannel channel, BrokerTerms terms) {
        channel.receive(terms.accepted(channel != fixture.channels.opened.get(0)));
        return channel;
    }

    private List<Duration> delays(BrokerTerms terms) {
        fixture.handler = message -> done(Outcome.REDELIVER);
        fixture.session.connect();
        FakeChannel channel = accepted(fixture.channels.last(), terms);
        List<Duration> delays = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            channel.deliver(again(inbound("a", Qos.AT_LEAST_ONCE, 1)));
            long before = fixture.timer.nanoTime();
            channel = accepted(fixture.nextAttempt(), terms);
            delays.add(Duration.ofNanos(fixture.timer.nanoTime() - before));
        }
        return delays;
    }

    @Test
    void redelivery_comesWhileTheBrokerKeepsTheSession() {
        assertThat(delays(new BrokerTerms()))
                .allSatisfy(delay -> assertThat(delay).isLessThanOrEqualTo(Duration.ofSeconds(4)))
                .last()
                .isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void redelivery_comesSooner_whereTheBrokerKeepsTheSessionForLessTime() {
        assertThat(delays(new BrokerTerms().sessionExpiry(3)))
                .allSatisfy(delay -> assertThat(delay).isLessThanOrEqualTo(Duration.ofMillis(1500)));
    }

    @Test
    void brokerThatKeepsNoSession_getsTheMessageAcknowledged() {
        fixture.handler = message -> done(Outcome.REDELIVER);
        fixture.session.connect();
        FakeChannel channel = accepted(fixture.channels.last(), new BrokerTerms().sessionExpiry(0));

        channel.deliver(inbound("a", Qos.AT_LEAST_ONCE, 1));

        assertThat(channel.acknowledged()).containsExactly(new Packet.PubAck(1));
        assertThat(channel.calls()).isEmpty();
    }
}
