package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import io.github.cdimqtt.internal.transport.Subscription;
import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How many topic filters a packet holds, in which order, and what happens to those that a broker hangs up over. */
class SubscriptionRequestsTest {
    private static final MqttException HUNG_UP = new MqttException("hung up", new EOFException());
    private final SessionFixture fixture = new SessionFixture();

    private CompletableFuture<Qos> subscribe(String filter) {
        return fixture.session.subscribe(TopicFilter.of(filter), AT_MOST_ONCE);
    }

    private static void subscribe(SessionFixture session, int filters) {
        for (int i = 0; i < filters; i++) {
            session.session.subscribe(TopicFilter.of("a/" + i), AT_MOST_ONCE);
        }
    }

    private static void hangUp(SessionFixture session) {
        session.transport.last().broker.lost(HUNG_UP);
        session.nextAttempt().broker.connected(true);
    }

    private static void grantAllowed(SessionFixture session) {
        FakeTransport.FakeConnection connection = session.transport.last();
        while (connection.subscribed.stream()
                .flatMap(List::stream)
                .anyMatch(each -> !each.filter().startsWith("forbidden"))) {
            List<Subscription> requested = connection.subscribed.remove(0);
            connection.broker.granted(requested, new int[requested.size()]);
        }
    }

    private static List<String> warnings(SessionFixture session) {
        return session.listener.lines.stream()
                .filter(line -> line.contains("MQTT-106") || line.contains("MQTT-121") || line.contains("MQTT-124"))
                .toList();
    }

    @Test
    void subscribes_areSentEightFiltersAtATime_andOneIsUnansweredAtATime() {
        subscribe(fixture, 20);
        fixture.session.connect();
        FakeTransport.FakeConnection connection = fixture.transport.last();
        connection.broker.connected(false);
        List<Integer> sizes = new ArrayList<>();
        while (!connection.subscribed.isEmpty()) {
            assertThat(connection.subscribed).hasSize(1);
            List<Subscription> requested = connection.subscribed.remove(0);
            sizes.add(requested.size());
            connection.broker.granted(requested, new int[requested.size()]);
        }

        assertThat(sizes).containsExactly(8, 8, 4);
        assertThat(fixture.session.subscriptions()).hasSize(20);
    }

    @Test
    void unsubscribes_areSentEightFiltersAtATime_andOneIsUnansweredAtATime() {
        subscribe(fixture, 20);
        FakeTransport.FakeConnection connection = fixture.connected();
        CompletableFuture<Void> unsubscribing = fixture.session.unsubscribeAll();
        List<Integer> sizes = new ArrayList<>();
        while (!connection.unsubscribed.isEmpty()) {
            assertThat(connection.unsubscribed).hasSize(1);
            sizes.add(connection.unsubscribed.get(0).size());
            connection.broker.unsubscribed(connection.unsubscribed.remove(0));
        }

        assertThat(sizes).containsExactly(8, 8, 4);
        assertThat(unsubscribing).isCompleted();
        assertThat(fixture.session.subscriptions()).isEmpty();
    }

    @Test
    void unansweredUnsubscribesOfAKeptSession_areSentAgainEightFiltersAtATime() {
        SessionFixture kept = SessionFixture.kept();
        subscribe(kept, 20);
        kept.connected();
        CompletableFuture<Void> unsubscribing = kept.session.unsubscribeAll();
        kept.transport.last().broker.lost(new MqttException("gone"));
        FakeTransport.FakeConnection next = kept.nextAttempt();
        next.broker.connected(true);
        while (!next.unsubscribed.isEmpty()) {
            assertThat(next.unsubscribed.get(0)).hasSizeLessThanOrEqualTo(8);
            next.broker.unsubscribed(next.unsubscribed.remove(0));
        }

        assertThat(unsubscribing).isCompleted();
    }

    @Test
    void filterThatTheBrokerHangsUpOver_isRequestedAlone_thenLeftOut_andTheRestWorks() {
        subscribe(fixture, 3);
        CompletableFuture<Qos> forbidden = subscribe("forbidden/#");
        CompletableFuture<Void> connected = fixture.session.connect();
        fixture.transport.last().broker.connected(false);

        for (int i = 0; i < 2; i++) {
            hangUp(fixture);
            FakeTransport.FakeConnection connection = fixture.transport.last();
            int requested = 0;
            while (!connection.subscribed.get(0).equals(List.of(new Subscription("forbidden/#", AT_MOST_ONCE)))) {
                List<Subscription> others = connection.subscribed.remove(0);
                requested += others.size();
                connection.broker.granted(others, new int[others.size()]);
            }
            assertThat(requested).isEqualTo(3);
        }
        assertThat(forbidden).isNotDone();
        hangUp(fixture);
        fixture.transport.last().grantAll();

        assertThatThrownBy(forbidden::join)
                .hasMessageContaining("hung up 3 times")
                .hasMessageContaining("forbidden/#");
        assertThat(connected).isCompleted();
        assertThat(fixture.session.subscriptions()).containsOnlyKeys("a/0", "a/1", "a/2");
        assertThat(fixture.listener.events(MqttEvent.SubscriptionRefused.class))
                .containsExactly(new MqttEvent.SubscriptionRefused("default", "forbidden/#"));
        assertThat(warnings(fixture))
                .singleElement()
                .asString()
                .contains("MQTT-124")
                .contains("'forbidden/#'");
        hangUp(fixture);
        assertThat(fixture.transport.last().subscribed.get(0)).hasSize(3);
    }

    @Test
    void filterSubscribedLater_andHungUpOver_failsItsStage_andTheConnectionStays() {
        subscribe(fixture, 1);
        fixture.connected();
        CompletableFuture<Qos> forbidden = subscribe("forbidden/#");
        for (int i = 0; i < 3; i++) {
            while (!fixture.transport.last().subscribed.get(0).get(0).filter().startsWith("forbidden")) {
                fixture.transport
                        .last()
                        .broker
                        .granted(fixture.transport.last().subscribed.remove(0), new int[1]);
            }
            fixture.transport.last().broker.lost(HUNG_UP);
            fixture.nextAttempt().broker.connected(false);
        }
        fixture.transport.last().grantAll();

        assertThat(forbidden).isCompletedExceptionally();
        assertThat(fixture.session.isConnected()).isTrue();
        assertThat(fixture.session.subscriptions()).containsOnlyKeys("a/0");
        CompletableFuture<Qos> again = subscribe("forbidden/#");
        fixture.transport.last().grantAll();
        assertThat(again).isCompletedWithValue(AT_MOST_ONCE);
    }

    @Test
    void coverThatTheBrokerHangsUpOver_isReplacedByWhatItCovered() {
        subscribe("home/#");
        subscribe("home/a");
        fixture.session.connect();
        fixture.transport.last().broker.connected(false);
        for (int i = 0; i < 3; i++) {
            hangUp(fixture);
        }

        assertThat(fixture.transport.last().subscribed)
                .containsExactly(List.of(new Subscription("home/a", AT_MOST_ONCE)));
    }

    @Test
    void unsubscribeThatTheBrokerHangsUpOver_isNotRepeatedForEver_andItsStageFails() {
        SessionFixture kept = SessionFixture.kept();
        subscribe(kept, 2);
        kept.connected();
        CompletableFuture<Void> unsubscribing = kept.session.unsubscribe(TopicFilter.of("a/0"));
        for (int i = 0; i < 3; i++) {
            kept.transport.last().grantAll();
            assertThat(kept.transport.last().unsubscribed).containsExactly(List.of("a/0"));
            hangUp(kept);
        }
        kept.transport.last().grantAll();

        assertThat(kept.transport.last().unsubscribed).isEmpty();
        assertThat(unsubscribing).isCompletedExceptionally();
        assertThat(warnings(kept))
                .singleElement()
                .asString()
                .contains("MQTT-124")
                .contains("'a/0'");
    }

    /** They may be innocent: a broker that is being stopped hangs up as well. */
    @Test
    void connectionLostOtherwise_retriesFiltersLeftOutOnce_aloneAndLast() {
        subscribe(fixture, 1);
        subscribe("forbidden/#");
        fixture.session.connect();
        fixture.transport.last().broker.connected(false);
        hangUp(fixture);
        for (int i = 0; i < 2; i++) {
            grantAllowed(fixture);
            hangUp(fixture);
        }
        grantAllowed(fixture);
        assertThat(fixture.transport.last().subscribed).isEmpty();

        fixture.transport.last().broker.lost(HUNG_UP);
        fixture.nextAttempt().broker.connected(false);
        grantAllowed(fixture);
        assertThat(fixture.transport.last().subscribed)
                .containsExactly(List.of(new Subscription("forbidden/#", AT_MOST_ONCE)));
        hangUp(fixture);
        grantAllowed(fixture);
        assertThat(fixture.transport.last().subscribed).isEmpty();
        assertThat(warnings(fixture)).hasSize(2).allMatch(line -> line.contains("MQTT-124"));

        fixture.transport.last().broker.lost(HUNG_UP);
        fixture.nextAttempt().broker.connected(false);
        fixture.transport.last().grantAll();
        assertThat(fixture.session.subscriptions()).containsOnlyKeys("a/0", "forbidden/#");
    }

    @Test
    void disconnect_forgetsAnUnsubscribeThatWasLeftOut() {
        SessionFixture kept = SessionFixture.kept();
        subscribe(kept, 2);
        kept.connected();
        kept.session.unsubscribe(TopicFilter.of("a/0"));
        for (int i = 0; i < 3; i++) {
            kept.transport.last().grantAll();
            hangUp(kept);
        }

        kept.session.disconnect();
        kept.connected();

        assertThat(kept.session.subscriptions()).containsOnlyKeys("a/1");
    }

    @Test
    void disconnect_retriesFiltersLeftOut() {
        subscribe("forbidden/#");
        fixture.session.connect();
        fixture.transport.last().broker.connected(false);
        for (int i = 0; i < 3; i++) {
            hangUp(fixture);
        }
        assertThat(fixture.transport.last().subscribed).isEmpty();

        fixture.session.disconnect();
        fixture.connected();

        assertThat(fixture.session.subscriptions()).containsOnlyKeys("forbidden/#");
    }

    @Test
    void answeredFilter_isNoLongerSuspected() {
        subscribe("a");
        fixture.session.connect();
        fixture.transport.last().broker.connected(false);
        for (int i = 0; i < 10; i++) {
            hangUp(fixture);
            hangUp(fixture);
            fixture.transport.last().grantAll();
        }

        assertThat(fixture.session.subscriptions()).containsOnlyKeys("a");
        assertThat(warnings(fixture)).isEmpty();
    }

    @Test
    void messageBeforeTheRequest_isSuspected_notTheFilter() {
        subscribe(fixture, 9);
        fixture.session.connect();
        OutboundMessage large = new OutboundMessage("a/b", new byte[9], AT_LEAST_ONCE, false);
        for (int i = 0; i < 4; i++) {
            FakeTransport.FakeConnection connection = fixture.transport.last();
            connection.broker.connected(false);
            connection.broker.granted(connection.subscribed.remove(0), new int[8]);
            connection.firstUnanswered = large;
            connection.messageFirst = true;
            connection.broker.lost(HUNG_UP);
            fixture.nextAttempt();
        }

        assertThat(warnings(fixture)).singleElement().asString().contains("MQTT-121");
    }
}
