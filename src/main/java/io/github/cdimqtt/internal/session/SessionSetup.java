package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.Counters;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.session.inbound.DeadLetterTopic;
import io.github.cdimqtt.internal.session.inbound.FailurePolicy;
import io.github.cdimqtt.internal.session.inbound.MessageHandler;
import io.github.cdimqtt.internal.session.inbound.ReceiveQueue;
import io.github.cdimqtt.internal.session.outbound.PublishQueue;
import io.github.cdimqtt.internal.session.subscription.RetainedMessages;
import io.github.cdimqtt.internal.session.subscription.SubscriptionLog;
import io.github.cdimqtt.internal.session.subscription.SubscriptionRegistry;
import io.github.cdimqtt.internal.session.subscription.SubscriptionSync;
import io.github.cdimqtt.internal.transport.Transport;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a session is made of.
 *
 * @param broker the name of the connection
 * @param clientId the client identifier
 * @param config its settings
 * @param credentials asked before each CONNECT
 * @param transport opens its connections, of no other session
 * @param handler hands over what arrives
 * @param listener hears what happens
 * @param threads where it runs
 */
public record SessionSetup(
        String broker,
        String clientId,
        MqttConfig config,
        MqttCredentials credentials,
        Transport transport,
        MessageHandler handler,
        ConnectionListener listener,
        SessionExecutors threads) {
    /** Makes the session, which is closed. */
    public Session session() {
        Timer timer = threads.timer();
        boolean sessionKept = !config.cleanSession();
        SerialExecutor executor = new SerialExecutor(
                threads.session(),
                timer,
                e -> listener.log(
                        MessageId.SESSION_FAULT,
                        "session",
                        () -> "a fault of cdi-mqtt in the session, please report it",
                        e));
        StageCompleter replies = new StageCompleter(threads.callbacks());
        Counters counters = new Counters();
        RetainedMessages retained = new RetainedMessages(timer);
        SubscriptionSync subscriber = new SubscriptionSync(
                new SubscriptionLog(listener), new SubscriptionRegistry(config.cleanSession()), replies, retained);
        PublishQueue outbox =
                new PublishQueue(config.maxInflight(), config.offlineBuffer(), listener, replies, counters);
        ReceiveQueue inbox = new ReceiveQueue(
                config,
                handler,
                threads,
                listener,
                counters,
                retained,
                () -> outbox.inflight() > 0 || subscriber.isWaiting());
        ConnectionLifecycle lifecycle = new ConnectionLifecycle(
                new ReconnectPolicy(config.serverUris(), backoff(), timer),
                new CredentialsLookup(
                        credentials, clientId, config.connectionTimeout(), transport, threads.calls(), executor),
                new Presence(config.presenceTopic()),
                new ConnectionLog(listener, clientId, sessionKept),
                executor,
                timer,
                new OpeningStages(replies),
                counters,
                subscriber,
                outbox,
                inbox);
        DeadLetterTopic deadLetters = new DeadLetterTopic(config.deadLetterTopic());
        FailedMessages failed = new FailedMessages(
                listener, new FailurePolicy(sessionKept, deadLetters), deadLetters, outbox, inbox, lifecycle);
        inbox.onFailure((delivery, outcome) -> executor.execute(() -> failed.failed(delivery, outcome)));
        return new Session(this, executor, replies, counters, subscriber, outbox, inbox, lifecycle);
    }

    private Backoff backoff() {
        return new Backoff(
                config.reconnectMinDelay(),
                config.reconnectMaxDelay(),
                () -> ThreadLocalRandom.current().nextDouble());
    }
}
