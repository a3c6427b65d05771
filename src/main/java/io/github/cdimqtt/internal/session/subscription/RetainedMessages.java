package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.internal.concurrent.Timer;
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
 * For whom a retained message is. With each SUBSCRIBE of a filter the broker sends what it kept for it once more, with
 * RETAIN=1 [MQTT-3.8.4-3], [MQTT-3.3.1-8], and does not say for which. So copies are counted: of each topic, the first
 * copy belongs to the first SUBSCRIBE that matches it, the second to the second. Those made while the connection opens
 * are for everyone, a later one is for who asked, unless a live message has come to that topic since: then they have
 * heard it, or a newer one. What more comes is for everyone, so that nothing is lost where a
 * broker counts otherwise. All is forgotten when no copy has come for a while. Thread-safe.
 */
public final class RetainedMessages {
    static final Set<Recipient> NOBODY = Set.of();

    private static final Duration QUIET = Duration.ofSeconds(2);

    /** Of more topics it does not keep count. */
    private static final int MOST_TOPICS = 100_000;

    private record Asked(long number, @Nullable Set<Recipient> recipients) {}

    private final Timer timer;
    private final FilterTrie<List<Asked>> asked = new FilterTrie<>(); // guarded by this, as all below
    private final Map<String, Integer> copies = new HashMap<>();
    private final Map<String, Long> live = new HashMap<>(); // by topic: how many had asked when the last one came
    private int unanswered;
    private long number;
    private long lastNews;
    private Timer.@Nullable Task check;
    private volatile boolean expected;

    public RetainedMessages(Timer timer) {
        this.timer = timer;
    }

    /** A filter is about to be subscribed; what the broker kept for it is for these, or for everyone if null. */
    synchronized void asked(TopicFilter filter, @Nullable Set<Recipient> recipients) {
        unanswered++;
        if (!filter.bringsRetained()) {
            return;
        }
        List<Asked> before = asked.get(filter);
        if (before == null) {
            before = new ArrayList<>(1);
            asked.put(filter, before);
        }
        before.add(new Asked(number++, recipients));
        if (before.size() > MOST_TOPICS) {
            forget();
        }
        expected = true;
        lastNews = timer.nanoTime();
        if (check == null) {
            check = timer.schedule(QUIET, this::check);
        }
    }

    /** The broker answered so many filters. */
    synchronized void answered(int filters) {
        unanswered -= filters;
        lastNews = timer.nanoTime();
    }

    /** A message came that is no retained one. */
    public void live(String topic) {
        if (expected) {
            synchronized (this) {
                if (live.size() < MOST_TOPICS) {
                    live.put(topic, number);
                }
            }
        }
    }

    /** A retained message came: returns whom it is for; null for everyone. */
    @Nullable
    public Set<Recipient> recipients(String topic) {
        return expected ? next(topic) : null;
    }

    private synchronized @Nullable Set<Recipient> next(String topic) {
        lastNews = timer.nanoTime();
        List<Asked> matching = new ArrayList<>(2);
        asked.matching(topic).forEach(matching::addAll);
        if (matching.isEmpty()) {
            return null;
        }
        matching.sort(Comparator.comparingLong(Asked::number));
        int copy = copies.merge(topic, 1, Integer::sum) - 1;
        if (matching.get(0).recipients() == null && hasHeard(matching.get(0), topic)) {
            copy++;
        }
        if (copies.size() > MOST_TOPICS) {
            forget();
        }
        if (copy >= matching.size()) {
            return null;
        }
        Set<Recipient> recipients = matching.get(copy).recipients();
        if (recipients == null) {
            return copy == 0 ? null : NOBODY; // everyone has heard the first
        }
        if (hasHeard(matching.get(copy), topic)) {
            return NOBODY;
        }
        Set<Recipient> meant = new HashSet<>(recipients);
        meant.removeIf(each -> !each.filter().matches(topic));
        return meant;
    }

    private boolean hasHeard(Asked one, String topic) {
        return live.getOrDefault(topic, 0L) > one.number();
    }

    /** The connection is lost, or nothing more is to be expected. */
    synchronized void forget() {
        expected = false;
        asked.clear();
        copies.clear();
        live.clear();
        if (check != null) {
            check.cancel();
            check = null;
        }
    }

    synchronized void lost() {
        unanswered = 0;
        forget();
    }

    private synchronized void check() {
        if (check == null) {
            return;
        }
        check = null;
        if (unanswered <= 0 && timer.nanoTime() - lastNews >= QUIET.toNanos()) {
            forget();
        } else {
            check = timer.schedule(QUIET, this::check);
        }
    }
}
