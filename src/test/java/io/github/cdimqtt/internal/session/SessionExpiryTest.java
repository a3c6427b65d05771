package io.github.cdimqtt.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.support.Statement;
import java.io.EOFException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a session of MQTT 5 lives: Clean Start and Session Expiry (sections 3.1.2.4 and 3.1.2.11.2). */
class SessionExpiryTest {
    private final SessionFixture kept = new SessionFixture(config().sessionExpiry(Duration.ofMinutes(10)));

    private static MqttConfig.Builder config() {
        return MqttConfig.builder()
                .protocolVersion("5")
                .reconnect(delay -> delay.minDelay(Duration.ofSeconds(1)).maxDelay(Duration.ofSeconds(60)));
    }

    private static Packet.Connect connect(FakeChannel channel) {
        return channel.sent(Packet.Connect.class).get(0);
    }

    @Statement("MQTT-3.1.2-23")
    @Test
    void sessionThatOutlivesOutages_beginsClean_andIsContinued() {
        FakeChannel first = kept.connected();
        first.lose(new EOFException());
        FakeChannel second = kept.nextAttempt();

        assertThat(connect(first).cleanSession()).isTrue();
        assertThat(connect(second).cleanSession()).isFalse();
        assertThat(connect(second).properties().sessionExpiry()).isEqualTo(600);
    }

    @Test
    void sessionThatNoBrokerAccepted_beginsCleanAgain() {
        kept.session.connect();
        kept.channels.last().lose(new EOFException());

        assertThat(connect(kept.nextAttempt()).cleanSession()).isTrue();
    }

    @Test
    void sessionThatOutlivesOutages_endsWithTheApplication() {
        FakeChannel channel = kept.connected();

        kept.session.shutDown(Duration.ofSeconds(1));

        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(new Packet.Disconnect(MqttReason.SUCCESS, 0));
    }

    @Test
    void sessionThatOutlivesOutages_isKept_whileTheApplicationIsDisconnected() {
        FakeChannel channel = kept.connected();

        kept.session.disconnect();

        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(new Packet.Disconnect());
    }

    @Test
    void sessionOfAFixedClient_isKept_whenTheApplicationEnds() {
        SessionFixture fixed = new SessionFixture(config().cleanSession(false).clientId("me"));
        FakeChannel channel = fixed.connected();

        fixed.session.shutDown(Duration.ofSeconds(1));

        assertThat(channel.sent(Packet.Disconnect.class)).containsExactly(new Packet.Disconnect());
    }

    @Statement({"MQTT-3.2.2-2", "MQTT-3.2.2-4"})
    @Test
    void sessionThatWasToBeForgotten_isAProtocolError() {
        SessionFixture clean = new SessionFixture(config());
        clean.session.connect();
        FakeChannel channel = clean.channels.last();

        channel.receive(new BrokerTerms().accepted(true));

        assertThat(channel.sent(Packet.Disconnect.class))
                .containsExactly(new Packet.Disconnect(new MqttReason(0x82), -1));
        assertThat(clean.listener.events(MqttEvent.ConnectFailed.class).get(0).cause())
                .hasMessage("tcp://localhost:1883: the broker has kept the session that it was asked to forget");
    }

    @Test
    void shorterSession_isToldOnce() {
        kept.session.connect();
        kept.channels.last().receive(new BrokerTerms().sessionExpiry(60).accepted(false));
        kept.channels.last().lose(new EOFException());
        kept.nextAttempt().receive(new BrokerTerms().sessionExpiry(60).accepted(true));

        assertThat(kept.listener.logs(MessageId.SESSION_EXPIRES_EARLIER))
                .containsExactly("the broker keeps the session for 60 s when the connection is gone, not for 600 s: a"
                        + " longer outage loses what it holds; set session-expiry, or its limit there");
    }

    @Test
    void longerSession_isNotTold() {
        kept.session.connect();
        kept.channels.last().receive(new BrokerTerms().sessionExpiry(600).accepted(false));

        assertThat(kept.listener.logs(MessageId.SESSION_EXPIRES_EARLIER)).isEmpty();
    }
}
