package io.github.cdimqtt.internal.client;

import io.github.cdimqtt.MqttMetrics;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a session has done; counted on any thread. */
final class Counters {
    final LongAdder received = new LongAdder();
    final LongAdder handled = new LongAdder();
    final LongAdder unheard = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder acknowledged = new LongAdder();
    final LongAdder published = new LongAdder();
    final LongAdder connects = new LongAdder();

    /** Counts a message that arrived and is done. */
    void done(Outcome outcome) {
        switch (outcome) {
            case HANDLED -> handled.increment();
            case UNHEARD -> unheard.increment();
            default -> failed.increment();
        }
    }

    MqttMetrics snapshot(int inflight, int queued, Map<String, MqttMetrics.Handling> handling) {
        return new MqttMetrics(
                received.sum(),
                handled.sum(),
                unheard.sum(),
                failed.sum(),
                dropped.sum(),
                acknowledged.sum(),
                published.sum(),
                inflight,
                queued,
                Math.max(0, connects.sum() - 1),
                handling);
    }
}
