package io.github.cdimqtt.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Prints what a call costs while thousands of filters are subscribed: processor time of the session, the broker costs
 * nothing. {@code mvn test -Dtest=SubscriptionCostTest -Djacoco.skip}.
 */
class SubscriptionCostTest {
    private static final int ROUNDS = 5;

    @Test
    void cost_ofACall_isPrinted() {
        for (int filters : new int[] {1_000, 1_000, 2_000, 4_000}) { // the first is a warm-up
            String line = "";
            for (int i = 0; i < ROUNDS; i++) {
                line = measure(filters);
            }
            System.out.println(line);
        }
    }

    private static String measure(int count) {
        SessionFixture fixture = new SessionFixture();
        FakeChannel channel = fixture.connected();
        List<TopicFilter> filters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            filters.add(TopicFilter.of("house/" + i % 100 + "/room/" + i + (i % 2 == 0 ? "/+" : "/temp")));
        }
        double subscribe = micros(filters, filter -> {
            fixture.session.subscribe(filter, Qos.AT_LEAST_ONCE, Retained.SEND, false);
            channel.grantAll();
        });
        assertThat(fixture.session.subscriptions()).hasSize(count);
        double unsubscribe = micros(filters, filter -> {
            fixture.session.unsubscribe(filter);
            channel.answerUnsubscribe();
        });
        assertThat(fixture.session.subscriptions()).isEmpty();
        return String.format(
                Locale.ROOT,
                "%,d filters: %.0f us of processor time for a subscribe, %.0f us for an unsubscribe",
                count,
                subscribe,
                unsubscribe);
    }

    private static double micros(List<TopicFilter> filters, Consumer<TopicFilter> call) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        filters.forEach(call);
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e3 / filters.size();
    }
}
