package io.github.cdimqtt.internal.application;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.PublishInTransaction;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.beans.BeanLookup;
import io.github.cdimqtt.internal.beans.Container;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.config.ConfiguredTopics;
import io.github.cdimqtt.internal.deployment.DeploymentPlan;
import io.github.cdimqtt.internal.direct.DirectChannel;
import io.github.cdimqtt.internal.dispatch.ConnectionEvents;
import io.github.cdimqtt.internal.dispatch.Dispatcher;
import io.github.cdimqtt.internal.dispatch.HandlingListener;
import io.github.cdimqtt.internal.dispatch.ObserverIsolation;
import io.github.cdimqtt.internal.dispatch.RequestScope;
import io.github.cdimqtt.internal.dispatch.RoutingTable;
import io.github.cdimqtt.internal.memory.MemoryBroker;
import io.github.cdimqtt.internal.memory.MemoryChannel;
import io.github.cdimqtt.internal.memory.MemoryClient;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.outbox.Outbox;
import io.github.cdimqtt.internal.paho.PahoChannel;
import io.github.cdimqtt.internal.reporting.MessageId;
import io.github.cdimqtt.internal.session.Session;
import io.github.cdimqtt.internal.session.SessionSetup;
import io.github.cdimqtt.internal.session.store.FileMessageStore;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.internal.transaction.Transactions;
import io.github.cdimqtt.internal.transport.ChannelFactory;
import jakarta.enterprise.context.control.RequestContextController;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes the connections of one application from its deployment plan. Thread-safe. */
final class ConnectionFactory {
    private final DeploymentPlan plan;
    private final ConnectionSettings settings;
    private final DataSources dataSources;
    private final Container container;
    private final ObserverIsolation isolation;
    private final RequestScope requestScope;
    private final SessionExecutors threads;
    private final CallTransactions transactions;

    ConnectionFactory(
            DeploymentPlan plan,
            ConnectionSettings settings,
            BeanLookup beanLookup,
            Container container,
            ObserverIsolation isolation,
            SessionExecutors threads) {
        this.plan = plan;
        this.settings = settings;
        this.transactions = new CallTransactions(beanLookup);
        this.dataSources = new DataSources(beanLookup);
        this.container = container;
        this.isolation = isolation;
        this.requestScope = new RequestScope(container.instances().select(RequestContextController.class));
        this.threads = threads;
    }

    /**
     * Makes a connection, not yet open.
     *
     * @throws RuntimeException if its settings are wrong, or a bean of the application throws it
     */
    Connection make(String name) {
        MqttConfig written = settings.config(name);
        MqttConfig config = ConfiguredTopics.fill(written, plan.application().text());
        if (config.enabled()
                && config.publishInTransaction() != PublishInTransaction.NOW
                && transactions.find() == null) {
            throw new MqttException(Transactions.missingFor(config.publishInTransaction()));
        }
        String clientId = requireNonNull(config.clientId());
        ConnectionEvents events =
                new ConnectionEvents(name, plan.observedEvents(), isolation, requestScope, threads, container);
        String doubt = plan.application().doubt(written);
        if (doubt != null) {
            events.log(MessageId.GUESSED_NAME, "configuration", () -> doubt);
        }
        String memory = BrokerAddress.memoryName(config.serverUris());
        if (memory != null) {
            events.log(
                    MessageId.BROKER_IN_MEMORY,
                    "configuration",
                    () -> "memory:" + memory
                            + " is a broker inside this JVM, for tests and development: it keeps nothing when the JVM"
                            + " ends");
        }
        RoutingTable routing = new RoutingTable(name, plan.observersOf(name), config.onFailure(), container);
        Dispatcher dispatcher = new Dispatcher(
                name,
                routing,
                plan.converters(),
                isolation,
                requestScope,
                !plan.usesRequestScope(),
                threads,
                events,
                memory == null ? HandlingListener.NONE : new MemoryListener());
        CompletableFuture<Session> made = new CompletableFuture<>();
        Session session = new SessionSetup(
                        name,
                        clientId,
                        config,
                        settings.credentials(name, config),
                        settings.authentication(name),
                        memory == null
                                ? networkChannels(config, clientId)
                                : memoryChannels(config, memory, () -> made.thenCompose(Session::ready)),
                        store(config, clientId),
                        dispatcher,
                        events,
                        threads)
                .session();
        made.complete(session);
        plan.subscriptionsOf(name).forEach((filter, asked) -> {
            // events report the outcome
            CompletableFuture<Qos> unused = session.subscribe(filter, asked.qos(), asked.retained(), false);
        });
        Outbox outbox = outbox(config, session, events);
        MqttConnection mqtt = new MqttConnection(
                name, config, session, routing, plan.converters(), publishings(config, session, outbox), outbox);
        return new Connection(config, session, events, mqtt, outbox);
    }

    /** Returns what takes the place of a connection that can't be made. */
    UnusableConnection unusable(String name, RuntimeException cause) {
        PublishInTransaction when = PublishInTransaction.NOW;
        try {
            when = settings.config(name).publishInTransaction();
        } catch (RuntimeException unknown) { // it is why the connection can't be made
        }
        return new UnusableConnection(name, cause, when, transactions::setRollbackOnly);
    }

    private @Nullable Outbox outbox(MqttConfig config, Session session, ConnectionEvents events) {
        String dataSource = config.outbox().dataSource();
        return dataSource == null || !config.enabled()
                ? null
                : new Outbox(
                        config,
                        new OutboxResources(dataSources, dataSource, transactions),
                        new SessionSender(session, config.protocolVersion().equals("5")),
                        events,
                        threads);
    }

    private Map<PublishInTransaction, Publishing> publishings(
            MqttConfig config, Session session, @Nullable Outbox outbox) {
        Publishing afterCommit = new AfterCommitPublishing(
                session, transactions, config.offlineBuffer(), new StageCompleter(threads.callbacks()));
        Publishing toOutbox = new OutboxPublishing(session, transactions, outbox);
        return new EnumMap<>(Map.of(
                PublishInTransaction.NOW, session::publish,
                PublishInTransaction.AFTER_COMMIT, afterCommit,
                PublishInTransaction.OUTBOX, toOutbox));
    }

    private static ChannelFactory memoryChannels(MqttConfig config, String broker, MemoryClient client) {
        return (server, listener) -> new MemoryChannel(MemoryBroker.named(broker), config, client, listener);
    }

    private static ChannelFactory networkChannels(MqttConfig config, String clientId) {
        boolean direct = config.library().equals("direct")
                || config.library().equals("auto") && config.protocolVersion().equals("5");
        return direct
                ? (server, listener) -> new DirectChannel(config, server, listener)
                : (server, listener) -> new PahoChannel(config, clientId, server, listener);
    }

    private static MessageStore store(MqttConfig config, String clientId) {
        Path directory = config.persistenceDirectory();
        return directory == null ? MessageStore.NONE : FileMessageStore.open(directory, clientId);
    }
}
