package io.github.cdimqtt.internal.session.subscription;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The filters that are to be subscribed and unsubscribed next, in order. On the session's executor only. */
final class DueFilters {
    private final Set<WantedFilter> toSubscribeFirst = new LinkedHashSet<>();
    private final Set<WantedFilter> toSubscribe = new LinkedHashSet<>();
    private final Set<WantedFilter> toIdentify =
            new LinkedHashSet<>(); // subscribed alone, as an identifier is a packet's
    private final Set<WantedFilter> toUnsubscribe = new LinkedHashSet<>();
    private final Set<WantedFilter> suspects = new LinkedHashSet<>(); // of all, requested alone and last

    void add(WantedFilter wanted) {
        if (wanted.hangUps > 0) {
            suspects.add(wanted);
        } else if (!wanted.needed) {
            toUnsubscribe.add(wanted);
        } else if (wanted.dueIdentifier > 0) {
            toIdentify.add(wanted);
        } else {
            (wanted.first ? toSubscribeFirst : toSubscribe).add(wanted);
        }
    }

    void remove(WantedFilter wanted) {
        toSubscribeFirst.remove(wanted);
        toSubscribe.remove(wanted);
        toIdentify.remove(wanted);
        toUnsubscribe.remove(wanted);
        suspects.remove(wanted);
    }

    /** Forgets the order, but for that of the filters to unsubscribe. */
    void clear() {
        toSubscribeFirst.clear();
        toSubscribe.clear();
        toIdentify.clear();
        suspects.clear();
    }

    /**
     * Removes and returns the filters to subscribe next, a suspect and one with an identifier alone.
     *
     * @param inOnePacket whether filters may go in one packet; not asked about a single one
     */
    List<WantedFilter> nextToSubscribe(Predicate<List<WantedFilter>> inOnePacket) {
        List<WantedFilter> next = next(toSubscribeFirst, inOnePacket);
        if (next.isEmpty()) {
            next = next(toSubscribe, inOnePacket);
        }
        if (next.isEmpty()) {
            next = next(toIdentify, several -> false);
        }
        return next.isEmpty() ? suspect(true) : next;
    }

    /** Removes and returns the filters to unsubscribe next, likewise. */
    List<WantedFilter> nextToUnsubscribe(Predicate<List<WantedFilter>> inOnePacket) {
        List<WantedFilter> next = next(toUnsubscribe, inOnePacket);
        return next.isEmpty() ? suspect(false) : next;
    }

    private static List<WantedFilter> next(Set<WantedFilter> due, Predicate<List<WantedFilter>> inOnePacket) {
        List<WantedFilter> next = new ArrayList<>();
        for (Iterator<WantedFilter> all = due.iterator(); all.hasNext(); all.remove()) {
            next.add(all.next());
            if (next.size() > 1 && !inOnePacket.test(next)) {
                next.remove(next.size() - 1);
                break;
            }
        }
        return next;
    }

    private List<WantedFilter> suspect(boolean needed) {
        for (WantedFilter each : suspects) {
            if (each.needed == needed) {
                suspects.remove(each);
                return List.of(each);
            }
        }
        return List.of();
    }
}
