package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.FilterTrie;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the recipients of a retained message. After each SUBSCRIBE of a filter, the broker sends the messages retained
 * for it once more, with RETAIN=1 [MQTT-3.8.4-3], [MQTT-3.3.1-8], but does not say for which SUBSCRIBE. So the copies
 * are counted: for each topic, the first copy belongs to the first SUBSCRIBE that matches the topic, the second to the
 * second.
 *
 * <p>A copy for a SUBSCRIBE made while the connection opens is for everyone. A copy for a later one is for its
 * subscribers, unless a live message for that topic was received since they called: then they have received that message or a
 * newer one. Further copies are for everyone, so that nothing is lost if a broker counts differently. Everything is forgotten
 * when no copy has been received for a while. Thread-safe.
 */
public final class RetainedMessages {
    static final Set<Recipient> NO_RECIPIENTS = Set.of();

    private static final Duration QUIET_PERIOD = Duration.ofSeconds(2);

    /** The number of topics beyond which copies are not counted. */
    private static final int MAX_TOPICS = 100_000;

    /** Its recipients have the number from which on live messages reached them; null for everyone. */
    private record Request(long number, @Nullable Map<Recipient, Long> recipients) {}

    private final Timer timer;
    private final FilterTrie<List<Request>> requests = new FilterTrie<>(); // guarded by this, as all below
    private final Map<String, Integer> copiesByTopic = new HashMap<>();
    private final Map<String, Long> requestsBeforeLive = new HashMap<>(); // by topic, its last live message
    private final Map<Recipient, Long> calls = new HashMap<>(); // that were not requested so far
    private int unanswered;
    private long number;
    private long lastActivity;
    private Timer.@Nullable Task nextCheck;
    private volatile boolean copiesExpected;

    public RetainedMessages(Timer timer) {
        this.timer = timer;
    }

    /** The application subscribes for a recipient, who receives live messages already: perhaps through another filter. */
    synchronized void called(Recipient recipient) {
        calls.put(recipient, number++);
        if (calls.size() > MAX_TOPICS) {
            forget();
        }
        expectCopies();
    }

    /**
     * A filter is about to be subscribed.
     *
     * @param recipients those of its retained messages; null for everyone
     * @param brings whether the broker certainly sends them, as an unshared filter asks for: a copy that was counted on and does
     *     not come would leave its recipients that of the next request
     */
    synchronized void requested(TopicFilter filter, @Nullable Set<Recipient> recipients, boolean brings) {
        unanswered++;
        if (!brings || !filter.bringsRetained()) {
            return;
        }
        List<Request> requestsOfFilter = requests.get(filter);
        if (requestsOfFilter == null) {
            requestsOfFilter = new ArrayList<>(1);
            requests.put(filter, requestsOfFilter);
        }
        requestsOfFilter.add(new Request(number, recipients == null ? null : sinceCalls(recipients)));
        number++;
        if (requestsOfFilter.size() > MAX_TOPICS) {
            forget();
        }
        expectCopies();
    }

    private Map<Recipient, Long> sinceCalls(Set<Recipient> recipients) {
        Map<Recipient, Long> since = new HashMap<>();
        for (Recipient each : recipients) {
            Long call = calls.remove(each);
            since.put(each, call == null ? number : call);
        }
        return since;
    }

    private void expectCopies() {
        copiesExpected = true;
        lastActivity = timer.nanoTime();
        if (nextCheck == null) {
            nextCheck = timer.schedule(QUIET_PERIOD, this::check);
        }
    }

    /** The broker answered this number of filters. */
    synchronized void answered(int filters) {
        unanswered -= filters;
        lastActivity = timer.nanoTime();
    }

    /**
     * A message was received. Returns who is to receive it: null for all that match it, empty for nobody, because it is one copy
     * too many: such a message is acknowledged in its turn and not dispatched.
     */
    @Nullable
    public Set<Recipient> recipients(Packet.Publish message) {
        if (!copiesExpected) {
            return null;
        }
        if (message.retain()) {
            return next(message.topic());
        }
        liveMessage(message.topic());
        return null;
    }

    private synchronized void liveMessage(String topic) {
        if (requestsBeforeLive.size() < MAX_TOPICS) {
            requestsBeforeLive.put(topic, number);
        }
    }

    private synchronized @Nullable Set<Recipient> next(String topic) {
        lastActivity = timer.nanoTime();
        List<Request> matching = new ArrayList<>(2);
        requests.matching(topic).forEach(matching::addAll);
        if (matching.isEmpty()) {
            return null;
        }
        matching.sort(Comparator.comparingLong(Request::number));
        int copy = copiesByTopic.merge(topic, 1, Integer::sum) - 1;
        long live = requestsBeforeLive.getOrDefault(topic, 0L);
        if (matching.get(0).recipients() == null && live > matching.get(0).number()) {
            copy++;
        }
        if (copiesByTopic.size() > MAX_TOPICS) {
            forget();
        }
        if (copy >= matching.size()) {
            return null;
        }
        Map<Recipient, Long> recipients = matching.get(copy).recipients();
        if (recipients == null) {
            return copy == 0 ? null : NO_RECIPIENTS; // everyone received the first one
        }
        Set<Recipient> subscribers = new HashSet<>();
        recipients.forEach((each, since) -> {
            if (live <= since && each.filter().matches(topic)) {
                subscribers.add(each);
            }
        });
        return subscribers;
    }

    /** Forgets everything: the connection is lost, or no more copies are expected. */
    synchronized void forget() {
        copiesExpected = false;
        requests.clear();
        copiesByTopic.clear();
        requestsBeforeLive.clear();
        calls.clear();
        if (nextCheck != null) {
            nextCheck.cancel();
            nextCheck = null;
        }
    }

    synchronized void lost() {
        unanswered = 0;
        forget();
    }

    private synchronized void check() {
        if (nextCheck == null) {
            return;
        }
        nextCheck = null;
        if (unanswered <= 0 && timer.nanoTime() - lastActivity >= QUIET_PERIOD.toNanos()) {
            forget();
        } else {
            nextCheck = timer.schedule(QUIET_PERIOD, this::check);
        }
    }
}
