package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.AuthenticationFixture.accepted;
import static io.github.cdimqtt.internal.session.AuthenticationFixture.auth;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.internal.packet.Packet;
import java.io.EOFException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls of an authentication that outlast their connection: the bean is called once at a time, on one thread. */
class BeanCallsTest {
    private final AuthenticationFixture fixture = new AuthenticationFixture();

    private List<MqttEvent.ConnectFailed> failures() {
        return fixture.session.listener.events(MqttEvent.ConnectFailed.class);
    }

    /** Loses the connection, and passes time until the next attempt has begun. */
    private void lose(FakeChannel channel) {
        channel.lose(new EOFException());
        fixture.session.timer.pass(Duration.ofSeconds(3));
    }

    @Test
    void nextConversation_waitsForTheStepBefore() {
        FakeChannel channel = fixture.begin();
        channel.receive(auth(0x18, "first"));
        lose(channel);
        assertThat(fixture.threads()).isEqualTo(1);
        assertThat(fixture.session.channels.opened).hasSize(1);

        fixture.callBean();

        assertThat(fixture.heard).containsExactly("begin", "first", "begin");
        assertThat(fixture.session.channels.opened).hasSize(2);
        assertThat(channel.sent(Packet.Auth.class)).isEmpty();
    }

    @Test
    void answerThatHangs_occupiesOneThread_whateverTheNumberOfAttempts() {
        fixture.begin().receive(auth(0x18, "first"));

        fixture.session.timer.pass(Duration.ofMinutes(10));

        assertThat(fixture.threads()).isEqualTo(1);
        assertThat(failures())
                .hasSizeGreaterThan(5)
                .last()
                .extracting(each -> each.cause().getMessage())
                .isEqualTo("no answer from the MqttCredentials or MqttAuthentication bean within 5000 ms");
    }

    @Test
    void conversationOfTheLatestAttempt_isTheOneThatBegins() {
        fixture.begin().receive(accepted("proof"));
        fixture.session.timer.pass(Duration.ofMinutes(10));
        fixture.session.session.disconnect();
        fixture.session.session.connect();

        fixture.callBean();

        assertThat(fixture.heard).containsExactly("begin", "accepted proof", "begin");
        assertThat(fixture.session.channels.opened).hasSize(2);
    }

    @Test
    void newAuthentication_thatHangs_holdsUpTheNextConnection() {
        FakeChannel channel = fixture.connected();
        fixture.session.session.reauthenticate();
        lose(channel);
        assertThat(fixture.threads()).isEqualTo(1);

        fixture.callBean();

        assertThat(fixture.heard).containsExactly("begin", "accepted proof", "begin", "begin");
        assertThat(fixture.session.channels.opened).hasSize(2);
    }
}
