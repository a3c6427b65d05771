package io.github.cdimqtt.support;

import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The threads of cdi-mqtt and of the client library below it, except those of a test's own clients. */
public final class MqttThreads {

    private static final List<String> OTHERS =
            List.of("activemq", "ActiveMQ", "process reaper", "awaitility", "ForkJoinPool.common");

    private MqttThreads() {}

    /** Waits until all of them have ended. */
    public static void awaitNone() {
        await().until(MqttThreads::names, List::isEmpty);
    }

    /** Returns the names of the live ones, sorted. */
    public static List<String> names() {
        return live(name ->
                (name.startsWith("cdi-mqtt") || name.toLowerCase(Locale.ROOT).startsWith("mqtt"))
                        && !name.contains(": raw-"));
    }

    /** Returns the names of all threads of this JVM, except those of brokers, of Awaitility and of the JDK's own pools. */
    public static List<String> ofTheApplication() {
        return live(name -> OTHERS.stream().noneMatch(name::contains));
    }

    private static List<String> live(Predicate<String> which) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(which)
                .sorted()
                .toList();
    }
}
