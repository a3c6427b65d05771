package io.github.cdimqtt.internal.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several copies of an application share one table: one of them sends at a time. */
class OutboxCopiesTest {
    private final TestDatabase database = new TestDatabase("");
    private final Copy first = new Copy(database, settings -> settings.attempts(1)).start();
    private final Copy second = new Copy(database).start();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void oneOfThem_sendsWhatAllHaveWritten() {
        second.publish("1");
        first.publish("2");
        second.intervals(1);
        assertThat(second.sent()).isEmpty();
        assertThat(first.sent()).containsExactly("1", "2");
    }

    @Test
    void stage_completesWhenTheOtherHasSentTheMessage() {
        CompletableFuture<MqttEvent.Published> stage = second.publish("1");
        first.intervals(1);
        second.intervals(1);
        assertThat(stage).isNotDone();
        first.acknowledge(1);
        second.intervals(1);
        assertThat(stage)
                .isCompletedWithValueMatching(published -> published.topic().equals("t"));
    }

    @Test
    void stage_failsWhenTheOtherHasMarkedTheMessage() {
        CompletableFuture<MqttEvent.Published> stage = second.publish("1");
        first.intervals(1);
        first.fail(new MqttException("refused", null, new MqttReason(0x87)));
        second.intervals(1);
        assertThat(stage).isCompletedExceptionally();
    }

    @Test
    void whenItEnds_anotherGoesOnWithinAnInterval() {
        assertThat(first.outbox.release()).isCompleted();
        second.publish("1");
        second.intervals(1);
        assertThat(second.sent()).containsExactly("1");
    }

    @Test
    void whenItDies_anotherGoesOnAfterThreeIntervals() {
        first.publish("1");
        second.publish("2");
        second.intervals(2);
        assertThat(second.sent()).isEmpty();
        second.intervals(1);
        assertThat(second.sent()).containsExactly("1", "2");
    }

    @Test
    void whileItLives_noneTakesOver() {
        for (int i = 0; i < 20; i++) {
            first.intervals(1);
            second.intervals(1);
        }
        second.publish("1");
        assertThat(second.sent()).isEmpty();
    }

    @Test
    void databaseThatWasAwayForAll_leavesTheLeaseWhereItIs() {
        second.intervals(1);
        database.away = true;
        first.intervals(5);
        second.intervals(5);
        database.away = false;
        second.intervals(1);
        second.publish("1");
        assertThat(second.sent()).isEmpty();
        first.intervals(1);
        assertThat(first.sent()).containsExactly("1");
    }

    @Test
    void whenItHasNoConnection_anotherGoesOn() {
        first.connected = false;
        for (int i = 0; i < 4; i++) {
            first.intervals(1);
            second.intervals(1);
        }
        second.publish("1");
        assertThat(second.sent()).containsExactly("1");
    }

    @Test
    void whoHasLostTheLease_sendsNoMore_andDeletesWhatWasAcknowledged() {
        first.publish("1");
        second.intervals(5);
        assertThat(second.sent()).containsExactly("1");
        first.timer.pass(Copy.INTERVAL);
        first.publish("2");
        assertThat(first.sent()).containsExactly("1");
        first.acknowledge(1);
        assertThat(database.rows()).isOne();
        second.acknowledge(1);
        second.intervals(1);
        assertThat(second.sent()).containsExactly("1", "2");
    }
}
