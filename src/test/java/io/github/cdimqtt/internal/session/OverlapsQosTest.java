package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static io.github.cdimqtt.Qos.EXACTLY_ONCE;
import static io.github.cdimqtt.internal.session.OverlapsFixture.ONE;
import static io.github.cdimqtt.internal.session.OverlapsFixture.THREE;
import static io.github.cdimqtt.internal.session.OverlapsFixture.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Overlapping filters with several QoS: the copy with the highest is the message, as one of QoS 0 may be lost. */
class OverlapsQosTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final OverlapsFixture broker = new OverlapsFixture()
            .subscribed(ONE, AT_MOST_ONCE)
            .subscribed(TWO, AT_LEAST_ONCE)
            .subscribed(THREE, EXACTLY_ONCE)
            .open();

    @Test
    void lowerCopies_waitForTheHighest() {
        broker.arrive("on", AT_MOST_ONCE, ONE);
        broker.arrive("on", AT_LEAST_ONCE, TWO);
        assertThat(broker.handled()).isEmpty();
        assertThat(broker.channel.acknowledged()).isEmpty();

        broker.arrive("on", EXACTLY_ONCE, THREE);

        assertThat(broker.handled()).containsExactly("on 2");
        assertThat(broker.channel.acknowledged()).containsExactly(new Packet.PubAck(1), new Packet.PubComp(2));
        broker.session.timer.pass(PATIENCE);
        assertThat(broker.handled()).hasSize(1);
        assertThat(broker.warnings()).isZero();
    }

    @Test
    void lowerCopies_behindTheHighest_areSurplus() {
        broker.arrive("on", EXACTLY_ONCE, THREE);
        broker.arrive("on", AT_LEAST_ONCE, TWO);
        broker.arrive("on", AT_MOST_ONCE, ONE);

        assertThat(broker.handled()).containsExactly("on 2");
    }

    /** The publisher chose QoS 0, so all copies have it. */
    @Test
    void copiesOfAMessageOfLowQos_areHandledOnce() {
        broker.arrive("on", AT_MOST_ONCE, ONE);
        assertThat(broker.handled()).as("one of QoS 2 may follow").isEmpty();
        broker.arrive("on", AT_MOST_ONCE, TWO);
        broker.arrive("on", AT_MOST_ONCE, THREE);
        assertThat(broker.handled()).containsExactly("on 0");

        broker.arrive("off", AT_MOST_ONCE, THREE);

        assertThat(broker.handled()).as("no higher one can follow").containsExactly("on 0", "off 0");
    }

    @Test
    void lowerCopy_withoutAHigherOne_isHandledAfterASecond_andTheNextAtOnce() {
        broker.arrive("on", AT_MOST_ONCE, ONE);
        broker.session.timer.pass(PATIENCE.minusMillis(1));
        assertThat(broker.handled()).isEmpty();
        broker.session.timer.pass(Duration.ofMillis(1));
        assertThat(broker.handled()).containsExactly("on 0");
        assertThat(broker.warnings()).isOne();

        broker.arrive("off", AT_MOST_ONCE, ONE);

        assertThat(broker.handled()).containsExactly("on 0", "off 0");
    }

    @Test
    void lowerCopies_thatWaitAsTheBrokerTurnsOutToSendOne_areHandled_andAcknowledged() {
        broker.arrive("first", AT_LEAST_ONCE, TWO);
        broker.session.timer.pass(Duration.ofMillis(500));
        broker.arrive("second", AT_LEAST_ONCE, TWO);
        assertThat(broker.channel.acknowledged()).isEmpty();

        broker.session.timer.pass(Duration.ofMillis(500));

        assertThat(broker.handled()).containsExactly("first 1", "second 1");
        assertThat(broker.channel.acknowledged()).hasSize(2);
        broker.session.timer.pass(PATIENCE);
        assertThat(broker.warnings()).isOne();
    }

    /** The broker has no room for the higher copy before the lower is acknowledged. */
    @Test
    void higherCopy_thatTheLowerKeptInTheQueue_isSurplus_andNoneIsKeptThereAgain() {
        OverlapsFixture narrow = new OverlapsFixture(MqttConfig.builder().receiveMaximum(1))
                .subscribed(ONE, AT_LEAST_ONCE)
                .subscribed(TWO, EXACTLY_ONCE)
                .open();
        narrow.arrive("on", AT_LEAST_ONCE, ONE);
        assertThat(narrow.channel.acknowledged()).isEmpty();
        narrow.session.timer.pass(PATIENCE);
        assertThat(narrow.channel.acknowledged()).containsExactly(new Packet.PubAck(1));

        narrow.arrive("on", EXACTLY_ONCE, TWO);
        narrow.arrive("off", AT_LEAST_ONCE, ONE);
        assertThat(narrow.channel.acknowledged()).hasSize(3);
        narrow.arrive("off", EXACTLY_ONCE, TWO);
        narrow.session.timer.pass(PATIENCE.multipliedBy(20));

        assertThat(narrow.handled()).containsExactly("on 1", "off 1");
        assertThat(narrow.channel.acknowledged()).hasSize(4);
        assertThat(narrow.warnings()).isZero();
    }

    @Test
    void higherCopy_thatComesAfterTheObserverWasBusyForLong_saysNothingOfTheBroker() {
        OverlapsFixture narrow = new OverlapsFixture(MqttConfig.builder().receiveMaximum(1))
                .subscribed(ONE, AT_LEAST_ONCE)
                .subscribed(TWO, EXACTLY_ONCE)
                .open();
        CompletableFuture<Outcome> slow = new CompletableFuture<>();
        narrow.session.handler = message -> slow;
        narrow.arrive("on", AT_LEAST_ONCE, ONE);
        narrow.session.timer.pass(Duration.ofSeconds(30));
        slow.complete(Outcome.HANDLED);
        narrow.arrive("on", EXACTLY_ONCE, TWO);
        narrow.session.timer.pass(PATIENCE.multipliedBy(2));

        assertThat(narrow.warnings()).isZero();
    }

    @Test
    void lowerCopy_thatWaitsAsTheConnectionIsLost_isHandled() {
        broker.arrive("on", AT_LEAST_ONCE, TWO);
        broker.channel.lose(new IOException("gone"));

        assertThat(broker.handled()).containsExactly("on 1");
        assertThat(broker.warnings()).isZero();
    }

    @Test
    void higherCopy_behindALowerOneThatWentAsTheConnectionWasLost_isSurplus() {
        OverlapsFixture kept = new OverlapsFixture(MqttConfig.builder().sessionExpiry(Duration.ofMinutes(10)))
                .subscribed(ONE, AT_LEAST_ONCE)
                .subscribed(TWO, EXACTLY_ONCE)
                .open();
        Packet.Publish higher = kept.copy("on", EXACTLY_ONCE, TWO);
        kept.arrive("on", AT_LEAST_ONCE, ONE);
        kept.channel.lose(new IOException("gone"));
        assertThat(kept.handled()).containsExactly("on 1");

        kept.session.nextAttempt();
        kept.accept(true);
        kept.channel.deliver(higher);

        assertThat(kept.handled()).containsExactly("on 1");
        assertThat(kept.channel.acknowledged()).contains(new Packet.PubComp(higher.packetId()));
    }

    /** What went with QoS 0 may be dropped, so it is no substitute. */
    @Test
    void higherCopy_behindOneOfQos0ThatWentAsTheConnectionWasLost_isHandled() {
        OverlapsFixture kept = new OverlapsFixture(MqttConfig.builder().sessionExpiry(Duration.ofMinutes(10)))
                .subscribed(ONE, AT_MOST_ONCE)
                .subscribed(TWO, AT_LEAST_ONCE)
                .open();
        Packet.Publish higher = kept.copy("on", AT_LEAST_ONCE, TWO);
        kept.arrive("on", AT_MOST_ONCE, ONE);
        kept.channel.lose(new IOException("gone"));
        kept.session.nextAttempt();
        kept.accept(true);
        kept.channel.deliver(higher);

        assertThat(kept.handled()).containsExactly("on 0", "on 1");
    }

    @Test
    void higherCopy_ofAFilterThatEnds_isHandledInPlaceOfTheLower() {
        broker.session.session.unsubscribe(TopicFilter.of(THREE));
        broker.arrive("on", AT_MOST_ONCE, ONE);
        broker.arrive("on", AT_LEAST_ONCE, TWO);
        broker.arrive("on", EXACTLY_ONCE, THREE); // the broker had queued it

        assertThat(broker.handled()).containsExactly("on 2");
    }

    @Test
    void higherCopy_ofAFilterWhoseQosIsRaised_isHandledInPlaceOfTheLower() {
        OverlapsFixture raised = new OverlapsFixture()
                .subscribed(ONE, AT_MOST_ONCE)
                .subscribed(TWO, AT_MOST_ONCE)
                .open();
        raised.subscribe(TWO); // its answer is under way as the messages come
        raised.arrive("on", AT_MOST_ONCE, ONE);
        raised.arrive("on", AT_LEAST_ONCE, TWO);

        assertThat(raised.handled()).containsExactly("on 1");
    }

    @Test
    void copiesThatWait_areBounded() {
        for (int i = 0; i < 1_001; i++) {
            broker.arrive("value " + i, AT_MOST_ONCE, ONE);
        }

        assertThat(broker.handled()).containsExactly("value 0 0");
    }
}
