package io.github.cdimqtt.resilience;

import io.github.cdimqtt.MqttTopic;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Observers that sometimes fail and are sometimes slow. */
@Singleton
public class FaultyObservers {
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();

    void work(@Observes @MqttTopic("resilience/in/#") String text) throws Exception {
        switch (calls.incrementAndGet() % 1_000) {
            case 100, 200 -> throw new Exception("faulty");
            case 300 -> throw new AssertionError("faulty");
            case 500 -> never.await(500, TimeUnit.MILLISECONDS);
            default -> {
                // It succeeds.
            }
        }
    }

    void async(@ObservesAsync @MqttTopic("resilience/in/+") String text) {
        if (calls.get() % 1_000 == 700) {
            throw new IllegalStateException("faulty");
        }
    }
}
