package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.packet.Packet;
import java.io.EOFException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Records how attempts and connections ended, and decides where and when to connect next. On the session's executor
 * only.
 */
final class ReconnectPolicy {
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

    ReconnectPolicy(List<BrokerAddress> servers, Backoff backoff, Timer timer) {
        this.servers = servers;
        this.backoff = backoff;
        this.timer = timer;
    }

    /** Starts anew with the first address. */
    void reset() {
        failures = 0;
        shortConnections = 0;
        redeliveries = 0;
        takeover.reset();
        poison.reset();
    }

    /** Returns the address for the next attempt: one after the other, and the first again after each outage. */
    BrokerAddress nextServer() {
        return servers.get(failures % servers.size());
    }

    void accepted() {
        acceptedAt = timer.nanoTime();
    }

    /** An attempt failed. Returns the delay: zero while there is another address to try. */
    Duration attemptFailed() {
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
    Duration connectionLost(Throwable cause, Packet.@Nullable Publish unanswered, boolean hungUpOnRequest) {
        shortConnections = livedFor(STABLE_AFTER) ? 0 : shortConnections + 1;
        poison.connectionEnded(isHangUp(cause) ? unanswered : null, shortConnections > 0);
        if (shortConnections == 0 || hungUpOnRequest || poison.isLikely()) {
            takeover.otherCause();
        } else if (isEviction(cause)) {
            takeover.evicted();
        }
        redeliveries = 0;
        failures = 0;
        return backoff.after(Math.max(1, shortConnections));
    }

    /**
     * The session ends a connection, so that the broker sends a message again. Returns the delay, which grows while
     * that does not help.
     */
    Duration redeliveryRequested() {
        poison.reset();
        redeliveries = livedFor(REDELIVERY_HELPED_AFTER) ? 1 : redeliveries + 1;
        shortConnections = 0;
        failures = 0;
        return backoff.after(redeliveries);
    }

    /** Returns the number of failed attempts in a row. */
    int failures() {
        return failures;
    }

    /**
     * Returns, once, whether the broker hung up again and again, as when a second client with the same client
     * identifier connects.
     */
    boolean suspectsTakeover() {
        return takeover.isNewlySuspected();
    }

    /** Returns, once, the message over which the broker hung up again and again; otherwise null. */
    Packet.@Nullable Publish suspectedMessage() {
        return poison.newlySuspected();
    }

    /**
     * Returns whether the broker closed the connection [MQTT-3.1.4-2]. A bad network is silent or breaks the
     * connection, and often the next attempts fail.
     */
    private static boolean isEviction(Throwable cause) {
        return cause.getCause() instanceof EOFException;
    }

    /**
     * Returns whether the broker hung up. If it did so with packets unread, the connection is reset, or our next write
     * fails.
     */
    private static boolean isHangUp(Throwable cause) {
        return isEviction(cause) || cause.getCause() instanceof SocketException;
    }

    /** Returns whether the broker hung up instead of answering, or did not answer in time. */
    static boolean isNoAnswer(Throwable cause) {
        return isHangUp(cause) || cause.getCause() instanceof TimeoutException;
    }

    private boolean livedFor(Duration time) {
        return timer.nanoTime() - acceptedAt > time.toNanos();
    }
}
