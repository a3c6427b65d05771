package io.github.cdimqtt.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.testing.ManualTimer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ElasticExecutorTest {
    private static final Duration A_WHILE = Duration.ofMillis(20);

    private final ManualTimer timer = new ManualTimer();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final ElasticExecutor pool = new ElasticExecutor(Thread::new, 5, timer);

    @AfterEach
    void close() throws InterruptedException {
        blocked.countDown();
        pool.shutdownNow();
        assertThat(pool.awaitTermination(Duration.ofSeconds(10).toNanos())).isTrue();
    }

    private void block(int tasks) {
        for (int i = 0; i < tasks; i++) {
            pool.execute(() -> {
                begun.incrementAndGet();
                try {
                    blocked.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                done.incrementAndGet();
            });
        }
    }

    private void passAWhile(int tasks) {
        await().until(() -> begun.get() == tasks);
        timer.pass(A_WHILE);
    }

    @Test
    void threads_areDoubledWhileAllBlock_upToAThousand() {
        block(2_000);
        for (int threads = 4; threads < 1_000; threads *= 2) {
            passAWhile(threads);
        }
        passAWhile(1_000);
        assertThat(begun).hasValue(1_000);
    }

    @Test
    void threads_areNoMoreThanTasksWaitForThem() {
        block(9);
        passAWhile(4);
        passAWhile(8);
        passAWhile(9);
        assertThat(timer.isIdle()).isTrue();
    }

    @Test
    void threads_thatAreQuick_areEnough() {
        block(3);
        CountDownLatch last = new CountDownLatch(1);
        for (int i = 0; i < 500; i++) {
            pool.execute(done::incrementAndGet); // all on the one thread that is free
        }
        pool.execute(() -> {
            try {
                last.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        block(10);
        await().until(() -> done.get() == 500);

        timer.pass(A_WHILE);
        assertThat(begun).hasValue(3);

        last.countDown();
        passAWhile(4);
        await().until(() -> begun.get() == 8);
    }
}
