package io.github.cdimqtt.internal.application;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttPublisher;
import io.github.cdimqtt.PublishInTransaction;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.reporting.IgnoredFailures.KnownFailure;
import io.github.cdimqtt.internal.session.Session;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.transaction.TransactionEnd;
import io.github.cdimqtt.internal.transaction.Transactions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes on one connection: validates and converts at once, and sends when the transaction of the calling thread lets it.
 * Thread-safe.
 *
 * @param transactions returns those of the application, as far as the calling thread can find them
 * @param most how many messages may wait for the end of one transaction
 * @param completer fails the stages of those that are not sent
 */
record ConnectionPublisher(
        CallChecks checks,
        Session session,
        PublishPackets packets,
        Supplier<@Nullable Transactions> transactions,
        int most,
        StageCompleter completer,
        PublishInTransaction when)
        implements MqttPublisher {

    /** Returns it with another choice of when to send. */
    ConnectionPublisher when(PublishInTransaction other) {
        return new ConnectionPublisher(
                checks, session, packets, transactions, most, completer, requireNonNull(other, "when"));
    }

    @Override
    public CompletionStage<MqttEvent.Published> publish(
            String topic, @Nullable Object payload, Qos qos, boolean retain, MqttProperties properties) {
        requireNonNull(topic, "topic");
        requireNonNull(qos, "qos");
        requireNonNull(properties, "properties");
        return checks.call(session, "publish", () -> {
            checks.requireSupport(properties);
            Packet.Publish message = packets.packet(topic, payload, qos, retain, properties);
            if (qos != Qos.AT_MOST_ONCE) {
                session.begin();
            } else if (!session.hasBegun()) {
                throw new MqttException(
                        "a message of QoS 0 to '" + Printable.of(topic) + "' is lost: the connection opens"
                                + " when the application has started; publish with QoS 1, which opens it at once, or observe"
                                + " MqttEvent.Connected");
            }
            return when == PublishInTransaction.NOW ? session.publish(message) : publishAfterCommit(message);
        });
    }

    @Override
    public CompletionStage<MqttEvent.Published> reply(
            MqttMessage request, @Nullable Object payload, MqttProperties properties) {
        requireNonNull(request, "request");
        requireNonNull(properties, "properties");
        return checks.call(session, "reply", () -> {
            String topic = checks.responseTopic(request);
            MqttProperties asked = request.properties();
            MqttProperties.Builder answer = properties.toBuilder().correlationData(asked.correlationData());
            if (properties.expiry() == null) {
                answer.expiry(asked.expiry());
            }
            return publish(topic, payload, request.qos(), false, answer.build());
        });
    }

    private CompletionStage<MqttEvent.Published> publishAfterCommit(Packet.Publish message) {
        Transactions found = transactions.get();
        if (found == null) {
            throw new MqttException("the message to '" + Printable.of(message.topic())
                    + "' can't wait for a commit: there are no transactions; " + Transactions.REMEDY);
        }
        CompletableFuture<MqttEvent.Published> stage = session.stage("publish");
        boolean waits = found.onEnd(session, most, end -> ended(message, stage, end));
        return waits ? stage : session.publish(message, stage);
    }

    /** On the thread that ends the transaction: nothing here waits. */
    private void ended(Packet.Publish message, CompletableFuture<MqttEvent.Published> stage, TransactionEnd end) {
        String notSent = ": the message to '" + Printable.of(message.topic()) + "' is not sent";
        switch (end) {
            case COMMITTED -> {
                CompletionStage<MqttEvent.Published> unused = session.publish(message, stage);
            }
            case ROLLED_BACK -> completer.fail(stage, new KnownFailure("the transaction was rolled back" + notSent));
            case UNKNOWN ->
                completer.fail(stage, new MqttException("the outcome of the transaction is unknown" + notSent));
        }
    }
}
