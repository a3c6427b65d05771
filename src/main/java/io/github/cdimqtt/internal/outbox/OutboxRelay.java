package io.github.cdimqtt.internal.outbox;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.Timer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends the rows of the outbox in their order while this copy of the application has the lease, and deletes those that the broker
 * has acknowledged. It looks at the table after each commit, each answer of the broker and each interval.
 *
 * <p>Looks are tasks of a serial executor, which alone uses the lease and the window.
 */
final class OutboxRelay {
    private final OutboxDatabase database;
    private final OutboxTable table;
    private final MessageSender sender;
    private final OutboxStages stages;
    private final OutboxLog log;
    private final SerialExecutor executor;
    private final Timer timer;
    private final Duration interval;
    private final OutboxLease lease;
    private final OutboxWindow window;
    private final AtomicBoolean lookDue = new AtomicBoolean();
    private final AtomicBoolean waitsForConnection = new AtomicBoolean();
    private volatile boolean intervalOver;
    private volatile boolean stopping;
    private volatile boolean ended;
    private volatile OutboxTable.Counts counts = OutboxTable.Counts.NONE;

    OutboxRelay(
            OutboxDatabase database,
            MqttConfig config,
            MessageSender sender,
            OutboxStages stages,
            OutboxLog log,
            SerialExecutor executor,
            Timer timer) {
        this.database = database;
        this.table = database.table();
        this.sender = sender;
        this.stages = stages;
        this.log = log;
        this.executor = executor;
        this.timer = timer;
        this.interval = config.outbox().interval();
        this.lease = new OutboxLease(table, UUID.randomUUID().toString(), interval);
        this.window = new OutboxWindow(table, config, sender, stages, log, this::look);
    }

    /** Returns how many rows there were when the last interval began. */
    OutboxTable.Counts counts() {
        return counts;
    }

    /** Looks at the table now, and each interval. */
    void start() {
        intervalOver = true;
        look();
        timer.schedule(interval, () -> {
            if (!ended) {
                start();
            }
        });
    }

    /** Looks at the table soon: there may be something to do. */
    void look() {
        if (lookDue.compareAndSet(false, true)) {
            executor.execute(this::lookNow);
        }
    }

    /** Sends no more, and goes on to write down what the broker answers. */
    void stopSending() {
        stopping = true;
    }

    /** Writes down what was acknowledged last, and gives the lease back. Completes on any thread. */
    CompletableFuture<?> end() {
        stopping = true;
        ended = true;
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        executor.offer(
                () -> {
                    try {
                        lookNow();
                    } finally {
                        done.complete(true);
                    }
                },
                () -> done.complete(false));
        return done;
    }

    private void lookNow() {
        lookDue.set(false);
        try {
            if (intervalOver || !database.isPrepared()) {
                database.prepare();
            }
            database.use(this::work);
            log.back();
        } catch (SQLException | RuntimeException e) { // those of a pool, or of what finds the data source
            lease.forget();
            log.away(e);
        }
    }

    private void work(Connection db) throws SQLException {
        window.settle(db);
        if (ended) {
            lease.release(db);
            db.commit();
            return;
        }
        if (intervalOver) {
            intervalOver = false;
            window.intervalOver();
            followUp(db);
            counts = table.count(db);
            db.commit();
        }
        if (!sender.isConnected()) { // without a beat the lease goes to a copy that is
            awaitConnection();
            return;
        }
        boolean held = lease.hold(db, timer.nanoTime());
        db.commit();
        if (!held) {
            window.leaseLost();
        } else if (!stopping) {
            window.sendNext(db, () -> lease.isFresh(timer.nanoTime()));
        }
    }

    /** Completes the stages of messages that another copy has dealt with. */
    private void followUp(Connection db) throws SQLException {
        List<String> waiting = stages.committed();
        if (!waiting.isEmpty()) {
            table.outcomes(db, waiting).forEach((messageId, outcome) -> {
                if (outcome == null) {
                    stages.gone(messageId);
                } else if (!outcome.isEmpty()) {
                    stages.fail(messageId, new MqttException(outcome));
                }
            });
        }
    }

    private void awaitConnection() {
        if (!stopping && waitsForConnection.compareAndSet(false, true)) {
            CompletableFuture<?> unused = sender.connected().whenComplete((connected, closed) -> {
                waitsForConnection.set(false);
                if (closed == null) {
                    look();
                }
            });
        }
    }
}
