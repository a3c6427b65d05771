package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.reporting.IgnoredFailures;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells what has become of filters: keeps what is wanted and granted, completes the calls, fires events. On the session's
 * executor only, except for {@link #granted}, {@link #wanted}, {@link #isWanted} and
 * {@link #summary}.
 */
final class SubscriptionOutcomes {
    private final SubscriptionLog log;
    private final SubscriptionRegistry registry;
    private final StageCompleter completer;
    private final WaitingCalls waiting;
    private final Map<String, Qos> grantedFilters = new ConcurrentHashMap<>();
    private final Set<String> wantedFilters = ConcurrentHashMap.newKeySet();

    SubscriptionOutcomes(SubscriptionLog log, SubscriptionRegistry registry, StageCompleter completer) {
        this.log = log;
        this.registry = registry;
        this.completer = completer;
        this.waiting = new WaitingCalls(completer);
    }

    Map<String, Qos> granted() {
        return Map.copyOf(grantedFilters);
    }

    Set<String> wanted() {
        return Set.copyOf(wantedFilters);
    }

    boolean isWanted(TopicFilter filter) {
        return wantedFilters.contains(filter.wire());
    }

    String summary() {
        int all = wantedFilters.size();
        int granted = grantedFilters.size();
        return (granted == all ? "" : granted + " of ") + all + (all == 1 ? " topic filter" : " topic filters");
    }

    void await(TopicFilter filter, CompletableFuture<Qos> stage) {
        wantedFilters.add(filter.wire());
        waiting.add(filter, stage, () -> answer(filter, stage));
    }

    /** A call unsubscribes a filter; null for all. */
    void awaitEnd(@Nullable TopicFilter filter, CompletableFuture<@Nullable Void> stage) {
        if (filter == null) {
            wantedFilters.clear();
        } else {
            wantedFilters.remove(filter.wire());
        }
        waiting.addEnd(filter, stage);
    }

    /** The broker granted a filter. */
    void granted(WantedFilter wanted) {
        Qos requested = wanted.requestedQos;
        if (requested != null) { // it is still wanted
            log.granted(wanted, requested);
        }
    }

    /** The broker refused a filter. The calls fail when all is answered, as it may be covered by then. */
    void refused(WantedFilter wanted, MqttReason reason) {
        log.refused(wanted, reason);
    }

    /** The broker hung up over a filter again and again. */
    void leftOut(WantedFilter wanted) {
        waiting.fail(wanted.filter, log.leftOut(wanted));
    }

    /** The broker refused to end a subscription. */
    void endRefused(WantedFilter wanted, MqttReason reason) {
        MqttException failure = new MqttException(SubscriptionLog.endFailure(wanted, reason), null, reason);
        if (!waiting.failEnd(wanted.filter, failure)) {
            log.endRefused(wanted, reason);
        }
    }

    void failAll(MqttException cause) {
        waiting.failAll(cause);
    }

    /** The connection is lost: nothing is granted any more. */
    void lost() {
        grantedFilters.clear();
    }

    /** The broker has answered all that is wanted. */
    void settle() {
        registry.changes().forEach(this::settle);
        waiting.complete();
    }

    private void settle(WantedFilter wanted) {
        Qos granted = wanted.effectiveQos();
        if (granted != null) {
            grantedFilters.put(wanted.filter.wire(), granted);
            if (!wanted.subscribedFired) {
                wanted.subscribedFired = true;
                log.subscribed(wanted, granted);
            }
        } else {
            grantedFilters.remove(wanted.filter.wire());
            if (wanted.subscribedFired && wanted.wantedQos == null && !wanted.endRefused) {
                wanted.subscribedFired = false;
                log.unsubscribed(wanted);
            }
        }
    }

    private void answer(TopicFilter filter, CompletableFuture<Qos> stage) {
        Qos granted = grantedFilters.get(filter.wire());
        WantedFilter wanted = registry.find(filter);
        if (granted != null) {
            completer.complete(stage, granted);
        } else if (wanted != null && wanted.refusal != null) {
            completer.fail(
                    stage,
                    new IgnoredFailures.KnownFailure(SubscriptionLog.failure(wanted, wanted.refusal), wanted.refusal));
        } else {
            completer.fail(
                    stage,
                    new IgnoredFailures.KnownFailure("'" + filter + "' was unsubscribed before the broker answered"));
        }
    }
}
