package io.github.cdimqtt.internal.session.subscription;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The subscribe and unsubscribe calls that wait for the broker's answer. On the session's executor only. */
final class WaitingCalls {
    private record Call(@Nullable TopicFilter filter, CompletableFuture<?> stage, Runnable completion) {}

    private final StageCompleter completer;
    private final List<Call> calls = new ArrayList<>();

    WaitingCalls(StageCompleter completer) {
        this.completer = completer;
    }

    /**
     * Adds a call.
     *
     * @param filter null if the call unsubscribes everything
     * @param completion completes the stage when the broker has answered all that is wanted
     */
    void add(@Nullable TopicFilter filter, CompletableFuture<?> stage, Runnable completion) {
        calls.add(new Call(filter, stage, completion));
    }

    /** Completes all calls. */
    void complete() {
        calls.forEach(call -> call.completion().run());
        calls.clear();
    }

    /** Fails the calls about one filter. */
    void fail(TopicFilter filter, MqttException cause) {
        List<Call> failed =
                calls.stream().filter(call -> filter.equals(call.filter())).toList();
        failed.forEach(call -> completer.fail(call.stage(), cause));
        calls.removeAll(failed);
    }

    /** Fails all calls. */
    void failAll(MqttException cause) {
        calls.forEach(call -> completer.fail(call.stage(), cause));
        calls.clear();
    }
}
