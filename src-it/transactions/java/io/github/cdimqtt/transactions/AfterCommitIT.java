package io.github.cdimqtt.transactions;

import static io.github.cdimqtt.PublishInTransaction.AFTER_COMMIT;
import static io.github.cdimqtt.PublishInTransaction.NOW;
import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static io.github.cdimqtt.transactions.Shop.assertFails;
import static io.github.cdimqtt.transactions.Shop.assertRolledBack;
import static io.github.cdimqtt.transactions.Shop.awaitDone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.arjuna.ats.jta.cdi.TransactionExtension;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.testing.MqttTestBroker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is published within a transaction goes after its commit, and not at all after a rollback. */
@Timeout(60)
class AfterCommitIT {
    private static final Map<String, String> KEYS =
            Map.of("publish-in-transaction", "after-commit", "offline-buffer", "1000");

    @RegisterExtension
    final Shop shop = new Shop(KEYS, TransactionExtension.class);

    private final TransactionManager transactions = shop.transactions;
    private final MqttTestBroker broker = shop.broker;

    @Test
    void commit_sendsOnce_inTheOrderOfTheCalls() throws Exception {
        transactions.begin();
        List<CompletionStage<MqttEvent.Published>> stages = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            stages.add((i % 2 == 0 ? shop.mqtt : shop.other).publish("orders", i, AT_LEAST_ONCE));
        }
        assertThat(shop.published()).isEmpty();
        assertThat(stages)
                .allSatisfy(stage -> assertThat(stage.toCompletableFuture()).isNotDone());
        transactions.commit();
        awaitDone(stages);
        assertThat(broker.published())
                .extracting(MqttMessage::text)
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(Integer::toString).toList());
    }

    @Test
    void rollback_sendsNothing() throws Exception {
        transactions.begin();
        CompletionStage<MqttEvent.Published> stage = shop.mqtt.publish("orders", 1, AT_LEAST_ONCE);
        CompletionStage<MqttEvent.Published> atMostOnce = shop.mqtt.publish("orders", 1, AT_MOST_ONCE);
        transactions.rollback();
        assertRolledBack(stage);
        assertRolledBack(atMostOnce);
        assertThat(shop.published()).isEmpty();
    }

    @Test
    void timeOut_sendsNothing() throws Exception {
        transactions.setTransactionTimeout(1);
        try {
            transactions.begin();
            CompletionStage<MqttEvent.Published> stage = shop.mqtt.publish("orders", 1, AT_LEAST_ONCE);
            assertRolledBack(stage); // while the transaction is still associated with this thread
            assertFails(
                    shop.mqtt.publish("orders", 2, AT_LEAST_ONCE),
                    "the transaction is rolled back, so nothing is published in it");
            assertThatThrownBy(transactions::commit).isInstanceOf(RollbackException.class);
        } finally {
            transactions.setTransactionTimeout(0);
        }
        assertThat(shop.published()).isEmpty();
    }

    @Test
    void transactionMarkedForRollback_takesNothing() throws Exception {
        transactions.begin();
        CompletionStage<MqttEvent.Published> before = shop.mqtt.publish("orders", 1, AT_LEAST_ONCE);
        transactions.setRollbackOnly();
        assertFails(
                shop.mqtt.publish("orders", 2, AT_LEAST_ONCE),
                "the transaction is rolled back, so nothing is published in it");
        assertThatThrownBy(transactions::commit).isInstanceOf(RollbackException.class);
        assertRolledBack(before);
        assertThat(shop.published()).isEmpty();
    }

    @Test
    void withoutATransaction_itGoesAtOnce() throws Exception {
        awaitDone(shop.mqtt.publish("orders", 1, AT_LEAST_ONCE));
        assertThat(shop.published()).containsExactly("orders 1");
    }

    @Test
    void newTransactionWithinOne_hasItsOwnEnd() throws Exception {
        transactions.begin();
        CompletionStage<MqttEvent.Published> outer = shop.mqtt.publish("orders", "outer", AT_LEAST_ONCE);
        Transaction suspended = transactions.suspend(); // REQUIRES_NEW
        transactions.begin();
        CompletionStage<MqttEvent.Published> inner = shop.mqtt.publish("audit", "inner", AT_LEAST_ONCE);
        transactions.commit();
        awaitDone(inner);
        assertThat(shop.published()).containsExactly("audit inner");
        transactions.resume(suspended);
        transactions.rollback();
        assertRolledBack(outer);
        assertThat(shop.published()).containsExactly("audit inner");
    }

    @Test
    void interleavedTransactions_keepTheirOrder() throws Exception {
        List<Transaction> open = new ArrayList<>();
        List<CompletionStage<MqttEvent.Published>> committed = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            transactions.begin();
            open.add(transactions.suspend());
        }
        for (int step = 0; step < 3; step++) {
            for (int i = 0; i < 1_000; i++) {
                transactions.resume(open.get(i));
                CompletionStage<MqttEvent.Published> stage = shop.mqtt.publish("orders/" + i, step, AT_LEAST_ONCE);
                if (i % 3 != 0) {
                    committed.add(stage);
                }
                transactions.suspend();
            }
        }
        for (int i = 999; i >= 0; i--) {
            transactions.resume(open.get(i));
            if (i % 3 == 0) {
                transactions.rollback();
            } else {
                transactions.commit();
            }
        }
        awaitDone(committed);
        List<String> expected = IntStream.iterate(999, i -> i >= 0, i -> i - 1)
                .filter(i -> i % 3 != 0)
                .boxed()
                .flatMap(i -> IntStream.range(0, 3).mapToObj(step -> "orders/" + i + " " + step))
                .toList();
        assertThat(shop.published()).containsExactlyElementsOf(expected);
    }

    @Test
    void oneCall_mayChooseOtherwise() throws Exception {
        transactions.begin();
        awaitDone(shop.mqtt.inTransaction(NOW).publish("audit", "now", AT_LEAST_ONCE));
        assertThat(shop.published()).containsExactly("audit now");
        CompletionStage<MqttEvent.Published> later =
                shop.mqtt.inTransaction(AFTER_COMMIT).publish("orders", "later", AT_LEAST_ONCE);
        assertThat(shop.published()).containsExactly("audit now");
        transactions.commit();
        awaitDone(later);
        assertThat(shop.published()).containsExactly("audit now", "orders later");
    }

    @Test
    void wrongArguments_failAtOnce() throws Exception {
        transactions.begin();
        assertThat(shop.mqtt.publish("orders/+", 1, AT_LEAST_ONCE).toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(shop.mqtt.publish("orders", new Object(), AT_LEAST_ONCE).toCompletableFuture())
                .isCompletedExceptionally();
        transactions.commit();
        assertThat(shop.published()).isEmpty();
    }

    @Test
    void messagesOfATransaction_areBounded() throws Exception {
        transactions.begin();
        List<CompletionStage<MqttEvent.Published>> stages = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            stages.add(shop.mqtt.publish("orders", i, AT_LEAST_ONCE));
        }
        assertFails(
                shop.mqtt.publish("orders", "too many", AT_LEAST_ONCE),
                "the transaction has 1000 messages already, as many as offline-buffer allows; set that"
                        + " higher, or commit earlier");
        stages.add(shop.other.publish("orders", "of the other connection", AT_LEAST_ONCE));
        transactions.commit();
        awaitDone(stages);
        assertThat(broker.published()).hasSize(1_001);
    }

    @Test
    void stagesOfARollback_completeOnThreadsThatMayBlock() throws Exception {
        transactions.begin();
        CompletableFuture<String> thread = new CompletableFuture<>();
        shop.mqtt
                .publish("orders", 1, AT_LEAST_ONCE)
                .whenComplete((published, failure) ->
                        thread.complete(Thread.currentThread().getName()));
        transactions.rollback();
        assertThat(thread.get(10, TimeUnit.SECONDS)).startsWith("cdi-mqtt-");
    }

    @Test
    void outage_holdsBackWhatIsCommitted() throws Exception {
        broker.refuseConnections(new MqttReason(0x88));
        broker.disconnect();
        await().until(() -> !shop.mqtt.isConnected());
        transactions.begin();
        CompletionStage<MqttEvent.Published> stage = shop.mqtt.publish("orders", 1, AT_LEAST_ONCE);
        transactions.commit();
        broker.restore();
        awaitDone(stage);
        assertThat(shop.published()).containsExactly("orders 1");
    }

    @Test
    void withoutTransactions_theKeyIsADeploymentProblem() {
        shop.stop();
        String remedy = "; run it where there are Jakarta Transactions, or add a transaction manager that brings its"
                + " TransactionSynchronizationRegistry as a bean, such as org.jboss.narayana.jta:narayana-jta";
        Shop withoutManager = new Shop(KEYS);
        assertThatThrownBy(withoutManager::start)
                .hasStackTraceContaining(
                        "MQTT-037: mqtt.publish-in-transaction=after-commit: there are no transactions" + remedy)
                .hasStackTraceContaining("MQTT-037: mqtt.other.publish-in-transaction=after-commit: ");
        withoutManager.stop();
        Shop withoutKey = new Shop(Map.of());
        withoutKey.start();
        assertFails(
                withoutKey.mqtt.inTransaction(AFTER_COMMIT).publish("orders", 1, AT_LEAST_ONCE),
                "the message to 'orders' can't be part of a transaction: there are none" + remedy);
        withoutKey.stop();
        shop.start();
    }

    @ApplicationScoped
    static class Second {
        @Produces
        TransactionSynchronizationRegistry registry = Narayana.synchronizations();
    }

    @Test
    void twoManagers_areADeploymentProblem() {
        shop.stop();
        Shop two = new Shop(KEYS, TransactionExtension.class, Second.class);
        assertThatThrownBy(two::start)
                .hasStackTraceContaining("MQTT-024: mqtt.publish-in-transaction=after-commit: there is more than one"
                        + " TransactionSynchronizationRegistry bean; keep that of the transaction manager");
        two.stop();
        shop.start();
    }
}
