package io.github.cdimqtt.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.quarkus.test.QuarkusUnitTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Publishing within the transactions of Quarkus, with Narayana, Agroal and H2, and observers that are transactional. */
class TransactionsIT {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrokerOfTests.application(TransactionsIT.class)
            .overrideConfigKey("quarkus.datasource.shop.db-kind", "h2")
            .overrideConfigKey("quarkus.datasource.shop.jdbc.url", "jdbc:h2:mem:transactions;DB_CLOSE_DELAY=-1")
            .overrideConfigKey("mqtt.publish-in-transaction", "after-commit")
            .overrideConfigKey("mqtt.kept.broker-url", BrokerOfTests.url())
            .overrideConfigKey("mqtt.kept.publish-in-transaction", "outbox")
            .overrideConfigKey("mqtt.kept.outbox.data-source", "shop")
            .overrideConfigKey("mqtt.kept.outbox.create", "true");

    @ApplicationScoped
    static class Shop {
        @Inject
        @Named("shop")
        DataSource database;

        @Inject
        Mqtt mqtt;

        @Inject
        @MqttBroker("kept")
        Mqtt kept;

        @Inject
        TransactionSynchronizationRegistry transaction;

        @Inject
        Heard heard;

        @Transactional
        public void order(String text, boolean fails) throws SQLException {
            insert(text);
            mqtt.publish("orders/after-commit", text, Qos.AT_LEAST_ONCE);
            kept.publish("orders/outbox", text, Qos.AT_LEAST_ONCE);
            if (fails) {
                throw new IllegalStateException("rolled back");
            }
        }

        @Transactional
        void received(@Observes @MqttTopic("received") String text) throws SQLException {
            heard.add("status " + (transaction.getTransactionStatus() == Status.STATUS_ACTIVE));
            insert(text);
            if (text.equals("wrong")) {
                throw new IllegalStateException("rolled back");
            }
        }

        void failed(@Observes MqttEvent.MessageFailed event) {
            heard.add("failed " + event.cause().getMessage());
        }

        private void insert(String text) throws SQLException {
            try (Connection connection = database.getConnection();
                    PreparedStatement insert = connection.prepareStatement("insert into orders values (?)")) {
                insert.setString(1, text);
                insert.executeUpdate();
            }
        }
    }

    @Inject
    @Named("shop")
    DataSource database;

    @Inject
    Shop shop;

    @Inject
    Heard heard;

    @Inject
    Outside outside;

    @BeforeEach
    void createTable() throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists orders (text varchar(99))");
            statement.execute("delete from orders");
        }
        outside.listen("orders/#");
    }

    private int rows() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from orders")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void messages_areSentWithTheTransaction_orNotAtAll() throws Exception {
        assertThatThrownBy(() -> shop.order("lost", true)).hasMessage("rolled back");
        shop.order("kept", false);
        assertThat(heard.next(2))
                .containsExactlyInAnyOrder("outside orders/after-commit kept", "outside orders/outbox kept");
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void observer_isTransactional() throws Exception {
        outside.publish("received", "right");
        outside.publish("received", "wrong");
        assertThat(heard.next(3)).containsExactly("status true", "status true", "failed rolled back");
        assertThat(rows()).isEqualTo(1);
    }
}
