package io.github.cdimqtt.internal.dispatch;

import io.github.cdimqtt.MqttMetrics;
import java.time.Duration;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** How long the messages of one topic filter take. Thread-safe. */
final class HandlingTime {
    private final LongAdder messages = new LongAdder();
    private final LongAdder total = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

    void add(long nanos) {
        messages.increment();
        total.add(nanos);
        longest.accumulate(nanos);
    }

    MqttMetrics.Handling soFar() {
        return new MqttMetrics.Handling(messages.sum(), Duration.ofNanos(total.sum()), Duration.ofNanos(longest.get()));
    }
}
