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

/** How many topic filters go in a packet, in which order, and what becomes of those that a broker hangs up over. */
class SubscriptionRequestsTest {
    private static final MqttException HUNG_UP = new MqttException("hung up", new EOFException());
    private final SessionFixture a = new SessionFixture();

    private CompletableFuture<Qos> subscribe(String filter) {
        return a.session.subscribe(TopicFilter.of(filter), AT_MOST_ONCE);
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
            List<Subscription> asked = connection.subscribed.remove(0);
            connection.broker.granted(asked, new int[asked.size()]);
        }
    }

    private static List<String> warnings(SessionFixture session) {
        return session.listener.lines.stream()
                .filter(line -> line.contains("MQTT-106") || line.contains("MQTT-121") || line.contains("MQTT-124"))
                .toList();
    }

    @Test
    void subscribes_goInPacketsOfEight_andOneIsUnansweredAtATime() {
        subscribe(a, 20);
        a.session.connect();
        FakeTransport.FakeConnection connection = a.transport.last();
        connection.broker.connected(false);
        List<Integer> sizes = new ArrayList<>();
        while (!connection.subscribed.isEmpty()) {
            assertThat(connection.subscribed).hasSize(1);
            List<Subscription> asked = connection.subscribed.remove(0);
            sizes.add(asked.size());
            connection.broker.granted(asked, new int[asked.size()]);
        }

        assertThat(sizes).containsExactly(8, 8, 4);
        assertThat(a.session.subscriptions()).hasSize(20);
    }

    @Test
    void unsubscribes_goInPacketsOfEight_andOneIsUnansweredAtATime() {
        subscribe(a, 20);
        FakeTransport.FakeConnection connection = a.connected();
        CompletableFuture<Void> gone = a.session.unsubscribeAll();
        List<Integer> sizes = new ArrayList<>();
        while (!connection.unsubscribed.isEmpty()) {
            assertThat(connection.unsubscribed).hasSize(1);
            sizes.add(connection.unsubscribed.get(0).size());
            connection.broker.unsubscribed(connection.unsubscribed.remove(0));
        }

        assertThat(sizes).containsExactly(8, 8, 4);
        assertThat(gone).isCompleted();
        assertThat(a.session.subscriptions()).isEmpty();
    }

    @Test
    void unsubscribesOfAKeptSession_thatWereNotAnswered_goInPacketsOfEightAgain() {
        SessionFixture kept = SessionFixture.kept();
        subscribe(kept, 20);
        kept.connected();
        CompletableFuture<Void> gone = kept.session.unsubscribeAll();
        kept.transport.last().broker.lost(new MqttException("gone"));
        FakeTransport.FakeConnection next = kept.nextAttempt();
        next.broker.connected(true);
        while (!next.unsubscribed.isEmpty()) {
            assertThat(next.unsubscribed.get(0)).hasSizeLessThanOrEqualTo(8);
            next.broker.unsubscribed(next.unsubscribed.remove(0));
        }

        assertThat(gone).isCompleted();
    }

    @Test
    void filterThatTheBrokerHangsUpOver_isAskedForAlone_leftOut_andTheRestWorks() {
        subscribe(a, 3);
        CompletableFuture<Qos> forbidden = subscribe("forbidden/#");
        CompletableFuture<Void> connected = a.session.connect();
        a.transport.last().broker.connected(false);

        for (int i = 0; i < 2; i++) {
            hangUp(a);
            FakeTransport.FakeConnection connection = a.transport.last();
            int asked = 0;
            while (!connection.subscribed.get(0).equals(List.of(new Subscription("forbidden/#", AT_MOST_ONCE)))) {
                List<Subscription> others = connection.subscribed.remove(0);
                asked += others.size();
                connection.broker.granted(others, new int[others.size()]);
            }
            assertThat(asked).isEqualTo(3);
        }
        assertThat(forbidden).isNotDone();
        hangUp(a);
        a.transport.last().grantAll();

        assertThatThrownBy(forbidden::join)
                .hasMessageContaining("hung up 3 times")
                .hasMessageContaining("forbidden/#");
        assertThat(connected).isCompleted();
        assertThat(a.session.subscriptions()).containsOnlyKeys("a/0", "a/1", "a/2");
        assertThat(a.listener.events(MqttEvent.SubscriptionRefused.class))
                .containsExactly(new MqttEvent.SubscriptionRefused("default", "forbidden/#"));
        assertThat(warnings(a)).singleElement().asString().contains("MQTT-124").contains("'forbidden/#'");
        hangUp(a);
        assertThat(a.transport.last().subscribed.get(0)).hasSize(3);
    }

    @Test
    void filterThatIsSubscribedLater_andHungUpOver_failsItsStage_andTheConnectionLives() {
        subscribe(a, 1);
        a.connected();
        CompletableFuture<Qos> forbidden = subscribe("forbidden/#");
        for (int i = 0; i < 3; i++) {
            while (!a.transport.last().subscribed.get(0).get(0).filter().startsWith("forbidden")) {
                a.transport.last().broker.granted(a.transport.last().subscribed.remove(0), new int[1]);
            }
            a.transport.last().broker.lost(HUNG_UP);
            a.nextAttempt().broker.connected(false);
        }
        a.transport.last().grantAll();

        assertThat(forbidden).isCompletedExceptionally();
        assertThat(a.session.isConnected()).isTrue();
        assertThat(a.session.subscriptions()).containsOnlyKeys("a/0");
        CompletableFuture<Qos> again = subscribe("forbidden/#");
        a.transport.last().grantAll();
        assertThat(again).isCompletedWithValue(AT_MOST_ONCE);
    }

    @Test
    void coverThatTheBrokerHangsUpOver_isReplacedByWhatItCovered() {
        subscribe("home/#");
        subscribe("home/a");
        a.session.connect();
        a.transport.last().broker.connected(false);
        for (int i = 0; i < 3; i++) {
            hangUp(a);
        }

        assertThat(a.transport.last().subscribed).containsExactly(List.of(new Subscription("home/a", AT_MOST_ONCE)));
    }

    @Test
    void unsubscribeThatTheBrokerHangsUpOver_isNotRepeatedForEver_andItsStageFails() {
        SessionFixture kept = SessionFixture.kept();
        subscribe(kept, 2);
        kept.connected();
        CompletableFuture<Void> gone = kept.session.unsubscribe(TopicFilter.of("a/0"));
        for (int i = 0; i < 3; i++) {
            kept.transport.last().grantAll();
            assertThat(kept.transport.last().unsubscribed).containsExactly(List.of("a/0"));
            hangUp(kept);
        }
        kept.transport.last().grantAll();

        assertThat(kept.transport.last().unsubscribed).isEmpty();
        assertThat(gone).isCompletedExceptionally();
        assertThat(warnings(kept))
                .singleElement()
                .asString()
                .contains("MQTT-124")
                .contains("'a/0'");
    }

    /** It may have been innocent: a broker that was being stopped hangs up as well. */
    @Test
    void connectionLostOverSomethingElse_letsWhatWasLeftOutBeAskedForOnceMore_aloneAndLast() {
        subscribe(a, 1);
        subscribe("forbidden/#");
        a.session.connect();
        a.transport.last().broker.connected(false);
        hangUp(a);
        for (int i = 0; i < 2; i++) {
            grantAllowed(a);
            hangUp(a);
        }
        grantAllowed(a);
        assertThat(a.transport.last().subscribed).isEmpty();

        a.transport.last().broker.lost(HUNG_UP);
        a.nextAttempt().broker.connected(false);
        grantAllowed(a);
        assertThat(a.transport.last().subscribed)
                .containsExactly(List.of(new Subscription("forbidden/#", AT_MOST_ONCE)));
        hangUp(a);
        grantAllowed(a);
        assertThat(a.transport.last().subscribed).isEmpty();
        assertThat(warnings(a)).hasSize(2).allMatch(line -> line.contains("MQTT-124"));

        a.transport.last().broker.lost(HUNG_UP);
        a.nextAttempt().broker.connected(false);
        a.transport.last().grantAll();
        assertThat(a.session.subscriptions()).containsOnlyKeys("a/0", "forbidden/#");
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
    void disconnect_letsWhatWasLeftOutBeAskedForAgain() {
        subscribe("forbidden/#");
        a.session.connect();
        a.transport.last().broker.connected(false);
        for (int i = 0; i < 3; i++) {
            hangUp(a);
        }
        assertThat(a.transport.last().subscribed).isEmpty();

        a.session.disconnect();
        a.connected();

        assertThat(a.session.subscriptions()).containsOnlyKeys("forbidden/#");
    }

    @Test
    void filterThatIsAnswered_isNoLongerSuspected() {
        subscribe("a");
        a.session.connect();
        a.transport.last().broker.connected(false);
        for (int i = 0; i < 10; i++) {
            hangUp(a);
            hangUp(a);
            a.transport.last().grantAll();
        }

        assertThat(a.session.subscriptions()).containsOnlyKeys("a");
        assertThat(warnings(a)).isEmpty();
    }

    @Test
    void messageBeforeTheRequest_isSuspectedAndNotTheFilter() {
        subscribe(a, 9);
        a.session.connect();
        OutboundMessage large = new OutboundMessage("a/b", new byte[9], AT_LEAST_ONCE, false);
        for (int i = 0; i < 4; i++) {
            FakeTransport.FakeConnection connection = a.transport.last();
            connection.broker.connected(false);
            connection.broker.granted(connection.subscribed.remove(0), new int[8]);
            connection.firstUnanswered = large;
            connection.messageFirst = true;
            connection.broker.lost(HUNG_UP);
            a.nextAttempt();
        }

        assertThat(warnings(a)).singleElement().asString().contains("MQTT-121");
    }
}
