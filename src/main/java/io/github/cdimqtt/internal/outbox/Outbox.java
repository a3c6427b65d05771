package io.github.cdimqtt.internal.outbox;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.packet.PublishSize;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.text.Printable;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The outbox of one connection: a table in the application's database, what writes messages to it, and what sends them from
 * there. Thread-safe.
 */
public final class Outbox {
    private final OutboxDatabase database;
    private final Duration patience;
    private final ProtocolVersion version;
    private final OutboxStages stages;
    private final OutboxRelay relay;
    private final AtomicBoolean started = new AtomicBoolean();

    /** Creates one that does nothing yet. */
    public Outbox(
            MqttConfig config,
            ApplicationResources application,
            MessageSender sender,
            ConnectionListener listener,
            SessionExecutors threads) {
        OutboxTable table = new OutboxTable(config.outbox().table(), listener.broker());
        this.database = new OutboxDatabase(application, table, config.outbox().create());
        this.patience = config.connectionTimeout();
        this.version = ProtocolVersion.of(config.protocolVersion());
        this.stages =
                new OutboxStages(listener.broker(), config.offlineBuffer(), new StageCompleter(threads.callbacks()));
        this.relay = new OutboxRelay(
                database,
                config,
                sender,
                stages,
                new OutboxLog(listener, table, config.outbox().interval()),
                new SerialExecutor(
                        threads.callbacks(), // which are not interrupted before the last look
                        threads.timer(),
                        fault -> listener.log(MessageId.SESSION_FAULT, "outbox", () -> "a fault in the outbox", fault)),
                threads.timer());
    }

    /**
     * Refuses a message that the table can't hold, or no packet.
     *
     * @throws MqttException that says why
     */
    public void check(Packet.Publish message) {
        if (message.qos() == Qos.AT_MOST_ONCE) {
            throw new MqttException("the message to '" + Printable.of(message.topic())
                    + "' is of QoS 0, which the outbox does not keep; publish it with QoS 1 or 2");
        }
        String excess = PublishSize.excess(message, version);
        if (excess != null) {
            throw new MqttException(excess + " is more than a packet can hold");
        }
        int length = message.topic().length();
        if (length > OutboxTable.LONGEST_TOPIC) {
            throw new MqttException("a topic of " + length + " characters is longer than the "
                    + OutboxTable.LONGEST_TOPIC + " that the outbox holds; publish to a shorter one");
        }
    }

    /** Begins to send what is in the table; the first call counts. */
    public void start() {
        if (started.compareAndSet(false, true)) {
            relay.start();
        }
    }

    /**
     * Writes a message to the table, on the calling thread. Returns its identifier.
     *
     * @param transactional whether the thread has a transaction, of which the row is to be a part
     * @param stage completes when the broker has acknowledged the message
     * @throws MqttException if it can't be written; the transaction is of no use then
     */
    public String write(Packet.Publish message, boolean transactional, CompletableFuture<MqttEvent.Published> stage) {
        String messageId = UUID.randomUUID().toString();
        stages.add(messageId, message, stage); // before anybody can send it
        try {
            database.find();
            start();
            database.insert(messageId, message, transactional, relay::look, patience);
        } catch (SQLException | RuntimeException e) { // those of a pool, or of what finds the data source
            stages.forget(messageId);
            throw new MqttException(
                    "the message to '" + Printable.of(message.topic()) + "' can't be written to the outbox "
                            + database.table().name() + ": " + OutboxDatabase.reason(e),
                    e);
        }
        return messageId;
    }

    /** The transaction of a message has committed. Returns at once. */
    public void committed(String messageId) {
        stages.committed(messageId);
        relay.look();
    }

    /** A message is not in the table, or nobody knows whether it is. Returns at once. */
    public void notCommitted(String messageId, MqttException cause) {
        stages.fail(messageId, cause);
    }

    /** Returns how many messages are to be sent. */
    public long pending() {
        return relay.counts().pending();
    }

    /** Returns how many messages are marked as refused. */
    public long failed() {
        return relay.counts().failed();
    }

    /** Takes no further messages from the table, and goes on to write down what the broker acknowledges. */
    public void stopSending() {
        relay.stopSending();
    }

    /** Lets another copy of the application send what is left. Completes on any thread. */
    public CompletableFuture<?> release() {
        return started.getAndSet(true) ? relay.end() : CompletableFuture.completedFuture(null);
    }

    /** Fails the stages that are left, and those of later messages. */
    public void end() {
        stages.end();
    }
}
