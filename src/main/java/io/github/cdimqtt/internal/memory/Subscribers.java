package io.github.cdimqtt.internal.memory;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sessions that have subscribed one filter; those of a shared one take turns. Not thread-safe. */
final class Subscribers {
    private final Map<ClientSession, GrantedFilter> members = new LinkedHashMap<>();

    /** Returns what the session had before. */
    @Nullable
    GrantedFilter put(ClientSession session, GrantedFilter granted) {
        return members.put(session, granted);
    }

    boolean remove(ClientSession session) {
        return members.remove(session) != null;
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    Map<ClientSession, GrantedFilter> all() {
        return members;
    }

    /** Returns whose turn it is: of the connected ones, or else of all. */
    Map.Entry<ClientSession, GrantedFilter> takeTurn() {
        ClientSession next = members.keySet().stream()
                .filter(ClientSession::isConnected)
                .findFirst()
                .orElseGet(() -> members.keySet().iterator().next());
        GrantedFilter granted = members.remove(next);
        if (granted == null) {
            throw new IllegalStateException("no member");
        }
        members.put(next, granted);
        return Map.entry(next, granted);
    }
}
