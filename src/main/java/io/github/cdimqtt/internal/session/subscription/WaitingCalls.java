package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The subscribe and unsubscribe calls that wait for the broker's answer. On the session's executor only. */
final class WaitingCalls {
    /**
     * A call.
     *
     * @param filter null for all filters
     * @param ends whether it unsubscribes
     */
    private record Call(@Nullable TopicFilter filter, boolean ends, CompletableFuture<?> stage, Runnable completion) {}

    private final StageCompleter completer;
    private final List<Call> calls = new ArrayList<>();

    WaitingCalls(StageCompleter completer) {
        this.completer = completer;
    }

    /**
     * Adds a call that subscribes.
     *
     * @param completion completes the stage when the broker has answered all that is wanted
     */
    void add(TopicFilter filter, CompletableFuture<?> stage, Runnable completion) {
        calls.add(new Call(filter, false, stage, completion));
    }

    /**
     * Adds a call that unsubscribes.
     *
     * @param filter null if it unsubscribes everything
     */
    void addEnd(@Nullable TopicFilter filter, CompletableFuture<@Nullable Void> stage) {
        calls.add(new Call(filter, true, stage, () -> completer.complete(stage)));
    }

    /** Completes all calls. */
    void complete() {
        calls.forEach(call -> call.completion().run());
        calls.clear();
    }

    /** Fails the calls about one filter. */
    void fail(TopicFilter filter, MqttException cause) {
        fail(cause, call -> filter.equals(call.filter()));
    }

    /** Fails the calls that unsubscribe a filter. Returns whether there are any. */
    boolean failEnd(TopicFilter filter, MqttException cause) {
        return fail(cause, call -> call.ends() && (call.filter() == null || filter.equals(call.filter())));
    }

    private boolean fail(MqttException cause, Predicate<Call> concerned) {
        List<Call> failed = calls.stream().filter(concerned).toList();
        failed.forEach(call -> completer.fail(call.stage(), cause));
        return calls.removeAll(failed);
    }

    /** Fails all calls. */
    void failAll(MqttException cause) {
        calls.forEach(call -> completer.fail(call.stage(), cause));
        calls.clear();
    }
}
