package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.SessionFixture.inbound;
import static io.github.cdimqtt.internal.session.SessionFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.support.Statement;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pings of a session whose keep-alive is 60 s. */
class KeepAliveTest {
    private static final Duration HALF = Duration.ofSeconds(30);
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private final SessionFixture fixture = new SessionFixture();

    private static int pings(FakeChannel channel) {
        return channel.sent(Packet.PingReq.class).size();
    }

    private List<String> losses() {
        return fixture.listener.events(MqttEvent.Disconnected.class).stream()
                .map(lost -> lost.cause().getMessage())
                .toList();
    }

    @Statement("MQTT-3.1.2-20")
    @Test
    void silence_isFollowedByAPing_afterHalfOfTheKeepAlive_thenOnceInEach() {
        FakeChannel channel = fixture.connected();
        fixture.timer.pass(HALF.minus(MILLISECOND));
        assertThat(pings(channel)).isZero();
        fixture.timer.pass(MILLISECOND);
        assertThat(pings(channel)).isEqualTo(1);

        fixture.timer.pass(HALF.multipliedBy(10));

        assertThat(pings(channel)).isEqualTo(6); // its answer counts as traffic
        assertThat(losses()).isEmpty();
    }

    @Test
    void bytesInBothDirections_makeAPingNeedless() {
        FakeChannel channel = fixture.connected();

        for (int i = 0; i < 20; i++) {
            fixture.timer.pass(HALF.dividedBy(2));
            channel.deliver(inbound("a", Qos.AT_LEAST_ONCE, 1));
        }

        assertThat(pings(channel)).isZero();
    }

    @Test
    void bytesInOneDirection_areFollowedByAPing() {
        FakeChannel receiving = fixture.connected();
        receiving.deliver(inbound("a", Qos.AT_MOST_ONCE, 0));
        fixture.timer.pass(HALF);
        assertThat(pings(receiving)).isEqualTo(1);

        SessionFixture other = new SessionFixture();
        FakeChannel sending = other.connected();
        other.session.publish(message("a", Qos.AT_MOST_ONCE));
        other.timer.pass(HALF);
        assertThat(pings(sending)).isEqualTo(1);
    }

    @Statement("MQTT-3.12.4-1")
    @Test
    void unansweredPing_endsTheConnection_afterTheKeepAlive() {
        FakeChannel channel = fixture.connected();
        channel.answersPings = false;

        fixture.timer.pass(HALF.multipliedBy(3).minus(MILLISECOND));
        assertThat(losses()).isEmpty();
        fixture.timer.pass(MILLISECOND);

        assertThat(losses()).containsExactly("no answer to a ping from tcp://localhost:1883 within 60 s");
        assertThat(pings(channel)).isEqualTo(1);
        assertThat(channel.calls).containsExactly("close");
    }

    @Test
    void anyByte_answersAPing() {
        FakeChannel channel = fixture.connected();
        channel.answersPings = false;

        for (int i = 0; i < 20; i++) {
            fixture.timer.pass(HALF);
            channel.deliver(inbound("a", Qos.AT_MOST_ONCE, 0));
        }

        assertThat(losses()).isEmpty();
    }

    @Test
    void brokerThatTakesNothing_andSendsNothing_losesTheConnection_afterTheKeepAlive() {
        FakeChannel channel = fixture.connected();
        channel.takesBytes = false;

        fixture.timer.pass(HALF.multipliedBy(3).minus(MILLISECOND));
        assertThat(losses()).isEmpty();
        fixture.timer.pass(MILLISECOND);

        assertThat(losses()).containsExactly("tcp://localhost:1883 took nothing for 60 s");
    }

    @Test
    void brokerThatTakesNothing_whileItSends_losesTheConnection_afterTwiceTheKeepAlive() {
        FakeChannel channel = fixture.connected();
        channel.takesBytes = false;

        for (int i = 0; i < 4; i++) {
            fixture.timer.pass(HALF);
            channel.deliver(inbound("a", Qos.AT_MOST_ONCE, 0));
        }
        fixture.timer.pass(HALF.minus(MILLISECOND));
        assertThat(losses()).isEmpty();
        fixture.timer.pass(MILLISECOND);

        assertThat(losses()).containsExactly("tcp://localhost:1883 took nothing for 120 s");
    }

    @Test
    void lostConnection_isNotPinged() {
        FakeChannel channel = fixture.connected();
        channel.lose(new IOException("gone"));
        fixture.session.disconnect();

        assertThat(fixture.timer.isIdle()).isTrue();
        fixture.timer.pass(HALF.multipliedBy(4));
        assertThat(pings(channel)).isZero();
    }

    @Test
    void attempt_isNotPinged() {
        fixture.session.connect();
        FakeChannel channel = fixture.channels.last();

        fixture.timer.pass(HALF);

        assertThat(pings(channel)).isZero();
    }

    @Test
    void noKeepAlive_schedulesNoPing() {
        SessionFixture endless = new SessionFixture(MqttConfig.builder().keepalive(Duration.ZERO));
        FakeChannel channel = endless.connected();

        assertThat(endless.timer.isIdle()).isTrue();
        assertThat(channel.sent(Packet.Connect.class))
                .extracting(Packet.Connect::keepAlive)
                .containsExactly(0);
    }
}
