package io.github.cdimqtt.transactions;

import static io.github.cdimqtt.PublishInTransaction.NOW;
import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static io.github.cdimqtt.Qos.EXACTLY_ONCE;
import static io.github.cdimqtt.transactions.Shop.assertFails;
import static io.github.cdimqtt.transactions.Shop.assertRolledBack;
import static io.github.cdimqtt.transactions.Shop.awaitDone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.arjuna.ats.jta.cdi.TransactionExtension;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.testing.MqttTestBroker;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is published within a transaction is a row of that transaction, and goes from there. */
@Timeout(60)
class OutboxIT {
    static final Map<String, String> KEYS = Map.of(
            "protocol-version", "5",
            "publish-in-transaction", "outbox",
            "outbox.data-source", "shop",
            "outbox.create", "true",
            "outbox.interval", "200ms",
            "outbox.attempts", "3");

    @RegisterExtension
    @Order(1) // and so the last one after the test
    final AfterEachCallback cleared = test -> {
        Database.comeBack();
        Database.clear();
    };

    @RegisterExtension
    @Order(2)
    final Shop shop = new Shop(KEYS, TransactionExtension.class, Database.class);

    private final TransactionManager transactions = shop.transactions;
    private final MqttTestBroker broker = shop.broker;

    private CompletionStage<MqttEvent.Published> publish(Object payload) {
        return shop.mqtt.publish("orders", payload, AT_LEAST_ONCE);
    }

    @Test
    void commit_sendsInTheOrderOfTheCalls_andLeavesNoRow() throws Exception {
        transactions.begin();
        List<CompletionStage<MqttEvent.Published>> stages = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            stages.add(shop.mqtt.publish("orders", i, i % 2 == 0 ? AT_LEAST_ONCE : EXACTLY_ONCE));
        }
        assertThat(shop.published()).isEmpty();
        transactions.commit();
        awaitDone(stages);
        assertThat(broker.published())
                .extracting(MqttMessage::text)
                .containsExactlyElementsOf(
                        IntStream.range(0, 1_000).mapToObj(Integer::toString).toList());
        await().untilAsserted(() -> assertThat(Database.rows()).isEmpty());
    }

    @Test
    void message_isAsItWasPublished_andSaysWhichItIs() throws Exception {
        MqttProperties properties = MqttProperties.builder()
                .contentType("text/plain")
                .user("shop", "7")
                .expiry(Duration.ofMinutes(1))
                .build();
        transactions.begin();
        CompletionStage<MqttEvent.Published> first =
                shop.mqtt.publish("orders/ä", "größer", EXACTLY_ONCE, true, properties);
        CompletionStage<MqttEvent.Published> empty = shop.mqtt.publish("orders", null, AT_LEAST_ONCE);
        transactions.commit();
        awaitDone(List.of(first, empty));
        MqttMessage message = broker.published().get(0);
        assertThat(message.topic()).isEqualTo("orders/ä");
        assertThat(message.text()).isEqualTo("größer");
        assertThat(message.qos()).isEqualTo(EXACTLY_ONCE);
        assertThat(message.properties().contentType()).isEqualTo("text/plain");
        assertThat(message.properties().isText()).isTrue();
        assertThat(message.properties().expiry()).isBetween(Duration.ofSeconds(50), Duration.ofMinutes(1));
        assertThat(message.properties().user()).extracting(Map.Entry::getKey).containsExactly("shop", "message-id");
        assertThat(broker.retained("orders/ä").text()).isEqualTo("größer");
        assertThat(broker.published().get(1).text()).isEmpty();
    }

    @Test
    void rollback_leavesNoRow_andSendsNothing() throws Exception {
        transactions.begin();
        CompletionStage<MqttEvent.Published> stage = publish(1);
        transactions.rollback();
        assertRolledBack(stage);
        assertThat(Database.rows()).isEmpty();
        awaitDone(publish("after"));
        assertThat(shop.published()).containsExactly("orders after");
    }

    @Test
    void timeOut_leavesNoRow() throws Exception {
        transactions.setTransactionTimeout(1);
        try {
            transactions.begin();
            assertRolledBack(publish(1));
            assertFails(publish(2), "the transaction is rolled back, so nothing is published in it");
            assertThatThrownBy(transactions::commit).isInstanceOf(RollbackException.class);
        } finally {
            transactions.setTransactionTimeout(0);
        }
        assertThat(Database.rows()).isEmpty();
    }

    @Test
    void newTransactionWithinOne_hasItsOwnEnd() throws Exception {
        transactions.begin();
        CompletionStage<MqttEvent.Published> outer = publish("outer");
        Transaction suspended = transactions.suspend(); // REQUIRES_NEW
        transactions.begin();
        CompletionStage<MqttEvent.Published> inner = shop.mqtt.publish("audit", "inner", AT_LEAST_ONCE);
        transactions.commit();
        awaitDone(inner);
        transactions.resume(suspended);
        transactions.rollback();
        assertRolledBack(outer);
        assertThat(shop.published()).containsExactly("audit inner");
    }

    @Test
    void twoConnections_haveRowsOfTheirOwn() throws Exception {
        transactions.begin();
        CompletionStage<MqttEvent.Published> first = publish(1);
        CompletionStage<MqttEvent.Published> second = shop.other.publish("orders", 2, AT_LEAST_ONCE);
        assertThat(Database.query("SELECT COUNT(*) FROM cdi_mqtt_outbox")).containsExactly("0");
        transactions.commit();
        awaitDone(List.of(first, second));
        assertThat(shop.published()).containsExactlyInAnyOrder("orders 1", "orders 2");
    }

    @Test
    void oneCall_mayChooseOtherwise() throws Exception {
        transactions.begin();
        awaitDone(shop.mqtt.inTransaction(NOW).publish("audit", "now", AT_LEAST_ONCE));
        CompletionStage<MqttEvent.Published> later = publish("later");
        transactions.rollback();
        assertRolledBack(later);
        assertThat(shop.published()).containsExactly("audit now");
    }

    @Test
    void qos0_failsAtOnce_andItsTransaction() throws Exception {
        transactions.begin();
        assertFails(
                shop.mqtt.publish("orders", 1, AT_MOST_ONCE),
                "the message to 'orders' is of QoS 0, which the outbox does not keep; publish it with QoS 1 or 2");
        assertThatThrownBy(transactions::commit).isInstanceOf(RollbackException.class);
    }

    @Test
    void wrongArguments_failAtOnce_andTheirTransaction_unlessTheyAreNoPartOfIt() throws Exception {
        transactions.begin();
        assertThat(shop.mqtt.publish("orders/+", 1, AT_LEAST_ONCE).toCompletableFuture())
                .isCompletedExceptionally();
        assertThat(transactions.getStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
        transactions.rollback();
        transactions.begin();
        assertThat(shop.mqtt.inTransaction(NOW).publish("orders/+", 1).toCompletableFuture())
                .isCompletedExceptionally();
        CompletionStage<MqttEvent.Published> right = publish("right");
        transactions.commit();
        awaitDone(right);
        assertThat(shop.published()).containsExactly("orders right");
    }

    @Test
    void reply_isKeptAtQos1_alsoWhereTheRequestWasOfQos0() throws Exception {
        MqttMessage request = MqttMessage.builder()
                .topic("questions")
                .properties(MqttProperties.builder().responseTopic("answers").build())
                .build();
        awaitDone(shop.mqtt.reply(request, "yes", MqttProperties.NONE));
        assertThat(broker.published()).singleElement().satisfies(message -> {
            assertThat(message.topic()).isEqualTo("answers");
            assertThat(message.qos()).isEqualTo(AT_LEAST_ONCE);
        });
    }

    @Test
    void interleavedTransactions_goInTheOrderOfEach() throws Exception {
        List<Transaction> open = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            transactions.begin();
            open.add(transactions.suspend());
        }
        List<CompletionStage<MqttEvent.Published>> stages = new ArrayList<>();
        for (int step = 0; step < 20; step++) {
            for (int i = 0; i < 10; i++) {
                transactions.resume(open.get(i));
                stages.add(shop.mqtt.publish("orders/" + i, step, AT_LEAST_ONCE));
                transactions.suspend();
            }
        }
        for (int i = 9; i >= 0; i--) {
            transactions.resume(open.get(i));
            transactions.commit();
        }
        awaitDone(stages);
        for (int i = 0; i < 10; i++) {
            assertThat(broker.published("orders/" + i))
                    .extracting(MqttMessage::text)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 20).mapToObj(Integer::toString).toList());
        }
    }

    @Test
    void transactionsOfManyThreads_goInTheOrderOfEach() throws Exception {
        List<CompletableFuture<Void>> threads = IntStream.range(0, 4)
                .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                    for (int number = 0; number < 250; number++) {
                        try {
                            transactions.begin();
                            shop.mqtt.publish("orders/" + thread, number, AT_LEAST_ONCE);
                            transactions.commit();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }
                }))
                .toList();
        threads.forEach(CompletableFuture::join);
        await().untilAsserted(() -> assertThat(Database.rows()).isEmpty());
        for (int i = 0; i < 4; i++) {
            assertThat(broker.published("orders/" + i))
                    .extracting(MqttMessage::text)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 250).mapToObj(Integer::toString).toList());
        }
    }

    @Test
    void outage_isWaitedFor_alsoBeyondTheEndOfTheApplication() throws Exception {
        broker.refuseConnections(new MqttReason(0x88));
        broker.disconnect();
        await().until(() -> !shop.mqtt.isConnected());
        transactions.begin();
        CompletionStage<MqttEvent.Published> stage = publish(1);
        transactions.commit();
        shop.stop();
        assertFails(
                stage,
                "the application has ended: the message to 'orders' stays in the outbox, and goes when it starts again");
        assertThat(Database.rows()).containsExactly("orders");
        broker.restore();
        shop.start();
        assertThat(broker.awaitPublished("orders").text()).isEqualTo("1");
        await().untilAsserted(() -> assertThat(Database.rows()).isEmpty());
    }

    @Test
    void refusedMessage_isMarkedAfterItsAttempts_andTheRestGoes() throws Exception {
        broker.refusePublish("orders/secret", new MqttReason(0x87));
        transactions.begin();
        CompletionStage<MqttEvent.Published> refused = shop.mqtt.publish("orders/secret", 1, AT_LEAST_ONCE);
        CompletionStage<MqttEvent.Published> taken = publish(2);
        transactions.commit();
        awaitDone(taken);
        assertThat(refused)
                .failsWithin(Shop.SOON)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining(
                        "the broker refused the message of QoS 1 to 'orders/secret' (0x87 not authorised)");
        assertThat(Database.query("SELECT attempts FROM cdi_mqtt_outbox")).containsExactly("3");
        assertThat(Database.query("SELECT failure FROM cdi_mqtt_outbox").get(0)).contains("0x87");
        await().untilAsserted(
                        () -> assertThat(shop.mqtt.metrics().outboxFailed()).isOne());
        assertThat(shop.mqtt.metrics().outboxPending()).isZero();

        broker.restore();
        Database.execute("UPDATE cdi_mqtt_outbox SET failure = NULL, attempts = 0");
        assertThat(broker.awaitPublished("orders/secret").text()).isEqualTo("1");
    }

    @Test
    void databaseThatIsAway_failsThePublish_andItsTransaction_andIsUsedAgain() throws Exception {
        awaitDone(publish(0));
        transactions.begin();
        Database.goAway();
        assertFails(
                publish(1),
                "the message to 'orders' can't be written to the outbox cdi_mqtt_outbox: the database is away");
        assertThat(transactions.getStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
        transactions.rollback();
        Database.comeBack();
        awaitDone(publish(2));
        assertThat(shop.published()).containsExactly("orders 0", "orders 2");
    }

    @Test
    void dataSourceOutsideOfTheTransaction_isRefused() throws Exception {
        shop.stop();
        Shop plain = new Shop(
                Map.of("publish-in-transaction", "outbox", "outbox.data-source", "plain", "outbox.create", "true"),
                TransactionExtension.class,
                Database.class);
        plain.start();
        transactions.begin();
        assertFails(
                plain.mqtt.publish("orders", 1, AT_LEAST_ONCE),
                "the message to 'orders' can't be written to the outbox cdi_mqtt_outbox: the data source takes no part in"
                        + " transactions; declare it as one with JTA, or set another outbox.data-source");
        transactions.rollback();
        plain.stop();
        shop.start();
    }

    @Test
    void expiredMessage_isNotSent() throws Exception {
        broker.refuseConnections(new MqttReason(0x88));
        broker.disconnect();
        await().until(() -> !shop.mqtt.isConnected());
        MqttProperties shortly =
                MqttProperties.builder().expiry(Duration.ofSeconds(1)).build();
        CompletionStage<MqttEvent.Published> expired = shop.mqtt.publish("orders", 1, AT_LEAST_ONCE, false, shortly);
        CompletionStage<MqttEvent.Published> kept = publish(2);
        Database.execute("UPDATE cdi_mqtt_outbox SET created = created - 2000");
        broker.restore();
        assertFails(
                expired,
                "expired in the outbox: the message to 'orders' is not sent; give it a longer expiry, or none");
        awaitDone(kept);
        assertThat(shop.published()).containsExactly("orders 2");
    }

    @Test
    void stop_leavesNoLease_andNoConnectionOfThePool() throws Exception {
        awaitDone(publish(1));
        assertThat(Database.query("SELECT owner FROM cdi_mqtt_outbox_lease WHERE connection_name = 'default'"))
                .doesNotContainNull();
        shop.stop();
        assertThat(Database.query("SELECT owner FROM cdi_mqtt_outbox_lease")).containsOnlyNulls();
        assertThat(Database.borrowed()).isZero();
        shop.start();
    }
}
