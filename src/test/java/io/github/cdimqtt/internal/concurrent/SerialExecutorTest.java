package io.github.cdimqtt.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.testing.ManualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final ManualTimer timer = new ManualTimer();
    private final SerialExecutor lane = new SerialExecutor(threads, timer, failures::add);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void tasksOfOneSubmitter_runInOrderAndNeverAtOnce() throws Exception {
        List<String> ran = new ArrayList<>(); // unsynchronized: the lane is to keep it whole
        CountDownLatch done = new CountDownLatch(40_000);
        for (int t = 0; t < 4; t++) {
            int submitter = t;
            threads.execute(() -> {
                for (int i = 0; i < 10_000; i++) {
                    int number = i;
                    lane.execute(() -> {
                        ran.add(submitter + " " + number);
                        done.countDown();
                    });
                }
            });
        }
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(ran).hasSize(40_000);
        for (int t = 0; t < 4; t++) {
            String prefix = t + " ";
            assertThat(ran.stream().filter(each -> each.startsWith(prefix)).map(each -> each.substring(2)))
                    .isSortedAccordingTo((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)));
        }
    }

    @Test
    void taskThatThrows_keepsNoOtherFromRunning() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        lane.execute(() -> {
            throw new AssertionError("first");
        });
        lane.execute(done::countDown);

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(failures).singleElement().isInstanceOf(AssertionError.class);
    }

    @Test
    void failureThatCannotBeTold_keepsNoTaskFromRunning() {
        List<String> ran = new ArrayList<>();
        SerialExecutor untold = new SerialExecutor(Runnable::run, timer, failure -> {
            throw new IllegalStateException("the log is closed");
        });
        untold.execute(() -> {
            throw new AssertionError("first");
        });

        untold.execute(() -> ran.add("second"));

        assertThat(ran).containsExactly("second");
    }

    @Test
    void threadThatCannotBeStarted_isToldAndAskedForAgain() {
        List<String> ran = new ArrayList<>();
        InternalError noThread = new InternalError("unable to create native thread");
        Queue<Error> shortages = new ConcurrentLinkedQueue<>(List.of(noThread, noThread));
        SerialExecutor poor = new SerialExecutor(
                task -> {
                    if (!shortages.isEmpty()) {
                        throw shortages.remove();
                    }
                    task.run();
                },
                timer,
                failures::add);

        poor.execute(() -> ran.add("first"));
        poor.execute(() -> ran.add("second"));
        assertThat(failures)
                .singleElement()
                .satisfies(told -> assertThat(told)
                        .hasMessage("no thread can be started; tried again each 1000 ms")
                        .hasCause(noThread));
        timer.pass(Duration.ofSeconds(1));
        timer.pass(Duration.ofSeconds(1));

        assertThat(ran).containsExactly("first", "second");
        assertThat(failures).hasSize(1);
    }

    @Test
    void offer_isRefusedOnceTheThreadsAreGone() {
        List<String> refused = new ArrayList<>();
        threads.shutdownNow();

        lane.offer(Assertions::fail, () -> refused.add("first"));
        lane.offer(Assertions::fail, () -> refused.add("second"));

        assertThat(refused).containsExactly("first", "second");
    }

    @Test
    void offer_whileAnotherOneIsRefused_isRefusedToo() {
        List<String> refused = new ArrayList<>();
        AtomicReference<SerialExecutor> self = new AtomicReference<>();
        self.set(new SerialExecutor(
                task -> {
                    self.get().offer(Assertions::fail, () -> refused.add("second"));
                    throw new RejectedExecutionException("closed");
                },
                timer,
                failures::add));

        self.get().offer(Assertions::fail, () -> refused.add("first"));

        assertThat(refused).containsExactly("first", "second");
    }

    @Test
    void workers_helpCallbacksThatWaitForOneAnother() throws Exception {
        try (ThreadPools workers = new ThreadPools(Thread::new, Thread::new, CompletableFuture.completedFuture(null))) {
            int count = 20;
            ArrayBlockingQueue<Integer> done = new ArrayBlockingQueue<>(count);
            CountDownLatch all = new CountDownLatch(count);
            for (int i = 0; i < count; i++) {
                int number = i;
                workers.threads().callbacks().execute(() -> {
                    all.countDown();
                    try {
                        all.await(); // every one needs a thread of its own
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    done.add(number);
                });
            }

            assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < count; i++) {
                assertThat(done.poll(10, TimeUnit.SECONDS)).isNotNull();
            }
            assertThat(workers.close(Duration.ofSeconds(10))).isTrue();
        }
    }
}
