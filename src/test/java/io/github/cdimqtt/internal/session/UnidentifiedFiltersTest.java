package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static io.github.cdimqtt.internal.session.OverlapsFixture.ONE;
import static io.github.cdimqtt.internal.session.OverlapsFixture.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which filters get no identifier, though they overlap. */
class UnidentifiedFiltersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final IOException LOST = new IOException("gone");

    private OverlapsFixture broker = new OverlapsFixture();

    @Test
    void brokerThatDoesNotNameAll_isNotAskedToAgain_butAnotherIs() {
        broker = new OverlapsFixture(MqttConfig.builder().brokerUrl("tcp://one,tcp://two"));
        broker.subscribe(ONE);
        broker.subscribe(TWO);
        broker.open();
        broker.arrive("on", AT_LEAST_ONCE, ONE);
        broker.session.timer.pass(PATIENCE);
        assertThat(broker.warnings()).isOne();
        String first = broker.channel.server.toString();

        broker.channel.lose(LOST);
        FakeChannel next = broker.session.nextAttempt();
        while (next.server.toString().equals(first)) {
            next.lose(LOST);
            next = broker.session.nextAttempt();
        }
        broker.accept(false);
        assertThat(broker.identifier(ONE)).as("at another address").isPositive();
        broker.arrive("on", AT_LEAST_ONCE, ONE);
        broker.arrive("on", AT_LEAST_ONCE, TWO);
        assertThat(broker.handled()).hasSize(2);

        broker.channel.lose(LOST);
        next = broker.session.nextAttempt();
        while (!next.server.toString().equals(first)) {
            next.lose(LOST);
            next = broker.session.nextAttempt();
        }
        broker.accept(false);
        assertThat(broker.identifiers()).containsOnlyKeys(ONE, TWO).containsValues(0);
        assertThat(broker.requests()).containsExactly(List.of(ONE, TWO));
        assertThat(broker.warnings()).isOne();
    }

    @Test
    void identifiersThatTheBrokerDoesNotHave_areNotSent() {
        broker.subscribe(ONE);
        broker.subscribe(TWO);
        broker.session.session.connect();
        broker.channel = broker.session.channels.last();
        broker.channel.receive(new BrokerTerms().identifiersAvailable(false).accepted(false));
        broker.channel.grantAll();

        assertThat(broker.requests()).containsExactly(List.of(ONE, TWO));
        assertThat(broker.identifier(ONE)).isZero();
    }

    @Test
    void identifiersThatAreSwitchedOff_areNotSent() {
        broker = new OverlapsFixture(MqttConfig.builder().subscriptionIdentifiers(false));
        broker.subscribe(ONE);
        broker.subscribe(TWO);
        broker.open();

        assertThat(broker.requests()).containsExactly(List.of(ONE, TWO));
        assertThat(broker.identifier(TWO)).isZero();
    }

    /** CONNACK had said otherwise. */
    @Test
    void identifierThatTheBrokerRefuses_isLeftOut_andTheFilterIsAskedForAgain() {
        broker.subscribe(ONE);
        broker.subscribe(TWO);
        broker.session.session.connect();
        broker.channel = broker.session.channels.last();
        broker.channel.receive(new BrokerTerms().accepted(false));

        broker.channel.answerSubscribe(MqttReason.SUCCESS, 0xa1);
        broker.channel.grantAll();

        assertThat(broker.session.session.subscriptions()).containsOnlyKeys(ONE, TWO);
        assertThat(broker.identifier(ONE)).isZero();
        assertThat(broker.channel.sent(Packet.Subscribe.class))
                .flatExtracting(Packet.Subscribe::subscriptions)
                .extracting(Packet.Subscription::retainHandling)
                .containsOnly(0);
    }

    @Test
    void sharedSubscription_getsNoIdentifier() {
        broker.subscribe("$share/g/" + ONE);
        broker.subscribe("$share/h/" + TWO);
        broker.subscribe("x/y");
        broker.open();

        assertThat(broker.identifiers()).containsValues(0).hasSize(3);
        assertThat(broker.requests()).hasSize(1);
    }

    @Test
    void filtersOfMqtt311_getNoIdentifier() {
        SessionFixture old = new SessionFixture();
        old.session.subscribe(TopicFilter.of(ONE), AT_MOST_ONCE, Retained.SEND, false);
        old.session.subscribe(TopicFilter.of(TWO), AT_MOST_ONCE, Retained.SEND, false);
        FakeChannel channel = old.connected();

        assertThat(channel.sent(Packet.Subscribe.class))
                .singleElement()
                .extracting(Packet.Subscribe::identifier)
                .isEqualTo(0);
    }
}
