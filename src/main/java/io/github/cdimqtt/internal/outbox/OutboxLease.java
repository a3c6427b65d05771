package io.github.cdimqtt.internal.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which copy of an application sends from the table: the owner of a row that counts its beats. Another takes over when the beat
 * has stood still for the time-out on its own clock, so no two clocks are compared. Not thread-safe.
 */
final class OutboxLease {
    /** The class of an SQLSTATE. */
    private static final String CONSTRAINT_VIOLATED = "23";

    private record Seen(@Nullable String owner, long beat) {}

    private final String table;
    private final String connection;
    private final String self;
    private final long nanosBetweenBeats;
    private final long nanosToExpiry;
    private boolean held;
    private long lastBeat;
    private @Nullable Seen seen;
    private long seenSince;

    /** A lease that is not held; {@code self} is of no other copy, nor of an earlier start. */
    OutboxLease(OutboxTable table, String self, Duration interval) {
        this.table = table.name() + "_lease";
        this.connection = table.connection();
        this.self = self;
        this.nanosBetweenBeats = interval.toNanos() / 2;
        this.nanosToExpiry = interval.multipliedBy(3).toNanos();
    }

    /**
     * Returns whether this copy is the one that sends: keeps the lease, or takes it where it is free or has expired.
     *
     * @param now on a clock of this JVM, in nanoseconds
     */
    boolean hold(Connection db, long now) throws SQLException {
        if (held && now - lastBeat < nanosBetweenBeats) {
            return true;
        }
        held = held ? beat(db) : take(db, now);
        if (held) {
            lastBeat = now;
            seen = null;
        }
        return held;
    }

    private boolean beat(Connection db) throws SQLException {
        return update(db, "SET beat = beat + 1 WHERE connection_name = ? AND owner = ?", connection, self) == 1;
    }

    private boolean take(Connection db, long now) throws SQLException {
        Seen found = look(db);
        if (found == null) {
            return insert(db);
        } else if (self.equals(found.owner())) {
            return beat(db); // taken by what seemed to fail
        } else if (found.owner() == null) {
            return update(
                            db,
                            "SET owner = ?, beat = beat + 1 WHERE connection_name = ? AND owner IS NULL",
                            self,
                            connection)
                    == 1;
        } else if (!found.equals(seen)) {
            seen = found;
            seenSince = now;
            return false;
        }
        return now - seenSince >= nanosToExpiry
                && update(
                                db,
                                "SET owner = ?, beat = beat + 1 WHERE connection_name = ? AND owner = ? AND beat = "
                                        + found.beat(),
                                self,
                                connection,
                                found.owner())
                        == 1;
    }

    private @Nullable Seen look(Connection db) throws SQLException {
        try (PreparedStatement select =
                db.prepareStatement("SELECT owner, beat FROM " + table + " WHERE connection_name = ?")) {
            select.setString(1, connection);
            try (ResultSet found = select.executeQuery()) {
                return found.next() ? new Seen(found.getString(1), found.getLong(2)) : null;
            }
        }
    }

    /** Makes the row. Returns false if another copy has just done so. */
    private boolean insert(Connection db) throws SQLException {
        try {
            execute(db, "INSERT INTO " + table + " (connection_name, owner, beat) VALUES (?, ?, 0)", connection, self);
            return true;
        } catch (SQLException e) {
            if (e.getSQLState() == null || !e.getSQLState().startsWith(CONSTRAINT_VIOLATED)) {
                throw e;
            }
            db.rollback();
            return false;
        }
    }

    /** Returns whether it was held lately enough for a message to be sent now. */
    boolean isFresh(long now) {
        return held && now - lastBeat < 2 * nanosToExpiry / 3;
    }

    /** What was last asked of the database failed: the lease may not be held. */
    void forget() {
        held = false;
        seen = null; // the copy that has it could not count its beats either
    }

    /** Gives the lease back, so that another copy takes it at once. */
    void release(Connection db) throws SQLException {
        held = false;
        update(db, "SET owner = NULL WHERE connection_name = ? AND owner = ?", connection, self);
    }

    private int update(Connection db, String what, String... values) throws SQLException {
        return execute(db, "UPDATE " + table + " " + what, values);
    }

    private static int execute(Connection db, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = db.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
