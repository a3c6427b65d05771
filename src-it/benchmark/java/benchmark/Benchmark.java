package benchmark;

import java.util.List;

/** Measures cdi-mqtt beside other clients, each in a JVM of its own, and prints tables. {@link Options} says what. */
final class Benchmark {

    private Benchmark() {}

    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = Options.read();
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(1);
            return;
        }
        measure(options, new Report(options));
    }

    private static void measure(Options options, Report report) throws Exception {
        List<Scenario> scenarios = options.scenarios().stream()
                .filter(name ->
                        !List.of(Options.START, Options.TESTS, Options.OUTBOX).contains(name))
                .map(Scenario::named)
                .toList();
        if (!scenarios.isEmpty()) {
            try (Throughput throughput = new Throughput(options)) {
                for (int bytes : options.bytes()) {
                    throughput.run(scenarios, bytes);
                    for (Scenario scenario : scenarios) {
                        report.add(scenario, bytes, throughput.results(scenario, bytes));
                    }
                }
            }
        }
        if (options.scenarios().contains(Options.START)) {
            report.addStarts(StartTimes.measure(options));
        }
        if (options.scenarios().contains(Options.TESTS)) {
            report.addTests(options);
        }
        if (options.scenarios().contains(Options.OUTBOX)) {
            report.addOutbox(options);
        }
    }
}
