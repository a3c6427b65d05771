package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.internal.memory.delivery.DeliveryTracker;
import io.github.cdimqtt.internal.packet.Packet;
import java.net.ConnectException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * A broker inside this JVM: it has no thread, and calls nobody under its lock but the queues of its clients. What falls due is
 * done by the thread of a client, and while there is none, when the next one comes. Thread-safe.
 */
public final class MemoryBroker {
    /** Knows what becomes of the messages that tests publish, on all brokers. */
    public static final DeliveryTracker DELIVERIES = new DeliveryTracker();

    private static final Map<String, MemoryBroker> BY_NAME = new ConcurrentHashMap<>();

    private final Set<ClientConnection> connections = new LinkedHashSet<>();
    private final Set<MemoryClient> clients = Collections.newSetFromMap(new WeakHashMap<>());
    private final DueTasks time;
    private final SessionRegistry sessions;
    private final ConnectHandler connecting;
    private final PublishHandler publishing;
    private final SubscribeHandler subscribing;
    private final BrokerControl control;
    private boolean stopped;

    /**
     * Creates one without a name.
     *
     * @param clock in nanoseconds
     */
    MemoryBroker(LongSupplier clock) {
        this.time = new DueTasks(clock, this::wakeAll);
        BrokerFaults faults = new BrokerFaults(this::wakeAll);
        MessageRouter router = new MessageRouter(time);
        this.sessions = new SessionRegistry(router, time);
        this.connecting = new ConnectHandler(sessions, faults, this::end);
        this.publishing = new PublishHandler(router, faults);
        this.subscribing = new SubscribeHandler(router, faults);
        this.control = new BrokerControl(this, sessions, router, time, faults);
    }

    /** Returns the broker of a name: always the same, for as long as the library is loaded. */
    public static MemoryBroker named(String name) {
        return BY_NAME.computeIfAbsent(name, none -> new MemoryBroker(System::nanoTime));
    }

    /** Returns what tests do with it and ask it. */
    public BrokerControl control() {
        return control;
    }

    private synchronized void wakeAll() {
        connections.forEach(ClientConnection::wake);
    }

    /** Ends all connections, without their wills, and refuses others until {@link #start}. Sessions and retained messages stay. */
    public synchronized void stop() {
        stopped = true;
        for (ClientConnection each : List.copyOf(connections)) {
            each.forgetWill();
            close(each);
        }
    }

    public synchronized void start() {
        stopped = false;
    }

    /**
     * Opens a connection.
     *
     * @param mostWaiting how many messages of QoS 1 and 2 wait for the client
     * @throws ConnectException if the broker is stopped
     */
    synchronized ClientConnection open(PacketSink sink, int mostWaiting, MemoryClient client) throws ConnectException {
        clients.add(client);
        if (stopped) {
            throw new ConnectException("refused");
        }
        long unused = time.run();
        ClientConnection connection = new ClientConnection(sink, mostWaiting, time::now, client);
        connections.add(connection);
        return connection;
    }

    /** Takes a packet of a client: all that comes from one comes here. */
    synchronized void receive(ClientConnection connection, Packet packet) {
        if (connection.isEnded()) {
            return;
        }
        long unused = time.run();
        try {
            handle(connection, packet);
        } catch (ProtocolViolation e) {
            end(connection, e.reasonCode());
        }
        if (connection.isEnded()) { // refused
            connections.remove(connection);
        }
    }

    private void handle(ClientConnection connection, Packet packet) {
        if (packet instanceof Packet.Connect connect) {
            connecting.connect(connection, connect);
        } else if (!connection.isAccepted()) { // [MQTT-3.1.0-1]
            throw new ProtocolViolation(ProtocolViolation.PROTOCOL_ERROR);
        } else if (packet instanceof Packet.Publish message) {
            publishing.publish(connection, message);
        } else if (packet instanceof Packet.PubRel release) {
            publishing.released(connection, release);
        } else if (packet instanceof Packet.PubAck answer) {
            publishing.acknowledged(connection, answer.packetId());
        } else if (packet instanceof Packet.PubRec answer) {
            publishing.received(connection, answer);
        } else if (packet instanceof Packet.PubComp answer) {
            publishing.acknowledged(connection, answer.packetId());
        } else if (packet instanceof Packet.Subscribe subscribe) {
            subscribing.subscribe(connection, subscribe);
            notifyAll(); // a test may wait for it
        } else if (packet instanceof Packet.Unsubscribe unsubscribe) {
            subscribing.unsubscribe(connection, unsubscribe);
        } else if (packet instanceof Packet.PingReq) {
            connection.send(new Packet.PingResp());
        } else if (packet instanceof Packet.Disconnect disconnect) {
            disconnect(connection, disconnect);
        } else { // AUTH without a method, or what only brokers send
            throw new ProtocolViolation(ProtocolViolation.PROTOCOL_ERROR);
        }
    }

    private void disconnect(ClientConnection connection, Packet.Disconnect disconnect) {
        if (disconnect.sessionExpiry() >= 0) {
            if (disconnect.sessionExpiry() > 0 && connection.sessionExpiry() == 0) { // MQTT 5.0, section 3.14.2.2.2
                throw new ProtocolViolation(ProtocolViolation.PROTOCOL_ERROR);
            }
            connection.setSessionExpiry(disconnect.sessionExpiry());
        }
        if (disconnect.reason().code() == 0) { // [MQTT-3.14.4-3]
            connection.forgetWill();
        }
        close(connection);
    }

    /** Ends a connection, and says why. */
    private void end(ClientConnection connection, int reasonCode) {
        connection.sendReason(reasonCode);
        close(connection);
    }

    /** A connection has ended without DISCONNECT; nothing happens if it has ended before. */
    synchronized void lost(ClientConnection connection) {
        long unused = time.run();
        close(connection);
    }

    /** Returns the open connections. */
    synchronized List<ClientConnection> connections() {
        return List.copyOf(connections);
    }

    /** Returns the applications that have ever opened a connection and that somebody still has. */
    synchronized Set<MemoryClient> clients() {
        return new LinkedHashSet<>(clients);
    }

    private void close(ClientConnection connection) {
        connections.remove(connection);
        if (connection.end() && connection.isAccepted()) {
            sessions.closed(connection);
            ClientSession session = connection.session();
            CompletableFuture<?> unused = connection.client().ready().whenComplete((ready, notToBeConnected) -> {
                if (notToBeConnected != null) {
                    gone(session);
                }
            });
        }
    }

    /** The client of a session does not come back: no test is to wait for it. */
    private synchronized void gone(ClientSession session) {
        if (!session.isConnected()) {
            session.outgoing().settled();
            DELIVERIES.gone(session);
        }
    }

    /** Does what is due. Returns the nanoseconds until the next task, {@link Long#MAX_VALUE} if there is none. */
    synchronized long runDue() {
        return time.run();
    }
}
