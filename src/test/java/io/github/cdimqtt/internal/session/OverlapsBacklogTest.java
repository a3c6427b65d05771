package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static io.github.cdimqtt.internal.session.OverlapsFixture.ONE;
import static io.github.cdimqtt.internal.session.OverlapsFixture.THREE;
import static io.github.cdimqtt.internal.session.OverlapsFixture.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages that the broker queued before it knew the newest filter do not name it: that says nothing of the broker. */
class OverlapsBacklogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int QUEUED = 100;

    private final List<String> sent = new ArrayList<>();
    private final OverlapsFixture broker = new OverlapsFixture(
                    MqttConfig.builder().clientId("me").cleanSession(false))
            .subscribed(ONE, AT_LEAST_ONCE)
            .subscribed(TWO, AT_LEAST_ONCE);

    /** Has messages arrive, each with a copy for each of the filters. */
    private void arrive(int count, Duration interval, String... filters) {
        for (int i = 0; i < count; i++) {
            String content = "value " + sent.size();
            sent.add(content + " 1");
            for (String filter : filters) {
                broker.arrive(content, AT_LEAST_ONCE, filter);
            }
            broker.session.timer.pass(interval);
        }
    }

    private void reconnect() {
        broker.channel.lose(new IOException("gone"));
        broker.session.nextAttempt();
        broker.accept(true);
    }

    private void assertEachHandledOnce() {
        broker.session.timer.pass(PATIENCE.multipliedBy(20));
        assertThat(broker.handled()).isEqualTo(sent);
        assertThat(broker.warnings()).isZero();
    }

    @Test
    void messagesQueuedDuringAnOutage_doNotNameAFilterSubscribedMeanwhile() {
        broker.open();
        broker.channel.lose(new IOException("gone"));
        broker.subscribe(THREE);
        broker.session.nextAttempt();
        broker.accept(true);
        arrive(QUEUED, Duration.ofMillis(300), ONE, TWO);
        arrive(QUEUED, Duration.ofMillis(300), THREE, TWO, ONE);

        assertEachHandledOnce();
    }

    @Test
    void messagesQueuedByASlowClient_doNotNameAFilterSubscribedMeanwhile() {
        broker.open();
        arrive(1, Duration.ZERO, TWO, ONE);
        broker.subscribe(THREE);
        broker.channel.grantAll();
        arrive(QUEUED, Duration.ofMillis(300), ONE, TWO);
        arrive(QUEUED, Duration.ofMillis(300), ONE, TWO, THREE);

        assertEachHandledOnce();
    }

    /** The earlier run of the application had fewer filters. */
    @Test
    void messagesQueuedBeforeTheApplicationStarted_doNotNameItsNewFilter() {
        broker.subscribe(THREE);
        broker.session.session.connect();
        broker.accept(true);
        arrive(QUEUED, Duration.ofMillis(300), ONE, TWO);
        arrive(QUEUED, Duration.ofMillis(300), THREE, ONE, TWO);

        assertEachHandledOnce();
    }

    /** What is sent with QoS 0 is not queued. */
    @Test
    void messagesOfQos0_thatOvertakeTheQueue_sayNothingOfThoseInIt() {
        broker.open();
        arrive(1, Duration.ZERO, ONE, TWO);
        broker.subscribed(THREE, AT_MOST_ONCE);
        broker.channel.grantAll();
        for (int i = 0; i < QUEUED; i++) {
            broker.arrive("new " + i, AT_MOST_ONCE, THREE);
            broker.arrive("old " + i, AT_LEAST_ONCE, ONE);
            broker.arrive("old " + i, AT_LEAST_ONCE, TWO);
            sent.add("old " + i + " 1");
        }
        for (int i = 0; i < QUEUED; i++) {
            broker.arrive("new " + i, AT_LEAST_ONCE, ONE);
            broker.arrive("new " + i, AT_LEAST_ONCE, TWO);
            sent.add("new " + i + " 1");
        }

        assertEachHandledOnce();
    }

    @ParameterizedTest
    @EnumSource(Qos.class)
    void brokerThatNamesOneFilterAlways_isFoundOut_onceItIsSilent(Qos qos) {
        broker.open();
        reconnect();
        for (int i = 0; i < 20; i++) {
            broker.arrive("on", qos, TWO);
            broker.session.timer.pass(Duration.ofMillis(1_500));
        }

        assertThat(broker.handled()).hasSize(20);
        assertThat(broker.warnings()).isOne();
    }

    @Test
    void brokerThatNamesOneFilterAlways_andIsNeverSilent_losesNothing() {
        broker.open();
        reconnect();
        for (int i = 0; i < QUEUED; i++) {
            broker.arrive("on", AT_LEAST_ONCE, TWO);
            broker.session.timer.pass(Duration.ofMillis(100));
        }

        assertThat(broker.handled()).hasSize(QUEUED);
    }

    @Test
    void brokerThatNamesNowOneFilterNowAnother_isFoundOut() {
        broker.subscribe(THREE);
        broker.open();
        reconnect();
        Random random = new Random(6);
        for (int i = 0; i < QUEUED; i++) {
            arrive(1, Duration.ofMillis(50), random.nextBoolean() ? ONE : TWO);
        }

        assertThat(broker.handled()).isEqualTo(sent);
        assertThat(broker.warnings()).isOne();
    }
}
