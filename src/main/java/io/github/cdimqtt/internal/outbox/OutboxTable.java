package io.github.cdimqtt.internal.outbox;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.store.StoredProperties;
import io.github.cdimqtt.internal.text.Bytes;
import io.github.cdimqtt.internal.text.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one connection of the application. Writes what all databases understand alike. Immutable; each call uses the
 * database connection that it is given, and leaves it to the caller to commit.
 *
 * @param name of the table
 * @param connection the name of the application's connection
 */
record OutboxTable(String name, String connection) {
    /** Of UTF-16 units: what a column of all databases can hold. */
    static final int LONGEST_TOPIC = 1000;

    /** In place of the name of a connection. */
    private static final String TRIAL = "(a trial of the transactions)";

    private static final int LONGEST_FAILURE = 1000; // of UTF-16 units
    private static final int FETCHED_AT_ONCE = 32;
    private static final int LOOKED_UP_AT_ONCE = 100;

    /** How many rows there are. */
    record Counts(long pending, long failed) {
        static final Counts NONE = new Counts(0, 0);
    }

    /** Rows that are to be sent, and those that are no message, with the reason. */
    record Rows(List<OutboxRow> messages, Map<Long, String> unreadable) {}

    void insert(Connection db, String messageId, Packet.Publish message, long created) throws SQLException {
        try (PreparedStatement insert = db.prepareStatement("INSERT INTO " + name
                + " (message_id, connection_name, topic, payload, qos, retained, properties, created, attempts)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)")) {
            insert.setString(1, messageId);
            insert.setString(2, connection);
            insert.setString(3, message.topic());
            insert.setBytes(4, Bytes.copyOf(message.payload()));
            insert.setInt(5, message.qos().level());
            insert.setInt(6, message.retain() ? 1 : 0);
            insert.setBytes(7, StoredProperties.bytes(message.properties()));
            insert.setLong(8, created);
            insert.executeUpdate();
        }
    }

    /** Returns the first rows that are to be sent and were not refused. */
    Rows read(Connection db, int most, long mostBytes) throws SQLException {
        return read(db, "attempts = 0", most, mostBytes);
    }

    /** Returns the first rows that were refused and are to be sent again. */
    Rows readRefused(Connection db, int most, long mostBytes) throws SQLException {
        return read(db, "attempts > 0", most, mostBytes);
    }

    /**
     * Returns the first rows of a kind that are to be sent.
     *
     * @param mostBytes of payload; what is beyond is left for the next time, except for the first row
     */
    private Rows read(Connection db, String which, int most, long mostBytes) throws SQLException {
        Rows rows = new Rows(new ArrayList<>(), new HashMap<>());
        try (PreparedStatement select = db.prepareStatement(
                "SELECT id, message_id, topic, payload, qos, retained, properties, created, attempts FROM " + name
                        + " WHERE connection_name = ? AND " + which + " AND failure IS NULL ORDER BY id")) {
            select.setMaxRows(most);
            select.setFetchSize(Math.min(most, FETCHED_AT_ONCE));
            select.setString(1, connection);
            try (ResultSet found = select.executeQuery()) {
                for (long bytes = 0; bytes < mostBytes && found.next(); ) {
                    bytes += read(found, rows);
                }
            }
        }
        return rows;
    }

    /** Returns the bytes of the payload. */
    private static int read(ResultSet found, Rows rows) throws SQLException {
        long id = found.getLong(1);
        byte[] payload = found.getBytes(4);
        byte[] properties = found.getBytes(7);
        try {
            Packet.Publish message = new Packet.Publish(
                    found.getString(3),
                    ByteBuffer.wrap(payload == null ? new byte[0] : payload), // which some databases make null
                    Qos.of(found.getInt(5)),
                    found.getInt(6) != 0,
                    properties == null ? MqttProperties.NONE : StoredProperties.of(properties));
            rows.messages().add(new OutboxRow(id, found.getString(2), message, found.getLong(8), found.getInt(9)));
        } catch (IOException | RuntimeException e) {
            rows.unreadable().put(id, "its row is no message: " + Printable.reason(e));
        }
        return payload == null ? 0 : payload.length;
    }

    /** Deletes rows, also none. */
    void delete(Connection db, Collection<OutboxRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = db.prepareStatement("DELETE FROM " + name + " WHERE id = ?")) {
            for (OutboxRow each : rows) {
                delete.setLong(1, each.id());
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    /** Inserts a row that is no message of any connection. */
    void insertTrial(Connection db, String messageId) throws SQLException {
        Packet.Publish nothing =
                new Packet.Publish("-", ByteBuffer.allocate(0), Qos.AT_LEAST_ONCE, false, MqttProperties.NONE);
        new OutboxTable(name, TRIAL).insert(db, messageId, nothing, 0);
    }

    /** Deletes a message. Returns whether it was there. */
    boolean delete(Connection db, String messageId) throws SQLException {
        try (PreparedStatement delete = db.prepareStatement("DELETE FROM " + name + " WHERE message_id = ?")) {
            delete.setString(1, messageId);
            return delete.executeUpdate() > 0;
        }
    }

    /** Notes that the broker has refused a message once more; a failure marks it, so that it is not sent any more. */
    void refused(Connection db, long id, @Nullable String failure) throws SQLException {
        try (PreparedStatement update = db.prepareStatement(
                "UPDATE " + name + " SET attempts = attempts + 1, failure = ? WHERE id = ? AND failure IS NULL")) {
            update.setString(
                    1,
                    failure == null || failure.length() <= LONGEST_FAILURE
                            ? failure
                            : failure.substring(0, LONGEST_FAILURE));
            update.setLong(2, id);
            update.executeUpdate();
        }
    }

    /**
     * Returns what has become of messages: null for those that are not there any more, the failure of those that are marked, an
     * empty text for those that are to be sent.
     */
    Map<String, @Nullable String> outcomes(Connection db, List<String> messageIds) throws SQLException {
        Map<String, @Nullable String> outcomes = new HashMap<>();
        for (int from = 0; from < messageIds.size(); from += LOOKED_UP_AT_ONCE) {
            List<String> some = messageIds.subList(from, Math.min(from + LOOKED_UP_AT_ONCE, messageIds.size()));
            some.forEach(each -> outcomes.put(each, null));
            try (PreparedStatement select = db.prepareStatement("SELECT message_id, failure FROM " + name
                    + " WHERE message_id IN (" + "?, ".repeat(some.size() - 1) + "?)")) {
                for (int i = 0; i < some.size(); i++) {
                    select.setString(i + 1, some.get(i));
                }
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        String failure = rows.getString(2);
                        outcomes.put(rows.getString(1), failure == null ? "" : failure);
                    }
                }
            }
        }
        return outcomes;
    }

    Counts count(Connection db) throws SQLException {
        try (PreparedStatement select =
                db.prepareStatement("SELECT COUNT(*), COUNT(failure) FROM " + name + " WHERE connection_name = ?")) {
            select.setString(1, connection);
            try (ResultSet found = select.executeQuery()) {
                found.next();
                long all = found.getLong(1);
                long failed = found.getLong(2);
                return new Counts(all - failed, failed);
            }
        }
    }
}
