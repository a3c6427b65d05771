package io.github.cdimqtt.server.app;

import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.TopicParam;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Writes entries into the server's default database, each in a transaction. */
@ApplicationScoped
public class Ledger {
    private final AtomicInteger attempts = new AtomicInteger();

    @Resource
    DataSource database;

    @Inject
    Reporter reporter;

    void create(@Observes Startup event) throws SQLException {
        try {
            execute("drop table ledger"); // Derby knows no "if exists"
        } catch (SQLException none) {
            // The first application on this server.
        }
        execute("create table ledger (entry varchar(100))");
    }

    @Transactional
    void write(
            @Observes @MqttTopic(value = "ask/write/{fate}", qos = Qos.AT_LEAST_ONCE) String entry,
            @TopicParam("fate") String fate)
            throws SQLException {
        execute("insert into ledger values (?)", entry);
        reporter.report("written", entry);
        if (fate.equals("fail")) {
            throw new IllegalStateException("as asked");
        }
    }

    /** Fails at the first attempt, when it has written. */
    @Transactional
    void writeAgain(
            @Observes
                    @MqttBroker("kept")
                    @MqttTopic(value = "ask/rewrite", qos = Qos.AT_LEAST_ONCE, onFailure = OnFailure.REDELIVER)
                    String entry)
            throws SQLException {
        execute("insert into ledger values (?)", entry);
        reporter.report("attempts", entry + " " + attempts.incrementAndGet());
        if (attempts.get() == 1) {
            throw new IllegalStateException("the first attempt");
        }
    }

    void count(@Observes @MqttTopic(value = "ask/count", qos = Qos.AT_LEAST_ONCE) String entry) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("select count(*) from ledger where entry = ?")) {
            select.setString(1, entry);
            try (ResultSet result = select.executeQuery()) {
                result.next();
                reporter.report("count/" + entry, result.getInt(1));
            }
        }
    }

    private void execute(String statement, String... parameters) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < parameters.length; i++) {
                prepared.setString(i + 1, parameters[i]);
            }
            prepared.executeUpdate();
        }
    }
}
