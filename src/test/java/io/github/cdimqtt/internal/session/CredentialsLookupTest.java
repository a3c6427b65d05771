package io.github.cdimqtt.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.support.ManualTimer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credentials that are slow or fail: they are reported as the reason, not the broker. */
class CredentialsLookupTest {
    private final Queue<Runnable> calls = new ArrayDeque<>();
    private final ManualTimer timer = new ManualTimer();
    private final FakeChannels channels = new FakeChannels();
    private final RecordingConnectionListener listener = new RecordingConnectionListener();
    private Supplier<String> token = () -> "token";
    private final MqttCredentials bean = new MqttCredentials() {
        @Override
        public String username() {
            return "me";
        }

        @Override
        public String password() {
            return token.get();
        }
    };
    private final Session session = new SessionSetup(
                    "default",
                    "me",
                    MqttConfig.builder()
                            .reconnect(delay -> delay.minDelay(Duration.ofSeconds(1)))
                            .build(),
                    bean,
                    null,
                    channels,
                    MessageStore.NONE,
                    (message, recipients, subscribed, failures) -> SessionFixture.done(Outcome.HANDLED),
                    listener,
                    new SessionExecutors(Runnable::run, Runnable::run, Runnable::run, Runnable::run, calls::add, timer))
            .session();

    private Throwable failure(int number) {
        return listener.events(MqttEvent.ConnectFailed.class).get(number).cause();
    }

    @Test
    void brokerHasItsWholeTime_howeverLongTheCredentialsTook() {
        session.connect();
        timer.pass(Duration.ofSeconds(4));
        calls.remove().run();
        timer.pass(Duration.ofSeconds(4));

        channels.last().accept();

        assertThat(session.isConnected()).isTrue();
        Packet.Connect connect = channels.last().sent(Packet.Connect.class).get(0);
        assertThat(connect.username()).isEqualTo("me");
        assertThat(connect.password()).isEqualTo("token");
    }

    @Test
    void slowCredentials_areReportedAsTheReason() {
        session.connect();

        timer.pass(Duration.ofSeconds(5));

        assertThat(failure(0)).hasMessage("no answer from the MqttCredentials bean within 5000 ms");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    can\0ary                  | contains U+0000, which is not allowed
                    canary\ud800              | contains half of a surrogate pair
                    """)
    void password_thatNoPacketCarries_isNotSent(String password, String fault) {
        token = () -> password;
        session.connect();
        calls.remove().run();

        assertThat(channels.opened).isEmpty();
        assertThat(failure(0)).hasMessage("the MqttCredentials bean failed: its password " + fault);
    }

    @Test
    void silentBroker_isReportedAsTheReason() {
        session.connect();
        calls.remove().run();

        timer.pass(Duration.ofSeconds(5));

        assertThat(failure(0)).hasMessage("no answer from the broker within 5000 ms");
    }

    @Test
    void lateCredentials_openNothing_andTheNextAttemptCallsThemAgain() {
        session.connect();
        timer.pass(Duration.ofSeconds(10)); // the next attempt has begun

        assertThat(calls).hasSize(1);
        calls.remove().run();
        assertThat(channels.opened).isEmpty();
        calls.remove().run();

        assertThat(channels.opened).hasSize(1);
    }

    @Test
    void credentialsThatHang_areCalledOnce_whateverTheNumberOfAttempts() {
        session.connect();

        timer.pass(Duration.ofMinutes(10));

        assertThat(calls).hasSize(1);
        assertThat(listener.events(MqttEvent.ConnectFailed.class)).hasSizeGreaterThan(5);
    }

    @Test
    void credentialsAfterDisconnect_openNothing() {
        session.connect();
        session.disconnect();

        calls.remove().run();

        assertThat(channels.opened).isEmpty();
        assertThat(calls).isEmpty();
    }

    @Test
    void credentialsThatWaitForACall_areNotCalled_afterDisconnect() {
        session.connect();
        timer.pass(Duration.ofSeconds(10)); // the next attempt has begun
        session.disconnect();

        calls.remove().run();

        assertThat(calls).isEmpty();
    }

    @Test
    void attemptThatCannotBegin_isFollowedByAnother() {
        channels.faults.add(new InternalError("unable to create native thread"));
        session.connect();
        calls.remove().run();
        assertThat(failure(0))
                .hasMessage("the attempt can't be begun: java.lang.InternalError: unable to create native thread");

        timer.pass(Duration.ofSeconds(2));
        calls.remove().run();

        assertThat(channels.opened).hasSize(1);
    }

    @Test
    void error_failsTheAttemptAtOnce_andTheNextFollows() {
        Error missing = new NoClassDefFoundError("com/acme/Vault");
        token = () -> {
            throw missing;
        };
        session.connect();

        calls.remove().run();

        assertThat(failure(0))
                .hasMessage("the MqttCredentials bean failed: java.lang.NoClassDefFoundError: com/acme/Vault")
                .hasCause(missing);
        timer.pass(Duration.ofSeconds(2));
        assertThat(calls).hasSize(1);
    }
}
