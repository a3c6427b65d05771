package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.internal.session.OverlapsFixture.ONE;
import static io.github.cdimqtt.internal.session.OverlapsFixture.THREE;
import static io.github.cdimqtt.internal.session.OverlapsFixture.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which filters get an identifier, and what becomes of it as filters and connections come and go. */
class OverlappingFiltersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final IOException LOST = new IOException("gone");

    private OverlapsFixture broker = new OverlapsFixture();

    @Test
    void overlappingFilters_goOneByOne_andTheOthersTogether() {
        List.of("x/1", ONE, "x/2", TWO, "y/#", "y/1/+").forEach(broker::subscribe);
        broker.open();

        assertThat(broker.requests()).containsExactly(List.of("x/1", "x/2", "y/#"), List.of(ONE), List.of(TWO));
        assertThat(broker.identifier("x/1")).isZero();
        assertThat(broker.identifier("y/#")).as("it covers the other").isZero();
        assertThat(broker.identifier(ONE)).isPositive();
        assertThat(broker.identifier(TWO)).isPositive().isNotEqualTo(broker.identifier(ONE));
    }

    @Test
    void filterThatIsOverlappedLater_isAskedForAgain_beforeTheNewOne_withoutRetainedMessages() {
        broker.subscribe(ONE);
        broker.open();
        assertThat(broker.identifier(ONE)).isZero();

        broker.subscribe(TWO);
        broker.channel.grantAll();

        assertThat(broker.requests()).containsExactly(List.of(ONE), List.of(ONE), List.of(TWO));
        assertThat(broker.channel.sent(Packet.Subscribe.class))
                .extracting(each -> each.subscriptions().get(0).retainHandling())
                .containsExactly(0, 2, 0);
        broker.arrive("on", AT_LEAST_ONCE, ONE);
        broker.arrive("on", AT_LEAST_ONCE, TWO);
        assertThat(broker.handled()).hasSize(1);
    }

    @Test
    void copiesDuringTheSubscribe_areHandledOnce() {
        broker.subscribe(ONE);
        broker.subscribe(TWO);
        broker.open();
        broker.subscribe(THREE); // not answered yet
        int third = broker.channel.sent(Packet.Subscribe.class).get(2).identifier();

        broker.arrive("on", AT_LEAST_ONCE, ONE);
        broker.arrive("on", AT_LEAST_ONCE, TWO);
        broker.channel.deliver(broker.copyNaming("on", AT_LEAST_ONCE, List.of(third)));
        broker.arrive("off", AT_LEAST_ONCE, ONE);
        broker.arrive("off", AT_LEAST_ONCE, TWO);
        broker.session.timer.pass(PATIENCE);

        assertThat(broker.handled()).containsExactly("on 1", "off 1");
        assertThat(broker.warnings()).isZero();
    }

    @Test
    void filterThatIsDropped_isNotMissed() {
        broker.subscribe(ONE);
        broker.subscribe(TWO);
        broker.subscribe(THREE);
        broker.open();
        broker.arrive("first", AT_LEAST_ONCE, TWO);
        broker.session.session.unsubscribe(TopicFilter.of(ONE));
        broker.arrive("first", AT_LEAST_ONCE, THREE); // that for the first filter does not come any more
        broker.arrive("second", AT_LEAST_ONCE, ONE); // or it does: a buffered one
        broker.arrive("second", AT_LEAST_ONCE, TWO);
        broker.channel.answerUnsubscribe();
        broker.arrive("second", AT_LEAST_ONCE, THREE);
        broker.arrive("third", AT_LEAST_ONCE, TWO);
        broker.arrive("third", AT_LEAST_ONCE, THREE);
        broker.session.timer.pass(PATIENCE);

        assertThat(broker.handled()).containsExactly("first 1", "second 1", "third 1");
        assertThat(broker.warnings()).isZero();
    }

    @Test
    void copyThatIsMissing_asItsFilterWasDropped_saysNothingOfTheBroker() {
        broker.subscribe(ONE);
        broker.subscribe(TWO);
        broker.open();
        broker.arrive("on", AT_LEAST_ONCE, TWO);
        broker.session.session.unsubscribe(TopicFilter.of(ONE));
        broker.channel.answerUnsubscribe();
        broker.session.timer.pass(PATIENCE);

        assertThat(broker.warnings()).isZero();
    }

    @Test
    void copyThatIsMissing_asTheConnectionWasLost_saysNothingOfTheBroker() {
        broker.subscribe(ONE);
        broker.subscribe(TWO);
        broker.open();
        broker.arrive("on", AT_LEAST_ONCE, TWO);
        broker.channel.lose(LOST);
        broker.session.nextAttempt();
        broker.accept(true);
        broker.session.timer.pass(PATIENCE.multipliedBy(3));

        assertThat(broker.warnings()).isZero();
        assertThat(broker.handled()).hasSize(1);
    }

    @Test
    void lastOfTheOverlappingFilters_isAlone() {
        broker.subscribe(ONE);
        broker.subscribe(TWO);
        broker.open();
        broker.session.session.unsubscribe(TopicFilter.of(ONE));
        broker.channel.answerUnsubscribe();

        broker.arrive("on", AT_LEAST_ONCE, TWO);
        broker.arrive("on", AT_LEAST_ONCE, TWO);
        broker.session.timer.pass(PATIENCE);

        assertThat(broker.handled()).hasSize(2);
        assertThat(broker.warnings()).isZero();
    }

    @Test
    void messageCutInTwo_isHandledOnce_whereTheSessionIsKept() {
        broker = new OverlapsFixture(MqttConfig.builder().sessionExpiry(Duration.ofMinutes(10)));
        broker.subscribe(ONE);
        broker.subscribe(TWO);
        broker.open();
        Packet.Publish rest = broker.copy("on", AT_LEAST_ONCE, TWO);
        broker.arrive("on", AT_LEAST_ONCE, ONE);
        broker.channel.lose(LOST);
        broker.session.nextAttempt().receive(new BrokerTerms().accepted(true));
        broker.channel = broker.session.channels.last();

        broker.channel.deliver(rest); // before anything is subscribed again
        broker.channel.grantAll();
        broker.session.timer.pass(PATIENCE.multipliedBy(3));

        assertThat(broker.handled()).containsExactly("on 1");
        assertThat(broker.warnings()).isZero();
    }

    @Test
    void identifiers_areTheSameOnTheNextConnection() {
        broker.subscribe(ONE);
        broker.subscribe(TWO);
        broker.open();
        var before = broker.identifiers();
        broker.channel.lose(LOST);
        broker.session.nextAttempt();
        broker.accept(false);

        assertThat(broker.identifiers()).isEqualTo(before);
    }
}
