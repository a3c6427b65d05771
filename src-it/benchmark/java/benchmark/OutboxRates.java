package benchmark;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.ats.jta.TransactionManager;
import com.arjuna.ats.jta.cdi.TransactionExtension;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.narayana.NarayanaTransactionIntegration;
import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.PublishInTransaction;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.extension.MqttExtension;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Named;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import javax.sql.DataSource;

/**
 * Measures the outbox in one JVM on Weld SE with Narayana and a pool of Agroal, on the database of {@code -Doutbox.url} or H2 in
 * memory: transactions of four threads that store an order, with and without a message of QoS 1, and the rows of a backlog that
 * are sent to the stand-in broker.
 */
final class OutboxRates {
    private static final int THREADS = 4;
    private static final int TRANSACTIONS = 5_000;
    private static final int BACKLOG = 20_000;
    private static final List<String> TITLES = List.of(
            "transactions with an order",
            "transactions with an order, `after-commit`",
            "transactions with an order, `outbox`",
            "rows of a backlog sent and deleted");

    private OutboxRates() {}

    @ApplicationScoped
    static class Database {
        private static final AgroalDataSource POOL = pool();

        private static AgroalDataSource pool() {
            try {
                return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                        .connectionPoolConfiguration(pool -> pool.maxSize(THREADS + 2)
                                .transactionIntegration(new NarayanaTransactionIntegration(
                                        TransactionManager.transactionManager(),
                                        new TransactionSynchronizationRegistryImple()))
                                .connectionFactoryConfiguration(
                                        connections -> connections.jdbcUrl(System.getProperty("outbox.url")))));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Produces
        @ApplicationScoped
        @Named("shop")
        DataSource shop() {
            return POOL;
        }
    }

    /** One row of the table. */
    interface Row {
        void add(String kind, double perSecond);
    }

    static void measure(Options options, Row row) throws IOException {
        System.out.println("outbox");
        try (Broker broker = Broker.standIn();
                ChildJvm child = new ChildJvm(
                        "outbox",
                        ChildJvm.classPath(ChildJvm::isOfSmallRye),
                        OutboxRates.class,
                        Integer.toString(broker.port()),
                        Integer.toString(options.rounds()),
                        options.outboxUrl())) {
            String[] rates = child.await("rates").split(",");
            for (int i = 0; i < TITLES.size(); i++) {
                row.add(TITLES.get(i), Double.parseDouble(rates[i]));
            }
        }
    }

    /** {@code rates} and the medians of each kind; the first round warms up. */
    public static void main(String[] args) throws Exception {
        Map.of(
                        "mqtt.broker-url",
                        "tcp://127.0.0.1:" + args[0],
                        "mqtt.outbox.data-source",
                        "shop",
                        "mqtt.outbox.create",
                        "true",
                        "outbox.url",
                        args[2])
                .forEach(System::setProperty);
        try (Connection db = Database.POOL.getConnection();
                Statement statement = db.createStatement()) {
            for (String table : List.of("orders", "cdi_mqtt_outbox", "cdi_mqtt_outbox_lease")) {
                statement.execute("DROP TABLE IF EXISTS " + table);
            }
            statement.execute("CREATE TABLE orders (id VARCHAR(36) NOT NULL PRIMARY KEY, pieces INTEGER NOT NULL)");
        }
        try (SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(MqttExtension.class, TransactionExtension.class)
                .addBeanClasses(Database.class)
                .initialize()) {
            Mqtt mqtt = container.select(Mqtt.class).get();
            List<List<Double>> rates =
                    List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int round = 0; round <= Integer.parseInt(args[1]); round++) {
                double[] measured = {
                    transactions(null),
                    transactions(mqtt.inTransaction(PublishInTransaction.AFTER_COMMIT)),
                    transactions(mqtt.inTransaction(PublishInTransaction.OUTBOX)),
                    backlog(mqtt.inTransaction(PublishInTransaction.OUTBOX))
                };
                for (int kind = 0; kind < measured.length && round > 0; kind++) {
                    rates.get(kind).add(measured[kind]);
                }
            }
            System.out.println("rates "
                    + String.join(
                            ",",
                            rates.stream()
                                    .map(each -> Result.median(each.stream()
                                            .flatMapToDouble(DoubleStream::of)
                                            .toArray()))
                                    .map(String::valueOf)
                                    .toList()));
        }
    }

    /** Returns transactions in a second; all that was published is acknowledged in this time, too. */
    private static double transactions(Mqtt mqtt) throws Exception {
        ConcurrentLinkedQueue<CompletionStage<?>> stages = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        long began = System.nanoTime();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(() -> order(mqtt, stages)));
        }
        threads.forEach(Thread::start);
        for (Thread each : threads) {
            each.join();
        }
        for (CompletionStage<?> each : stages) {
            each.toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
        return perSecond(TRANSACTIONS, began);
    }

    private static void order(Mqtt mqtt, ConcurrentLinkedQueue<CompletionStage<?>> stages) {
        try {
            for (int i = 0; i < TRANSACTIONS / THREADS; i++) {
                TransactionManager.transactionManager().begin();
                try (Connection db = Database.POOL.getConnection();
                        PreparedStatement insert =
                                db.prepareStatement("INSERT INTO orders (id, pieces) VALUES (?, ?)")) {
                    insert.setString(1, UUID.randomUUID().toString());
                    insert.setInt(2, i);
                    insert.executeUpdate();
                }
                if (mqtt != null) {
                    stages.add(mqtt.publish("orders", new byte[64], Qos.AT_LEAST_ONCE));
                }
                TransactionManager.transactionManager().commit();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns rows in a second, from the commit of one more message to its acknowledgement. */
    private static double backlog(Mqtt mqtt) throws Exception {
        try (Connection db = Database.POOL.getConnection();
                PreparedStatement insert = db.prepareStatement("INSERT INTO cdi_mqtt_outbox"
                        + " (message_id, connection_name, topic, payload, qos, retained, created, attempts)"
                        + " VALUES (?, 'default', 'orders', ?, 1, 0, 0, 0)")) {
            db.setAutoCommit(false);
            for (int i = 0; i < BACKLOG; i++) {
                insert.setString(1, UUID.randomUUID().toString());
                insert.setBytes(2, new byte[64]);
                insert.addBatch();
            }
            insert.executeBatch();
            db.commit();
            db.setAutoCommit(true);
        }
        long began = System.nanoTime();
        mqtt.publish("orders", new byte[64], Qos.AT_LEAST_ONCE)
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        return perSecond(BACKLOG, began);
    }

    private static double perSecond(int count, long began) {
        return count * 1e9 / (System.nanoTime() - began);
    }
}
