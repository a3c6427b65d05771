package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.internal.concurrent.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the messages of QoS 0 that wait within bounds. When as many wait as may, reading from the network stops, so that
 * TCP holds the sender back. While the broker owes an answer that somebody may wait for, reading goes on, and what comes
 * is taken as long as its bytes have room. Where holding back any longer would cost the connection, reading goes on as
 * well, and messages are dropped until there is room. Thread-safe.
 */
final class Backpressure {
    private static final Duration WHILE_ANSWERS_ARE_DUE = Duration.ofSeconds(1);
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(1);

    /** What is full holds an answer back longer than this, but not longer than whoever waits for it would. */
    private static final Duration LONGEST_FOR_AN_ANSWER = Duration.ofSeconds(10);

    private enum Mode {
        FLOWING,
        PAUSED,
        /** Reading goes on until the broker has answered. */
        ANSWERING,
        /** Reading goes on until there is room. */
        LATE
    }

    private final int capacity;
    private final long mostBytes;
    private final Duration longestPause;
    private final BooleanSupplier answersAreDue;
    private final Timer timer;
    private final BiConsumer<String, Long> report;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong bytesWaiting = new AtomicLong();
    private final AtomicLong unreported = new AtomicLong();
    private final AtomicBoolean reporting = new AtomicBoolean();
    private volatile Mode mode = Mode.FLOWING;
    private volatile int allowance; // how many may wait before messages are dropped
    private volatile String lastDropped = "";
    private @Nullable MessageSource paused; // guarded by this
    private Timer.@Nullable Task pauseEnds; // guarded by this
    private boolean hurried; // guarded by this; the pause is short already
    private boolean full; // guarded by this; it began as the bytes are used up

    /**
     * Creates it.
     *
     * @param capacity how many messages may wait before reading stops
     * @param mostBytes how many bytes may wait in any case
     * @param longestPause how long reading may stop
     * @param answersAreDue whether the broker owes an answer, so that reading must go on soon
     * @param report hears of dropped messages, at most once a second: the topic of the last, and how many
     */
    Backpressure(
            int capacity,
            long mostBytes,
            Duration longestPause,
            BooleanSupplier answersAreDue,
            Timer timer,
            BiConsumer<String, Long> report) {
        this.capacity = capacity;
        this.allowance = capacity;
        this.mostBytes = mostBytes;
        this.longestPause = longestPause;
        this.answersAreDue = answersAreDue;
        this.timer = timer;
        this.report = report;
    }

    /** Takes a message in, or drops it. The one that finds the queue full is the last that is taken. */
    boolean admit(String topic, int bytes, MessageSource from) {
        boolean full = bytesWaiting.addAndGet(bytes) > mostBytes;
        if (waiting.incrementAndGet() <= capacity && !full) {
            return true;
        }
        if (mode == Mode.LATE && (full || waiting.get() > allowance)) {
            bytesWaiting.addAndGet(-bytes);
            waiting.decrementAndGet();
            drop(topic);
            return false;
        }
        if (mode == Mode.FLOWING || mode == Mode.ANSWERING && (full || !answersAreDue.getAsBoolean())) {
            stop(full, from);
        }
        return true;
    }

    /** A connection begins, and nobody holds its reading back yet: a pause was of the one before. */
    synchronized void connected() {
        if (mode == Mode.PAUSED || mode == Mode.ANSWERING) {
            flow();
        }
    }

    /** A message is done. */
    void release(int bytes) {
        bytesWaiting.addAndGet(-bytes);
        waiting.decrementAndGet();
        if (isHalfEmpty() && mode != Mode.FLOWING) {
            flow();
        }
    }

    private synchronized void stop(boolean full, MessageSource from) {
        if (mode == Mode.FLOWING || mode == Mode.ANSWERING) {
            allowance = Math.max(allowance, waiting.get()); // what was read for an answer is no reason to drop
            mode = Mode.PAUSED;
            this.full = full;
            paused = from;
            from.pause();
            hurried = answersAreDue.getAsBoolean();
            pauseEnds = timer.schedule(hurried ? shorter() : longestPause, this::giveUp);
            if (isHalfEmpty()) {
                flow(); // all was handled in the meantime, and no further release would tell
            }
        }
    }

    /** The broker owes an answer from now on: a pause that has begun gets shorter. */
    void answerIsDue() {
        if (mode == Mode.PAUSED) {
            hurry();
        }
    }

    private synchronized void hurry() {
        if (mode == Mode.PAUSED && pauseEnds != null && !hurried) {
            hurried = true; // once: who publishes all the time must not prolong it
            pauseEnds.cancel();
            pauseEnds = timer.schedule(shorter(), this::giveUp);
        }
    }

    private Duration shorter() {
        Duration pause = full ? LONGEST_FOR_AN_ANSWER : WHILE_ANSWERS_ARE_DUE;
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }

    private synchronized void giveUp() {
        if (mode == Mode.PAUSED) {
            mode = hurried && !full ? Mode.ANSWERING : Mode.LATE;
            resume();
        }
    }

    private void resume() {
        if (paused != null) {
            paused.resume();
        }
    }

    private synchronized void flow() {
        if (mode == Mode.PAUSED) {
            resume();
        }
        if (pauseEnds != null) {
            pauseEnds.cancel();
            pauseEnds = null;
        }
        allowance = capacity;
        mode = Mode.FLOWING;
    }

    private boolean isHalfEmpty() {
        return waiting.get() <= capacity / 2 && bytesWaiting.get() <= mostBytes / 2;
    }

    private void drop(String topic) {
        lastDropped = topic;
        unreported.incrementAndGet();
        if (reporting.compareAndSet(false, true)) {
            timer.schedule(BETWEEN_REPORTS, () -> {
                reporting.set(false);
                report.accept(lastDropped, unreported.getAndSet(0));
            });
        }
    }
}
