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
 * Bounds the queued messages of QoS 0. When the queue is full, reading from the network stops, so that TCP slows the
 * sender. While callers may wait for an answer of the broker, reading continues, and messages are accepted as long as
 * their bytes have room. When a longer pause would cost the connection, reading continues, too, and messages are
 * dropped until there is room. Thread-safe.
 */
final class Backpressure {
    /** How long reading may pause while an answer is due. */
    private static final Duration ANSWER_PAUSE = Duration.ofSeconds(1);

    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(1);

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
    private final Duration maxPause;
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
    private @Nullable MessageSource pausedSource; // guarded by this
    private Timer.@Nullable Task pauseEnd; // guarded by this
    private boolean shortened; // guarded by this; the pause is a short one
    private boolean full; // guarded by this; the bytes are used up

    /**
     * Creates an empty bound.
     *
     * @param capacity how many messages may be queued before reading stops
     * @param maxBytes how many bytes may be queued in any case
     * @param maxPause how long reading may stop
     * @param answerDue whether an answer of the broker is due, so that reading must continue soon
     * @param dropListener receives the last topic and the number of dropped messages, at most once a second
     */
    Backpressure(
            int capacity,
            long maxBytes,
            Duration maxPause,
            BooleanSupplier answerDue,
            Timer timer,
            BiConsumer<String, Long> dropListener) {
        this.capacity = capacity;
        this.dropLimit = capacity;
        this.maxBytes = maxBytes;
        this.maxPause = maxPause;
        this.answerDue = answerDue;
        this.timer = timer;
        this.dropListener = dropListener;
    }

    /** Accepts or drops a message. The one that finds the queue full is the last accepted. */
    boolean admit(String topic, int bytes, MessageSource from) {
        boolean full = queuedBytes.addAndGet(bytes) > maxBytes;
        if (queued.incrementAndGet() <= capacity && !full) {
            return true;
        }
        if (mode == Mode.DROPPING && (full || queued.get() > dropLimit)) {
            queuedBytes.addAndGet(-bytes);
            queued.decrementAndGet();
            drop(topic);
            return false;
        }
        if (mode == Mode.READING || mode == Mode.READING_FOR_ANSWER && (full || !answerDue.getAsBoolean())) {
            pause(full, from);
        }
        return true;
    }

    /** Starts a new connection, whose reading is not paused: a pause belonged to the connection before. */
    synchronized void connected() {
        if (mode == Mode.PAUSED || mode == Mode.READING_FOR_ANSWER) {
            readNormally();
        }
    }

    /** Releases a handled message. */
    void release(int bytes) {
        queuedBytes.addAndGet(-bytes);
        queued.decrementAndGet();
        if (isHalfEmpty() && mode != Mode.READING) {
            readNormally();
        }
    }

    private synchronized void pause(boolean full, MessageSource from) {
        if (mode == Mode.READING || mode == Mode.READING_FOR_ANSWER) {
            dropLimit = Math.max(dropLimit, queued.get()); // messages read for an answer are no reason to drop others
            mode = Mode.PAUSED;
            this.full = full;
            pausedSource = from;
            from.pause();
            shortened = answerDue.getAsBoolean();
            pauseEnd = timer.schedule(shortened ? shortPause() : maxPause, this::endPause);
            if (isHalfEmpty()) {
                readNormally(); // everything was handled meanwhile, so no release will follow
            }
        }
    }

    /** Shortens the current pause, because an answer of the broker is due from now on. */
    void answerIsDue() {
        if (mode == Mode.PAUSED) {
            shortenPause();
        }
    }

    private synchronized void shortenPause() {
        if (mode == Mode.PAUSED && pauseEnd != null && !shortened) {
            shortened = true; // once: an application that publishes all the time must not prolong it
            pauseEnd.cancel();
            pauseEnd = timer.schedule(shortPause(), this::endPause);
        }
    }

    private Duration shortPause() {
        Duration pause = full ? FULL_ANSWER_PAUSE : ANSWER_PAUSE;
        return pause.compareTo(maxPause) < 0 ? pause : maxPause;
    }

    private synchronized void endPause() {
        if (mode == Mode.PAUSED) {
            mode = shortened && !full ? Mode.READING_FOR_ANSWER : Mode.DROPPING;
            resumeSource();
        }
    }

    private void resumeSource() {
        if (pausedSource != null) {
            pausedSource.resume();
        }
    }

    private synchronized void readNormally() {
        if (mode == Mode.PAUSED) {
            resumeSource();
        }
        if (pauseEnd != null) {
            pauseEnd.cancel();
            pauseEnd = null;
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
