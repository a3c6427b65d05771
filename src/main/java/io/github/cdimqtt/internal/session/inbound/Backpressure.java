package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the queued messages of QoS 0. When the queue is full, reading from the network stops, so that TCP slows the
 * sender. While callers may wait for an answer of the broker, reading continues, and messages are accepted as long as
 * their bytes have room. When a longer pause would cost the connection, reading continues, too, and messages are
 * dropped until there is room. Thread-safe.
 */
final class Backpressure {
    /** How long reading may pause while an answer is due. */
    private static final Duration ANSWER_PAUSE = Duration.ofSeconds(1);

    /** How often a pause checks whether an answer is due. */
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE_WITHOUT_KEEP_ALIVE = Duration.ofSeconds(20);

    /**
     * How long reading may pause while an answer is due and the bytes are used up: shorter than callers wait for an
     * answer.
     */
    private static final Duration FULL_ANSWER_PAUSE = Duration.ofSeconds(10);

    private enum Mode {
        READING,
        PAUSED,
        /** Reading continues until the broker has answered. */
        READING_FOR_ANSWER,
        /** Reading continues, and messages are dropped until there is room. */
        DROPPING
    }

    private final int capacity;
    private final long maxBytes;
    private final BooleanSupplier answerDue;
    private final Timer timer;
    private final BiConsumer<String, Long> dropListener;
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicLong unreportedDrops = new AtomicLong();
    private final AtomicBoolean reportScheduled = new AtomicBoolean();
    private volatile Mode mode = Mode.READING;
    private volatile int dropLimit; // how many may be queued before messages are dropped
    private volatile String lastDroppedTopic = "";
    private Duration maxPause = Duration.ZERO; // guarded by this; how long reading may stop on this connection
    private @Nullable PacketChannel pausedChannel; // guarded by this
    private Timer.@Nullable Task nextCheck; // guarded by this
    private Duration paused = Duration.ZERO; // guarded by this; as of the last check
    private Duration due = Duration.ZERO; // guarded by this; how long of it an answer has been due
    private boolean full; // guarded by this; the bytes are used up

    /**
     * Creates an empty bound.
     *
     * @param capacity how many messages may be queued before reading stops
     * @param maxBytes how many bytes may be queued in any case
     * @param answerDue whether an answer of the broker is due, so that reading must continue soon
     * @param dropListener receives the last topic and the number of dropped messages, at most once a second
     */
    Backpressure(
            int capacity,
            long maxBytes,
            BooleanSupplier answerDue,
            Timer timer,
            BiConsumer<String, Long> dropListener) {
        this.capacity = capacity;
        this.dropLimit = capacity;
        this.maxBytes = maxBytes;
        this.answerDue = answerDue;
        this.timer = timer;
        this.dropListener = dropListener;
    }

    /** Accepts or drops a message. The one that finds the queue full is the last accepted. */
    boolean admit(String topic, int bytes, PacketChannel from) {
        boolean full = queuedBytes.addAndGet(bytes) > maxBytes;
        if (queued.incrementAndGet() <= capacity && !full) {
            return true;
        }
        if (mode == Mode.DROPPING && (full || queued.get() > dropLimit)) {
            release(bytes); // also ends dropping, if all others were released meanwhile
            drop(topic);
            return false;
        }
        if (mode == Mode.READING || mode == Mode.READING_FOR_ANSWER && (full || !answerDue.getAsBoolean())) {
            pause(full, from);
        }
        return true;
    }

    /**
     * Starts a new connection, whose reading is not paused: a pause belonged to the connection before.
     *
     * @param keepAlive its keep-alive, a third of which reading may stop; zero for none
     */
    synchronized void connected(Duration keepAlive) {
        maxPause = keepAlive.isZero() ? MAX_PAUSE_WITHOUT_KEEP_ALIVE : keepAlive.dividedBy(3);
        if (mode == Mode.PAUSED || mode == Mode.READING_FOR_ANSWER) {
            readNormally();
        }
    }

    /** Returns whether reading is paused. */
    boolean isPaused() {
        return mode == Mode.PAUSED;
    }

    /** Releases a handled message. */
    void release(int bytes) {
        queuedBytes.addAndGet(-bytes);
        queued.decrementAndGet();
        if (isHalfEmpty() && mode != Mode.READING) {
            readNormally();
        }
    }

    private synchronized void pause(boolean full, PacketChannel from) {
        if (mode == Mode.READING || mode == Mode.READING_FOR_ANSWER) {
            dropLimit = Math.max(dropLimit, queued.get()); // messages read for an answer are no reason to drop others
            mode = Mode.PAUSED;
            this.full = full;
            pausedChannel = from;
            from.pause();
            paused = Duration.ZERO;
            due = Duration.ZERO;
            scheduleCheck();
            if (isHalfEmpty()) {
                readNormally(); // everything was handled meanwhile, so no release will follow
            }
        }
    }

    private void scheduleCheck() {
        Duration left = maxPause.minus(paused);
        Duration next = left.compareTo(CHECK_INTERVAL) < 0 ? left : CHECK_INTERVAL;
        nextCheck = timer.schedule(next, () -> check(next));
    }

    private void check(Duration since) {
        check(since, answerDue.getAsBoolean());
    }

    private synchronized void check(Duration since, boolean isAnswerDue) {
        if (mode == Mode.PAUSED) {
            paused = paused.plus(since);
            due = isAnswerDue ? due.plus(since) : Duration.ZERO;
            if (due.compareTo(full ? FULL_ANSWER_PAUSE : ANSWER_PAUSE) >= 0) {
                mode = full ? Mode.DROPPING : Mode.READING_FOR_ANSWER;
                resumeChannel();
            } else if (paused.compareTo(maxPause) >= 0) {
                mode = Mode.DROPPING;
                resumeChannel();
            } else {
                scheduleCheck();
            }
        }
    }

    private void resumeChannel() {
        if (pausedChannel != null) {
            pausedChannel.resume();
        }
    }

    private synchronized void readNormally() {
        if (mode == Mode.PAUSED) {
            resumeChannel();
        }
        if (nextCheck != null) {
            nextCheck.cancel();
            nextCheck = null;
        }
        dropLimit = capacity;
        mode = Mode.READING;
    }

    private boolean isHalfEmpty() {
        return queued.get() <= capacity / 2 && queuedBytes.get() <= maxBytes / 2;
    }

    private void drop(String topic) {
        lastDroppedTopic = topic;
        unreportedDrops.incrementAndGet();
        if (reportScheduled.compareAndSet(false, true)) {
            timer.schedule(REPORT_INTERVAL, () -> {
                reportScheduled.set(false);
                dropListener.accept(lastDroppedTopic, unreportedDrops.getAndSet(0));
            });
        }
    }
}
