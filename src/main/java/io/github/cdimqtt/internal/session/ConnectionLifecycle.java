package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.reporting.Counters;
import io.github.cdimqtt.internal.reporting.IgnoredFailures;
import io.github.cdimqtt.internal.session.inbound.AcknowledgementOrder;
import io.github.cdimqtt.internal.session.inbound.ReceiveQueue;
import io.github.cdimqtt.internal.session.outbound.PublishQueue;
import io.github.cdimqtt.internal.session.subscription.SubscriptionSync;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import io.github.cdimqtt.internal.transport.Transport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the session connected: closed, connecting, subscribing, open, and waiting to try again. One {@link ConnectionAttempt} for
 * each attempt. On the session's executor only, but for {@link #isConnected}.
 */
final class ConnectionLifecycle implements ConnectionAttempt.Owner {
    private enum State {
        CLOSED,
        CONNECTING,
        SUBSCRIBING,
        OPEN,
        WAITING,
        ENDED
    }

    private final ConnectionLog news;
    private final SerialExecutor executor;
    private final Timer timer;
    private final Counters counters;
    private final SubscriptionSync subscriber;
    private final PublishQueue outbox;
    private final ReceiveQueue inbox;
    private final ReconnectPolicy outages;
    private final Presence presence;
    private final CredentialsLookup login;
    private final OpeningStages opening;

    private State state = State.CLOSED;
    private @Nullable ConnectionAttempt attempt;
    private Timer.@Nullable Task retry;
    private @Nullable Runnable drained;
    private volatile boolean connected;

    ConnectionLifecycle(
            ReconnectPolicy outages,
            CredentialsLookup login,
            Presence presence,
            ConnectionLog news,
            SerialExecutor executor,
            Timer timer,
            OpeningStages opening,
            Counters counters,
            SubscriptionSync subscriber,
            PublishQueue outbox,
            ReceiveQueue inbox) {
        this.outages = outages;
        this.login = login;
        this.presence = presence;
        this.news = news;
        this.executor = executor;
        this.timer = timer;
        this.opening = opening;
        this.counters = counters;
        this.subscriber = subscriber;
        this.outbox = outbox;
        this.inbox = inbox;
    }

    boolean isConnected() {
        return connected;
    }

    boolean hasEnded() {
        return state == State.ENDED;
    }

    void connect(CompletableFuture<@Nullable Void> reply) {
        if (state == State.OPEN) {
            opening.complete(reply);
            return;
        }
        opening.add(reply);
        if (state == State.CLOSED) {
            outages.reset();
            connect();
        }
    }

    /** As {@link #connect}, but tells of the first failure. */
    void start(CompletableFuture<@Nullable Void> reply) {
        if (state != State.OPEN) { // the application was not quicker
            opening.addImpatient(reply);
        }
        connect(state == State.OPEN ? reply : new CompletableFuture<>());
    }

    /** Closes at once and fails what is open. */
    void close() {
        MqttException cause = new MqttException("disconnected by the application");
        boolean wasConnected = connected;
        drop(true, cause);
        state = State.CLOSED;
        outbox.failAll(cause);
        MqttException asItAsked = new IgnoredFailures.KnownFailure(String.valueOf(cause.getMessage()));
        subscriber.fail(asItAsked);
        opening.failAll(asItAsked);
        if (wasConnected) {
            news.closed();
        }
    }

    /** Runs something as soon as what was accepted is answered, or cannot be because no broker is there. */
    void drain(Runnable then) {
        if (state == State.CLOSED || state == State.ENDED || outbox.isEmpty()) {
            then.run();
            return;
        }
        drained = then;
        outbox.whenEmpty(then);
        tryAgain();
    }

    /** Closes for good. Idempotent. */
    void end() {
        if (state != State.ENDED) {
            close();
            state = State.ENDED;
        }
    }

    private void connect() {
        state = State.CONNECTING;
        attempt = new ConnectionAttempt(this, subscriber, inbox, outbox, executor, timer, outages.nextUri());
        login.begin(attempt);
    }

    @Override
    public void accepted(ConnectionAttempt accepted, Transport.Connection connection, boolean sessionPresent) {
        state = State.SUBSCRIBING;
        connected = true;
        outages.accepted();
        counters.connects.increment();
        boolean reconnect = counters.connects.sum() > 1;
        subscriber.connected(connection, accepted, () -> opened(accepted.shownUri(), sessionPresent, reconnect));
        presence.online(connection);
        outbox.connected(connection);
    }

    private void opened(String serverUri, boolean sessionPresent, boolean reconnect) {
        state = State.OPEN;
        news.opened(serverUri, sessionPresent, reconnect, subscriber.state());
        opening.completeAll();
    }

    /** The attempt failed or the connection is gone: tell, and try again. */
    @Override
    public void lost(ConnectionAttempt lost, MqttException cause) {
        lost(lost, connected ? connectionLost(lost, cause) : outages.attemptFailed(), false, cause);
    }

    private Duration connectionLost(ConnectionAttempt lost, MqttException cause) {
        OutboundMessage first = lost.firstUnanswered(subscriber.wasAnswered());
        boolean overARequest = first == null && subscriber.isWaiting() && ReconnectPolicy.isNoAnswer(cause);
        if (overARequest) {
            subscriber.hungUp();
        } else {
            subscriber.lostOverSomethingElse();
        }
        return outages.connectionLost(cause, first, overARequest);
    }

    private void lost(ConnectionAttempt lost, Duration delay, boolean byUs, MqttException cause) {
        boolean wasConnected = connected;
        drop(byUs, cause);
        state = State.WAITING;
        if (!delay.isZero()) {
            opening.failImpatient(cause);
        }
        retry = timer.schedule(delay, () -> executor.execute(this::tryAgain));
        if (wasConnected) {
            news.lost(lost.shownUri(), delay, cause, outages.suspectsTakeover(), outages.suspectedMessage());
        } else {
            news.attemptFailed(lost.shownUri(), delay, cause, outages.failures());
        }
        if (drained != null) { // no time for a back-off: one more try, unless the last one failed
            if (wasConnected || delay.isZero()) {
                tryAgain();
            } else {
                drained.run();
            }
        }
    }

    private void tryAgain() {
        if (state == State.WAITING) {
            if (retry != null) {
                retry.cancel();
            }
            connect();
        }
    }

    /** Tells whether messages are acknowledged on the connection that is open, or one that ended. */
    boolean isCurrent(AcknowledgementOrder acknowledger) {
        return attempt != null && attempt.acknowledgements() == acknowledger;
    }

    /** Ends the connection and opens it again, so that the broker sends again what is not acknowledged. */
    void reconnect(MqttException cause) {
        if (attempt != null) {
            lost(attempt, outages.connectionEnded(), true, cause);
        }
    }

    private void drop(boolean orderly, MqttException cause) {
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
        if (attempt != null) {
            if (orderly && connected) {
                attempt.say(presence::offline); // with DISCONNECT the broker forgets the will
            }
            attempt.close(orderly);
            attempt = null;
        }
        connected = false;
        subscriber.lost();
        outbox.lost(cause);
    }
}
