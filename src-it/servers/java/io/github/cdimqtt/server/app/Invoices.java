package io.github.cdimqtt.server.app;

import static io.github.cdimqtt.PublishInTransaction.AFTER_COMMIT;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.Qos;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.concurrent.CompletionStage;

/** Publishes in a transaction of its own within that of its caller. */
@ApplicationScoped
public class Invoices {
    @Inject
    Mqtt mqtt;

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void write(String order) {
        CompletionStage<?> unused =
                mqtt.inTransaction(AFTER_COMMIT).publish("reported/invoices", order, Qos.AT_LEAST_ONCE);
    }
}
