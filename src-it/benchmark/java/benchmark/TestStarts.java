package benchmark;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.extension.MqttExtension;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures how long tests wait for their containers: one JVM starts and ends containers on Weld SE with one observer, one after
 * the other, in turn without a connection, with one to the broker inside the JVM, and with one to the stand-in broker over TCP.
 * A container with a connection has started when the broker has granted the subscription.
 */
final class TestStarts {
    private static final int IN_A_ROUND = 100;
    private static final int WARM_UP = 100;
    private static final List<String> TITLES =
            List.of("without a connection", "`memory:`", "the stand-in broker, over TCP");

    private TestStarts() {}

    @ApplicationScoped
    static class Observer {
        void on(@Observes @MqttTopic("home/+/temp") double celsius) {}
    }

    /** One row of the table. */
    interface Row {
        void add(String kind, double startMillis, double besideItsOwn, double endMillis);
    }

    static void measure(Options options, Row row) throws IOException {
        System.out.println("containers of tests");
        try (Broker broker = Broker.standIn();
                ChildJvm child = new ChildJvm(
                        "tests",
                        ChildJvm.classPath(ChildJvm::isOfOthers),
                        TestStarts.class,
                        Integer.toString(broker.port()),
                        Integer.toString(options.rounds() * IN_A_ROUND))) {
            double[] millis = Arrays.stream(child.await("millis").split(","))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            for (int i = 0; i < TITLES.size(); i++) {
                row.add(TITLES.get(i), millis[2 * i], millis[2 * i] - millis[0], millis[2 * i + 1]);
            }
        }
    }

    /** {@code millis} and the medians of start and end, for each kind. */
    public static void main(String[] args) {
        Map<String, String> network = Map.of("mqtt.broker-url", "tcp://127.0.0.1:" + args[0], "mqtt.enabled", "true");
        List<Map<String, String>> kinds = List.of(
                Map.of("mqtt.broker-url", "memory:tests", "mqtt.enabled", "false"),
                Map.of("mqtt.broker-url", "memory:tests", "mqtt.enabled", "true"),
                network);
        int count = Integer.parseInt(args[1]);
        Map<Integer, double[]> starts = new LinkedHashMap<>();
        Map<Integer, double[]> ends = new LinkedHashMap<>();
        for (int i = -WARM_UP; i < count; i++) {
            for (int kind = 0; kind < kinds.size(); kind++) {
                kinds.get(kind).forEach(System::setProperty);
                long began = System.nanoTime();
                SeContainer container = start();
                long started = System.nanoTime();
                if (container.select(Mqtt.class).get().isConnected() != (kind > 0)) {
                    throw new IllegalStateException("not as it should be: " + kinds.get(kind));
                }
                long ending = System.nanoTime();
                container.close();
                if (i >= 0) {
                    starts.computeIfAbsent(kind, none -> new double[count])[i] = (started - began) / 1e6;
                    ends.computeIfAbsent(kind, none -> new double[count])[i] = (System.nanoTime() - ending) / 1e6;
                }
            }
        }
        List<String> medians = new ArrayList<>();
        for (int kind = 0; kind < kinds.size(); kind++) {
            medians.add(Double.toString(Result.median(starts.get(kind))));
            medians.add(Double.toString(Result.median(ends.get(kind))));
        }
        System.out.println("millis " + String.join(",", medians));
    }

    private static SeContainer start() {
        return SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(MqttExtension.class)
                .addBeanClasses(Observer.class)
                .initialize();
    }
}
