package io.github.cdimqtt.internal.session.reconnect;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.packet.Packet;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records how attempts and connections ended, and decides where and when to connect next. On the session's executor
 * only.
 */
public final class ReconnectPolicy {
    /** After a connection that lived this long, the next outage starts with the shortest delay again. */
    private static final Duration STABLE_AFTER = Duration.ofSeconds(10);

    /** After this time without a redelivery, the next one starts with the shortest delay again. */
    private static final Duration REDELIVERY_HELPED_AFTER = Duration.ofMinutes(2);

    private final List<BrokerAddress> servers;
    private final Backoff backoff;
    private final Timer timer;
    private final PoisonMessageDetector poison = new PoisonMessageDetector();
    private final TakeoverDetector takeover = new TakeoverDetector();
    private int failures;
    private int shortConnections;
    private int redeliveries;
    private long acceptedAt;
    private Duration sessionExpiry = Duration.ZERO;

    public ReconnectPolicy(List<BrokerAddress> servers, Backoff backoff, Timer timer) {
        this.servers = servers;
        this.backoff = backoff;
        this.timer = timer;
    }

    /** Starts anew with the first address. */
    public void reset() {
        failures = 0;
        shortConnections = 0;
        redeliveries = 0;
        takeover.reset();
        poison.reset();
    }

    /** Returns the address for the next attempt: one after the other, and the first again after each outage. */
    public BrokerAddress nextServer() {
        return servers.get(failures % servers.size());
    }

    /**
     * The broker accepted a connection.
     *
     * @param sessionExpiry how long it keeps the session when the connection is gone
     */
    public void accepted(Duration sessionExpiry) {
        this.sessionExpiry = sessionExpiry;
        acceptedAt = timer.nanoTime();
    }

    /** Returns whether the broker keeps the session from one connection to the next. */
    public boolean isSessionKept() {
        return !sessionExpiry.isZero();
    }

    /** An attempt failed. Returns the delay: zero while there is another address to try. */
    public Duration attemptFailed() {
        failures++;
        takeover.otherCause(); // a broker that another client uses would answer
        return failures % servers.size() == 0 ? backoff.after(failures / servers.size()) : Duration.ZERO;
    }

    /**
     * A connection was lost. Returns the delay, which grows while connections are short-lived.
     *
     * @param unanswered the message that the broker had to answer first; null if there was none
     * @param hungUpOnRequest whether the broker hung up instead of answering a SUBSCRIBE or UNSUBSCRIBE, which no
     *     takeover causes
     */
    public Duration connectionLost(MqttException cause, Packet.@Nullable Publish unanswered, boolean hungUpOnRequest) {
        ConnectionEnd end = new ConnectionEnd(cause);
        shortConnections = livedFor(STABLE_AFTER) || end.isShutdown() ? 0 : shortConnections + 1;
        if (end.isOverMessage()) {
            poison.refused(unanswered);
        } else {
            poison.connectionEnded(end.isHangUp() ? unanswered : null, shortConnections > 0);
        }
        if (end.isTakeover()) {
            takeover.certain();
        } else if (shortConnections == 0 || hungUpOnRequest || poison.isLikely()) {
            takeover.otherCause();
        } else if (end.isEviction()) {
            takeover.evicted();
        }
        redeliveries = 0;
        failures = 0;
        return backoff.after(Math.max(1, shortConnections));
    }

    /**
     * The session ends a connection, so that the broker sends a message again. Returns the delay, which grows while
     * that does not help, up to half of the time that the broker keeps the message.
     */
    public Duration redeliveryRequested() {
        poison.reset();
        redeliveries = livedFor(REDELIVERY_HELPED_AFTER) ? 1 : redeliveries + 1;
        shortConnections = 0;
        failures = 0;
        Duration delay = backoff.after(redeliveries);
        Duration longest = sessionExpiry.dividedBy(2);
        return delay.compareTo(longest) < 0 ? delay : longest;
    }

    /** Returns the number of failed attempts in a row. */
    public int failures() {
        return failures;
    }

    /**
     * Returns, once, whether a second client has the same client identifier: the broker hung up again and again, or says so.
     */
    public boolean suspectsTakeover() {
        return takeover.isNewlySuspected();
    }

    /** Returns, once, the message over which the broker hung up again and again; otherwise null. */
    public Packet.@Nullable Publish suspectedMessage() {
        return poison.newlySuspected();
    }

    private boolean livedFor(Duration time) {
        return timer.nanoTime() - acceptedAt > time.toNanos();
    }
}
