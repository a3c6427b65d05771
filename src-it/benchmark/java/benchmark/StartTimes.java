package benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Measures how long an application on Weld SE takes from the start of its JVM until it is ready, with 1, 100 and 1,000
 * observers that {@link GeneratedObservers} makes. A plain one, without this library on its class path, observes plain
 * events and is ready at {@code Startup}; the others are ready when the stand-in broker has granted all subscriptions.
 * In each round every kind starts, in a JVM of its own, one after the other, in an order that is drawn anew; the first
 * round, which reads jars, is not counted.
 */
final class StartTimes {
    private static final String PLAIN = "plain CDI";
    private static final List<Integer> OBSERVERS = List.of(1, 100, 1_000);
    private static final List<String> APPLICATIONS = List.of(PLAIN, "cdi-mqtt", "cdi-mqtt-direct");

    private record Key(String application, int observers) {}

    private record Start(double millis, double cpuMillis) {}

    /** One row of the table. */
    interface Row {
        void add(String application, int observers, double millis, double ratio, double cpuMillis);
    }

    private final Map<Key, List<Start>> starts = new HashMap<>();

    static StartTimes measure(Options options) throws IOException {
        StartTimes times = new StartTimes();
        Random random = new Random(options.seed());
        List<String> applications = new ArrayList<>(APPLICATIONS);
        try (Broker broker = Broker.standIn()) {
            for (int observers : OBSERVERS) {
                System.out.println("starts with " + observers + " observers");
                Path plain = GeneratedObservers.generate(observers, false);
                Path mqtt = GeneratedObservers.generate(observers, true);
                for (int round = 0; round <= options.rounds(); round++) {
                    Collections.shuffle(applications, random);
                    for (String application : applications) {
                        Start start = start(application, application.equals(PLAIN) ? plain : mqtt, broker.port());
                        if (round > 0) {
                            times.starts
                                    .computeIfAbsent(new Key(application, observers), none -> new ArrayList<>())
                                    .add(start);
                        }
                    }
                }
            }
        }
        return times;
    }

    private static Start start(String application, Path observers, int port) throws IOException {
        String jars = ChildJvm.classPath(application.equals(PLAIN) ? ChildJvm::isOfMqtt : ChildJvm::isOfOthers);
        String classPath = observers + File.pathSeparator + jars;
        String library = CdiMqttClient.library(application);
        long began = System.nanoTime();
        try (ChildJvm child =
                new ChildJvm("start", classPath, StartedApplication.class, Integer.toString(port), library)) {
            child.await("ready");
            return new Start((System.nanoTime() - began) / 1e6, child.cpu().toNanos() / 1e6);
        }
    }

    void forEach(Row row) {
        for (int observers : OBSERVERS) {
            double plain = millis(starts.get(new Key(PLAIN, observers)));
            for (String application : APPLICATIONS) {
                List<Start> list = starts.get(new Key(application, observers));
                double cpu = Result.median(
                        list.stream().mapToDouble(Start::cpuMillis).toArray());
                String title = Client.TITLES.getOrDefault(application, application);
                row.add(title, observers, millis(list), millis(list) / plain, cpu);
            }
        }
    }

    private static double millis(List<Start> starts) {
        return Result.median(starts.stream().mapToDouble(Start::millis).toArray());
    }
}
