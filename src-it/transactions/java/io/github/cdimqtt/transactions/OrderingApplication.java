package io.github.cdimqtt.transactions;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.arjuna.ats.jta.cdi.TransactionExtension;
import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.support.JavaProgram;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.transaction.TransactionManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * An application in a JVM of its own: stores orders and publishes them, in a transaction each, until it is killed or all are
 * there. Each thread has a topic of its own, and goes on where the database says that it was.
 */
final class OrderingApplication implements AutoCloseable {
    static final int TOPICS = 4;

    private final String name;
    private final Path output;
    private final Process process;

    /** Starts one; {@code name} is in its topics, of which each gets so many orders. */
    OrderingApplication(String brokerUrl, String databaseUrl, String name, int ordersOfTopic) {
        this.name = name;
        try {
            this.output = Files.createTempFile(name, ".log");
            ProcessBuilder program = JavaProgram.prepare(
                    OrderingApplication.class, brokerUrl, databaseUrl, name, Integer.toString(ordersOfTopic));
            process = program.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.to(output.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if it has ended by itself, as it does when an order can't be stored or told. */
    void assertRuns() {
        assertThat(process.isAlive())
                .as(() -> name + " has ended, and said at last\n" + lastWords())
                .isTrue();
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(output);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it with SIGKILL. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            Files.deleteIfExists(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ApplicationScoped
    static class Orders {
        @Inject
        Mqtt mqtt;

        @Inject
        @Named("shop")
        DataSource database;

        private final TransactionManager transactions = Narayana.manager();

        void order(String topic, int until) {
            CompletionStage<?> told = CompletableFuture.completedStage(null);
            try {
                for (int number = stored(topic); number < until; number++) {
                    transactions.begin();
                    try (Connection db = database.getConnection();
                            PreparedStatement insert =
                                    db.prepareStatement("INSERT INTO orders (topic, number) VALUES (?, ?)")) {
                        insert.setString(1, topic);
                        insert.setInt(2, number);
                        insert.executeUpdate();
                        told = mqtt.publish(topic, number, AT_LEAST_ONCE);
                    }
                    if (number % 10 == 9 && ThreadLocalRandom.current().nextBoolean()) {
                        transactions.rollback(); // it is tried once more
                        number--;
                    } else {
                        transactions.commit();
                    }
                }
            } catch (Exception e) {
                e.printStackTrace();
                told.exceptionally(cause -> {
                    cause.printStackTrace();
                    return null;
                });
                System.exit(1);
            }
        }

        private int stored(String topic) throws SQLException {
            try (Connection db = database.getConnection();
                    PreparedStatement count = db.prepareStatement("SELECT COUNT(*) FROM orders WHERE topic = ?")) {
                count.setString(1, topic);
                try (ResultSet found = count.executeQuery()) {
                    found.next();
                    return found.getInt(1);
                }
            }
        }
    }

    /** Runs the program; the arguments are those of the constructor. */
    public static void main(String[] arguments) throws Exception {
        System.setProperty("mqtt.broker-url", arguments[0]);
        System.setProperty(Database.CHOICE, arguments[1]);
        Map.of(
                        "mqtt.protocol-version",
                        "5",
                        "mqtt.topic-alias-maximum",
                        "0", // each message says where it goes
                        "mqtt.reconnect.min-delay",
                        "50ms",
                        "mqtt.reconnect.max-delay",
                        "500ms",
                        "mqtt.publish-in-transaction",
                        "outbox",
                        "mqtt.outbox.data-source",
                        "shop",
                        "mqtt.outbox.create",
                        "true",
                        "mqtt.outbox.interval",
                        "500ms")
                .forEach(System::setProperty);
        SeContainer container = Shop.container(List.of(Orders.class, TransactionExtension.class, Database.class));
        Orders orders = container.select(Orders.class).get();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < TOPICS; i++) {
            String topic = "orders/" + arguments[2] + "/" + i;
            threads.add(new Thread(() -> orders.order(topic, Integer.parseInt(arguments[3])), topic));
        }
        threads.forEach(Thread::start);
        for (Thread each : threads) {
            each.join();
        }
        new CountDownLatch(1).await(); // the outbox goes on
    }
}
