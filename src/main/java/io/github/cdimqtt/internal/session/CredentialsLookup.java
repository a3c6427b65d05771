package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttAuthentication;
import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.text.MqttText;
import io.github.cdimqtt.internal.text.Printable;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls the application's {@link MqttCredentials}, and begins with its {@link MqttAuthentication} if there is one; then opens
 * an attempt with the user name, the password and the first step. A call of an attempt before is waited for: see {@link
 * BeanCalls}. On the session's executor only.
 */
final class CredentialsLookup {
    private final MqttCredentials credentials;
    private final ClientAuthentication authentication;
    private final BeanCalls calls;
    private final ConnectPacket connect;
    private final Duration timeout; // of the calls, and after them of the broker's answer

    CredentialsLookup(MqttCredentials credentials, SessionParts parts) {
        this.credentials = credentials;
        this.authentication = parts.authentication();
        this.calls = authentication.calls();
        this.connect = parts.connectPacket();
        this.timeout = parts.config().connectionTimeout();
    }

    /** Begins an attempt in place of the one before: credentials that arrive for that one open nothing. */
    void begin(ConnectionAttempt attempt) {
        attempt.setTimeout(
                timeout,
                "no answer from the "
                        + (authentication.isUsed()
                                ? "MqttCredentials or MqttAuthentication bean"
                                : "MqttCredentials bean"));
        calls.call(attempt, this::lookUp, packet -> authenticate(attempt, packet), e -> attempt.lost(failed(e)));
    }

    /** Returns how the credentials and the first step of an authentication become CONNECT. */
    private Function<Packet.@Nullable Auth, Packet.Connect> lookUp() {
        String username = checked("user name", credentials.username(), MqttText::stringFault);
        String password = checked("password", credentials.password(), MqttText::fault);
        return firstStep -> connect.with(username, password, firstStep);
    }

    private void authenticate(ConnectionAttempt attempt, Function<Packet.@Nullable Auth, Packet.Connect> packet) {
        if (authentication.isUsed()) {
            calls.call(
                    attempt,
                    authentication::begin,
                    firstStep -> open(attempt, packet.apply(firstStep)),
                    e -> attempt.lost(ClientAuthentication.failed(e)));
        } else {
            open(attempt, packet.apply(null));
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
            attempt.setTimeout(timeout, "no answer from the broker");
            attempt.open(packet);
        } catch (Throwable e) { // out of threads or memory
            attempt.lost(new MqttException("the attempt can't be begun: " + e, e));
        }
    }

    private static MqttException failed(Throwable cause) {
        String reason = String.valueOf(cause instanceof MqttException ? cause.getMessage() : cause);
        return new MqttException("the MqttCredentials bean failed: " + Printable.of(reason), cause);
    }
}
