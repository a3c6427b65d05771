package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.text.MqttText;
import io.github.cdimqtt.internal.text.Printable;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls the application's {@link MqttCredentials} and opens an attempt with the user name and password. One call at a
 * time, so a call that hangs occupies a single thread, whatever the number of attempts. On the session's executor only.
 */
final class CredentialsLookup {
    private final MqttCredentials credentials;
    private final ConnectPacket connect;
    private final Duration timeout;
    private final Executor calls;
    private final SerialExecutor executor;
    private @Nullable ConnectionAttempt latest;
    private boolean calling;

    /**
     * Creates a lookup.
     *
     * @param timeout limits the call, and after it the answer of the broker
     * @param calls runs the call; always has a free thread
     * @param executor that of the session
     */
    CredentialsLookup(
            MqttCredentials credentials,
            ConnectPacket connect,
            Duration timeout,
            Executor calls,
            SerialExecutor executor) {
        this.credentials = credentials;
        this.connect = connect;
        this.timeout = timeout;
        this.calls = calls;
        this.executor = executor;
    }

    /** Begins an attempt in place of the one before: credentials that arrive for that one open nothing. */
    void begin(ConnectionAttempt attempt) {
        latest = attempt;
        attempt.setTimeout(timeout, "no answer from the MqttCredentials bean");
        if (!calling) {
            lookUp(attempt);
        }
    }

    private void lookUp(ConnectionAttempt attempt) {
        calling = true;
        try {
            calls.execute(() -> call(attempt));
        } catch (Throwable noThread) { // out of memory, or refused by the server
            failed(attempt, noThread);
        }
    }

    private void call(ConnectionAttempt attempt) {
        try {
            Packet.Connect packet = connect.with(
                    checked("user name", credentials.username(), MqttText::stringFault),
                    checked("password", credentials.password(), MqttText::fault));
            executor.execute(() -> open(attempt, packet));
        } catch (Throwable e) { // a bean may throw anything
            executor.execute(() -> failed(attempt, e));
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

    private void failed(ConnectionAttempt attempt, Throwable cause) {
        String reason = String.valueOf(cause instanceof MqttException ? cause.getMessage() : cause);
        attempt.lost(new MqttException("the MqttCredentials bean failed: " + Printable.of(reason), cause));
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
