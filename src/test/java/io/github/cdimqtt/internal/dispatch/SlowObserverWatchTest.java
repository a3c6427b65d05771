package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.testing.ManualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowObserverWatchTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTimer time = new ManualTimer();
    private final List<String> told = new ArrayList<>();
    private final SlowObserverWatch overdue = new SlowObserverWatch(
            new OneTask(time), firing -> told.add(firing.message().topic() + " " + firing.running()));

    @Test
    void messageInWorkForSixtySeconds_isToldOnceWithItsObserver() {
        Dispatch slow = firing("slow", Qos.AT_LEAST_ONCE);
        slow.beforeCall("Quick#on(String)");
        slow.afterCall("Quick#on(String)");
        slow.beforeCall("Slow#on(String)");
        overdue.begin(slow);

        time.pass(SlowObserverWatch.LONG.minusMillis(1));
        assertThat(told).isEmpty();
        time.pass(Duration.ofMillis(1));
        assertThat(told).containsExactly("slow [Slow#on(String)]");
        time.pass(SlowObserverWatch.LONG.multipliedBy(3));
        assertThat(told).hasSize(1);
    }

    @Test
    void messagesThatAreDone_areNotTold() {
        for (int i = 0; i < 200; i++) {
            Dispatch quick = firing("quick", Qos.EXACTLY_ONCE);
            overdue.begin(quick);
            time.pass(SECOND);
            overdue.end(quick);
        }
        time.pass(SlowObserverWatch.LONG);

        assertThat(told).isEmpty();
        assertThat(time.isIdle()).as("nothing to look for, nothing planned").isTrue();
    }

    @Test
    void eachMessage_isToldWhenItsOwnTimeIsUp() {
        overdue.begin(firing("a", Qos.AT_LEAST_ONCE));
        time.pass(SECOND);
        overdue.begin(firing("b", Qos.AT_LEAST_ONCE));

        time.pass(SlowObserverWatch.LONG.minus(SECOND));
        assertThat(told).containsExactly("a []");
        time.pass(SECOND);
        assertThat(told).containsExactly("a []", "b []");
    }

    private static Dispatch firing(String topic, Qos qos) {
        MqttMessage message = MqttMessage.builder().topic(topic).qos(qos).build();
        return new Dispatch(message, null, null, (observer, cause) -> {});
    }

    /** A timer for one task at a time. */
    private record OneTask(ManualTimer time) implements Timer {

        @Override
        public long nanoTime() {
            return time.nanoTime();
        }

        @Override
        public Task schedule(Duration delay, Runnable task) {
            assertThat(time.isIdle()).isTrue();
            return time.schedule(delay, task);
        }
    }
}
