package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.SessionFixture.again;
import static io.github.cdimqtt.internal.session.SessionFixture.inbound;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What a closed attempt leaves behind, which is nothing, and what waits until its channel is closed. */
class ClosedAttemptTest {
    private static final Packet.ConnAck ACCEPTED = new Packet.ConnAck(true, 0);
    private final SessionFixture fixture = new SessionFixture();

    /** Closing a channel waits for its thread, which may receive CONNACK meanwhile. */
    @Test
    void messageThatCompletesAfterAConnackDuringClose_isAcknowledgedOnTheNextConnection() {
        SessionFixture kept = SessionFixture.kept();
        kept.handler = received -> new CompletableFuture<>();
        Packet.Publish message = inbound("a", Qos.AT_LEAST_ONCE, 7);
        kept.connected().deliver(message);
        kept.session.disconnect();

        kept.session.connect();
        FakeChannel closed = kept.channels.last();
        closed.duringClose = List.of(ACCEPTED, again(message));
        kept.session.disconnect();
        kept.outcomes.get(0).complete(Outcome.HANDLED);
        assertThat(closed.acknowledged()).isEmpty();

        kept.session.connect();
        FakeChannel next = kept.channels.last();
        next.receive(ACCEPTED);
        next.deliver(again(message));
        assertThat(next.acknowledged()).containsExactly(new Packet.PubAck(7));
        assertThat(kept.handled).hasSize(1);
    }

    @Test
    void nextAttempt_waitsUntilThePreviousChannelIsClosed() {
        fixture.channels.closeAtOnce = false;
        FakeChannel previous = fixture.connected();
        previous.lose(new IOException("gone"));

        fixture.timer.pass(Duration.ofSeconds(20));
        assertThat(fixture.channels.opened).hasSize(1);
        previous.closed.complete(null);

        assertThat(fixture.channels.opened).hasSize(2);
    }

    @Test
    void attemptAfterDisconnect_waitsUntilThePreviousChannelIsClosed() {
        fixture.channels.closeAtOnce = false;
        FakeChannel previous = fixture.connected();
        for (int i = 0; i < 3; i++) {
            fixture.session.disconnect();
            fixture.session.connect();
        }
        assertThat(fixture.channels.opened).hasSize(1);

        previous.closed.complete(null);

        assertThat(fixture.channels.opened).hasSize(2);
        fixture.channels.last().accept();
        assertThat(fixture.session.isConnected()).isTrue();
    }
}
