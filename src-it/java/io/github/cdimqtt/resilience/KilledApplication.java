package io.github.cdimqtt.resilience;

import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.support.JavaProgram;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An application in a JVM of its own that prints the messages that it begins and ends to handle, until it is killed.
 * Thread-safe.
 */
final class KilledApplication implements AutoCloseable {

    static final String TOPIC = "work";

    private static final String BEGUN = "begun ";
    private static final String ENDED = "ended ";

    private static final String UP = "up";

    private final CompletableFuture<Void> up = new CompletableFuture<>();
    private final Process process;
    private final Thread reader;
    private final ArrivalCounter begun = new ArrivalCounter();
    private final ArrivalCounter ended = new ArrivalCounter();

    @Singleton
    static class Worker {
        private final CountDownLatch never = new CountDownLatch(1);

        void work(@Observes @MqttTopic(value = TOPIC, qos = Qos.AT_LEAST_ONCE) String text)
                throws InterruptedException {
            System.out.println(BEGUN + text);
            never.await(1, TimeUnit.MILLISECONDS);
            System.out.println(ENDED + text);
        }
    }

    KilledApplication(String brokerUrl, String clientId) {
        try {
            process = JavaProgram.prepare(KilledApplication.class, brokerUrl, clientId)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reader = new Thread(this::read, "killed-application");
        reader.start();
    }

    /** Runs the program; the arguments are the URL of the broker and the client id. */
    public static void main(String[] arguments) throws Exception {
        TestContainer.start(
                Map.of(
                        "mqtt.broker-url", arguments[0],
                        "mqtt.client-id", arguments[1],
                        "mqtt.clean-session", "false"),
                Worker.class);
        System.out.println(UP);
        new CountDownLatch(1).await();
    }

    /** Waits until it is connected and has subscribed. */
    KilledApplication awaitUp() {
        up.orTimeout(60, TimeUnit.SECONDS).join();
        return this;
    }

    ArrivalCounter begun() {
        return begun;
    }

    ArrivalCounter ended() {
        return ended;
    }

    /** Ends it with SIGKILL, and reads its output to the end, which {@link Process#destroyForcibly} would close unread. */
    @Override
    public void close() {
        try {
            process.toHandle().destroyForcibly();
            process.waitFor();
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(BEGUN)) {
                    begun.add(line.substring(BEGUN.length()));
                } else if (line.startsWith(ENDED)) {
                    ended.add(line.substring(ENDED.length()));
                } else if (line.equals(UP)) {
                    up.complete(null);
                }
            }
        } catch (IOException e) {
            // Killed: what it printed before counts.
        }
    }
}
