package io.github.cdimqtt.transactions;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.Qos;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

@ApplicationScoped
public class Warehouse {
    @Inject
    @Named("shop")
    DataSource database;

    @Transactional(rollbackOn = Exception.class)
    void order(
            @Observes @MqttTopic(value = "orders", qos = Qos.AT_LEAST_ONCE, onFailure = OnFailure.REDELIVER)
                    MqttMessage order)
            throws SQLException {
        String messageId = order.properties().user("message-id");
        try (Connection db = database.getConnection()) {
            if (wasHeard(db, messageId)) {
                return; // acknowledged, and nothing else
            }
            try (PreparedStatement update = db.prepareStatement("UPDATE stock SET pieces = pieces - ?")) {
                update.setInt(1, order.as(Integer.class));
                update.executeUpdate();
            }
        }
    }

    /** Notes a message. If it is handled twice at once, the key lets one of the transactions fail, and it is delivered again. */
    private static boolean wasHeard(Connection db, String messageId) throws SQLException {
        try (PreparedStatement select = db.prepareStatement("SELECT 1 FROM heard WHERE message_id = ?");
                PreparedStatement insert = db.prepareStatement("INSERT INTO heard (message_id) VALUES (?)")) {
            select.setString(1, messageId);
            if (select.executeQuery().next()) {
                return true;
            }
            insert.setString(1, messageId);
            insert.executeUpdate();
            return false;
        }
    }
}
