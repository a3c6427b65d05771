package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A topic filter of the {@link SubscriptionRegistry}: whether it is wanted, what covers it and what it covers, and how it
 * stands with the broker. On the session's lane only.
 */
final class WantedFilter {
    final TopicFilter filter;

    /** What was asked for; null if it is not wanted (any more). */
    @Nullable
    Qos wanted;

    /** Whether the broker must know it: wanted, not refused, and covered by no other. */
    boolean needed;

    /** The needed one in whose place it would be sent; null if it is needed itself, or not wanted, or refused. */
    @Nullable
    WantedFilter cover;

    /** Those that it covers. Only of a needed one. */
    final Set<WantedFilter> covered = new LinkedHashSet<>(2);

    /** Those of them, and perhaps itself, that have not been given yet what the broker kept. */
    final Set<WantedFilter> fresh = new LinkedHashSet<>(2);

    /** Who is to be given what the broker kept for it. */
    final Set<Recipient> recipients = new LinkedHashSet<>(2);

    private final int[] wantedWith = new int[Qos.values().length];

    /** With what it was asked for on this connection; null if it was not. */
    @Nullable
    Qos asked;

    /** What the broker granted on this connection; null if nothing. */
    @Nullable
    Qos granted;

    /** Whether the broker may know it, from before too. */
    boolean atBroker;

    /** Whether the broker refused it on this connection. */
    boolean refused;

    /** Whether it is asked for no more, as the broker hung up each time. */
    boolean leftOut;

    /** How often in a row the broker hung up and had not answered a request for it. */
    int hangUps;

    /** The QoS less than asked for that was told; null if none was. */
    @Nullable
    Qos lessTold;

    /** Whether {@code Subscribed} was told, and not {@code Unsubscribed} since. */
    boolean announced;

    WantedFilter(TopicFilter filter) {
        this.filter = filter;
    }

    /** Returns the highest QoS of itself and of what it covers. */
    Qos highest() {
        for (int i = wantedWith.length - 1; i > 0; i--) {
            if (wantedWith[i] > 0) {
                return Qos.of(i);
            }
        }
        return Qos.AT_MOST_ONCE;
    }

    void count(Qos qos) {
        wantedWith[qos.level()]++;
    }

    void discount(Qos qos) {
        wantedWith[qos.level()]--;
    }

    /** Returns the one that is sent for it; null if none is. */
    @Nullable
    WantedFilter sentAs() {
        return needed ? this : cover;
    }

    /** Returns with which QoS its messages come, be it through another; null if they do not. */
    @Nullable
    Qos effective() {
        WantedFilter sent = sentAs();
        return wanted == null || sent == null ? null : sent.granted;
    }

    /** Returns who is to be given what the broker kept, of it and of what it covers, and forgets them. */
    Set<Recipient> takeRecipients() {
        Set<Recipient> all = new LinkedHashSet<>();
        for (WantedFilter each : fresh) {
            all.addAll(each.recipients);
            each.recipients.clear();
        }
        fresh.clear();
        return all;
    }

    boolean mayBeAsked() {
        return wanted != null && !refused && !leftOut;
    }

    @Override
    public String toString() {
        return filter.toString();
    }
}
