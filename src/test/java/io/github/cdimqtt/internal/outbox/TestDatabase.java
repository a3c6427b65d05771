package io.github.cdimqtt.internal.outbox;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** A database in memory of its own, which may be out of reach. */
final class TestDatabase {
    private final JdbcDataSource database = new JdbcDataSource();
    boolean away;
    boolean autoCommit = true;

    /** {@code mode} is that of H2 which imitates another database, or empty. */
    TestDatabase(String mode) {
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1" + mode);
    }

    /** Returns what an application has of it. */
    DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (away) {
                        throw new SQLException("the database is away");
                    }
                    Object result = method.invoke(database, arguments);
                    if (result instanceof Connection db) {
                        db.setAutoCommit(autoCommit);
                    }
                    return result;
                });
    }

    void execute(String sql) {
        try (Connection db = database.getConnection();
                Statement statement = db.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the first column. */
    List<String> query(String sql) {
        List<String> found = new ArrayList<>();
        try (Connection db = database.getConnection();
                Statement statement = db.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    long rows() {
        return Long.parseLong(query("SELECT COUNT(*) FROM cdi_mqtt_outbox").get(0));
    }

    void close() {
        execute("SHUTDOWN");
    }
}
