package io.github.cdimqtt.internal.client;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.text.MqttText;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.transport.ConnectRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks for user name and password and opens an attempt with them. One call at a time: credentials that hang hold one
 * thread, however often it is tried again. On the session's lane only.
 */
final class Login {
    private final SessionSetup setup;
    private final SerialExecutor lane;
    private @Nullable Link newest;
    private boolean asking;

    Login(SessionSetup setup, SerialExecutor lane) {
        this.setup = setup;
        this.lane = lane;
    }

    /** Begins an attempt in place of the one before: an answer that comes for that one opens nothing. */
    void begin(Link attempt) {
        newest = attempt;
        attempt.limit(setup.config().connectionTimeout(), "no answer from the MqttCredentials bean");
        if (!asking) {
            ask(attempt);
        }
    }

    private void ask(Link attempt) {
        asking = true;
        try {
            setup.threads().calls().execute(() -> call(attempt));
        } catch (Throwable noThread) { // for want of memory, or because a server gives none
            failed(attempt, noThread);
        }
    }

    private void call(Link attempt) {
        try {
            ConnectRequest request = new ConnectRequest(
                    attempt.serverUri(),
                    setup.clientId(),
                    checked("user name", setup.credentials().username(), MqttText::stringFault),
                    checked("password", setup.credentials().password(), MqttText::fault));
            lane.execute(() -> answered(attempt, request));
        } catch (Throwable e) { // a bean may throw whatever it likes
            lane.execute(() -> failed(attempt, e));
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

    private void answered(Link attempt, ConnectRequest request) {
        try {
            if (!attempt.hasEnded()) {
                attempt.limit(setup.config().connectionTimeout(), "no answer from the broker");
                attempt.open(setup.transport(), request);
            }
        } catch (Throwable e) { // for want of a thread, or of memory
            attempt.lost(new MqttException("the attempt can't be begun: " + e, e));
        } finally {
            done(attempt);
        }
    }

    private void failed(Link attempt, Throwable cause) {
        String words = String.valueOf(cause instanceof MqttException ? cause.getMessage() : cause);
        attempt.lost(new MqttException("the MqttCredentials bean failed: " + Printable.of(words), cause));
        done(attempt);
    }

    /** The call is over; an attempt that began meanwhile has waited for that. */
    private void done(Link attempt) {
        asking = false;
        Link next = newest;
        if (next != null && next != attempt && !next.hasEnded()) {
            ask(next);
        }
    }
}
