package io.github.cdimqtt.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.reporting.Counters;
import io.github.cdimqtt.internal.session.inbound.ObserverFailure;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.session.inbound.ReceiveQueue;
import io.github.cdimqtt.internal.session.outbound.PacketIds;
import io.github.cdimqtt.internal.session.outbound.PublishQueue;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.internal.session.subscription.Overlaps;
import io.github.cdimqtt.internal.session.subscription.RetainedMessages;
import io.github.cdimqtt.internal.session.subscription.SubscriptionLog;
import io.github.cdimqtt.internal.session.subscription.SubscriptionOptions;
import io.github.cdimqtt.internal.session.subscription.SubscriptionSync;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.internal.transport.ChannelFactory;
import io.github.cdimqtt.internal.transport.PacketChannel;
import io.github.cdimqtt.support.FaultListener;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The parts of a session over real channels. A test opens each connection, and acknowledges each message. One thread does
 * what the channels' threads do not, so that events are reported in the order in which they came.
 */
public final class WireSession implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 10;

    private final MqttConfig config;
    private final ConnectPacket connectPacket;
    private final ChannelFactory channels;
    private final Timer timer;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(WireSession::daemon);
    private final FaultListener listener = new FaultListener();
    private final SerialExecutor executor;
    private final PacketIds packetIds = new PacketIds();
    private final StageCompleter completer;
    private final SubscriptionSync subscriptionSync;
    private final PublishQueue publishQueue;
    private final Requester requester;
    private final ReceiveQueue receiveQueue;
    private final Map<Packet.Publish, CompletableFuture<Outcome>> unacknowledged =
            Collections.synchronizedMap(new IdentityHashMap<>());
    private volatile Consumer<Object> events = event -> {};

    /** Creates a session without a connection. */
    public WireSession(MqttConfig config, String clientId, ChannelFactory channels, MessageStore store, Timer timer) {
        this.config = config;
        this.connectPacket = new ConnectPacket(config, clientId, config::topicAliasMaximum);
        this.channels = channels;
        this.timer = timer;
        executor = new SerialExecutor(thread, timer, listener.faults::add);
        completer = new StageCompleter(thread);
        RetainedMessages retained = new RetainedMessages(timer);
        SubscriptionLog subscriptionLog = new SubscriptionLog(listener);
        Overlaps overlaps = new Overlaps(timer, subscriptionLog);
        subscriptionSync =
                new SubscriptionSync(SubscriptionOptions.of(config), subscriptionLog, completer, retained, overlaps);
        publishQueue = new PublishQueue(config, store, packetIds, listener, new Counters(), timer);
        requester = new Requester(config, subscriptionSync, publishQueue, timer, executor, completer);
        receiveQueue = new ReceiveQueue(
                config,
                this::handle,
                new SessionExecutors(thread, thread, thread, thread, thread, timer),
                listener,
                new Counters(),
                retained,
                overlaps,
                requester,
                store,
                () -> publishQueue.inflight() > 0 || subscriptionSync.isWaiting());
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "wire-session");
        thread.setDaemon(true);
        return thread;
    }

    private CompletableFuture<Outcome> handle(
            Packet.Publish message, Set<?> recipients, int subscribed, Consumer<ObserverFailure> failures) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        unacknowledged.put(message, outcome);
        events.accept(message);
        return outcome;
    }

    /** Completes a received message, so that it is acknowledged as soon as those before it are. */
    public void acknowledge(Packet.Publish message) {
        unacknowledged.remove(message).complete(Outcome.HANDLED);
    }

    /** Publishes a message, and reports that it was {@link WireEvent.Delivered} or has {@link WireEvent.Failed}. */
    public void publish(Packet.Publish message) {
        CompletableFuture<MqttEvent.Published> stage = new CompletableFuture<>();
        stage.whenComplete((published, failure) -> events.accept(
                failure == null
                        ? new WireEvent.Delivered(message, published.messageId())
                        : new WireEvent.Failed(message, failure)));
        publishQueue.publish(message, stage, completer);
    }

    /** Subscribes, and reports that the filter was {@link WireEvent.Granted} or {@link WireEvent.Refused}. */
    public void subscribe(String filter, Qos qos) {
        CompletableFuture<Qos> stage = new CompletableFuture<>();
        stage.whenComplete((granted, failure) -> events.accept(
                failure == null ? new WireEvent.Granted(filter, granted) : new WireEvent.Refused(filter, failure)));
        onExecutor(() -> subscriptionSync.want(TopicFilter.of(filter), qos, Retained.SEND, false, stage));
    }

    /** Ends all subscriptions, and reports it. */
    public void unsubscribeAll() {
        CompletableFuture<Void> stage = new CompletableFuture<>();
        stage.thenRun(() -> events.accept(new WireEvent.Unsubscribed()));
        onExecutor(() -> subscriptionSync.dropAll(stage));
    }

    /**
     * Starts an attempt to connect.
     *
     * @param events receives what happens from now on, and what happens to this connection
     */
    public Connection open(String uri, String username, String password, Consumer<Object> events) {
        this.events = events;
        return onExecutor(() -> new Connection(BrokerAddress.parse(uri), username, password, events));
    }

    /** Waits until the session has done all that is to be done so far. */
    public void settle() {
        onExecutor(() -> {});
    }

    private void onExecutor(Runnable task) {
        onExecutor(() -> {
            task.run();
            return null;
        });
    }

    private <T> T onExecutor(Supplier<T> task) {
        return CompletableFuture.supplyAsync(task, executor)
                .orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Ends the session's thread. No fault may have been reported. */
    @Override
    public void close() {
        thread.shutdown();
        assertThat(listener.faults).isEmpty();
    }

    /** One attempt, and the connection that it leads to. */
    public final class Connection {
        private final Consumer<Object> events;
        private final ConnectionAttempt attempt;
        private PacketChannel channel;

        private Connection(BrokerAddress server, String username, String password, Consumer<Object> events) {
            this.events = events;
            attempt = new ConnectionAttempt(
                    new Owner(this),
                    new SessionParts(
                            config,
                            this::channel,
                            connectPacket,
                            new ClientAuthentication(
                                    null, config.connectionTimeout(), new BeanCalls(thread, executor), completer),
                            subscriptionSync,
                            receiveQueue,
                            publishQueue,
                            requester,
                            packetIds,
                            executor,
                            timer),
                    server);
            attempt.open(connectPacket.with(username, password, null));
        }

        private PacketChannel channel(BrokerAddress server, PacketChannel.Listener listener) {
            channel = channels.channel(server, listener);
            return channel;
        }

        public PacketChannel channel() {
            return channel;
        }

        /** Returns the message that the broker must answer first, when the session has done all that is to be done so far. */
        Packet.Publish firstUnanswered(boolean behindRequests) {
            return onExecutor(() -> attempt.requests().firstUnanswered(behindRequests));
        }

        /** Closes the connection. The future completes when it is closed. */
        public CompletableFuture<Void> close(boolean orderly) {
            return onExecutor(() -> end(orderly, new MqttException("closed by the test")));
        }

        private CompletableFuture<Void> end(boolean orderly, MqttException cause) {
            receiveQueue.disconnected();
            publishQueue.disconnected(cause);
            subscriptionSync.lost();
            return attempt.close(orderly ? new Packet.Disconnect() : null, cause);
        }
    }

    /** Does what {@link ConnectionLifecycle} does, without another attempt. */
    private final class Owner implements ConnectionAttempt.Owner {
        private final Connection connection;

        Owner(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void accepted(
                ConnectionAttempt attempt, PacketChannel channel, Packet.ConnAck answer, boolean sessionKept) {
            subscriptionSync.connected(attempt.requests(), answer.terms(), sessionKept, () -> {});
            publishQueue.connected(channel, sessionKept, answer.terms(), null);
            connection.events.accept(new WireEvent.Connected(answer.sessionPresent()));
        }

        @Override
        public void lost(ConnectionAttempt attempt, MqttException cause) {
            CompletableFuture<?> unused = connection.end(false, cause);
            connection.events.accept(new WireEvent.Lost(cause));
        }
    }
}
