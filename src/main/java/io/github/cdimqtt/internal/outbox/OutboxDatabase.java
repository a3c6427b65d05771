package io.github.cdimqtt.internal.outbox;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.text.Printable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;

/** The application's database, through its data source. Holds no database connection between two calls. Thread-safe. */
final class OutboxDatabase {
    /** Work on the tables, which commits what it does. */
    interface Work {
        void on(Connection db) throws SQLException;
    }

    private static final String TAKES_NO_PART =
            "the data source takes no part in transactions; declare it as one with JTA, or set another outbox.data-source";

    private static final String SEEMS_TO_TAKE_NO_PART =
            "the data source takes no part in transactions, as far as auto-commit tells; declare it as one with JTA, or publish"
                    + " when the application has started and has tried one";

    private final ApplicationResources application;
    private final OutboxTable table;
    private final boolean create;
    private volatile boolean tried; // that it takes part in transactions
    private volatile boolean prepared; // written under the lock
    private int faults; // guarded by this: how often it could not be prepared
    private String fault = ""; // guarded by this: the last of them

    OutboxDatabase(ApplicationResources application, OutboxTable table, boolean create) {
        this.application = application;
        this.table = table;
        this.create = create;
    }

    OutboxTable table() {
        return table;
    }

    /** Returns whether its tables were found. */
    boolean isPrepared() {
        return prepared;
    }

    /**
     * Finds its tables, and tries whether it takes part in transactions: again and again until that could be tried, as not every
     * thread can begin one before the application has started. On a thread without a transaction of the application.
     */
    void prepare() throws SQLException {
        try {
            if (!prepared) {
                use(db -> OutboxSchema.prepare(db, table, create));
            }
            if (!tried) {
                tryTransactions();
            }
            prepared(true, "");
        } catch (SQLException | RuntimeException e) {
            prepared(prepared && !(e instanceof MqttException), reason(e)); // what is there does not vanish
            throw e;
        }
    }

    private synchronized void prepared(boolean done, String why) {
        prepared = done;
        fault = why;
        faults += done ? 0 : 1;
        notifyAll();
    }

    /**
     * Writes a message.
     *
     * @param transactional whether the calling thread has a transaction, of which the row is to be a part
     * @param prepare lets another thread {@link #prepare}, which this one waits for if that is still to be done
     * @throws MqttException if the data source takes no part in it
     */
    void insert(String messageId, Packet.Publish message, boolean transactional, Runnable prepare, Duration patience)
            throws SQLException {
        awaitPrepared(prepare, patience);
        try (Connection db = application.dataSource().getConnection()) {
            boolean autoCommit = db.getAutoCommit();
            if (transactional && !tried && autoCommit) {
                throw new MqttException(SEEMS_TO_TAKE_NO_PART);
            }
            table.insert(db, messageId, message, System.currentTimeMillis());
            if (!transactional && !autoCommit) {
                db.commit();
            }
        }
    }

    /** Finds the data source, which threads without the application's naming use then, too. */
    void find() {
        DataSource unused = application.dataSource();
    }

    private void awaitPrepared(Runnable prepare, Duration patience) throws SQLException {
        if (prepared) {
            return;
        }
        int before = faults();
        prepare.run();
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (this) {
            long left = patience.toNanos();
            while (!prepared && faults == before && left > 0) {
                try {
                    NANOSECONDS.timedWait(this, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new SQLException("interrupted", e);
                }
                left = deadline - System.nanoTime();
            }
            if (!prepared) {
                throw new SQLException(
                        faults == before ? "its table was not found within " + patience.toMillis() + " ms" : fault);
            }
        }
    }

    private synchronized int faults() {
        return faults;
    }

    /** Runs work on a thread without a transaction of the application. */
    void use(Work work) throws SQLException {
        try (Connection db = application.dataSource().getConnection()) {
            boolean autoCommit = db.getAutoCommit();
            db.setAutoCommit(false);
            try {
                work.on(db);
                db.setAutoCommit(autoCommit);
            } catch (Throwable e) {
                giveUp(db, autoCommit, e);
                throw e;
            }
        }
    }

    /**
     * Makes sure that a commit keeps a row, and a rollback takes it back: what a connection says of auto-commit does not tell. On
     * Open Liberty it is on in transactions, and many a pool has it off without them.
     */
    private void tryTransactions() throws SQLException {
        tried = leavesARow(true) && leavesARow(false);
    }

    /** Returns false if no transaction could be tried. */
    private boolean leavesARow(boolean commit) throws SQLException {
        String messageId = UUID.randomUUID().toString();
        try {
            boolean begun = application.inTransaction(commit, () -> {
                try (Connection db = application.dataSource().getConnection()) {
                    table.insertTrial(db, messageId);
                }
            });
            if (!begun) {
                return false;
            }
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (Exception e) { // of the transaction manager
            throw new SQLException("no transaction could be tried: " + e.getMessage(), e);
        }
        use(db -> {
            boolean left = table.delete(db, messageId);
            db.commit();
            if (left != commit) {
                throw new MqttException(TAKES_NO_PART);
            }
        });
        return true;
    }

    /** A pool wants its connection back without a transaction. */
    private static void giveUp(Connection db, boolean autoCommit, Throwable cause) {
        try {
            db.rollback();
            db.setAutoCommit(autoCommit);
        } catch (SQLException gone) {
            cause.addSuppressed(gone);
        }
    }

    /** Returns why something failed: the first line of what a driver says, whose further ones are SQL. */
    static String reason(Exception failure) {
        return Printable.reason(failure).replaceFirst("(?s)(; SQL statement:)?\\\\u000[ad].*", "");
    }
}
