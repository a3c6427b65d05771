package io.github.cdimqtt.internal.memory.delivery;

import io.github.cdimqtt.MqttEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The copy of a message that one client gets. Guarded by its {@link TrackedMessage}. */
final class TrackedCopy {
    private final TrackedMessage message;
    private final Object session; // of the broker
    private final String clientId;
    private final Map<String, Thread> running = new LinkedHashMap<>(); // by observer
    private final List<MqttEvent.MessageFailed> failures = new ArrayList<>();
    private boolean handled;
    private boolean done;
    private boolean cut; // the connection has ended
    private boolean lost; // the session has ended, too
    private @Nullable String undelivered;

    TrackedCopy(TrackedMessage message, Object session, String clientId) {
        this.message = message;
        this.session = session;
        this.clientId = clientId;
    }

    TrackedMessage message() {
        return message;
    }

    Object session() {
        return session;
    }

    String clientId() {
        return clientId;
    }

    void calling(String observer) {
        running.put(observer, Thread.currentThread());
    }

    void called(String observer) {
        running.remove(observer);
    }

    void failed(MqttEvent.MessageFailed failure) {
        failures.add(failure);
    }

    /** All observers have returned. */
    void handled() {
        handled = true;
    }

    /** It is acknowledged, needs no acknowledgement, or nobody is there to handle it. */
    void settled() {
        done = true;
    }

    /** It will never be sent. */
    void undelivered(String reason) {
        undelivered = reason;
        done = true;
    }

    /** The client is connected again. */
    void back() {
        cut = false;
    }

    void cut() {
        cut = true;
    }

    void lost() {
        lost = true;
    }

    /** Returns whether nothing more becomes of it, unless the broker has to send it again because an observer has failed. */
    boolean isDone() {
        return done || lost && handled || cut && !failures.isEmpty();
    }

    List<MqttEvent.MessageFailed> failures() {
        return failures;
    }

    /** Returns the observers that run, with their threads. */
    Map<String, Thread> running() {
        return running;
    }

    /** Returns why it will never be sent; null if it was. */
    @Nullable
    String undelivered() {
        return undelivered;
    }

    /** Returns what it waits for. */
    String state() {
        String client = "the client '" + clientId + "' ";
        if (!running.isEmpty()) {
            return client + "is in " + String.join(" and in ", running.keySet()) + ", which does not return";
        }
        if (handled) {
            return client + "has handled it and not acknowledged it: most likely earlier messages are not acknowledged";
        }
        if (lost) {
            return client + "lost its connection, and its session with it, before it handled the message";
        }
        return client
                + (cut
                        ? "lost its connection before it acknowledged the message, and has not come back"
                        : "has not handled it: most likely it is busy with earlier messages");
    }
}
