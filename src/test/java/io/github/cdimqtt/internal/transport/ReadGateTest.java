package io.github.cdimqtt.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ReadGateTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ReadGate gate = new ReadGate();
    private final CompletableFuture<Void> passed = new CompletableFuture<>();
    private final Thread reader = new Thread(() -> {
        try {
            gate.pass();
            passed.complete(null);
        } catch (InterruptedIOException e) {
            passed.completeExceptionally(e);
        }
    });

    private void startWaiting() {
        gate.shut();
        reader.start();
        await().until(() -> reader.getState() == Thread.State.WAITING);
        assertThat(passed).isNotDone();
    }

    @Test
    void openGate_isPassed() {
        reader.start();

        assertThat(passed).succeedsWithin(PATIENCE);
    }

    @Test
    void shutGate_isPassed_onceItIsOpen() {
        startWaiting();

        gate.open();

        assertThat(passed).succeedsWithin(PATIENCE);
    }

    @Test
    @Timeout(20)
    void removedGate_isPassed_forEver() throws InterruptedIOException {
        startWaiting();

        gate.remove();

        assertThat(passed).succeedsWithin(PATIENCE);
        gate.shut();
        gate.pass();
    }

    @Test
    void interruptedReader_fails() {
        startWaiting();

        reader.interrupt();

        assertThatThrownBy(passed::join).hasCauseInstanceOf(InterruptedIOException.class);
    }
}
