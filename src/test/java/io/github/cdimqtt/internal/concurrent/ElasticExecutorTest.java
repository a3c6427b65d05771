package io.github.cdimqtt.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.support.ManualTimer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ElasticExecutorTest {
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(20);

    private final ManualTimer timer = new ManualTimer();
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final ElasticExecutor pool = new ElasticExecutor(4, Thread::new, 5, timer);

    @AfterEach
    void close() throws InterruptedException {
        blocked.countDown();
        pool.shutdownNow();
        assertThat(pool.awaitTermination(Duration.ofSeconds(10).toNanos())).isTrue();
    }

    private void block(int tasks) {
        for (int i = 0; i < tasks; i++) {
            pool.execute(() -> {
                started.incrementAndGet();
                hold(blocked);
                done.incrementAndGet();
            });
        }
    }

    private static void hold(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void passCheckInterval(int tasks) {
        await().until(() -> started.get() == tasks);
        timer.pass(CHECK_INTERVAL);
    }

    @Test
    void threads_doubleWhileAllBlock_upToAThousand() {
        block(2_000);
        for (int threads = 4; threads < 1_000; threads *= 2) {
            passCheckInterval(threads);
        }
        passCheckInterval(1_000);
        assertThat(started).hasValue(1_000);
    }

    @Test
    void threads_areNoMoreThanTasks() {
        block(9);
        passCheckInterval(4);
        passCheckInterval(8);
        passCheckInterval(9);
        assertThat(timer.isIdle()).isTrue();
    }

    @Test
    void threads_doNotGrow_whileTasksComplete() {
        block(3);
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch last = new CountDownLatch(1);
        pool.execute(() -> hold(first)); // the fourth thread completes nothing before all are queued
        for (int i = 0; i < 500; i++) {
            pool.execute(done::incrementAndGet);
        }
        pool.execute(() -> hold(last));
        block(10);
        first.countDown();
        await().until(() -> done.get() == 500);

        timer.pass(CHECK_INTERVAL);
        assertThat(started).hasValue(3);

        last.countDown();
        passCheckInterval(4);
        await().until(() -> started.get() == 8);
    }
}
