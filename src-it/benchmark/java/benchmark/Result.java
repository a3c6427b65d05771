package benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One scenario of one client in one round.
 *
 * @param perSecond messages a second without those lost, from the first call to the last message or acknowledgement
 * @param cpuMicros microseconds of processor time of all threads of the client's JVM, a message that was not lost
 * @param allocated bytes allocated on the heap by the threads that live at the end, a message that was not lost
 * @param lost messages that did not come, or were not acknowledged
 * @param brokerBusy processor time of the broker for each second; near 1.0 it is the broker that is measured
 * @param p50Micros the median of the round trips
 * @param p99Micros the 99th percentile of the round trips
 */
record Result(
        double perSecond,
        double cpuMicros,
        double allocated,
        double lost,
        double brokerBusy,
        double p50Micros,
        double p99Micros) {

    /** The answer of {@link Worker} to a command for so many messages. */
    static Result of(String answer, int count, long brokerNanos) {
        long[] values =
                Arrays.stream(answer.split(" ")).mapToLong(Long::parseLong).toArray();
        double done = count - values[3];
        return new Result(
                done * 1e9 / values[0],
                values[1] / 1e3 / done,
                values[2] / done,
                values[3],
                (double) brokerNanos / values[0],
                values[4] / 1e3,
                values[5] / 1e3);
    }

    static double median(List<Result> results, ToDoubleFunction<Result> value) {
        return median(results.stream().mapToDouble(value).toArray());
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
