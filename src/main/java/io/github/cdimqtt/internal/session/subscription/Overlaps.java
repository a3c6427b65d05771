package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.FilterTrie;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the surplus copies of a message that several filters match, by the identifiers of the filters (MQTT 5.0, section 3.3.4):
 * a broker sends one copy that names all of them, or for each filter a copy that names it [MQTT-3.3.4-2..5]. The first copy of a
 * message is the message. One with the same topic and content that names another filter is surplus; one that names the same
 * filter again is the next message. Where a copy of a higher QoS may follow, a copy waits for it: a second, or ten while the broker
 * may have to wait for our acknowledgements.
 *
 * <p>No content is lost, whatever a broker does, because a copy is surplus only if an equal one is dispatched. Of equal messages
 * each is dispatched, but for the last case:
 *
 * <ul>
 *   <li>A copy for each filter (Mosquitto): each message names each filter once. So the second copy that names a filter is of
 *       the second message, in whichever order the copies come.
 *   <li>Copies that name all that match, one (HiveMQ) or several (Artemis): they are not compared, and none is surplus.
 *   <li>One copy that names one filter (aedes), always the same: it is named again, so this is the next message. Now one, now
 *       another: other content is another message. That copies are missing shows after a second, and from then on nothing is
 *       surplus. Two equal messages within that second that name two filters are, byte for byte, what Mosquitto sends of one
 *       message: no rule tells them apart.
 * </ul>
 *
 * <p>Thread-safe: messages come on the channel's thread, filters on the session's executor, and time passes on the timer's.
 */
public final class Overlaps {
    /** How long a message waits for its other copies. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** The same while the broker may wait for us. */
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(10);

    /** How many messages that miss a copy are forgiven after at least as many that were complete: brokers drop QoS 0. */
    private static final int MOST_TRUST = 8;

    private final Timer timer;
    private final SubscriptionLog log;
    private final FilterTrie<IdentifiedFilter> filters = new FilterTrie<>(); // guarded by this, as all below
    private final MessageCopies all = new MessageCopies();
    private final Set<String> broken = new HashSet<>(); // addresses of brokers that do not name what they should
    private String server = "";
    private int trust;
    private int connection;
    private Timer.@Nullable Task nextCheck;
    private BooleanSupplier brokerWaits = () -> false;
    private volatile boolean used;

    public Overlaps(Timer timer, SubscriptionLog log) {
        this.timer = timer;
        this.log = log;
    }

    /** Sets what tells whether the broker may wait for us before it sends more. Called once, before the first message. */
    public synchronized void brokerWaitsWhile(BooleanSupplier waits) {
        brokerWaits = waits;
    }

    /** Messages with this identifier may come from now on, of this QoS or a lower one. */
    synchronized void expect(TopicFilter filter, int identifier, Qos qos) {
        IdentifiedFilter known = filters.get(filter);
        if (known == null || known.identifier() != identifier) {
            put(new IdentifiedFilter(filter, identifier, qos, -1));
        } else if (known.qos().compareTo(qos) < 0) {
            put(new IdentifiedFilter(filter, identifier, qos, known.answeredOn()));
        }
    }

    /** The broker granted a filter on this connection. */
    synchronized void granted(TopicFilter filter, int identifier, Qos qos) {
        put(new IdentifiedFilter(filter, identifier, qos, connection));
    }

    /** A subscription is about to end: its copies may come or not. */
    synchronized void ending(TopicFilter filter, int identifier) {
        IdentifiedFilter known = filters.get(filter);
        if (known != null && known.identifier() == identifier) {
            put(new IdentifiedFilter(filter, known.identifier(), known.qos(), -1));
        }
    }

    private void put(IdentifiedFilter filter) {
        filters.put(filter.filter(), filter);
        all.forgetMissing();
        used = true;
    }

    synchronized void remove(TopicFilter filter, int identifier) {
        IdentifiedFilter found = filters.get(filter);
        if (found != null && found.identifier() == identifier) { // not of another filter that matches the same
            filters.remove(filter);
        }
        all.forgetMissing();
    }

    /** The broker at this address accepted a connection. */
    synchronized void connected(String address, boolean sessionKept) {
        if (!address.equals(server)) {
            server = address;
            trust = 0;
        }
        if (!sessionKept) {
            all.clear(); // all have been dispatched
        }
        all.waitUntil(timer.nanoTime() + PATIENCE.toNanos());
        scheduleCheck();
    }

    /** Returns whether the broker of this connection is known not to name all filters. */
    synchronized boolean isBroken() {
        return broken.contains(server);
    }

    /** The connection is lost: no copy is awaited before the next one. */
    void lost() {
        List<Runnable> due = new ArrayList<>();
        synchronized (this) {
            connection++;
            all.forgetMissing();
            all.releaseAll(due);
            if (nextCheck != null) {
                nextCheck.cancel();
                nextCheck = null;
            }
        }
        due.forEach(Runnable::run);
    }

    /** Returns whether a message may be one of several copies; if not, it is to be dispatched. */
    public boolean concerns(Packet.Publish message) {
        return used && !message.subscriptionIdentifiers().isEmpty() && !message.retain(); // that came for one filter
    }

    /**
     * A message was received that may be one of several copies. Runs one of the two, at once or later.
     *
     * @param dispatch handles it
     * @param discard ends it, as another copy is handled
     */
    public void received(Packet.Publish message, Runnable dispatch, Runnable discard) {
        List<Runnable> due = new ArrayList<>(2);
        receive(message, new Copy(message.qos(), dispatch, discard), due);
        due.forEach(Runnable::run);
    }

    private synchronized void receive(Packet.Publish message, Copy copy, List<Runnable> due) {
        List<IdentifiedFilter> matching = isBroken() ? List.of() : filters.matching(message.topic());
        List<IdentifiedFilter> named = matching.stream()
                .filter(each -> message.subscriptionIdentifiers().contains(each.identifier()))
                .toList();
        if (named.isEmpty() || named.size() == matching.size()) {
            due.add(copy.dispatch());
            return;
        }
        boolean telling = !message.duplicate() && matching.stream().allMatch(each -> each.answeredOn() == connection);
        long now = timer.nanoTime();
        MessageCopies.Message found = all.message(message, matching, named, telling, now, now + PATIENCE.toNanos());
        found.add(copy, named, due);
        if (found.isComplete()) {
            all.remove(found);
            trust = found.isTelling() ? Math.min(trust + 1, MOST_TRUST) : trust;
        }
        all.dropEldest(due);
        scheduleCheck();
    }

    private void scheduleCheck() {
        MessageCopies.Message eldest = all.eldest();
        if (nextCheck == null && eldest != null) {
            nextCheck = timer.schedule(Duration.ofNanos(eldest.deadline() - timer.nanoTime()), this::check);
        }
    }

    private void check() {
        List<Runnable> due = new ArrayList<>();
        synchronized (this) {
            nextCheck = null;
            long now = timer.nanoTime();
            boolean waits = brokerWaits.getAsBoolean();
            for (MessageCopies.Message each : all.dueAt(now)) {
                boolean young = now - each.since() < LONGEST_PATIENCE.toNanos();
                if (waits && young && !each.holdsUnacknowledged()) {
                    all.waitLonger(each, now + PATIENCE.toNanos());
                } else {
                    each.release(due);
                    all.remove(each);
                    missed(each, due);
                }
            }
            scheduleCheck();
        }
        due.forEach(Runnable::run);
    }

    private void missed(MessageCopies.Message message, List<Runnable> due) {
        if (message.isTelling() && --trust < 0 && broken.add(server)) {
            all.releaseAll(due);
            all.clear();
            TopicFilter missing = message.missing();
            due.add(() -> log.identifiersMissing(missing));
        }
    }
}
