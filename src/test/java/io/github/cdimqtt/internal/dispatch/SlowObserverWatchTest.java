package io.github.cdimqtt.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.support.ManualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowObserverWatchTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualTimer time = new ManualTimer();
    private final List<String> reported = new ArrayList<>();
    private final SlowObserverWatch watch = new SlowObserverWatch(
            new OneTask(time), dispatch -> reported.add(dispatch.message().topic() + " " + dispatch.running()));

    @Test
    void messageDispatchedForSixtySeconds_isReportedOnceWithItsObserver() {
        Dispatch slow = dispatch("slow", Qos.AT_LEAST_ONCE);
        slow.beforeCall("Quick#on(String)");
        slow.afterCall("Quick#on(String)");
        slow.beforeCall("Slow#on(String)");
        watch.begin(slow);

        time.pass(SlowObserverWatch.LONG.minusMillis(1));
        assertThat(reported).isEmpty();
        time.pass(Duration.ofMillis(1));
        assertThat(reported).containsExactly("slow [Slow#on(String)]");
        time.pass(SlowObserverWatch.LONG.multipliedBy(3));
        assertThat(reported).hasSize(1);
    }

    @Test
    void messagesThatAreDone_areNotReported() {
        for (int i = 0; i < 200; i++) {
            Dispatch quick = dispatch("quick", Qos.EXACTLY_ONCE);
            watch.begin(quick);
            time.pass(SECOND);
            watch.end(quick);
        }
        time.pass(SlowObserverWatch.LONG);

        assertThat(reported).isEmpty();
        assertThat(time.isIdle()).as("nothing to look for, nothing planned").isTrue();
    }

    @Test
    void eachMessage_isReportedWhenItsOwnTimeIsUp() {
        watch.begin(dispatch("a", Qos.AT_LEAST_ONCE));
        time.pass(SECOND);
        watch.begin(dispatch("b", Qos.AT_LEAST_ONCE));

        time.pass(SlowObserverWatch.LONG.minus(SECOND));
        assertThat(reported).containsExactly("a []");
        time.pass(SECOND);
        assertThat(reported).containsExactly("a []", "b []");
    }

    private static Dispatch dispatch(String topic, Qos qos) {
        MqttMessage message = MqttMessage.builder().topic(topic).qos(qos).build();
        return new Dispatch(message, null, null, null, (observer, cause) -> {}, HandlingListener.NONE);
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
