package io.github.cdimqtt.internal.outbox;

import static io.github.cdimqtt.internal.outbox.Copy.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.reporting.IgnoredFailures.KnownFailure;
import io.github.cdimqtt.internal.reporting.MessageId;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the broker does not take, or no broker could. */
class OutboxRefusalTest {
    private static final MqttReason NOT_AUTHORIZED = new MqttReason(0x87);

    private final TestDatabase database = new TestDatabase("");

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void refusedMessage_isTriedAgainEachInterval_andMarkedInTheEnd() {
        Copy copy = new Copy(database).start();
        CompletableFuture<MqttEvent.Published> refused = copy.publish("refused");
        copy.publish("taken");
        copy.fail(new KnownFailure("the broker refused it", NOT_AUTHORIZED));
        copy.acknowledge(1);
        assertThat(copy.sent()).containsExactly("refused", "taken");
        assertThat(refused).isNotDone();
        copy.intervals(1);
        assertThat(copy.sent()).containsExactly("refused", "taken", "refused");
        copy.fail(new KnownFailure("the broker refused it", NOT_AUTHORIZED));
        assertThat(refused).isCompletedExceptionally();
        assertThat(database.query("SELECT failure FROM cdi_mqtt_outbox")).containsExactly("the broker refused it");
        assertThat(database.query("SELECT attempts FROM cdi_mqtt_outbox")).containsExactly("2");
        assertThat(copy.listener.logs(MessageId.OUTBOX_MARKED))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("the message ")
                        .endsWith(
                                " to 't' stays in cdi_mqtt_outbox, marked, as it was refused 2 times (0x87 not authorised): allow it"
                                        + " in the broker, and set its columns failure to NULL and attempts to 0 to have it sent again;"
                                        + " or delete it"));
        assertThat(copy.listener.events(MqttEvent.PublishRefused.class)).isEmpty(); // the session has told of each
        copy.intervals(3);
        assertThat(copy.sent()).hasSize(3);
        assertThat(copy.outbox.pending()).isZero();
        assertThat(copy.outbox.failed()).isOne();
    }

    @Test
    void refusedMessages_holdBackNoOthers_howeverManyAndLarge() {
        Copy copy = new Copy(database, 10, same -> {}).start();
        copy.publish("x".repeat((int) OutboxWindow.BYTES + 1));
        copy.fail(new KnownFailure("the broker refused it", NOT_AUTHORIZED));
        for (String each : numbers(0, 30)) {
            copy.publish(each);
            copy.fail(new KnownFailure("the broker refused it", NOT_AUTHORIZED));
        }
        copy.publish("taken");
        assertThat(copy.sent()).hasSize(32).endsWith("taken");
    }

    @Test
    void messageThatIsTooLarge_isToldAsRefused() {
        Copy copy = new Copy(database, settings -> settings.attempts(1)).start();
        copy.publish("large");
        copy.fail(new MqttException("too large", null, new MqttReason(0x95)));
        assertThat(copy.listener.events(MqttEvent.PublishRefused.class))
                .containsExactly(new MqttEvent.PublishRefused("default", "t", Qos.AT_LEAST_ONCE, new MqttReason(0x95)));
    }

    @Test
    void rowThatIsNoMessage_isMarked_andTheRestGoes() {
        Copy copy = new Copy(database);
        copy.connected = false;
        copy.start().publish("1");
        copy.publish("2");
        database.execute("UPDATE cdi_mqtt_outbox SET qos = 7 WHERE id = (SELECT MIN(id) FROM cdi_mqtt_outbox)");
        copy.connected = true;
        copy.intervals(1);
        assertThat(copy.sent()).containsExactly("2");
        assertThat(copy.listener.logs(MessageId.OUTBOX_MARKED))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith(
                                "the message with the id 1 stays in cdi_mqtt_outbox, marked: its row is no message: "));
        copy.intervals(2);
        assertThat(copy.listener.logs(MessageId.OUTBOX_MARKED)).hasSize(1);
    }
}
