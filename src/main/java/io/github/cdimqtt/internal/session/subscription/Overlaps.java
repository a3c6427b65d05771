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
 * may have to wait for our acknowledgements. But for no more than a second where that copy is to be acknowledged itself, and then
 * none is held any more on this connection, as the broker may have no room in its window for the higher one.
 *
 * <p>No content is lost, whatever a broker does, because a copy is surplus only if an equal one is dispatched. Of equal messages
 * each is dispatched, but for the last case:
 *
 * <ul>
 *   <li>A copy for each filter (Mosquitto): each message names each filter once. So the second copy that names a filter is of
 *       the second message, in whichever order the copies come.
 *   <li>Copies that name all that match, one (HiveMQ) or several (Artemis): they are not compared, and none is surplus.
 *   <li>One copy that names one filter (aedes), always the same: it is named again, so this is the next message. Now one, now
 *       another: other content is another message. That copies are missing shows after a second, once the broker
 *       can't have queued the message before it granted the filter that is missing, and from then on nothing is surplus. Two equal messages within that second that name two filters are, byte for byte, what Mosquitto sends of one
 *       message: no rule tells them apart.
 * </ul>
 *
 * <p>Thread-safe: messages come on the channel's thread, filters on the session's executor, and time passes on the timer's.
 */
public final class Overlaps {
    /** How long a message waits for its other copies. */
    private static final Duration COPY_TIMEOUT = Duration.ofSeconds(1);

    /** The same while the broker may wait for us. */
    private static final Duration LONGEST_COPY_TIMEOUT = Duration.ofSeconds(10);

    /** How many messages that miss a copy are forgiven after at least as many that were complete: brokers drop QoS 0. */
    private static final int MOST_FORGIVEN = 8;

    private final Timer timer;
    private final SubscriptionLog log;
    private final FilterTrie<IdentifiedFilter> filters = new FilterTrie<>(); // guarded by this, as all below
    private final MessageCopies all = new MessageCopies();
    private final Set<String> broken = new HashSet<>(); // addresses of brokers that do not name what they should
    private final NamedFilters namedFilters = new NamedFilters();
    private String server = "";
    private int forgiven;
    private boolean mayBlock = true; // whether copies are held that the broker wants to have acknowledged
    private Timer.@Nullable Task nextCheck;
    private BooleanSupplier brokerWaits = () -> false;
    private volatile boolean used;
    private volatile boolean queueEmpty; // whether the broker certainly has no message for us
    private volatile long lastMessage; // of any kind

    public Overlaps(Timer timer, SubscriptionLog log) {
        this.timer = timer;
        this.log = log;
    }

    /** Sets what returns whether the broker may wait for us before it sends more. Called once, before the first message. */
    public synchronized void setBrokerWaits(BooleanSupplier brokerWaits) {
        this.brokerWaits = brokerWaits;
    }

    /** Messages with this identifier may come from now on, of this QoS or a lower one. */
    synchronized void expect(TopicFilter filter, int identifier, Qos qos) {
        IdentifiedFilter known = filters.get(filter);
        if (known == null || known.identifier() != identifier || known.qos().compareTo(qos) < 0) {
            put(filter, identifier, qos);
        }
    }

    /** The broker granted a filter on this connection. */
    synchronized void granted(TopicFilter filter, int identifier, Qos qos) {
        put(filter, identifier, qos);
        namedFilters.granted(identifier, queueEmpty);
    }

    private void put(TopicFilter filter, int identifier, Qos qos) {
        filters.put(filter, new IdentifiedFilter(filter, identifier, qos));
        all.forgetMissing();
        used = true;
    }

    /** A subscription is about to end: its copies may come or not. */
    synchronized void ending(int identifier) {
        namedFilters.remove(identifier);
        all.forgetMissing();
    }

    synchronized void remove(TopicFilter filter, int identifier) {
        IdentifiedFilter found = filters.get(filter);
        if (found != null && found.identifier() == identifier) { // not of another filter that matches the same
            filters.remove(filter);
        }
        namedFilters.remove(identifier);
        all.forgetMissing();
    }

    /** The broker at this address accepted a connection. */
    synchronized void connected(String address, boolean sessionKept) {
        if (!address.equals(server)) {
            server = address;
            forgiven = 0;
        }
        if (!sessionKept) {
            all.clear(); // all have been dispatched
        }
        queueEmpty = !sessionKept; // without a session it brings nothing before it has granted something
        mayBlock = true;
        lastMessage = timer.nanoTime();
        all.waitUntil(lastMessage + COPY_TIMEOUT.toNanos());
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
            queueEmpty = false;
            namedFilters.clear();
            all.forgetMissing();
            all.releaseAll(due);
            if (nextCheck != null) {
                nextCheck.cancel();
                nextCheck = null;
            }
        }
        due.forEach(Runnable::run);
    }

    /** A message was received. Returns whether it may be one of several copies; if not, it is to be dispatched. */
    public boolean concerns(Packet.Publish message) {
        queueEmpty = false;
        lastMessage = timer.nanoTime();
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
        namedFilters.named(named, message.qos());
        if (named.isEmpty() || named.size() == matching.size()) {
            due.add(copy.dispatch());
            return;
        }
        long now = timer.nanoTime();
        MessageCopies.Message found = all.message(
                message,
                matching,
                named,
                message.duplicate() ? List.of() : namedFilters.due(matching, message.qos()),
                now,
                now + COPY_TIMEOUT.toNanos());
        found.add(copy, named, mayBlock, due);
        if (found.isComplete()) {
            all.remove(found);
            forgiven = Math.min(forgiven + 1, MOST_FORGIVEN);
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
            if (!waits && now - lastMessage >= COPY_TIMEOUT.toNanos()) {
                queueEmpty = true;
                namedFilters.queueEmpty();
            }
            for (MessageCopies.Message each : all.dueAt(now)) {
                check(each, now, waits, due);
            }
            scheduleCheck();
        }
        due.forEach(Runnable::run);
    }

    private void check(MessageCopies.Message message, long now, boolean waits, List<Runnable> due) {
        if (message.isBlocking()) { // perhaps the very copy that it waits for
            mayBlock = false;
            all.releaseBlocking(due);
            all.waitLonger(message, now + COPY_TIMEOUT.toNanos());
        } else if (waits && now - message.since() < LONGEST_COPY_TIMEOUT.toNanos()) {
            all.waitLonger(message, now + COPY_TIMEOUT.toNanos());
        } else {
            message.release(due);
            all.remove(message);
            if (waits) {
                namedFilters.queueUnknown();
            } else {
                missed(message.missing(), due);
            }
        }
    }

    private void missed(@Nullable TopicFilter filter, List<Runnable> due) {
        if (filter != null && --forgiven < 0 && broken.add(server)) {
            all.releaseAll(due);
            all.clear();
            due.add(() -> log.identifiersMissing(filter));
        }
    }
}
