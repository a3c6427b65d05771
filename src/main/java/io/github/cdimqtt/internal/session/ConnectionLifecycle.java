package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.Terms;
import io.github.cdimqtt.internal.reporting.Counters;
import io.github.cdimqtt.internal.reporting.IgnoredFailures;
import io.github.cdimqtt.internal.session.outbound.PublishQueue;
import io.github.cdimqtt.internal.session.reconnect.ReconnectPolicy;
import io.github.cdimqtt.internal.transport.PacketChannel;
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

    private final SessionParts parts;
    private final ConnectionLog connectionLog;
    private final Counters counters;
    private final PublishQueue publishQueue;
    private final ReconnectPolicy reconnectPolicy;
    private final Presence presence;
    private final CredentialsLookup credentialsLookup;
    private final OpeningStages openingStages;
    private final Drain drain = new Drain();
    private final ClosingChannels closingChannels = new ClosingChannels();

    private State state = State.CLOSED;
    private @Nullable ConnectionAttempt attempt;
    private Timer.Task retry = () -> {};
    private volatile boolean connected;

    ConnectionLifecycle(
            SessionParts parts,
            ReconnectPolicy reconnectPolicy,
            CredentialsLookup credentialsLookup,
            Presence presence,
            ConnectionLog connectionLog,
            OpeningStages openingStages,
            Counters counters) {
        this.parts = parts;
        this.reconnectPolicy = reconnectPolicy;
        this.credentialsLookup = credentialsLookup;
        this.presence = presence;
        this.connectionLog = connectionLog;
        this.openingStages = openingStages;
        this.counters = counters;
        this.publishQueue = parts.publishQueue();
    }

    boolean isConnected() {
        return connected;
    }

    /** As {@link #connect}, but the stage fails where the connection is closed. */
    void whenOpen(CompletableFuture<@Nullable Void> stage) {
        if (state == State.CLOSED || state == State.ENDED) {
            openingStages.fail(stage, new MqttException("the connection is closed"));
        } else {
            connect(stage);
        }
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

    /** Proves again who the client is (MQTT 5.0, section 4.12.1). */
    void reauthenticate(CompletableFuture<@Nullable Void> stage) {
        if (attempt == null || !connected) {
            openingStages.fail(
                    stage, new MqttException("reauthenticate: not connected; call it after MqttEvent.Connected"));
        } else {
            attempt.authentication().repeat(stage);
        }
    }

    /** Closes the connection at once with this last packet, and fails everything that is open. */
    void close(Packet.Disconnect last) {
        MqttException cause = new MqttException("disconnected by the application");
        boolean wasConnected = connected;
        closeAttempt(last, cause);
        state = State.CLOSED;
        publishQueue.failAll(cause);
        MqttException requested = new IgnoredFailures.KnownFailure(String.valueOf(cause.getMessage()));
        parts.subscriptionSync().failAll(requested);
        openingStages.failAll(requested);
        parts.requester().failAll(requested);
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
        drain.begin(whenDrained);
        publishQueue.whenEmpty(whenDrained);
        retryNow();
    }

    /** Closes for good. Called once. */
    void end() {
        close(parts.connectPacket().lastDisconnect());
        state = State.ENDED;
    }

    private void connect() {
        state = State.CONNECTING;
        ConnectionAttempt next = new ConnectionAttempt(this, parts, reconnectPolicy.nextServer());
        attempt = next;
        if (closingChannels.isEmpty()) {
            credentialsLookup.begin(next);
        } else {
            closingChannels.whenClosed(() -> next.onExecutor(() -> credentialsLookup.begin(next)));
        }
    }

    @Override
    public void accepted(
            ConnectionAttempt accepted, PacketChannel channel, Packet.ConnAck answer, boolean sessionKept) {
        state = State.SUBSCRIBING;
        Terms terms = answer.terms();
        reconnectPolicy.accepted(terms.sessionExpiry(parts.config().sessionExpiry()));
        parts.connectPacket().accepted(terms);
        connectionLog.agreed(parts.config().sessionExpiry(), terms);
        counters.connects.increment();
        parts.requester().connected(terms, sessionKept);
        Runnable open = () -> open(accepted.server(), answer);
        parts.subscriptionSync()
                .connected( // opens when messages can be sent
                        accepted.requests(), terms, sessionKept, () -> accepted.onExecutor(open));
        try {
            publishQueue.connected(channel, sessionKept, terms, presence.online());
        } catch (MqttException notStored) {
            accepted.lost(notStored);
        }
        connected = true;
    }

    private void open(BrokerAddress server, Packet.ConnAck answer) {
        state = State.OPEN;
        connectionLog.opened(
                server,
                answer,
                counters.connects.sum() > 1,
                parts.subscriptionSync().summary());
        openingStages.completeAll();
    }

    /** The attempt failed or the connection is lost: reports it and schedules the next attempt. */
    @Override
    public void lost(ConnectionAttempt lost, MqttException cause) {
        Duration delay =
                connected ? lost.requests().connectionLost(cause, reconnectPolicy) : reconnectPolicy.attemptFailed();
        lost(lost, delay, null, cause);
    }

    private void lost(ConnectionAttempt lost, Duration delay, Packet.@Nullable Disconnect last, MqttException cause) {
        boolean wasConnected = connected;
        closeAttempt(last, cause);
        state = State.WAITING;
        if (!delay.isZero()) {
            openingStages.failFast(cause);
        }
        retry = parts.timer().schedule(delay, () -> parts.executor().execute(this::retryNow));
        if (wasConnected) {
            connectionLog.lost(lost.server(), delay, cause, reconnectPolicy);
        } else {
            connectionLog.attemptFailed(lost.server(), delay, cause, reconnectPolicy.failures());
        }
        if (drain.retriesAtOnce(delay, wasConnected)) {
            retryNow();
        }
    }

    private void retryNow() {
        if (state == State.WAITING) {
            retry.cancel();
            connect();
        }
    }

    /** Ends the connection and opens it again, so that the broker sends unacknowledged messages again. */
    void reconnect(MqttException cause) {
        if (attempt != null) {
            lost(attempt, reconnectPolicy.redeliveryRequested(), new Packet.Disconnect(), cause);
        }
    }

    private void closeAttempt(Packet.@Nullable Disconnect last, MqttException cause) {
        retry.cancel();
        Packet.Publish offline = presence.offline();
        if (last != null && connected && offline != null) { // after DISCONNECT the broker does not publish the will
            publishQueue.sendBeforeClose(offline);
        }
        parts.receiveQueue().disconnected(); // before the channel is closed: what was not sent is not acknowledged
        publishQueue.disconnected(cause);
        parts.requester().lost();
        parts.subscriptionSync().lost();
        if (attempt != null) {
            closingChannels.add(attempt.close(last, cause));
            attempt = null;
        }
        connected = false;
    }

    /** Waits until the last connection has sent its last packets, about a second. */
    void awaitClosed() {
        closingChannels.await();
    }
}
