package io.github.cdimqtt.internal.outbox;

import static io.github.cdimqtt.internal.outbox.Copy.message;
import static io.github.cdimqtt.internal.outbox.Copy.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttProperties;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is sent from the outbox, and when. */
class OutboxRelayTest {
    private final TestDatabase database = new TestDatabase("");

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void rows_goInOrder_aWindowAtATime() {
        Copy copy = new Copy(database);
        copy.connected = false;
        for (String each : numbers(0, 600)) {
            copy.publish(each);
        }
        copy.connected = true;
        copy.connects.complete(null);
        assertThat(copy.sent()).containsExactlyElementsOf(numbers(0, OutboxWindow.LARGEST));
        copy.acknowledge(OutboxWindow.LARGEST / 2);
        assertThat(copy.sent()).containsExactlyElementsOf(numbers(0, OutboxWindow.LARGEST / 2 * 3));
        copy.acknowledge(OutboxWindow.LARGEST);
        assertThat(copy.sent()).containsExactlyElementsOf(numbers(0, 600));
        copy.acknowledge(600 - OutboxWindow.LARGEST / 2 * 3);
        assertThat(database.rows()).isZero();
        copy.intervals(2);
        assertThat(copy.sent()).hasSize(600);
    }

    @Test
    void window_isNoLargerThanTheBufferOfTheSession() {
        Copy copy = new Copy(database, 10, same -> {});
        copy.connected = false;
        for (String each : numbers(0, 30)) {
            copy.publish(each);
        }
        copy.connected = true;
        copy.connects.complete(null);
        assertThat(copy.sent()).containsExactlyElementsOf(numbers(0, 10));
        copy.acknowledge(5);
        assertThat(copy.sent()).containsExactlyElementsOf(numbers(0, 15));
    }

    @Test
    void messagesOfMqtt5_sayWhichTheyAre_andOthersCant() {
        Copy copy = new Copy(database).start();
        copy.publish("5");
        copy.mqtt5 = false;
        copy.publish("3");
        assertThat(copy.sent.get(0).properties().user()).singleElement().satisfies(user -> {
            assertThat(user.getKey()).isEqualTo("message-id");
            assertThat(user.getValue())
                    .isEqualTo(database.query("SELECT message_id FROM cdi_mqtt_outbox ORDER BY id")
                            .get(0));
        });
        assertThat(copy.sent.get(1).properties()).isEqualTo(MqttProperties.NONE);
    }

    @Test
    void messageThatIsPassedOn_hasTheIdOfItsOwnRow() {
        Copy copy = new Copy(database).start();
        MqttProperties heard = MqttProperties.builder()
                .user("message-id", "of another outbox")
                .user("shop", "7")
                .build();
        copy.publish(message("t", "1", heard));
        assertThat(copy.sent.get(0).properties().user())
                .containsExactly(
                        Map.entry("shop", "7"),
                        Map.entry(
                                "message-id",
                                database.query("SELECT message_id FROM cdi_mqtt_outbox")
                                        .get(0)));
    }

    @Test
    void otherFailure_isNoRefusal_andWaitsForTheNextInterval() {
        Copy copy = new Copy(database).start();
        CompletableFuture<MqttEvent.Published> stage = copy.publish("1");
        for (int i = 0; i < 5; i++) {
            copy.fail(new MqttException("the queue is full"));
            copy.intervals(1);
        }
        assertThat(copy.sent()).hasSize(6);
        assertThat(database.query("SELECT attempts FROM cdi_mqtt_outbox")).containsExactly("0");
        copy.acknowledge(1);
        assertThat(stage).isCompleted();
    }

    @Test
    void nothing_overtakesAMessageThatCouldNotBeSent() {
        Copy copy = new Copy(database).start();
        copy.publish("1");
        copy.publish("2");
        copy.fail(new MqttException("the session was closed"));
        copy.fail(new MqttException("the session was closed"));
        copy.publish("3");
        assertThat(copy.sent()).containsExactly("1", "2");
        copy.intervals(1);
        assertThat(copy.sent()).containsExactly("1", "2", "1", "2", "3");
    }

    @Test
    void acknowledgement_makesRoomForAMessageThatCouldNotBeSent() {
        Copy copy = new Copy(database).start();
        copy.publish("1");
        copy.publish("2");
        copy.fail(new MqttException("the queue is full"));
        assertThat(copy.sent()).containsExactly("1", "2");
        copy.acknowledge(1);
        assertThat(copy.sent()).containsExactly("1", "2", "1");
    }

    @Test
    void messageThatExpiresOnItsWay_holdsBackNoOthers() {
        Copy copy = new Copy(database);
        copy.connected = false;
        copy.publish(message("t", "1", expiry(10)));
        long expired = System.currentTimeMillis() + 500;
        database.execute("UPDATE cdi_mqtt_outbox SET created = " + (expired - 10_000));
        copy.connected = true;
        copy.connects.complete(null);
        assertThat(copy.sent()).containsExactly("1");
        await().until(() -> System.currentTimeMillis() > expired);
        copy.fail(new MqttException("expired in the queue"));
        copy.publish("2");
        assertThat(copy.sent()).containsExactly("1", "2");
        assertThat(database.rows()).isOne();
    }

    @Test
    void withoutConnection_nothingIsSent_untilThereIsOne() {
        Copy copy = new Copy(database);
        copy.connected = false;
        copy.start().publish("1");
        copy.intervals(2);
        assertThat(copy.sent()).isEmpty();
        copy.connected = true;
        copy.connects.complete(null);
        assertThat(copy.sent()).containsExactly("1");
    }

    @Test
    void closedSession_isAskedEachInterval_andNotAllTheTime() {
        Copy copy = new Copy(database);
        copy.connected = false;
        copy.connects.completeExceptionally(new MqttException("closed"));
        copy.start().publish("1");
        copy.intervals(1);
        assertThat(copy.sent()).isEmpty();
        copy.connected = true;
        copy.intervals(1);
        assertThat(copy.sent()).containsExactly("1");
    }

    @Test
    void expiredMessage_isDeleted_andOthersHaveWhatIsLeft() {
        Copy copy = new Copy(database);
        copy.connected = false;
        copy.start();
        CompletableFuture<MqttEvent.Published> expired = copy.publish(message("t", "expired", expiry(10)));
        copy.publish(message("t", "kept", expiry(100)));
        database.execute("UPDATE cdi_mqtt_outbox SET created = created - 20000");
        copy.connected = true;
        copy.intervals(1);
        assertThat(copy.sent()).containsExactly("kept");
        assertThat(copy.sent.get(0).properties().expiry()).isBetween(Duration.ofSeconds(70), Duration.ofSeconds(80));
        assertThat(expired).isCompletedExceptionally();
        assertThat(database.rows()).isOne();
    }

    private static MqttProperties expiry(int seconds) {
        return MqttProperties.builder().expiry(Duration.ofSeconds(seconds)).build();
    }
}
