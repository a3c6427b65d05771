package io.github.cdimqtt.internal.application;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.reporting.IgnoredFailures.KnownFailure;
import io.github.cdimqtt.internal.session.Session;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.transaction.TransactionEnd;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Sends when the transaction of the calling thread has committed; without one, at once.
 *
 * @param most how many messages may wait for the end of one transaction
 * @param completer completes the stages
 */
record AfterCommitPublishing(Session session, CallTransactions transactions, int most, StageCompleter completer)
        implements Publishing {

    @Override
    public CompletionStage<MqttEvent.Published> send(Packet.Publish message) {
        CompletableFuture<MqttEvent.Published> stage = session.stage("publish");
        boolean waits = transactions.of(message.topic()).onEnd(session, most, end -> ended(message, stage, end));
        return waits ? stage : session.publish(message, stage, completer);
    }

    /** On the thread that ends the transaction: nothing here waits. */
    private void ended(Packet.Publish message, CompletableFuture<MqttEvent.Published> stage, TransactionEnd end) {
        String notSent = ": the message to '" + Printable.of(message.topic()) + "' is not sent";
        switch (end) {
            case COMMITTED -> {
                CompletionStage<MqttEvent.Published> unused = session.publish(message, stage, completer);
            }
            case ROLLED_BACK -> completer.fail(stage, new KnownFailure("the transaction was rolled back" + notSent));
            case UNKNOWN ->
                completer.fail(stage, new MqttException("the outcome of the transaction is unknown" + notSent));
        }
    }
}
