package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.internal.concurrent.Scoped;
import jakarta.enterprise.event.ObserverException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Isolates the observers of an event that cdi-mqtt fires: what one throws goes to the event's listener and not to the
 * container, which would stop there. Events that the application fires are left alone, also within an observer.
 * Thread-safe.
 */
public final class ObserverIsolation {

    /** Follows the observers of one event, on whichever thread they run. */
    interface Listener {
        /** An observer threw; {@code observer} is its location in the code. */
        void failed(String observer, Throwable cause);

        /** An observer is about to be called. */
        default void beforeCall(String observer) {}

        /** An observer has returned, or thrown. */
        default void afterCall(String observer) {}
    }

    /** Calls an observer. */
    interface Call {
        /** Calls it. */
        void run() throws Exception;
    }

    private final Scoped<Listener> current = new Scoped<>();

    /** Returns the listener of the event that cdi-mqtt is firing on this thread; null for none. */
    @Nullable
    Listener current() {
        return current.get();
    }

    /** Fires an event whose observers are isolated. */
    void fire(Listener listener, Runnable event) {
        current.run(listener, event::run);
    }

    /** Returns an executor on which the async observers of an event are isolated. */
    Executor executor(Listener listener, Executor executor) {
        return task -> executor.execute(() -> fire(listener, task));
    }

    /** Calls an observer: events that it fires itself are not part of this one. */
    void call(String observer, Call call) {
        Listener listener = current.get();
        if (listener == null) {
            callThrough(call);
        } else {
            current.run(null, () -> call(listener, observer, call));
        }
    }

    private static void call(Listener listener, String observer, Call call) {
        listener.beforeCall(observer);
        try {
            call.run();
        } catch (Throwable e) { // an observer may throw anything, and the next one is called all the same
            listener.failed(observer, thrownByObserver(e));
        } finally {
            listener.afterCall(observer);
        }
    }

    /** Containers wrap what an observer throws, each in its own way. */
    private static Throwable thrownByObserver(Throwable e) {
        boolean wrapped =
                e instanceof ObserverException || e.getClass().getName().startsWith("org.apache.webbeans.");
        return wrapped && e.getCause() != null ? thrownByObserver(e.getCause()) : e;
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> void callThrough(Call call) throws E {
        try {
            call.run();
        } catch (Exception e) {
            throw (E) e; // as the container would have thrown it
        }
    }
}
