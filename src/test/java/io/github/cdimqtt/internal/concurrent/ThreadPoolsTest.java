package io.github.cdimqtt.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadPoolsTest {
    /** More tasks than any executor has threads. */
    private static final int MORE_THAN_THREADS = 1_500;

    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final BlockingQueue<String> ran = new LinkedBlockingQueue<>();
    private final AtomicInteger shortages = new AtomicInteger();
    private final ThreadPools pools = new ThreadPools(task -> new Thread(task, "own"), this::thread, ready);

    @AfterEach
    void close() {
        assertThat(pools.close(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void applicationThreads_areNotStartedBeforeTheApplicationHasStarted() throws InterruptedException {
        SessionExecutors threads = pools.executors();
        for (Executor each : List.of(threads.dispatch(), threads.observers())) {
            each.execute(this::run);
        }
        threads.session().execute(this::run);
        assertThat(next()).isEqualTo("own");
        assertThat(ran).isEmpty();

        ready.complete(null);
        assertThat(List.of(next(), next())).containsOnly("application");
    }

    @Test
    void tasksThatTheStartMayWaitFor_runOnInternalThreads() throws InterruptedException {
        SessionExecutors threads = pools.executors();
        for (Executor each : List.of(threads.callbacks(), threads.calls())) {
            each.execute(this::run);
        }
        assertThat(List.of(next(), next())).containsOnly("own");

        ready.complete(null);
        for (Executor each : List.of(threads.callbacks(), threads.calls())) {
            each.execute(this::run);
        }
        assertThat(List.of(next(), next())).containsOnly("application");
    }

    @Test
    void asyncObserversThatWaitForStages_allComplete() throws InterruptedException {
        ready.complete(null);
        SessionExecutors threads = pools.executors();
        CountDownLatch done = new CountDownLatch(MORE_THAN_THREADS);
        for (int i = 0; i < MORE_THAN_THREADS; i++) {
            threads.observers().execute(() -> {
                CountDownLatch stage = new CountDownLatch(1);
                threads.callbacks().execute(stage::countDown);
                awaitQuietly(stage);
                done.countDown();
            });
        }

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void asyncObserversThatBlock_delayNoConnectionAndNoStage() throws InterruptedException {
        ready.complete(null);
        SessionExecutors threads = pools.executors();
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < MORE_THAN_THREADS; i++) {
            threads.observers().execute(() -> awaitQuietly(never));
        }

        threads.calls().execute(this::run);
        threads.callbacks().execute(this::run);

        assertThat(List.of(next(), next())).containsOnly("application");
        never.countDown();
    }

    @Test
    void callbacksThatBlock_delayNoConnection() throws InterruptedException {
        ready.complete(null);
        SessionExecutors threads = pools.executors();
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < MORE_THAN_THREADS; i++) {
            threads.callbacks().execute(() -> awaitQuietly(never));
        }

        threads.calls().execute(this::run);

        assertThat(next()).isEqualTo("application");
        never.countDown();
    }

    @Test
    void threadThatCannotBeStarted_isRetried() throws InterruptedException {
        pools.executors().dispatch().execute(this::run);
        shortages.set(2);

        ready.complete(null);

        assertThat(next()).isEqualTo("application");
    }

    @Test
    void callbacksThatWaitForOneAnother_getThreadsAfterAShortage() throws InterruptedException {
        ready.complete(null);
        CountDownLatch all = new CountDownLatch(8);
        for (int i = 0; i < 8; i++) {
            if (i % 4 == 0) {
                shortages.set(2);
            }
            pools.executors().callbacks().execute(() -> {
                all.countDown();
                awaitQuietly(all);
                run();
            });
        }

        for (int i = 0; i < 8; i++) {
            assertThat(next()).isEqualTo("application");
        }
    }

    @Test
    void close_completesStages_thoughTheirCallbacksBlock() {
        CountDownLatch never = new CountDownLatch(1);
        List<CompletableFuture<Void>> stages = stages();
        stages.forEach(stage -> stage.thenRun(() -> awaitQuietly(never)));

        assertThat(completeAndClose(stages)).isTrue();

        assertThat(stages).allMatch(CompletableFuture::isDone);
    }

    @Test
    void close_completesStages_thoughTheirCallbacksWaitForOneAnother() {
        List<CompletableFuture<Void>> stages = stages();
        for (int i = 1; i < stages.size(); i++) {
            stages.get(i - 1).thenRun(stages.get(i)::join);
        }

        assertThat(completeAndClose(stages)).isTrue();

        assertThat(stages).allMatch(CompletableFuture::isDone);
    }

    @Test
    void close_inACallback_waitsForTheOtherThreads() {
        ready.complete(null);
        CountDownLatch ending = new CountDownLatch(1);
        CompletableFuture<Void> other = new CompletableFuture<>();
        pools.executors().callbacks().execute(() -> {
            awaitQuietly(ending);
            other.complete(null);
        });
        CompletableFuture<List<Boolean>> ended = new CompletableFuture<>();
        pools.executors().callbacks().execute(() -> {
            ending.countDown();
            boolean all = pools.close(Duration.ofHours(1));
            ended.complete(List.of(all, other.isDone(), Thread.currentThread().isInterrupted()));
        });

        assertThat(ended).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(List.of(true, true, false));
    }

    @Test
    void close_dropsQueuedAsyncObservers() {
        ready.complete(null);
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < MORE_THAN_THREADS; i++) {
            pools.executors().observers().execute(() -> {
                run();
                awaitQuietly(never);
            });
        }

        assertThat(pools.close(Duration.ofSeconds(10))).isTrue();

        assertThat(ran).hasSizeLessThan(MORE_THAN_THREADS);
    }

    private static List<CompletableFuture<Void>> stages() {
        return Stream.generate(CompletableFuture<Void>::new).limit(200).toList();
    }

    private boolean completeAndClose(List<CompletableFuture<Void>> stages) {
        ready.complete(null);
        stages.forEach(stage -> pools.executors().callbacks().execute(() -> stage.complete(null)));
        return pools.close(Duration.ofSeconds(4));
    }

    private Thread thread(Runnable task) {
        if (shortages.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new InternalError("unable to create native thread");
        }
        return new Thread(task, "application");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        ran.add(Thread.currentThread().getName());
    }

    private String next() throws InterruptedException {
        return ran.poll(10, TimeUnit.SECONDS);
    }
}
