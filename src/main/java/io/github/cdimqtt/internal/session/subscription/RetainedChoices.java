package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.Retained;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Which retained messages the recipients of a filter want, and which recipients wait for theirs. On the session's executor only. */
final class RetainedChoices {
    private final Map<Recipient, Retained> choices = new LinkedHashMap<>(2);
    private final Set<Recipient> waiting = new LinkedHashSet<>(2); // theirs were not requested yet
    private final Set<Recipient> requested = new LinkedHashSet<>(2); // the broker did not answer yet
    private boolean fresh; // the filter is wanted anew, and the broker has not answered a request for all who wait

    /** Keeps which retained messages a recipient wants, from now on. */
    void choose(Recipient recipient, Retained retained, boolean isNew) {
        fresh |= isNew;
        choices.put(recipient, retained);
        await(recipient, retained);
    }

    private void await(Recipient recipient, Retained retained) {
        if (retained == Retained.SKIP) {
            waiting.remove(recipient);
        } else {
            waiting.add(recipient);
        }
    }

    /** The filter is not wanted any more. */
    void clear() {
        choices.clear();
        waiting.clear();
        requested.clear();
        fresh = false;
    }

    /** All recipients want retained messages on the next connection. */
    void connectionLost() {
        requested.clear();
        choices.forEach(this::await);
    }

    /** Returns whether recipients wait whose retained messages were not requested yet. */
    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /**
     * Returns which retained messages to request: the most generous choice of those who wait.
     *
     * @param known whether the broker may have what is requested, and so does not know that it is new to them
     */
    Retained due(boolean known) {
        Retained due = Retained.SKIP;
        for (Recipient each : waiting) {
            Retained choice = choices.getOrDefault(each, Retained.SEND);
            due = mostGenerous(due, choice == Retained.SEND_IF_NEW && fresh && known ? Retained.SEND : choice);
        }
        return due;
    }

    static Retained mostGenerous(Retained one, Retained other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** Returns those who wait: theirs are about to be requested. */
    Set<Recipient> request() {
        Set<Recipient> due = Set.copyOf(waiting);
        requested.addAll(due);
        waiting.clear();
        return due;
    }

    /** The broker answered the request. If it refused, retained messages are requested with the next one. */
    void answered(boolean granted) {
        if (!granted) {
            waiting.addAll(requested);
        } else if (waiting.isEmpty()) {
            fresh = false;
        }
        requested.clear();
    }
}
