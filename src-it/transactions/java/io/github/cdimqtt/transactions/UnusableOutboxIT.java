package io.github.cdimqtt.transactions;

import static io.github.cdimqtt.PublishInTransaction.NOW;
import static io.github.cdimqtt.PublishInTransaction.OUTBOX;
import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.arjuna.ats.jta.cdi.TransactionExtension;
import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttProperties;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection that can't be used ends a transaction that counts on its outbox; one of which nothing is known does not. */
@Timeout(60)
class UnusableOutboxIT {
    private static final MqttMessage REQUEST = MqttMessage.builder()
            .topic("questions")
            .properties(MqttProperties.builder().responseTopic("answers").build())
            .build();

    /** Its settings are read each time the connection is to be made. */
    @ApplicationScoped
    static class UnreadableSettings {
        @Produces
        MqttConfig settings() {
            throw new IllegalStateException("no settings today");
        }
    }

    private final TransactionManager transactions = Narayana.manager();
    private Shop shop;

    @AfterEach
    void stop() throws Exception {
        if (transactions.getTransaction() != null) {
            transactions.rollback();
        }
        shop.stop();
        Database.clear();
    }

    private void start(Map<String, String> further, Class<?>... beans) {
        Map<String, String> keys = new HashMap<>(OutboxIT.KEYS);
        keys.putAll(further);
        List<Class<?>> parts = new ArrayList<>(List.of(beans));
        parts.addAll(List.of(TransactionExtension.class, Database.class));
        shop = new Shop(keys, parts.toArray(Class<?>[]::new));
        shop.startAsItMay();
    }

    private static Map<String, String> directoryThatCantBe() {
        return Map.of("client-id", "shop", "persistence-directory", "/dev/null/there");
    }

    /** Publishes in a transaction, which fails, and returns what became of the transaction. */
    private int statusAfter(Function<Mqtt, CompletionStage<?>> publish, String failure) throws Exception {
        transactions.begin();
        assertThat(publish.apply(shop.mqtt))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOf(MqttException.class)
                .withMessageContaining(failure);
        int status = transactions.getStatus();
        transactions.rollback();
        return status;
    }

    @Test
    void connectionThatCantBeMade_storesNothing() throws Exception {
        start(directoryThatCantBe());
        assertThat(statusAfter(mqtt -> mqtt.publish("orders", 1, AT_LEAST_ONCE), "can't be used"))
                .isEqualTo(Status.STATUS_MARKED_ROLLBACK);
        assertThat(statusAfter(mqtt -> mqtt.reply(REQUEST, "yes", MqttProperties.NONE), "can't be used"))
                .isEqualTo(Status.STATUS_MARKED_ROLLBACK);
        assertThat(statusAfter(mqtt -> mqtt.inTransaction(NOW).publish("orders", 1, AT_LEAST_ONCE), "can't be used"))
                .isEqualTo(Status.STATUS_ACTIVE);
    }

    @Test
    void connectionThatCantBeMade_storesNothing_whereOneCallChoosesTheOutbox() throws Exception {
        Map<String, String> keys = new HashMap<>(directoryThatCantBe());
        keys.put("publish-in-transaction", "now");
        start(keys);
        assertThat(statusAfter(mqtt -> mqtt.publish("orders", 1, AT_LEAST_ONCE), "can't be used"))
                .isEqualTo(Status.STATUS_ACTIVE);
        assertThat(statusAfter(mqtt -> mqtt.inTransaction(OUTBOX).publish("orders", 1, AT_LEAST_ONCE), "can't be used"))
                .isEqualTo(Status.STATUS_MARKED_ROLLBACK);
    }

    @Test
    void connectionThatIsSwitchedOff_failsItsStageAlone() throws Exception {
        start(Map.of("enabled", "false"));
        assertThat(statusAfter(mqtt -> mqtt.publish("orders", 1, AT_LEAST_ONCE), "is switched off"))
                .isEqualTo(Status.STATUS_ACTIVE);
    }

    @Test
    void connectionWhoseSettingsCantBeRead_failsItsStageAlone() throws Exception {
        start(Map.of(), UnreadableSettings.class);
        assertThat(statusAfter(mqtt -> mqtt.publish("orders", 1, AT_LEAST_ONCE), "no settings today"))
                .isEqualTo(Status.STATUS_ACTIVE);
    }
}
