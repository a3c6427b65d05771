package benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The tables, as Markdown: each, once it is complete, on the console and in a file. */
final class Report {
    private static final String BASE = "paho";

    private final Optional<Path> file;
    private final StringBuilder text = new StringBuilder();

    Report(Options options) throws IOException {
        file = options.markdown();
        if (file.isPresent()) {
            Files.deleteIfExists(file.get());
        }
        text.append(Environment.describe(options)).append('\n').append(notes());
        publish();
    }

    /** The end of README.md. */
    private static String notes() throws IOException {
        String readme = Files.readString(Options.target().resolveSibling("README.md"));
        return readme.substring(readme.indexOf("What the numbers do not say"));
    }

    /** A ratio above 1.00 says that a client is faster than bare Paho in the same run. */
    void add(Scenario scenario, int bytes, Map<String, List<Result>> results) throws IOException {
        if (scenario.isRoundTrip()) {
            header(scenario.title(bytes), "median, us", "p99, us");
        } else {
            header(scenario.title(bytes), "messages a second", "ratio to bare Paho");
        }
        results.forEach((client, rounds) -> {
            if (rounds.isEmpty()) {
                row(Client.TITLES.get(client), "failed", "", "", "", "", "");
                return;
            }
            ToDoubleFunction<ToDoubleFunction<Result>> median = value -> Result.median(rounds, value);
            row(
                    Client.TITLES.get(client),
                    scenario.isRoundTrip()
                            ? format("%,.0f", median.applyAsDouble(Result::p50Micros))
                            : format("%,.0f", median.applyAsDouble(Result::perSecond)),
                    scenario.isRoundTrip()
                            ? format("%,.0f", median.applyAsDouble(Result::p99Micros))
                            : Client.isComparable(client, scenario)
                                    ? ratio(median.applyAsDouble(Result::perSecond), results.get(BASE))
                                    : "",
                    format("%.1f", median.applyAsDouble(Result::cpuMicros)),
                    format("%,.0f", median.applyAsDouble(Result::allocated)),
                    format("%,.0f", median.applyAsDouble(Result::lost)),
                    format("%.0f %%", 100 * median.applyAsDouble(Result::brokerBusy)));
        });
        results.forEach((client, rounds) -> {
            if (rounds.isEmpty()) {
                text.append(format("\nWhy %s failed: see `%s.log`.\n", Client.TITLES.get(client), client));
            }
        });
        publish();
    }

    private void header(String title, String first, String second) {
        text.append("| ")
                .append(title)
                .append(" | ")
                .append(first)
                .append(" | ")
                .append(second);
        text.append(" | us of processor time a message | bytes allocated a message | lost | broker busy |\n");
        text.append("|---|---:|---:|---:|---:|---:|---:|\n");
    }

    void addStarts(StartTimes starts) throws IOException {
        text.append("| From start to subscribed | observers | ms | ratio to plain CDI | ms of processor time |\n");
        text.append("|---|---:|---:|---:|---:|\n");
        starts.forEach((application, observers, millis, ratio, cpu) -> row(
                application,
                format("%,d", observers),
                format("%,.0f", millis),
                format("%.2f", ratio),
                format("%,.0f", cpu)));
        publish();
    }

    void addTests(Options options) throws IOException {
        text.append("| A container in a test | ms to start | of that beside the container's own | ms to end |\n");
        text.append("|---|---:|---:|---:|\n");
        TestStarts.measure(
                options,
                (kind, start, beside, end) ->
                        row(kind, format("%.2f", start), format("%.2f", beside), format("%.2f", end)));
        publish();
    }

    void addOutbox(Options options) throws IOException {
        text.append("| The outbox, on ")
                .append(options.outboxUrl().replaceFirst("jdbc:(\\w+):.*", "$1"))
                .append(" | in a second |\n|---|---:|\n");
        OutboxRates.measure(options, (kind, perSecond) -> row(kind, format("%,.0f", perSecond)));
        publish();
    }

    private void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String ratio(double perSecond, List<Result> base) {
        return base == null || base.isEmpty() ? "" : format("%.2f", perSecond / Result.median(base, Result::perSecond));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private void publish() throws IOException {
        text.append('\n');
        System.out.print("\n" + text);
        if (file.isPresent()) {
            Files.writeString(file.get(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        text.setLength(0);
    }
}
