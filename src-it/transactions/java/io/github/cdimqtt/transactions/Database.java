package io.github.cdimqtt.transactions;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.narayana.NarayanaTransactionIntegration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The application's database: a pool that takes part in transactions, and may be out of reach. */
@ApplicationScoped
class Database {
    /** The system property with the URL of a database to use in place of H2; a user and a password may follow. */
    static final String CHOICE = "outbox.url";

    private static final String URL = chosenOr("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1");
    private static final AgroalDataSource POOL = pool(true);
    private static volatile boolean away;

    static String chosenOr(String other) {
        String chosen = System.getProperty(CHOICE, "");
        return chosen.isEmpty() ? other : chosen;
    }

    private static AgroalDataSource pool(boolean transactional) {
        AgroalDataSourceConfigurationSupplier configuration = new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> {
                    pool.maxSize(20)
                            .acquisitionTimeout(Duration.ofSeconds(10))
                            .connectionFactoryConfiguration(connections -> connections.jdbcUrl(URL));
                    return transactional
                            ? pool.transactionIntegration(
                                    new NarayanaTransactionIntegration(Narayana.manager(), Narayana.synchronizations()))
                            : pool;
                })
                .metricsEnabled();
        try {
            return AgroalDataSource.from(configuration);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Produces
    @ApplicationScoped
    @Named("shop")
    DataSource shop() {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (away) {
                        throw new SQLException("the database is away");
                    }
                    try {
                        return method.invoke(POOL, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** It takes no part in transactions. */
    @Produces
    @ApplicationScoped
    @Named("plain")
    DataSource plain() {
        return pool(false);
    }

    static void goAway() {
        away = true;
    }

    static void comeBack() {
        away = false;
    }

    static long borrowed() {
        return POOL.getMetrics().activeCount();
    }

    /** Returns the first column of what a query finds, outside of any transaction of the pool. */
    static List<String> query(String sql) {
        return query(URL, sql);
    }

    static List<String> query(String url, String sql) {
        List<String> found = new ArrayList<>();
        try (Connection db = DriverManager.getConnection(url);
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

    static void execute(String sql) {
        execute(URL, sql);
    }

    static void execute(String url, String sql) {
        try (Connection db = DriverManager.getConnection(url);
                Statement statement = db.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Removes the tables of the outbox. */
    static void clear() {
        clear(URL);
    }

    static void clear(String url) {
        execute(url, "DROP TABLE IF EXISTS cdi_mqtt_outbox");
        execute(url, "DROP TABLE IF EXISTS cdi_mqtt_outbox_lease");
    }

    static List<String> rows() {
        return query("SELECT topic FROM cdi_mqtt_outbox ORDER BY id");
    }
}
