package io.github.cdimqtt.internal.outbox;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.concurrent.TrackedStage;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.reporting.IgnoredFailures.KnownFailure;
import io.github.cdimqtt.internal.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The stages of messages that this JVM has put in the outbox, until the broker has acknowledged them. Bounded. Thread-safe. */
final class OutboxStages {
    /** One that waits, without the payload of its message. */
    private static final class Stage {
        private final String topic;
        private final Qos qos;
        private final long expiresAt; // in milliseconds since 1970
        private final CompletableFuture<MqttEvent.Published> stage;
        private boolean committed; // guarded by all stages

        private Stage(Packet.Publish message, CompletableFuture<MqttEvent.Published> stage) {
            Duration expiry = message.properties().expiry();
            this.topic = message.topic();
            this.qos = message.qos();
            this.expiresAt = expiry == null ? Long.MAX_VALUE : System.currentTimeMillis() + expiry.toMillis();
            this.stage = stage;
        }

        private boolean isIgnored() {
            return stage instanceof TrackedStage<?> known && !known.isObserved();
        }
    }

    private final String broker;
    private final int most;
    private final StageCompleter completer;
    private final Map<String, Stage> stages = new LinkedHashMap<>(); // by message id; guarded by itself
    private boolean ended; // guarded by stages

    /** Creates an empty one; {@code most} may wait. */
    OutboxStages(String broker, int most, StageCompleter completer) {
        this.broker = broker;
        this.most = most;
        this.completer = completer;
    }

    /** Adds the stage of a message. Where there is no room, those that nothing depends on fail, or else this one. */
    void add(String messageId, Packet.Publish message, CompletableFuture<MqttEvent.Published> stage) {
        Stage added = new Stage(message, stage);
        List<Stage> untold = new ArrayList<>();
        boolean tooLate;
        synchronized (stages) {
            tooLate = ended;
            if (!tooLate && stages.size() >= most) {
                stages.values().stream().filter(Stage::isIgnored).forEach(untold::add);
                stages.values().removeAll(untold);
            }
            if (!tooLate && stages.size() < most) {
                stages.put(messageId, added);
            } else if (!tooLate) {
                untold.add(added);
            }
        }
        if (tooLate) {
            stays(added);
        }
        untold.forEach(each -> completer.fail(
                each.stage,
                new KnownFailure("what becomes of the message to '" + Printable.of(each.topic)
                        + "' in the outbox is not told: " + most
                        + " others wait, as many as offline-buffer allows; set that higher")));
    }

    /** The transaction of a message has committed: its row can be seen. */
    void committed(String messageId) {
        synchronized (stages) {
            Stage found = stages.get(messageId);
            if (found != null) {
                found.committed = true;
            }
        }
    }

    /** Returns the messages whose rows can be seen, in the order of the calls. */
    List<String> committed() {
        synchronized (stages) {
            return stages.entrySet().stream()
                    .filter(each -> each.getValue().committed)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    void acknowledged(String messageId, MqttEvent.Published published) {
        Stage found = forget(messageId);
        if (found != null) {
            completer.complete(found.stage, published);
        }
    }

    /** The row of a message is gone: another copy of the application has sent it, and knows what the broker answered. */
    void gone(String messageId) {
        Stage found = forget(messageId);
        if (found == null) {
            return;
        }
        if (System.currentTimeMillis() < found.expiresAt) {
            completer.complete(found.stage, new MqttEvent.Published(broker, found.topic, found.qos, 0));
        } else {
            completer.fail(
                    found.stage,
                    new MqttException("expired in the outbox: the message to '" + Printable.of(found.topic)
                            + "' is not sent, unless another copy of the application sent it just before"));
        }
    }

    void fail(String messageId, MqttException cause) {
        Stage found = forget(messageId);
        if (found != null) {
            completer.fail(found.stage, cause);
        }
    }

    /** Forgets a message, whose stage is left as it is. */
    @Nullable
    Stage forget(String messageId) {
        synchronized (stages) {
            return stages.remove(messageId);
        }
    }

    /** The application has ended: fails those that are left, and later ones. */
    void end() {
        List<Stage> left;
        synchronized (stages) {
            ended = true;
            left = new ArrayList<>(stages.values());
            stages.clear();
        }
        left.forEach(this::stays);
    }

    private void stays(Stage left) {
        completer.fail(
                left.stage,
                new KnownFailure("the application has ended: the message to '" + Printable.of(left.topic)
                        + "' stays in the outbox, and goes when it starts again"));
    }
}
