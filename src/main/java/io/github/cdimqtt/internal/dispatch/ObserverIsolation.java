package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.internal.concurrent.Scoped;
import jakarta.enterprise.event.ObserverException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the observers of an event that cdi-mqtt fires apart: what one throws goes to the event's sink and not to the
 * container, which would stop there. Events that anyone else fires are left alone, those that an observer fires too.
 * Thread-safe.
 */
public final class ObserverIsolation {

    /** Takes what observers of one event throw, on whichever thread they run. */
    interface Sink {
        /** An observer threw; {@code observer} is its place in the code. */
        void failed(String observer, Throwable cause);

        /** An observer is about to be called. */
        default void calling(String observer) {}

        /** An observer has returned, or thrown. */
        default void called(String observer) {}
    }

    /** Calls an observer. */
    interface Call {
        /** Calls it. */
        void run() throws Exception;
    }

    private final Scoped<Sink> current = new Scoped<>();

    /** Returns the sink of the event that cdi-mqtt is firing on this thread; null if it fires none. */
    @Nullable
    Sink current() {
        return current.get();
    }

    /** Fires an event whose observers are kept apart. */
    void fire(Sink sink, Runnable event) {
        current.run(sink, event::run);
    }

    /** Returns an executor on which the async observers of an event are kept apart. */
    Executor executor(Sink sink, Executor executor) {
        return task -> executor.execute(() -> fire(sink, task));
    }

    /** Calls an observer: for its own part it is outside of the event. */
    void call(String observer, Call call) {
        Sink sink = current.get();
        if (sink == null) {
            callThrough(call);
        } else {
            current.run(null, () -> call(sink, observer, call));
        }
    }

    private static void call(Sink sink, String observer, Call call) {
        sink.calling(observer);
        try {
            call.run();
        } catch (Throwable e) { // an observer may throw whatever it likes, the next is called all the same
            sink.failed(observer, thrownByObserver(e));
        } finally {
            sink.called(observer);
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
