package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttAuthentication;
import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.text.MqttText;
import io.github.cdimqtt.internal.text.Printable;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls the application's {@link MqttCredentials}, and begins with its {@link MqttAuthentication} if there is one; then opens
 * an attempt with the user name, the password and the first step. One call at a time, so a call that hangs occupies a single thread, whatever the number of attempts. On the session's executor only.
 */
final class CredentialsLookup {
    private final MqttCredentials credentials;
    private final ClientAuthentication authentication;
    private final ConnectPacket connect;
    private final Duration timeout; // of the call, and after it of the broker's answer
    private final SerialExecutor executor;
    private @Nullable ConnectionAttempt latest;
    private boolean calling;

    CredentialsLookup(MqttCredentials credentials, SessionParts parts) {
        this.credentials = credentials;
        this.authentication = parts.authentication();
        this.connect = parts.connectPacket();
        this.timeout = parts.config().connectionTimeout();
        this.executor = parts.executor();
    }

    /** Begins an attempt in place of the one before: credentials that arrive for that one open nothing. */
    void begin(ConnectionAttempt attempt) {
        latest = attempt;
        attempt.setTimeout(
                timeout,
                "no answer from the "
                        + (authentication.isUsed()
                                ? "MqttCredentials or MqttAuthentication bean"
                                : "MqttCredentials bean"));
        if (!calling) {
            lookUp(attempt);
        }
    }

    private void lookUp(ConnectionAttempt attempt) {
        calling = true;
        try {
            authentication.calls().execute(() -> call(attempt));
        } catch (Throwable noThread) { // out of memory, or refused by the server
            failed(attempt, failed(noThread));
        }
    }

    private void call(ConnectionAttempt attempt) {
        String username;
        String password;
        try {
            username = checked("user name", credentials.username(), MqttText::stringFault);
            password = checked("password", credentials.password(), MqttText::fault);
        } catch (Throwable e) { // a bean may throw anything
            executor.execute(() -> failed(attempt, failed(e)));
            return;
        }
        try {
            Packet.Connect packet =
                    connect.with(username, password, authentication.isUsed() ? authentication.begin() : null);
            executor.execute(() -> open(attempt, packet));
        } catch (Throwable e) {
            executor.execute(() -> failed(attempt, ClientAuthentication.failed(e)));
        }
    }

    /** Throws if the value cannot be sent. The next attempt calls the credentials again. */
    private static @Nullable String checked(
            String name, @Nullable String value, Function<String, @Nullable String> check) {
        String fault = value == null ? null : check.apply(value);
        if (fault != null) {
            throw new MqttException("its " + name + " " + fault);
        }
        return value;
    }

    private void open(ConnectionAttempt attempt, Packet.Connect packet) {
        try {
            if (!attempt.isClosed()) {
                attempt.setTimeout(timeout, "no answer from the broker");
                attempt.open(packet);
            }
        } catch (Throwable e) { // out of threads or memory
            attempt.lost(new MqttException("the attempt can't be begun: " + e, e));
        } finally {
            finished(attempt);
        }
    }

    private static MqttException failed(Throwable cause) {
        String reason = String.valueOf(cause instanceof MqttException ? cause.getMessage() : cause);
        return new MqttException("the MqttCredentials bean failed: " + Printable.of(reason), cause);
    }

    private void failed(ConnectionAttempt attempt, MqttException cause) {
        attempt.lost(cause);
        finished(attempt);
    }

    /** The call has ended. An attempt that began meanwhile has waited for that. */
    private void finished(ConnectionAttempt attempt) {
        calling = false;
        ConnectionAttempt next = latest;
        if (next != null && next != attempt && !next.isClosed()) {
            lookUp(next);
        }
    }
}
