package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttAuthentication;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.Counters;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.session.inbound.DeadLetters;
import io.github.cdimqtt.internal.session.inbound.FailurePolicy;
import io.github.cdimqtt.internal.session.inbound.MessageHandler;
import io.github.cdimqtt.internal.session.inbound.ReceiveQueue;
import io.github.cdimqtt.internal.session.outbound.PacketIds;
import io.github.cdimqtt.internal.session.outbound.PublishQueue;
import io.github.cdimqtt.internal.session.reconnect.Backoff;
import io.github.cdimqtt.internal.session.reconnect.ReconnectPolicy;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.internal.session.subscription.Overlaps;
import io.github.cdimqtt.internal.session.subscription.RetainedMessages;
import io.github.cdimqtt.internal.session.subscription.SubscriptionLog;
import io.github.cdimqtt.internal.session.subscription.SubscriptionOptions;
import io.github.cdimqtt.internal.session.subscription.SubscriptionSync;
import io.github.cdimqtt.internal.transport.ChannelFactory;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a session that come from outside.
 *
 * @param broker the name of the connection
 * @param clientId the client identifier
 * @param config its settings
 * @param credentials called before each CONNECT
 * @param authentication proves who the client is; null if the credentials do
 * @param channels makes its channels
 * @param store keeps its unacknowledged messages; closed with it
 * @param handler dispatches received messages
 * @param listener receives events and log lines
 * @param executors run it
 */
public record SessionSetup(
        String broker,
        String clientId,
        MqttConfig config,
        MqttCredentials credentials,
        @Nullable MqttAuthentication authentication,
        ChannelFactory channels,
        MessageStore store,
        MessageHandler handler,
        ConnectionListener listener,
        SessionExecutors executors) {
    /** Creates the session, which is closed. */
    public Session session() {
        Timer timer = executors.timer();
        boolean sessionKept = config.sessionKept();
        SerialExecutor executor = new SerialExecutor(
                executors.session(),
                timer,
                e -> listener.log(
                        MessageId.SESSION_FAULT,
                        "session",
                        () -> "a fault of cdi-mqtt in the session, please report it",
                        e));
        StageCompleter completer = new StageCompleter(executors.callbacks());
        Counters counters = new Counters();
        RetainedMessages retained = new RetainedMessages(timer);
        SubscriptionLog subscriptionLog = new SubscriptionLog(listener);
        Overlaps overlaps = new Overlaps(timer, subscriptionLog);
        SubscriptionSync subscriptionSync =
                new SubscriptionSync(SubscriptionOptions.of(config), subscriptionLog, completer, retained, overlaps);
        PacketIds packetIds = new PacketIds();
        PublishQueue publishQueue = new PublishQueue(config, store, packetIds, listener, counters, timer);
        Requester requester = new Requester(config, subscriptionSync, publishQueue, timer, executor, completer);
        ReceiveQueue receiveQueue = new ReceiveQueue(
                config,
                handler,
                executors,
                listener,
                counters,
                retained,
                overlaps,
                requester,
                store,
                () -> publishQueue.inflight() > 0 || subscriptionSync.isWaiting() || requester.isWaiting());
        ConnectPacket connectPacket = new ConnectPacket(config, clientId, receiveQueue::topicAliasMaximum);
        BeanCalls calls = new BeanCalls(executors.calls(), executor);
        ClientAuthentication clientAuthentication =
                new ClientAuthentication(authentication, config.connectionTimeout(), calls, completer);
        SessionParts parts = new SessionParts(
                config,
                channels,
                connectPacket,
                clientAuthentication,
                subscriptionSync,
                receiveQueue,
                publishQueue,
                requester,
                packetIds,
                executor,
                timer);
        ReconnectPolicy reconnectPolicy = new ReconnectPolicy(servers(), backoff(), timer);
        ConnectionLifecycle lifecycle = new ConnectionLifecycle(
                parts,
                reconnectPolicy,
                new CredentialsLookup(credentials, parts),
                new Presence(config.presenceTopic()),
                new ConnectionLog(listener, connectPacket::clientId, sessionKept),
                new OpeningStages(completer),
                counters);
        DeadLetters deadLetters =
                new DeadLetters(config.deadLetterTopic(), ProtocolVersion.of(config.protocolVersion()));
        FailureHandler failures = new FailureHandler(
                listener,
                new FailurePolicy(reconnectPolicy::isSessionKept, deadLetters),
                deadLetters,
                publishQueue,
                receiveQueue,
                lifecycle,
                executor);
        receiveQueue.onFailure((delivery, outcome) -> executor.execute(() -> failures.handle(delivery, outcome)));
        return new Session(this, parts, completer, counters, lifecycle);
    }

    /** The public API names no internal type, so the addresses come as text, which was checked when it was set. */
    private List<BrokerAddress> servers() {
        return config.serverUris().stream().map(BrokerAddress::parse).toList();
    }

    private Backoff backoff() {
        return new Backoff(
                config.reconnect().minDelay(),
                config.reconnect().maxDelay(),
                () -> ThreadLocalRandom.current().nextDouble());
    }
}
