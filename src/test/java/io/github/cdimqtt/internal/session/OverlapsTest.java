package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static io.github.cdimqtt.Qos.EXACTLY_ONCE;
import static io.github.cdimqtt.internal.session.OverlapsFixture.ONE;
import static io.github.cdimqtt.internal.session.OverlapsFixture.THREE;
import static io.github.cdimqtt.internal.session.OverlapsFixture.TOPIC;
import static io.github.cdimqtt.internal.session.OverlapsFixture.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.support.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages that several filters match, from each kind of broker: none is lost, and each is handled once where that can be told. */
class OverlapsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static OverlapsFixture three(Qos qos) {
        return new OverlapsFixture()
                .subscribed(ONE, qos)
                .subscribed(TWO, qos)
                .subscribed(THREE, qos)
                .open();
    }

    private static OverlapsFixture two(Qos qos) {
        return new OverlapsFixture().subscribed(ONE, qos).subscribed(TWO, qos).open();
    }

    /** A copy for each filter, as Mosquitto sends them. */
    @Statement({"MQTT-3.3.4-2", "MQTT-3.3.4-3", "MQTT-3.3.4-4", "MQTT-3.3.4-5"})
    @ParameterizedTest
    @EnumSource(Qos.class)
    void copyForEachFilter_inAnyOrder_isHandledOnce(Qos qos) {
        OverlapsFixture broker = three(qos);
        Random random = new Random(4);
        List<String> filters = new ArrayList<>(List.of(ONE, TWO, THREE));
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String content = "is it on? " + i / 7 % 2; // several equal ones follow one another
            Collections.shuffle(filters, random);
            filters.forEach(filter -> broker.arrive(content, qos, filter));
            sent.add(content + " " + qos.level());
            broker.session.timer.pass(Duration.ofMillis(random.nextInt(500)));
        }

        assertThat(broker.handled()).isEqualTo(sent);
        assertThat(broker.channel.acknowledged()).hasSize(qos == AT_MOST_ONCE ? 0 : 900);
        assertThat(broker.session.session.metrics(Map.of()).received()).isEqualTo(900);
        broker.session.timer.pass(Duration.ofMinutes(1));
        assertThat(broker.handled()).hasSize(300);
        assertThat(broker.warnings()).isZero();
    }

    /** The copies for one filter overtake those for another, as those of QoS 0 do. */
    @Test
    void equalMessages_whoseCopiesOvertake_areEachHandledOnce() {
        OverlapsFixture broker = two(AT_LEAST_ONCE);
        for (int i = 0; i < 5; i++) {
            broker.arrive("on", AT_LEAST_ONCE, ONE);
        }
        for (int i = 0; i < 5; i++) {
            broker.arrive("on", AT_LEAST_ONCE, TWO);
        }
        broker.session.timer.pass(PATIENCE);
        assertThat(broker.handled()).hasSize(5);
        assertThat(broker.warnings()).isZero();
    }

    /** One copy with all identifiers, as HiveMQ sends it; Artemis sends three of them. */
    @Statement({"MQTT-3.3.4-3", "MQTT-3.3.4-4"})
    @Test
    void copyThatNamesAllFilters_isHandled_eachTime() {
        OverlapsFixture broker = three(AT_LEAST_ONCE);
        for (int i = 0; i < 3; i++) {
            broker.arrive("on", AT_LEAST_ONCE, THREE, ONE, TWO);
        }
        broker.session.timer.pass(PATIENCE);
        assertThat(broker.handled()).containsExactly("on 1", "on 1", "on 1");
        assertThat(broker.warnings()).isZero();
    }

    /** One copy with one identifier, as aedes sends it. */
    @ParameterizedTest
    @EnumSource(Qos.class)
    void copyThatNamesOneFilter_alwaysTheSame_isHandled(Qos qos) {
        OverlapsFixture broker = three(qos);
        for (int i = 0; i < 100; i++) {
            broker.arrive("on", qos, TWO);
            broker.session.timer.pass(Duration.ofMillis(100));
        }

        assertThat(broker.handled()).hasSize(100);
        assertThat(broker.channel.acknowledged()).hasSize(qos == AT_MOST_ONCE ? 0 : 100);
        assertThat(broker.warnings()).isOne();
    }

    @Test
    void copyThatNamesNowOneFilterNowAnother_isHandled() {
        OverlapsFixture broker = three(AT_LEAST_ONCE);
        List<String> filters = List.of(ONE, TWO, THREE);
        Random random = new Random(5);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            broker.arrive("value " + i, AT_LEAST_ONCE, filters.get(random.nextInt(3)));
            sent.add("value " + i + " 1");
            broker.session.timer.pass(Duration.ofMillis(random.nextInt(20)));
        }

        assertThat(broker.handled()).isEqualTo(sent);
        assertThat(broker.warnings()).isOne();
    }

    @Test
    void equalMessagesThatNameNowOneFilterNowAnother_areHandled_onceTheBrokerIsKnown() {
        OverlapsFixture broker = two(AT_LEAST_ONCE);
        broker.arrive("on", AT_LEAST_ONCE, ONE);
        broker.session.timer.pass(PATIENCE);
        assertThat(broker.session.listener.lines)
                .filteredOn(line -> line.contains("MQTT-132"))
                .singleElement()
                .asString()
                .contains("'" + TWO + "'")
                .contains("subscription-identifiers=false");

        for (int i = 0; i < 10; i++) {
            broker.arrive("on", AT_LEAST_ONCE, ONE);
            broker.arrive("on", AT_LEAST_ONCE, TWO);
        }

        assertThat(broker.handled()).hasSize(21);
    }

    /** Two equal messages looked like two copies of one: that one more was without a copy undoes it. */
    @Test
    void accidentThatLooksLikeCopies_doesNotHideThatTheyAreMissing() {
        OverlapsFixture broker = two(AT_LEAST_ONCE);
        broker.arrive("on", AT_LEAST_ONCE, ONE);
        broker.arrive("on", AT_LEAST_ONCE, TWO);
        broker.session.timer.pass(PATIENCE);
        for (int i = 0; i < 2; i++) {
            broker.arrive("off", AT_LEAST_ONCE, i == 0 ? ONE : TWO);
            broker.session.timer.pass(PATIENCE);
        }

        assertThat(broker.warnings()).isOne();
        broker.arrive("on", AT_LEAST_ONCE, ONE);
        broker.arrive("on", AT_LEAST_ONCE, TWO);
        assertThat(broker.handled()).containsExactly("on 1", "off 1", "off 1", "on 1", "on 1");
    }

    /** A broker drops messages of QoS 0 when a queue of its own is full. */
    @Test
    void copyThatIsMissingOnce_isForgiven_whereOthersWereComplete() {
        OverlapsFixture broker = two(AT_MOST_ONCE);
        broker.arrive("first", AT_MOST_ONCE, ONE);
        broker.arrive("first", AT_MOST_ONCE, TWO);
        broker.arrive("second", AT_MOST_ONCE, ONE);
        broker.session.timer.pass(PATIENCE);
        broker.arrive("third", AT_MOST_ONCE, TWO);
        broker.arrive("third", AT_MOST_ONCE, ONE);

        assertThat(broker.handled()).containsExactly("first 0", "second 0", "third 0");
        assertThat(broker.warnings()).isZero();
    }

    /** The broker has sent all that it may before the second copy. */
    @Test
    void copyThatWaitsForOurAcknowledgement_isSurplus() {
        OverlapsFixture broker = two(AT_LEAST_ONCE);
        CompletableFuture<Outcome> slow = new CompletableFuture<>();
        broker.session.handler = message -> slow;
        broker.arrive("on", AT_LEAST_ONCE, TWO);
        broker.session.timer.pass(PATIENCE.multipliedBy(5));
        slow.complete(Outcome.HANDLED);
        broker.arrive("on", AT_LEAST_ONCE, ONE);

        assertThat(broker.handled()).hasSize(1);
        assertThat(broker.channel.acknowledged()).containsExactly(new Packet.PubAck(1), new Packet.PubAck(2));
        assertThat(broker.warnings()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_LEAST_ONCE", "EXACTLY_ONCE"})
    void surplusCopy_isAcknowledgedInItsTurn(Qos qos) {
        OverlapsFixture broker = three(qos);
        CompletableFuture<Outcome> slow = new CompletableFuture<>();
        broker.session.handler = message -> slow;
        broker.arrive("on", qos, ONE);
        broker.arrive("on", qos, THREE);
        assertThat(broker.channel.acknowledged()).isEmpty();

        slow.complete(Outcome.HANDLED);

        assertThat(broker.channel.acknowledged())
                .containsExactly(
                        qos == EXACTLY_ONCE ? new Packet.PubComp(1) : new Packet.PubAck(1),
                        qos == EXACTLY_ONCE ? new Packet.PubComp(2) : new Packet.PubAck(2));
        assertThat(broker.handled()).hasSize(1);
    }

    /** Each is for the filter that was subscribed just then. */
    @Test
    void retainedCopies_areNeverSurplus() {
        OverlapsFixture broker = two(AT_MOST_ONCE);
        broker.session.timer.pass(Duration.ofMinutes(1)); // nobody counts the copies any more
        for (String filter : List.of(ONE, TWO)) {
            Packet.Publish copy = broker.copy("kept", AT_MOST_ONCE, filter);
            broker.channel.deliver(new Packet.Publish(
                    TOPIC,
                    copy.payload(),
                    copy.qos(),
                    true,
                    false,
                    0,
                    copy.properties(),
                    0,
                    copy.subscriptionIdentifiers()));
        }
        broker.session.timer.pass(PATIENCE);

        assertThat(broker.handled()).containsExactly("kept 0", "kept 0");
        assertThat(broker.warnings()).isZero();
    }

    @Test
    void unknownIdentifier_countsAsNone() {
        OverlapsFixture broker = three(AT_MOST_ONCE);
        broker.channel.deliver(broker.copyNaming("on", AT_MOST_ONCE, List.of(4711)));
        broker.channel.deliver(broker.copyNaming("on", AT_MOST_ONCE, List.of(4711)));
        broker.channel.deliver(broker.copyNaming("on", AT_MOST_ONCE, List.of()));
        broker.session.timer.pass(PATIENCE);

        assertThat(broker.handled()).hasSize(3);
        assertThat(broker.warnings()).isZero();
    }
}
