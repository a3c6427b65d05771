package io.github.cdimqtt.server.app;

import static io.github.cdimqtt.PublishInTransaction.AFTER_COMMIT;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.TopicParam;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.concurrent.CompletionStage;

/** Publishes in the server's transactions, over two connections. */
@ApplicationScoped
public class Orders {
    @Inject
    Mqtt mqtt;

    @Inject
    @MqttBroker("line")
    Mqtt line;

    @Inject
    Invoices invoices;

    @Inject
    Reporter reporter;

    @Transactional
    void order(
            @Observes @MqttTopic(value = "ask/order/{fate}", qos = Qos.AT_LEAST_ONCE) String order,
            @TopicParam("fate") String fate) {
        for (int i = 1; i <= 3; i++) {
            publish(mqtt.inTransaction(AFTER_COMMIT), order, i);
        }
        publish(line, order, 4); // as configured
        invoices.write(order);
        reporter.report("order", order + " is written");
        if (fate.equals("fail")) {
            throw new IllegalStateException("as asked");
        }
    }

    private void publish(Mqtt connection, String order, int number) {
        CompletionStage<?> unused = connection
                .publish("reported/orders", order + " " + number, Qos.AT_LEAST_ONCE)
                .whenComplete((published, failure) -> {
                    if (failure != null) {
                        reporter.report("failures", order + " " + number + ": " + failure.getMessage());
                    }
                });
    }
}
