package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.text.MqttText;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.transport.ConnectRequest;
import io.github.cdimqtt.internal.transport.Transport;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks for user name and password and opens an attempt with them. One call at a time: credentials that hang hold one
 * thread, however often it is tried again. On the session's executor only.
 */
final class CredentialsLookup {
    private final MqttCredentials credentials;
    private final String clientId;
    private final Duration timeout;
    private final Transport transport;
    private final Executor calls;
    private final SerialExecutor executor;
    private @Nullable ConnectionAttempt newest;
    private boolean asking;

    /**
     * Creates it.
     *
     * @param timeout how long the credentials may take, and then the broker
     * @param calls where the credentials are called; never short of a thread
     * @param executor that of the session
     */
    CredentialsLookup(
            MqttCredentials credentials,
            String clientId,
            Duration timeout,
            Transport transport,
            Executor calls,
            SerialExecutor executor) {
        this.credentials = credentials;
        this.clientId = clientId;
        this.timeout = timeout;
        this.transport = transport;
        this.calls = calls;
        this.executor = executor;
    }

    /** Begins an attempt in place of the one before: an answer that comes for that one opens nothing. */
    void begin(ConnectionAttempt attempt) {
        newest = attempt;
        attempt.limit(timeout, "no answer from the MqttCredentials bean");
        if (!asking) {
            ask(attempt);
        }
    }

    private void ask(ConnectionAttempt attempt) {
        asking = true;
        try {
            calls.execute(() -> call(attempt));
        } catch (Throwable noThread) { // for want of memory, or because a server gives none
            failed(attempt, noThread);
        }
    }

    private void call(ConnectionAttempt attempt) {
        try {
            ConnectRequest request = new ConnectRequest(
                    attempt.serverUri(),
                    clientId,
                    checked("user name", credentials.username(), MqttText::stringFault),
                    checked("password", credentials.password(), MqttText::fault));
            executor.execute(() -> answered(attempt, request));
        } catch (Throwable e) { // a bean may throw whatever it likes
            executor.execute(() -> failed(attempt, e));
        }
    }

    /** What can't be sent is not sent; the bean is asked again for the next attempt. */
    private static @Nullable String checked(
            String name, @Nullable String value, Function<String, @Nullable String> check) {
        String fault = value == null ? null : check.apply(value);
        if (fault != null) {
            throw new MqttException("its " + name + " " + fault);
        }
        return value;
    }

    private void answered(ConnectionAttempt attempt, ConnectRequest request) {
        try {
            if (!attempt.hasEnded()) {
                attempt.limit(timeout, "no answer from the broker");
                attempt.open(transport, request);
            }
        } catch (Throwable e) { // for want of a thread, or of memory
            attempt.lost(new MqttException("the attempt can't be begun: " + e, e));
        } finally {
            done(attempt);
        }
    }

    private void failed(ConnectionAttempt attempt, Throwable cause) {
        String words = String.valueOf(cause instanceof MqttException ? cause.getMessage() : cause);
        attempt.lost(new MqttException("the MqttCredentials bean failed: " + Printable.of(words), cause));
        done(attempt);
    }

    /** The call is over; an attempt that began meanwhile has waited for that. */
    private void done(ConnectionAttempt attempt) {
        asking = false;
        ConnectionAttempt next = newest;
        if (next != null && next != attempt && !next.hasEnded()) {
            ask(next);
        }
    }
}
