package io.github.cdimqtt.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final BlockingQueue<String> ran = new LinkedBlockingQueue<>();
    private final Workers workers =
            new Workers(task -> new Thread(task, "own"), task -> new Thread(task, "application"), ready);

    @AfterEach
    void close() {
        assertThat(workers.close(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void threadsOfTheApplication_areNotAskedForBeforeTheyRun() throws InterruptedException {
        Threads threads = workers.threads();
        for (Executor each : List.of(threads.lanes(), threads.observers())) {
            each.execute(this::run);
        }
        threads.session().execute(this::run);
        assertThat(next()).isEqualTo("own");
        assertThat(ran).isEmpty();

        ready.complete(null);
        assertThat(List.of(next(), next())).containsOnly("application");
    }

    @Test
    void whatTheApplicationMayWaitFor_runsMeanwhile() throws InterruptedException {
        workers.threads().callbacks().execute(this::run);
        assertThat(next()).isEqualTo("own");

        ready.complete(null);
        workers.threads().callbacks().execute(this::run);
        assertThat(next()).isEqualTo("application");
    }

    private void run() {
        ran.add(Thread.currentThread().getName());
    }

    private String next() throws InterruptedException {
        return ran.poll(10, TimeUnit.SECONDS);
    }
}
