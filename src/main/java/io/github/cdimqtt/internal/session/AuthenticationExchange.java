package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Proves on one connection who the client is, step by step (MQTT 5.0, section 4.12): before CONNACK, and again when the
 * application asks for it. On the session's executor only.
 */
final class AuthenticationExchange {
    private static final int UNSPECIFIED_ERROR = 0x80;

    private final ConnectionAttempt attempt;
    private final PacketChannel channel;
    private final ClientAuthentication authentication;
    private final List<CompletableFuture<@Nullable Void>> stages = new ArrayList<>(0); // of a new authentication
    private @Nullable String method; // written before the channel is opened
    private Timer.@Nullable Task timeout;
    private boolean answerDue = true; // of the broker: AUTH may come

    AuthenticationExchange(ConnectionAttempt attempt, SessionParts parts, PacketChannel channel) {
        this.attempt = attempt;
        this.channel = channel;
        this.authentication = parts.authentication();
    }

    /** Sets the method of CONNECT; null for none. */
    void begin(@Nullable String method) {
        this.method = method;
    }

    /** Any thread, once the channel is open. */
    @Nullable
    String method() {
        return method;
    }

    /** AUTH was received. */
    void received(Packet.Auth packet) {
        if (method == null || !method.equals(packet.method())) { // [MQTT-4.12.0-5], [MQTT-4.12.0-6]
            attempt.violated("the broker sent AUTH with another method than CONNECT, or was asked for none");
        } else if (!answerDue) {
            attempt.violated("the broker sent AUTH that nobody waits for");
        } else if (packet.reason().code() == ClientAuthentication.CONTINUE) {
            answerDue = false;
            call(() -> authentication.answer(packet), this::send);
        } else if (stages.isEmpty()) {
            attempt.violated("the broker sent AUTH with success in place of CONNACK");
        } else {
            answerDue = false;
            call(() -> accepted(packet), this::completed);
        }
    }

    private Packet.Auth accepted(Packet.Auth packet) {
        authentication.accepted(packet.data());
        return packet;
    }

    /** CONNACK was received. Runs the action when the bean has taken the broker's last data. */
    void accepted(Packet.ConnAck answer, Runnable then) {
        if (!answerDue) {
            attempt.violated("the broker sent CONNACK before it had our AUTH, or twice");
            return;
        }
        answerDue = false;
        call(
                () -> {
                    authentication.accepted(answer.terms().authenticationData());
                    return then;
                },
                Runnable::run);
    }

    /** Proves again who the client is, or joins that if it is under way. */
    void repeat(CompletableFuture<@Nullable Void> stage) {
        String used = method;
        if (used == null) {
            authentication.completer().fail(stage, ClientAuthentication.missing());
            return;
        }
        stages.add(stage);
        if (stages.size() == 1) {
            call(() -> authentication.beginAgain(used), this::send);
        }
    }

    private void send(Packet.Auth packet) {
        answerDue = true;
        limit("no answer from the broker to AUTH");
        channel.send(packet);
    }

    private void completed(Packet.Auth last) {
        setTimeout(null);
        authentication.completer().completeAll(stages);
    }

    private <T> void call(Supplier<T> step, Consumer<T> then) {
        limit("no answer from the MqttAuthentication bean");
        authentication.calls().call(attempt, step, then, e -> failed(ClientAuthentication.failed(e)));
    }

    private void failed(MqttException cause) {
        if (stages.isEmpty()) {
            attempt.lost(cause);
        } else {
            endAccepted(cause);
        }
    }

    /**
     * A new authentication has failed on our side, so DISCONNECT says it (MQTT 5.0, section 4.12.1): unspecified error, as not
     * authorised is for servers only (section 3.14.2.1).
     */
    private void endAccepted(MqttException cause) {
        attempt.end(UNSPECIFIED_ERROR, cause);
    }

    /** Limits the next step; on an open connection beside the limits of other requests. */
    private void limit(String reason) {
        if (stages.isEmpty()) {
            attempt.setTimeout(authentication.timeout(), reason);
        } else {
            setTimeout(attempt.after(authentication.timeout(), reason, this::endAccepted));
        }
    }

    private void setTimeout(Timer.@Nullable Task next) {
        if (timeout != null) {
            timeout.cancel();
        }
        timeout = next;
    }

    /** The connection has ended. */
    void end(MqttException cause) {
        setTimeout(null);
        authentication.completer().failAll(stages, cause);
    }
}
