package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import java.io.EOFException;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Remembers how attempts and connections ended, and says where and when to try next. On the session's lane only. */
final class ReconnectPolicy {
    /** A connection that lived this long was a good one: the next outage starts with the shortest delay again. */
    private static final Duration STABLE = Duration.ofSeconds(10);

    /** After this time without a failed observer, the next one starts with the shortest delay again. */
    private static final Duration HELPFUL = Duration.ofMinutes(2);

    private final List<String> serverUris;
    private final Backoff backoff;
    private final Timer timer;
    private final PoisonMessageDetector obstacle = new PoisonMessageDetector();
    private final TakeoverDetector takeover = new TakeoverDetector();
    private int failures;
    private int shortLives;
    private int endedByUs;
    private long acceptedAt;

    ReconnectPolicy(List<String> serverUris, Backoff backoff, Timer timer) {
        this.serverUris = serverUris;
        this.backoff = backoff;
        this.timer = timer;
    }

    /** Begins anew with the first address. */
    void reset() {
        failures = 0;
        shortLives = 0;
        endedByUs = 0;
        takeover.reset();
        obstacle.reset();
    }

    /** Returns the address to try: one after the other, the first again after each outage. */
    String nextUri() {
        return serverUris.get(failures % serverUris.size());
    }

    void accepted() {
        acceptedAt = timer.nanoTime();
    }

    /** An attempt failed. Returns how long to wait: not at all while there is another address to try. */
    Duration attemptFailed() {
        failures++;
        takeover.otherwise(); // a broker that another client uses answers
        return failures % serverUris.size() == 0 ? backoff.after(failures / serverUris.size()) : Duration.ZERO;
    }

    /**
     * A connection was lost. Returns how long to wait: longer each time, while connections do not live.
     *
     * @param firstUnanswered the message that the broker was to answer first, if there is one
     * @param overARequest whether it hung up in place of an answer to a subscribe or unsubscribe: no rival does
     */
    Duration connectionLost(Throwable cause, @Nullable OutboundMessage firstUnanswered, boolean overARequest) {
        shortLives = lived(STABLE) ? 0 : shortLives + 1;
        obstacle.connectionEnded(isHangUp(cause) ? firstUnanswered : null, shortLives > 0);
        if (shortLives == 0 || overARequest || obstacle.isLikely()) {
            takeover.otherwise();
        } else if (isEviction(cause)) {
            takeover.evicted();
        }
        endedByUs = 0;
        failures = 0;
        return backoff.after(Math.max(1, shortLives));
    }

    /** We end a connection, so that a message comes again. Returns how long to wait: longer each time it does not help. */
    Duration connectionEnded() {
        obstacle.reset();
        endedByUs = lived(HELPFUL) ? 1 : endedByUs + 1;
        shortLives = 0;
        failures = 0;
        return backoff.after(endedByUs);
    }

    /** Returns how many attempts failed in a row. */
    int failures() {
        return failures;
    }

    /** Tells, once, that the broker hung up again and again, as it does when a second client of the same id connects. */
    boolean suspectsTakeover() {
        return takeover.news();
    }

    /** Returns, once, the message that the broker hung up on again and again; otherwise null. */
    @Nullable
    OutboundMessage suspectedMessage() {
        return obstacle.news();
    }

    /** The broker hangs up [MQTT-3.1.4-2]; a bad line is silent or breaks, and often there is no way back. */
    private static boolean isEviction(Throwable cause) {
        return cause.getCause() instanceof EOFException;
    }

    /** With more of ours on its way that it has not read, its end of the line is reset, or ours breaks. */
    private static boolean isHangUp(Throwable cause) {
        return isEviction(cause) || cause.getCause() instanceof SocketException;
    }

    /** It hung up in place of an answer, or gave none for as long as we wait. */
    static boolean isNoAnswer(Throwable cause) {
        return isHangUp(cause) || cause.getCause() instanceof TimeoutException;
    }

    private boolean lived(Duration time) {
        return timer.nanoTime() - acceptedAt > time.toNanos();
    }
}
