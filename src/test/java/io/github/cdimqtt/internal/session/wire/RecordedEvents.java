package io.github.cdimqtt.internal.session.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.internal.session.WireEvent.Lost;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Records what the session reports, in order. */
final class RecordedEvents implements Consumer<Object> {
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private final Deque<Object> skipped = new ArrayDeque<>();

    /** Waits for the next event, which must equal this one. */
    void expect(Object expected) {
        assertThat(next(Object.class)).isEqualTo(expected);
    }

    /** Waits for the next event, which must be of this type. */
    <T> T next(Class<T> type) {
        Object next = skipped.isEmpty() ? poll() : skipped.remove();
        assertThat(next).isInstanceOf(type);
        return type.cast(next);
    }

    /** Waits for the next event of this type; events before it stay. */
    <T> T find(Class<T> type) {
        for (Object each : skipped) {
            if (type.isInstance(each)) {
                skipped.remove(each);
                return type.cast(each);
            }
        }
        Object next = poll();
        while (!type.isInstance(next)) {
            assertThat(next).as("no %s in %s", type.getSimpleName(), skipped).isNotNull();
            skipped.add(next);
            next = poll();
        }
        return type.cast(next);
    }

    private Object poll() {
        try {
            return events.poll(ScriptedBroker.TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for the loss, which must be the next event. Returns its message. */
    String lost() {
        return next(Lost.class).cause().getMessage();
    }

    boolean isEmpty() {
        return skipped.isEmpty() && events.isEmpty();
    }

    /** Asserts that no further event was reported. */
    void expectNothing() {
        assertThat(skipped).isEmpty();
        assertThat(events).isEmpty();
    }

    @Override
    public void accept(Object event) {
        events.add(event);
    }
}
