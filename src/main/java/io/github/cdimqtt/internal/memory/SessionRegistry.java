package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sessions by client identifier: how they begin, go on and end, and when their wills are published. Not thread-safe. */
final class SessionRegistry {
    private final Map<String, ClientSession> sessions = new LinkedHashMap<>();
    private final MessageRouter router;
    private final DueTasks time;

    SessionRegistry(MessageRouter router, DueTasks time) {
        this.router = router;
        this.time = time;
    }

    /** Returns the connection that a client has now; null for none. */
    @Nullable
    ClientConnection connection(String clientId) {
        ClientSession session = sessions.get(clientId);
        return session == null ? null : session.connection();
    }

    /** Connects a client with its session. Returns whether that was kept. */
    boolean open(ClientConnection connection, String clientId) {
        ClientSession kept = sessions.get(clientId);
        if (kept != null && connection.connect().cleanSession()) { // [MQTT-3.1.2-4]
            end(kept);
            kept = null;
        }
        if (kept != null) {
            time.cancel(kept.end());
            time.cancel(kept.will()); // [MQTT-3.1.3-9]
            kept.setEnd(null);
            kept.setWill(null);
        }
        ClientSession session = kept == null ? new ClientSession(clientId) : kept;
        sessions.put(clientId, session);
        connection.accept(session);
        return kept != null;
    }

    /** The connection has ended: publishes its will, and keeps the session for as long as it was asked to. */
    void closed(ClientConnection connection) {
        ClientSession session = connection.session();
        session.disconnected();
        Packet.Will will = connection.will();
        long expiry = connection.sessionExpiry();
        if (will != null && will.delay() == 0) {
            router.publish(will, session);
        } else if (will != null) { // or at the end of the session, if that is earlier
            session.setWill(time.addIn(will.delay(), () -> {
                session.setWill(null);
                router.publish(will, session);
            }));
        }
        if (expiry == 0) {
            end(session);
        } else if (expiry != ClientConnection.FOR_EVER) {
            session.setEnd(time.addIn(expiry, () -> end(session)));
        }
    }

    /** Returns all sessions, as they are at the moment. */
    List<KnownSession> known() {
        return sessions.values().stream()
                .map(each -> new KnownSession(
                        each.clientId(),
                        each.isConnected(),
                        granted(each),
                        each.outgoing().size()))
                .toList();
    }

    private Map<String, Qos> granted(ClientSession session) {
        Map<String, Qos> granted = new LinkedHashMap<>();
        session.filters()
                .forEach(filter -> granted.put(
                        filter.toString(),
                        router.subscriptions().granted(filter, session).qos()));
        return Collections.unmodifiableMap(granted);
    }

    /** Ends the sessions that are not connected, without their wills. */
    void forgetDisconnected() {
        for (ClientSession each : List.copyOf(sessions.values())) {
            if (!each.isConnected()) {
                time.cancel(each.will());
                each.setWill(null);
                end(each);
            }
        }
    }

    private void end(ClientSession session) {
        sessions.remove(session.clientId());
        session.outgoing().lost();
        time.cancel(session.end());
        for (TopicFilter filter : List.copyOf(session.filters())) {
            boolean unused = router.subscriptions().remove(filter, session);
        }
        DueTasks.Due will = session.will();
        if (will != null) {
            time.cancel(will);
            will.task().run();
        }
    }
}
