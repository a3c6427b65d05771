package io.github.cdimqtt.it;

import static org.awaitility.Awaitility.await;

import java.util.List;

/** The threads of cdi-mqtt and of the client library below it, but for those of a test's own clients. */
final class MqttThreads {

    private static final List<String> OTHERS =
            List.of("activemq", "ActiveMQ", "process reaper", "awaitility", "ForkJoinPool.common");

    private MqttThreads() {}

    /** Waits until all have ended. */
    static void awaitNone() {
        await().until(MqttThreads::names, List::isEmpty);
    }

    /** Returns the names of those that live. */
    static List<String> names() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name ->
                        name.startsWith("cdi-mqtt-") || name.toLowerCase().startsWith("mqtt"))
                .filter(name -> !name.contains(": raw-"))
                .toList();
    }

    /** Returns the names of all threads of this JVM, but for those of brokers, of waiting and of the JDK's own pools. */
    static List<String> ofTheApplication() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> OTHERS.stream().noneMatch(name::contains))
                .toList();
    }
}
