package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.internal.memory.delivery.TrackedMessage;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a test does with a broker and asks it. Thread-safe. */
public final class BrokerControl {
    /** Until it looks what is due: in nanoseconds, as the next. */
    private static final long LONGEST_WAIT = 100_000_000;

    private static final long UNTIL_IT_NOTICES = 1_000_000;

    private final MemoryBroker broker; // its lock guards what follows
    private final SessionRegistry sessions;
    private final MessageRouter router;
    private final DueTasks time;
    private final BrokerFaults faults;
    private final ClientSession publisher = new ClientSession("a test");

    BrokerControl(
            MemoryBroker broker, SessionRegistry sessions, MessageRouter router, DueTasks time, BrokerFaults faults) {
        this.broker = broker;
        this.sessions = sessions;
        this.router = router;
        this.time = time;
        this.faults = faults;
    }

    public BrokerFaults faults() {
        return faults;
    }

    /** Returns what clients have published, the oldest first. */
    public List<Packet.Publish> published() {
        long unused = broker.runDue(); // a will
        return router.published().all();
    }

    /**
     * Waits for the first message published that matches and that this has not returned before.
     *
     * @param deadline as of {@link System#nanoTime}
     * @return null if none has come by then
     */
    public Packet.@Nullable Publish awaitPublished(TopicFilter filter, long deadline) throws InterruptedException {
        while (true) {
            long nextWill = System.nanoTime() + Math.min(broker.runDue(), LONGEST_WAIT);
            boolean last = deadline - nextWill <= 0;
            Packet.Publish found = router.published().await(filter, last ? deadline : nextWill);
            if (found != null || last) {
                return found;
            }
        }
    }

    /**
     * Waits until somebody has subscribed to the topic of a message, and publishes it.
     *
     * @param message without a packet identifier
     * @param deadline as of {@link System#nanoTime}; a message that is retained does not wait
     * @return follows its copies to all who are connected; null if nobody has subscribed
     */
    public @Nullable TrackedMessage publish(Packet.Publish message, long deadline) throws InterruptedException {
        TrackedMessage tracked = MemoryBroker.DELIVERIES.track();
        synchronized (broker) {
            while (!message.retain() && !router.subscriptions().match(message.topic())) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return null;
                }
                TimeUnit.NANOSECONDS.timedWait(broker, left);
            }
            long unused = time.run();
            router.publish(message, publisher, tracked);
        }
        return tracked;
    }

    /**
     * Waits until all applications are connected, their subscriptions are answered, and what they have asked for so far has reached
     * the broker. Those that are not to be connected do not count, nor do those that can't be, as connections are refused.
     *
     * @param deadline as of {@link System#nanoTime}
     */
    public boolean awaitReady(long deadline) throws InterruptedException {
        while (true) {
            Set<MemoryClient> toBeConnected = new HashSet<>();
            for (MemoryClient client : awaitedClients()) {
                Boolean ready = ready(client, deadline);
                if (ready == null) {
                    return false;
                } else if (ready) {
                    toBeConnected.add(client);
                }
            }
            synchronized (broker) {
                if (connectedClients().containsAll(toBeConnected)) {
                    return true;
                }
                TimeUnit.NANOSECONDS.timedWait(broker, UNTIL_IT_NOTICES); // that its connection has ended
            }
        }
    }

    private Set<MemoryClient> awaitedClients() {
        Set<MemoryClient> all = broker.clients();
        if (faults.refusal() != null) {
            all.retainAll(connectedClients());
        }
        return all;
    }

    private Set<MemoryClient> connectedClients() {
        synchronized (broker) {
            return broker.connections().stream()
                    .filter(ClientConnection::isAccepted)
                    .map(ClientConnection::client)
                    .collect(Collectors.toSet());
        }
    }

    /** Returns whether a client is ready, false if it is not to be connected; null if it is neither in time. */
    private static @Nullable Boolean ready(MemoryClient client, long deadline) throws InterruptedException {
        try {
            client.ready().get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | CancellationException notToBeConnected) {
            return false;
        } catch (TimeoutException late) {
            return null;
        }
    }

    /** Returns all sessions, the oldest first. */
    public List<KnownSession> sessions() {
        synchronized (broker) {
            long unused = time.run();
            return sessions.known();
        }
    }

    /** Returns the retained message of a topic; null if there is none. */
    public Packet.@Nullable Publish retained(String topic) {
        synchronized (broker) {
            long unused = time.run();
            return router.retained().matching(TopicFilter.of(topic), time.now()).stream()
                    .map(StoredMessage::packet)
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Ends all connections as if they were cut: wills are published. */
    public void disconnect() {
        broker.connections().forEach(broker::lost);
    }

    /** Forgets what was published, what is retained, and the sessions that are not connected, without their wills. */
    public void clear() {
        synchronized (broker) {
            router.published().clear();
            router.retained().clear();
            sessions.forgetDisconnected();
        }
    }
}
