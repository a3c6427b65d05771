package io.github.cdimqtt.internal.outbox;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The messages that are sent and not yet acknowledged, and what the broker has answered and is not yet written down. Used by the
 * relay alone, but for the answers, which arrive on any thread.
 */
final class OutboxWindow {
    /** Messages that are sent at a time, at most; as many are in memory. */
    static final int LARGEST = 256;

    /** Payload that is read at a time; one message may be larger. */
    static final long BYTES = 16 << 20;

    /** What the broker has said of a row; a failure of null for an acknowledgement. */
    private record Answer(OutboxRow row, @Nullable Throwable failure) {
        /** Returns why the broker does not take the message, ever; null if it has it, or was not asked. */
        private @Nullable MqttException refusal() {
            if (failure instanceof MqttException cause) {
                MqttReason reason = cause.reason();
                return reason != null && reason.isFailure() ? cause : null;
            }
            return null;
        }
    }

    private final OutboxTable table;
    private final int size;
    private final int mostAttempts;
    private final MessageSender sender;
    private final OutboxStages stages;
    private final OutboxLog log;
    private final Runnable answered;
    private final Map<Long, OutboxRow> underWay = new HashMap<>();
    private final List<OutboxRow> acknowledged = new ArrayList<>();
    private final List<Answer> refused = new ArrayList<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>(); // no more than are under way
    private boolean refusedDue; // once in each interval
    private volatile boolean paused; // to the next acknowledgement or interval

    /**
     * Creates an empty one.
     *
     * @param answered called whenever there is something to write down
     */
    OutboxWindow(
            OutboxTable table,
            MqttConfig config,
            MessageSender sender,
            OutboxStages stages,
            OutboxLog log,
            Runnable answered) {
        this.table = table;
        this.size = Math.max(1, Math.min(LARGEST, config.offlineBuffer())); // which the session has room for
        this.mostAttempts = config.outbox().attempts();
        this.sender = sender;
        this.stages = stages;
        this.log = log;
        this.answered = answered;
    }

    /** Lets what has failed go again. */
    void intervalOver() {
        refusedDue = true;
        paused = false;
    }

    /** Forgets what is under way: another copy sends it too. What is acknowledged is deleted all the same. */
    void leaseLost() {
        underWay.clear();
    }

    /** Writes down what the broker has answered. What fails here is written the next time. */
    void settle(Connection db) throws SQLException {
        for (Answer next = answers.poll(); next != null; next = answers.poll()) {
            take(next);
        }
        if (!acknowledged.isEmpty()) {
            table.delete(db, acknowledged);
            db.commit();
            acknowledged.forEach(row -> underWay.remove(row.id()));
            acknowledged.clear();
            paused = false; // there is room again
        }
        if (!refused.isEmpty()) {
            for (Answer each : refused) {
                MqttException cause = each.refusal();
                table.refused(db, each.row().id(), isLast(each) && cause != null ? cause.getMessage() : null);
            }
            db.commit();
            refused.forEach(this::tell);
            refused.clear();
        }
    }

    private void take(Answer answer) {
        if (answer.failure() == null) {
            acknowledged.add(answer.row());
        } else if (answer.refusal() != null) {
            refused.add(answer);
        } else {
            underWay.remove(answer.row().id());
        }
    }

    private boolean isLast(Answer refusal) {
        return refusal.row().attempts() + 1 >= mostAttempts;
    }

    private void tell(Answer answer) {
        OutboxRow row = answer.row();
        MqttException cause = answer.refusal();
        underWay.remove(row.id());
        if (cause != null && isLast(answer)) {
            log.marked(row, mostAttempts, cause);
            stages.fail(row.messageId(), cause);
        }
    }

    /**
     * Sends the next rows, once half of the window is free.
     *
     * @param mayStill whether they may be sent after all, once they are read
     */
    void sendNext(Connection db, BooleanSupplier mayStill) throws SQLException {
        if (paused || underWay.size() > size / 2) {
            return;
        }
        if (refusedDue) {
            refusedDue = false;
            send(db, table.readRefused(db, size, BYTES), mayStill);
        }
        if (!paused) {
            send(db, table.read(db, size, BYTES), mayStill);
        }
    }

    private void send(Connection db, OutboxTable.Rows rows, BooleanSupplier mayStill) throws SQLException {
        for (Map.Entry<Long, String> each : rows.unreadable().entrySet()) {
            table.refused(db, each.getKey(), each.getValue());
        }
        db.commit();
        rows.unreadable().forEach(log::unreadable);
        if (!mayStill.getAsBoolean()) {
            return;
        }
        long now = System.currentTimeMillis();
        List<OutboxRow> expired = new ArrayList<>();
        for (OutboxRow row : rows.messages()) {
            if (paused || underWay.size() >= size) {
                break;
            }
            boolean known = underWay.containsKey(row.id());
            if (!known && row.hasExpired(now)) {
                expired.add(row);
            } else if (!known) {
                underWay.put(row.id(), row);
                send(row, now);
            }
        }
        table.delete(db, expired);
        db.commit();
        expired.forEach(row -> stages.fail(row.messageId(), row.expired()));
    }

    private void send(OutboxRow row, long now) {
        CompletableFuture<?> unused = sender.send(sender.isMqtt5() ? row.described(now) : row.message())
                .whenComplete((published, failure) -> {
                    Answer answer = new Answer(row, failure);
                    if (failure == null) {
                        stages.acknowledged(row.messageId(), published);
                    } else if (answer.refusal() == null && !row.hasExpired(System.currentTimeMillis())) {
                        paused = true; // the queue is full, or the session was closed: nothing overtakes it
                    }
                    answers.add(answer);
                    answered.run();
                });
    }
}
