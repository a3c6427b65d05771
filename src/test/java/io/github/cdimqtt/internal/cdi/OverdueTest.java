package io.github.cdimqtt.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.client.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverdueTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Clock clock = new Clock();
    private final List<String> told = new ArrayList<>();
    private final Overdue overdue =
            new Overdue(clock, firing -> told.add(firing.message().topic() + " " + firing.atWork()));

    @Test
    void messageInWorkForSixtySeconds_isToldOnceWithItsObserver() {
        Firing slow = firing("slow", Qos.AT_LEAST_ONCE);
        slow.calling("Quick#on(String)");
        slow.called("Quick#on(String)");
        slow.calling("Slow#on(String)");
        overdue.begin(slow);

        clock.pass(Overdue.LONG.minusMillis(1));
        assertThat(told).isEmpty();
        clock.pass(Duration.ofMillis(1));
        assertThat(told).containsExactly("slow [Slow#on(String)]");
        clock.pass(Overdue.LONG.multipliedBy(3));
        assertThat(told).hasSize(1);
    }

    @Test
    void messagesThatAreDone_areNotTold() {
        for (int i = 0; i < 200; i++) {
            Firing quick = firing("quick", Qos.EXACTLY_ONCE);
            overdue.begin(quick);
            clock.pass(SECOND);
            overdue.end(quick);
        }
        clock.pass(Overdue.LONG);

        assertThat(told).isEmpty();
        assertThat(clock.planned).as("nothing to look for, nothing planned").isEmpty();
    }

    @Test
    void eachMessage_isToldWhenItsOwnTimeIsUp() {
        overdue.begin(firing("a", Qos.AT_LEAST_ONCE));
        clock.pass(SECOND);
        overdue.begin(firing("b", Qos.AT_LEAST_ONCE));

        clock.pass(Overdue.LONG.minus(SECOND));
        assertThat(told).containsExactly("a []");
        clock.pass(SECOND);
        assertThat(told).containsExactly("a []", "b []");
    }

    private static Firing firing(String topic, Qos qos) {
        MqttMessage message = MqttMessage.builder().topic(topic).qos(qos).build();
        return new Firing(message, null, null, (observer, cause) -> {});
    }

    /** Time that passes when the test says so; for one task at a time. */
    private static final class Clock implements Timer {
        private final List<Runnable> planned = new ArrayList<>();
        private long now;
        private long due;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public Task schedule(Duration delay, Runnable task) {
            assertThat(planned).isEmpty();
            planned.add(task);
            due = now + delay.toNanos();
            return () -> planned.remove(task);
        }

        void pass(Duration duration) {
            long end = now + duration.toNanos();
            while (!planned.isEmpty() && due <= end) {
                now = due;
                planned.remove(0).run();
            }
            now = end;
        }
    }
}
