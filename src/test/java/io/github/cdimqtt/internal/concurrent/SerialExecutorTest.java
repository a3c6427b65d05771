package io.github.cdimqtt.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.support.ManualTimer;
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
    private final SerialExecutor executor = new SerialExecutor(threads, timer, failures::add);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void tasksOfOneSubmitter_runInOrderAndNeverAtOnce() throws Exception {
        List<String> ran = new ArrayList<>(); // unsynchronized: the executor must keep it consistent
        CountDownLatch done = new CountDownLatch(40_000);
        for (int t = 0; t < 4; t++) {
            int submitter = t;
            threads.execute(() -> {
                for (int i = 0; i < 10_000; i++) {
                    int number = i;
                    executor.execute(() -> {
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
    void taskThatThrows_doesNotStopLaterTasks() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        executor.execute(() -> {
            throw new AssertionError("first");
        });
        executor.execute(done::countDown);

        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(failures).singleElement().isInstanceOf(AssertionError.class);
    }

    @Test
    void failureHandlerThatThrows_doesNotStopLaterTasks() {
        List<String> ran = new ArrayList<>();
        SerialExecutor serial = new SerialExecutor(Runnable::run, timer, e -> {
            throw new IllegalStateException("the log is closed");
        });
        serial.execute(() -> {
            throw new AssertionError("first");
        });

        serial.execute(() -> ran.add("second"));

        assertThat(ran).containsExactly("second");
    }

    @Test
    void threadThatCannotBeStarted_isReportedOnceAndRetried() {
        List<String> ran = new ArrayList<>();
        InternalError noThread = new InternalError("unable to create native thread");
        Queue<Error> shortages = new ConcurrentLinkedQueue<>(List.of(noThread, noThread));
        SerialExecutor serial = new SerialExecutor(
                task -> {
                    if (!shortages.isEmpty()) {
                        throw shortages.remove();
                    }
                    task.run();
                },
                timer,
                failures::add);

        serial.execute(() -> ran.add("first"));
        serial.execute(() -> ran.add("second"));
        assertThat(failures)
                .singleElement()
                .satisfies(failure -> assertThat(failure)
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

        executor.offer(Assertions::fail, () -> refused.add("first"));
        executor.offer(Assertions::fail, () -> refused.add("second"));

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
    void callbacksThatWaitForOneAnother_getAThreadEach() throws Exception {
        try (ThreadPools pools = new ThreadPools(Thread::new, Thread::new, CompletableFuture.completedFuture(null))) {
            int count = 20;
            ArrayBlockingQueue<Integer> done = new ArrayBlockingQueue<>(count);
            CountDownLatch all = new CountDownLatch(count);
            for (int i = 0; i < count; i++) {
                int number = i;
                pools.executors().callbacks().execute(() -> {
                    all.countDown();
                    try {
                        all.await(); // each needs a thread of its own
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
            assertThat(pools.close(Duration.ofSeconds(10))).isTrue();
        }
    }
}
