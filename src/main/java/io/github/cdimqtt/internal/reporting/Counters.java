package io.github.cdimqtt.internal.reporting;

import io.github.cdimqtt.MqttMetrics;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The counters of a session. Thread-safe. */
public final class Counters {
    public final LongAdder received = new LongAdder();
    public final LongAdder handled = new LongAdder();
    public final LongAdder unheard = new LongAdder();
    public final LongAdder failed = new LongAdder();
    public final LongAdder dropped = new LongAdder();
    public final LongAdder acknowledged = new LongAdder();
    public final LongAdder published = new LongAdder();
    public final LongAdder connects = new LongAdder();

    /** Returns the counts so far, with the numbers that are not counted here. */
    public MqttMetrics snapshot(int inflight, int queued, Map<String, MqttMetrics.Handling> handling) {
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
                0,
                0,
                handling);
    }
}
