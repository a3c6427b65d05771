package io.github.cdimqtt.internal.outbox;

import static io.github.cdimqtt.internal.outbox.Copy.message;
import static io.github.cdimqtt.internal.outbox.Copy.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.TrackedStage;
import io.github.cdimqtt.internal.reporting.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written to the outbox, and what becomes of its stages. */
class OutboxTest {
    private final TestDatabase database = new TestDatabase("");

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void acknowledgement_completesTheStage_asTheBrokerAnswered() {
        Copy copy = new Copy(database).start();
        CompletableFuture<MqttEvent.Published> stage = copy.publish("1");
        assertThat(stage).isNotDone();
        copy.acknowledge(1);
        assertThat(stage).isCompletedWithValueMatching(published -> published.messageId() == 7);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void dataSourceThatTakesNoPart_isFoundOutByATrial(boolean autoCommit) {
        Copy copy = new Copy(database);
        copy.transactions = "ignored";
        database.autoCommit = autoCommit;
        copy.start();
        assertThatThrownBy(() -> copy.publish("1"))
                .hasMessageEndingWith(
                        "the data source takes no part in transactions; declare it as one with JTA, or set"
                                + " another outbox.data-source");
        assertThat(database.rows()).isZero();
    }

    @Test
    void trialThatWasNotPossibleAtFirst_isMadeUpFor() {
        Copy copy = new Copy(database).start();
        copy.publish("1");
        copy.transactions = "ignored";
        copy.intervals(1);
        assertThatThrownBy(() -> copy.publish("2"))
                .hasMessageContaining("the data source takes no part in transactions");
        assertThat(copy.listener.logs(MessageId.OUTBOX_AWAY)).hasSize(1);
        copy.transactions = "taken part in";
        copy.intervals(1);
        copy.publish("3");
        assertThat(copy.sent()).containsExactly("1", "3");
    }

    @Test
    void withoutTransaction_andWithoutAutoCommit_theRowIsCommitted() {
        Copy copy = new Copy(database);
        database.autoCommit = false;
        copy.start().publish("1");
        assertThat(copy.sent()).containsExactly("1");
    }

    @Test
    void dataSourceThatTakesPart_maySayOfAutoCommitWhatItLikes() {
        Copy copy = new Copy(database);
        copy.transactions = "taken part in";
        copy.start();
        CompletableFuture<MqttEvent.Published> stage = new CompletableFuture<>();
        copy.outbox.committed(copy.outbox.write(message("t", "1"), true, stage));
        assertThat(copy.sent()).containsExactly("1");
    }

    @Test
    void withoutATrial_autoCommitInATransactionTells() {
        Copy copy = new Copy(database).start();
        assertThatThrownBy(() -> copy.outbox.write(message("t", "1"), true, new CompletableFuture<>()))
                .hasMessageContaining("the data source takes no part in transactions");
    }

    @Test
    void stagesThatNothingDependsOn_makeRoom() {
        Copy copy = new Copy(database);
        copy.connected = false;
        copy.start();
        List<TrackedStage<MqttEvent.Published>> ignored = new ArrayList<>();
        for (String each : numbers(0, 1_000)) {
            TrackedStage<MqttEvent.Published> stage = new TrackedStage<>();
            ignored.add(stage);
            copy.outbox.committed(copy.outbox.write(message("t", each), false, stage));
        }
        assertThat(copy.publish("one more")).isNotDone();
        assertThat(ignored).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void messageBeyondAnyPacket_isRefusedAtOnce() {
        Outbox outbox = new Copy(database).outbox;
        assertThatThrownBy(() -> outbox.check(message("t".repeat(70_000), "1")))
                .hasMessage("a topic of 70,000 bytes is more than a packet can hold");
    }

    @Test
    void databaseThatIsAway_isToldOnce_andNoAnswerIsLost() {
        Copy copy = new Copy(database).start();
        CompletableFuture<MqttEvent.Published> stage = copy.publish("1");
        database.away = true;
        copy.acknowledge(1);
        copy.intervals(3);
        assertThat(stage).isCompleted();
        assertThat(copy.listener.logs(MessageId.OUTBOX_AWAY))
                .containsExactly(
                        "the outbox cdi_mqtt_outbox of 'default' can't be used: the database is away; tried again"
                                + " each 5000 ms, and nothing in it is lost");
        assertThatThrownBy(() -> copy.publish("2"))
                .isInstanceOf(MqttException.class)
                .hasMessage("the message to 't' can't be written to the outbox cdi_mqtt_outbox: the database is away");
        database.away = false;
        copy.intervals(1);
        assertThat(copy.listener.logs(MessageId.OUTBOX_BACK))
                .containsExactly("the outbox cdi_mqtt_outbox of 'default' is used again");
        assertThat(database.rows()).isZero();
        assertThat(copy.sent()).containsExactly("1");
    }

    @Test
    void longTopic_isRefusedAtOnce() {
        Outbox outbox = new Copy(database).outbox;
        outbox.check(message("t".repeat(1_000), "1"));
        assertThatThrownBy(() -> outbox.check(message("t".repeat(1_001), "1")))
                .isInstanceOf(MqttException.class)
                .hasMessage(
                        "a topic of 1001 characters is longer than the 1000 that the outbox holds; publish to a shorter one");
    }

    @Test
    void stages_areBounded_andTheirMessagesGo() {
        Copy copy = new Copy(database);
        copy.connected = false;
        copy.start();
        for (String each : numbers(0, 1_000)) {
            assertThat(copy.publish(each)).isNotDone();
        }
        assertThat(copy.publish("one more")).isCompletedExceptionally();
        assertThat(database.rows()).isEqualTo(1_001);
    }

    @Test
    void end_writesDownTheLastAnswers_andFailsTheStagesThatWait() {
        Copy copy = new Copy(database).start();
        copy.publish("1");
        CompletableFuture<MqttEvent.Published> waiting = copy.publish("2");
        copy.outbox.stopSending();
        copy.acknowledge(1);
        copy.publish("3");
        copy.intervals(2);
        assertThat(database.query("SELECT owner FROM cdi_mqtt_outbox_lease"))
                .as("while the session waits for acknowledgements")
                .doesNotContainNull();
        assertThat(copy.outbox.release()).isCompleted();
        copy.outbox.end();
        assertThat(copy.sent()).containsExactly("1", "2");
        assertThat(database.rows()).isEqualTo(2);
        assertThat(waiting).isCompletedExceptionally();
        assertThat(copy.publish("4")).isCompletedExceptionally();
        assertThat(database.query("SELECT owner FROM cdi_mqtt_outbox_lease")).containsOnlyNulls();
        copy.intervals(1);
        assertThat(copy.timer.isIdle()).isTrue();
    }

    @Test
    void outboxThatWasNeverStarted_endsAtOnce() {
        assertThat(new Copy(database).outbox.release()).isCompleted();
    }
}
