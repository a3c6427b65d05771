package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.Counters;
import io.github.cdimqtt.internal.reporting.MessageId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Dispatches messages to their observers: in order of arrival on one serial executor or, with several, in order for each
 * topic. Thread-safe.
 */
final class DispatchQueue {
    /** Receives each message once. */
    interface Listener {
        /**
         * All observers of a message have completed.
         *
         * @param outcome null if it was not dispatched, because dispatching has stopped
         */
        void ended(Delivery delivery, @Nullable Outcome outcome);
    }

    private final MessageHandler handler;
    private final Counters counters;
    private final ConnectionListener log;
    private final Listener listener;
    private final SerialExecutor[] serialExecutors;
    private final AtomicInteger running = new AtomicInteger(); // queued or being handled
    private volatile boolean stopped;
    private volatile Runnable whenIdle = () -> {};

    DispatchQueue(
            int concurrency,
            MessageHandler handler,
            SessionExecutors executors,
            ConnectionListener log,
            Counters counters,
            Listener listener) {
        this.handler = handler;
        this.counters = counters;
        this.log = log;
        this.listener = listener;
        this.serialExecutors = new SerialExecutor[concurrency];
        for (int i = 0; i < serialExecutors.length; i++) {
            serialExecutors[i] = new SerialExecutor(
                    messages -> executors.dispatch().execute(() -> handler.batch(messages)),
                    executors.timer(),
                    this::dispatchFailed);
        }
    }

    void add(Delivery delivery) {
        delivery.setSubscribed(handler.subscribed());
        running.incrementAndGet();
        executorOf(delivery.message().topic()).execute(() -> handle(delivery));
    }

    boolean isStopped() {
        return stopped;
    }

    /** Dispatches no more messages, and runs an action as soon as the running observers have completed. */
    void stop(Runnable whenIdle) {
        this.whenIdle = whenIdle;
        stopped = true;
        if (running.get() == 0) {
            whenIdle.run();
        }
    }

    private SerialExecutor executorOf(String topic) {
        return serialExecutors.length == 1
                ? serialExecutors[0]
                : serialExecutors[Math.floorMod(topic.hashCode(), serialExecutors.length)];
    }

    private void handle(Delivery delivery) {
        if (stopped) {
            end(delivery, null);
            return;
        }
        CompletableFuture<Outcome> outcome = outcome(delivery);
        if (outcome.isDone()) {
            handled(delivery, outcome.join());
        } else {
            CompletableFuture<?> unused = outcome.thenAccept(each -> handled(delivery, each));
        }
    }

    /** Returns an outcome whatever happens: a message that is never acknowledged would block the broker's window. */
    private CompletableFuture<Outcome> outcome(Delivery delivery) {
        try {
            return handler.handle(delivery.message(), delivery.recipients(), delivery.subscribed(), delivery::failed);
        } catch (Throwable e) { // a fault of cdi-mqtt or the container; failures of observers are an outcome
            dispatchFailed(e);
            return CompletableFuture.completedFuture(Outcome.FAILED);
        }
    }

    private void handled(Delivery delivery, Outcome outcome) {
        switch (outcome) {
            case HANDLED -> counters.handled.increment();
            case UNHEARD -> counters.unheard.increment();
            default -> counters.failed.increment();
        }
        end(delivery, outcome);
    }

    private void end(Delivery delivery, @Nullable Outcome outcome) {
        listener.ended(delivery, outcome);
        if (running.decrementAndGet() == 0 && stopped) {
            whenIdle.run();
        }
    }

    private void dispatchFailed(Throwable e) {
        log.log(MessageId.DISPATCH_FAULT, "dispatch", () -> "a message could not be dispatched", e);
    }
}
