package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.net.BrokerAddress;
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
 * Keeps the session connected, with one {@link ConnectionAttempt} after the other. On the session's executor only,
 * except for {@link #isConnected}.
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

    private final ConnectionLog connectionLog;
    private final SerialExecutor executor;
    private final Timer timer;
    private final Counters counters;
    private final SubscriptionSync subscriptionSync;
    private final PublishQueue publishQueue;
    private final ReceiveQueue receiveQueue;
    private final ReconnectPolicy reconnectPolicy;
    private final Presence presence;
    private final CredentialsLookup credentialsLookup;
    private final OpeningStages openingStages;

    private State state = State.CLOSED;
    private @Nullable ConnectionAttempt attempt;
    private Timer.@Nullable Task retry;
    private @Nullable Runnable whenDrained;
    private volatile boolean connected;

    ConnectionLifecycle(
            ReconnectPolicy reconnectPolicy,
            CredentialsLookup credentialsLookup,
            Presence presence,
            ConnectionLog connectionLog,
            SerialExecutor executor,
            Timer timer,
            OpeningStages openingStages,
            Counters counters,
            SubscriptionSync subscriptionSync,
            PublishQueue publishQueue,
            ReceiveQueue receiveQueue) {
        this.reconnectPolicy = reconnectPolicy;
        this.credentialsLookup = credentialsLookup;
        this.presence = presence;
        this.connectionLog = connectionLog;
        this.executor = executor;
        this.timer = timer;
        this.openingStages = openingStages;
        this.counters = counters;
        this.subscriptionSync = subscriptionSync;
        this.publishQueue = publishQueue;
        this.receiveQueue = receiveQueue;
    }

    boolean isConnected() {
        return connected;
    }

    boolean hasEnded() {
        return state == State.ENDED;
    }

    void connect(CompletableFuture<@Nullable Void> stage) {
        if (state == State.OPEN) {
            openingStages.complete(stage);
            return;
        }
        openingStages.add(stage);
        if (state == State.CLOSED) {
            reconnectPolicy.reset();
            connect();
        }
    }

    /** As {@link #connect}, but the stage fails when no address of the broker answers the first time. */
    void start(CompletableFuture<@Nullable Void> stage) {
        if (state != State.OPEN) { // the application may have connected before
            openingStages.addFailFast(stage);
        }
        connect(state == State.OPEN ? stage : new CompletableFuture<>());
    }

    /** Closes the connection at once and fails everything that is open. */
    void close() {
        MqttException cause = new MqttException("disconnected by the application");
        boolean wasConnected = connected;
        closeAttempt(true, cause);
        state = State.CLOSED;
        publishQueue.failAll(cause);
        MqttException requested = new IgnoredFailures.KnownFailure(String.valueOf(cause.getMessage()));
        subscriptionSync.failAll(requested);
        openingStages.failAll(requested);
        if (wasConnected) {
            connectionLog.closed();
        }
    }

    /**
     * Runs an action as soon as all admitted messages are acknowledged, or cannot be because the broker does not
     * answer.
     */
    void drain(Runnable whenDrained) {
        if (state == State.CLOSED || state == State.ENDED || publishQueue.isEmpty()) {
            whenDrained.run();
            return;
        }
        this.whenDrained = whenDrained;
        publishQueue.whenEmpty(whenDrained);
        retryNow();
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
        attempt = new ConnectionAttempt(
                this, subscriptionSync, receiveQueue, publishQueue, executor, timer, reconnectPolicy.nextServer());
        credentialsLookup.begin(attempt);
    }

    @Override
    public void accepted(ConnectionAttempt accepted, Transport.Connection connection, boolean sessionPresent) {
        state = State.SUBSCRIBING;
        connected = true;
        reconnectPolicy.accepted();
        counters.connects.increment();
        boolean reconnect = counters.connects.sum() > 1;
        subscriptionSync.connected(connection, accepted, () -> open(accepted.server(), sessionPresent, reconnect));
        presence.online(connection);
        publishQueue.connected(connection);
    }

    private void open(BrokerAddress server, boolean sessionPresent, boolean reconnect) {
        state = State.OPEN;
        connectionLog.opened(server, sessionPresent, reconnect, subscriptionSync.summary());
        openingStages.completeAll();
    }

    /** The attempt failed or the connection is lost: reports it and schedules the next attempt. */
    @Override
    public void lost(ConnectionAttempt lost, MqttException cause) {
        lost(lost, connected ? connectionLost(lost, cause) : reconnectPolicy.attemptFailed(), false, cause);
    }

    private Duration connectionLost(ConnectionAttempt lost, MqttException cause) {
        OutboundMessage first = lost.firstUnanswered(subscriptionSync.wasAnswered());
        boolean hungUpOnRequest = first == null && subscriptionSync.isWaiting() && ReconnectPolicy.isNoAnswer(cause);
        if (hungUpOnRequest) {
            subscriptionSync.hungUpOnRequest();
        } else {
            subscriptionSync.lostOtherwise();
        }
        return reconnectPolicy.connectionLost(cause, first, hungUpOnRequest);
    }

    private void lost(ConnectionAttempt lost, Duration delay, boolean orderly, MqttException cause) {
        boolean wasConnected = connected;
        closeAttempt(orderly, cause);
        state = State.WAITING;
        if (!delay.isZero()) {
            openingStages.failFast(cause);
        }
        retry = timer.schedule(delay, () -> executor.execute(this::retryNow));
        if (wasConnected) {
            connectionLog.lost(
                    lost.server(),
                    delay,
                    cause,
                    reconnectPolicy.suspectsTakeover(),
                    reconnectPolicy.suspectedMessage());
        } else {
            connectionLog.attemptFailed(lost.server(), delay, cause, reconnectPolicy.failures());
        }
        if (whenDrained != null) { // no time for the backoff: one more attempt, unless the last one failed
            if (wasConnected || delay.isZero()) {
                retryNow();
            } else {
                whenDrained.run();
            }
        }
    }

    private void retryNow() {
        if (state == State.WAITING) {
            if (retry != null) {
                retry.cancel();
            }
            connect();
        }
    }

    /** Returns whether messages of this order are acknowledged on the open connection, not an earlier one. */
    boolean isCurrent(AcknowledgementOrder order) {
        return attempt != null && attempt.acknowledgements() == order;
    }

    /** Ends the connection and opens it again, so that the broker sends unacknowledged messages again. */
    void reconnect(MqttException cause) {
        if (attempt != null) {
            lost(attempt, reconnectPolicy.redeliveryRequested(), true, cause);
        }
    }

    private void closeAttempt(boolean orderly, MqttException cause) {
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
        if (attempt != null) {
            if (orderly && connected) {
                attempt.sendBeforeClose(presence::offline); // after DISCONNECT the broker does not publish the will
            }
            attempt.close(orderly);
            attempt = null;
        }
        connected = false;
        subscriptionSync.lost();
        publishQueue.lost(cause);
    }
}
