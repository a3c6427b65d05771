package io.github.cdimqtt.internal.outbox;

import io.github.cdimqtt.MqttException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables of an outbox, as {@code META-INF/cdi-mqtt/outbox} in the jar defines them for each database. */
final class OutboxSchema {
    private static final String DIRECTORY = "META-INF/cdi-mqtt/outbox/";
    private static final String NAME = "cdi_mqtt_outbox";

    /** What a database calls itself begins with this, in small letters. */
    private static final Map<String, String> DATABASES = Map.of(
            "h2", "h2",
            "postgresql", "postgresql",
            "mysql", "mysql",
            "mariadb", "mysql",
            "oracle", "oracle",
            "microsoft sql server", "sqlserver",
            "db2", "db2");

    private OutboxSchema() {}

    /**
     * Makes sure that the tables are there. The database connection does not commit by itself.
     *
     * @param create whether to create those that are missing
     * @throws MqttException that says how to create them
     */
    static void prepare(Connection db, OutboxTable table, boolean create) throws SQLException {
        String file = file(db.getMetaData().getDatabaseProductName());
        for (String statement : statements(file, table.name())) {
            String name = statement.replaceFirst("(?s)CREATE TABLE (\\S+).*", "$1");
            SQLException missing = probe(db, name);
            if (missing != null && create) {
                create(db, name, statement, file);
            } else if (missing != null) {
                throw new MqttException(
                        "the table " + name + " can't be read (" + OutboxDatabase.reason(missing)
                                + "); if it is missing, create" + " it as " + file
                                + " in the jar of cdi-mqtt does, or set outbox.create=true",
                        missing);
            }
        }
    }

    /** One after the other: several connections of an application may have the same tables. */
    private static synchronized void create(Connection db, String name, String statement, String file)
            throws SQLException {
        try {
            execute(db, statement);
            db.commit();
        } catch (SQLException e) {
            db.rollback();
            if (probe(db, name) != null) { // no other copy has created it meanwhile
                throw new MqttException(
                        "the table " + name + " can't be created (" + OutboxDatabase.reason(e) + "); create it as "
                                + file + " in the jar of cdi-mqtt does",
                        e);
            }
        }
    }

    /** Returns why a table can't be read; null if it can. */
    private static @Nullable SQLException probe(Connection db, String name) throws SQLException {
        try {
            execute(db, "SELECT connection_name FROM " + name + " WHERE 1 = 0");
            return null;
        } catch (SQLException missing) {
            return missing;
        } finally {
            db.rollback();
        }
    }

    private static void execute(Connection db, String sql) throws SQLException {
        try (Statement statement = db.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String file(String product) {
        String name = product.toLowerCase(Locale.ROOT);
        return DATABASES.entrySet().stream()
                .filter(each -> name.startsWith(each.getKey()))
                .map(each -> DIRECTORY + each.getValue() + ".sql")
                .findFirst()
                .orElse(DIRECTORY + "h2.sql"); // which is the standard's SQL
    }

    private static String[] statements(String file, String table) {
        try (InputStream in = OutboxSchema.class.getClassLoader().getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace(NAME, table)
                    .trim()
                    .split(";\\s*");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
