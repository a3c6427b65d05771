package io.github.cdimqtt.server.app.shop;

import static io.github.cdimqtt.PublishInTransaction.AFTER_COMMIT;
import static io.github.cdimqtt.PublishInTransaction.NOW;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.TopicParam;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Transactional;
import jakarta.transaction.UserTransaction;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Hears of orders on one connection, and tells of them on another, which has an outbox. */
@ApplicationScoped
public class Shop {
    @Inject
    Mqtt mqtt;

    @Inject
    UserTransaction transaction;

    @Transactional
    void order(
            @Observes @MqttBroker("ask") @MqttTopic(value = "ask/shop/{fate}", qos = Qos.AT_LEAST_ONCE) String order,
            @TopicParam("fate") String fate) {
        for (int i = 1; i <= 3; i++) {
            CompletionStage<?> unused = mqtt.publish("reported/shop", order + " " + i, Qos.AT_LEAST_ONCE);
        }
        if (fate.equals("fail")) {
            throw new IllegalStateException("as asked");
        }
    }

    /** Publishes in a transaction that times out. */
    void late(@Observes @MqttBroker("ask") @MqttTopic(value = "ask/late-shop", qos = Qos.AT_LEAST_ONCE) String order)
            throws Exception {
        transaction.setTransactionTimeout(1);
        transaction.begin();
        report(order, mqtt.publish("reported/shop", order, Qos.AT_LEAST_ONCE));
        report(order, mqtt.inTransaction(AFTER_COMMIT).publish("reported/shop", order, Qos.AT_LEAST_ONCE));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (transaction.getStatus() == Status.STATUS_ACTIVE && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        try {
            transaction.commit();
            mqtt.inTransaction(NOW).publish("reported/late", order + " was not late", Qos.AT_LEAST_ONCE);
        } catch (RollbackException | IllegalStateException late) {
            mqtt.inTransaction(NOW).publish("reported/late", order + " was late", Qos.AT_LEAST_ONCE);
        } finally {
            transaction.setTransactionTimeout(0);
        }
    }

    private void report(String order, CompletionStage<?> published) {
        CompletionStage<?> unused = published.exceptionally(failure -> {
            mqtt.inTransaction(NOW)
                    .publish("reported/late", order + " failed: " + failure.getMessage(), Qos.AT_LEAST_ONCE);
            return null;
        });
    }
}
