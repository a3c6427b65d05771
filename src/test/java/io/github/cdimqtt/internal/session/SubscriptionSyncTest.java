package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static io.github.cdimqtt.Qos.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.session.FakeTransport.FakeConnection;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.internal.transport.Subscription;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SubscriptionSyncTest {
    private final SessionFixture fixture = new SessionFixture();

    private CompletableFuture<Qos> subscribe(String filter, Qos qos) {
        return fixture.session.subscribe(TopicFilter.of(filter), qos);
    }

    private CompletableFuture<Void> unsubscribe(String filter) {
        return fixture.session.unsubscribe(TopicFilter.of(filter));
    }

    @Test
    void coveredFilter_isNotSent_andItsQosCounts() {
        subscribe("home/kitchen/temp", EXACTLY_ONCE);
        subscribe("home/#", AT_MOST_ONCE);
        subscribe("home/+/temp", AT_LEAST_ONCE);
        subscribe("garden", AT_LEAST_ONCE);

        fixture.session.connect();
        fixture.transport.last().broker.connected(false);

        assertThat(fixture.transport.last().subscribed)
                .containsExactly(
                        List.of(new Subscription("home/#", EXACTLY_ONCE), new Subscription("garden", AT_LEAST_ONCE)));
        fixture.transport.last().grantAll();
        assertThat(fixture.session.subscriptions())
                .isEqualTo(Map.of(
                        "home/#", EXACTLY_ONCE,
                        "home/+/temp", EXACTLY_ONCE,
                        "home/kitchen/temp", EXACTLY_ONCE,
                        "garden", AT_LEAST_ONCE));
    }

    @Test
    void unansweredUnsubscribe_isSentAgain_whereTheSessionIsKept() {
        SessionFixture kept = SessionFixture.kept();
        kept.session.subscribe(TopicFilter.of("a"), AT_MOST_ONCE);
        FakeTransport.FakeConnection previous = kept.connected();
        CompletableFuture<Void> reply = kept.session.unsubscribe(TopicFilter.of("a"));
        previous.broker.lost(new MqttException("gone"));

        FakeTransport.FakeConnection next = kept.nextAttempt();
        next.broker.connected(true);

        assertThat(next.unsubscribed).containsExactly(List.of("a"));
        assertThat(reply).isNotDone();
        next.broker.unsubscribed(next.unsubscribed.get(0));
        assertThat(reply).isCompleted();
        next.broker.lost(new MqttException("gone"));
        FakeTransport.FakeConnection last = kept.nextAttempt();
        last.broker.connected(true);
        assertThat(last.unsubscribed).isEmpty();
    }

    @Test
    void filterCoveredBeforeTheConnectionWasLost_isUnsubscribed_whereTheSessionIsKept() {
        SessionFixture kept = SessionFixture.kept();
        kept.session.subscribe(TopicFilter.of("h/+"), AT_MOST_ONCE);
        FakeTransport.FakeConnection previous = kept.connected();
        kept.session.subscribe(TopicFilter.of("h/#"), AT_MOST_ONCE);
        previous.broker.lost(new MqttException("gone"));

        FakeTransport.FakeConnection next = kept.nextAttempt();
        next.broker.connected(true);
        next.grantAll();

        assertThat(next.unsubscribed).containsExactly(List.of("h/+"));
    }

    @Test
    void filtersThatCoverEachOther_areSentOnce() {
        subscribe("#", AT_MOST_ONCE);
        subscribe("+/#", AT_MOST_ONCE);

        fixture.session.connect();
        fixture.transport.last().broker.connected(false);

        assertThat(fixture.transport.last().subscribed).containsExactly(List.of(new Subscription("#", AT_MOST_ONCE)));
    }

    @Test
    void laterCover_replacesTheCoveredFilter_onceGranted() {
        FakeConnection connection = fixture.connected();
        subscribe("home/a", AT_MOST_ONCE);
        connection.grantAll();
        subscribe("home/#", AT_MOST_ONCE);

        assertThat(connection.unsubscribed).isEmpty();
        connection.grantAll();

        assertThat(connection.unsubscribed).containsExactly(List.of("home/a"));
    }

    @Test
    void refusedCover_isReplacedByTheFiltersItCovered() {
        CompletableFuture<Qos> cover = subscribe("home/#", AT_MOST_ONCE);
        CompletableFuture<Qos> covered = subscribe("home/a", AT_LEAST_ONCE);
        fixture.session.connect();
        FakeConnection connection = fixture.transport.last();
        connection.broker.connected(false);

        connection.broker.granted(connection.subscribed.remove(0), new int[] {0x80});
        assertThat(connection.subscribed).containsExactly(List.of(new Subscription("home/a", AT_LEAST_ONCE)));
        connection.grantAll();

        assertThatThrownBy(cover::join).hasMessageContaining("the broker refused the subscription to 'home/#'");
        assertThat(covered).isCompletedWithValue(AT_LEAST_ONCE);
        assertThat(fixture.listener.events(MqttEvent.SubscriptionRefused.class))
                .containsExactly(new MqttEvent.SubscriptionRefused("default", "home/#"));
        assertThat(fixture.listener.events(MqttEvent.Connected.class)).hasSize(1);
    }

    @Test
    void unsubscribedCover_isReplacedBeforeItIsUnsubscribed() {
        subscribe("home/#", AT_MOST_ONCE);
        subscribe("home/a", AT_LEAST_ONCE);
        FakeConnection connection = fixture.connected();

        CompletableFuture<Void> unsubscribing = unsubscribe("home/#");
        assertThat(connection.subscribed).containsExactly(List.of(new Subscription("home/a", AT_LEAST_ONCE)));
        assertThat(connection.unsubscribed).isEmpty();
        connection.grantAll();
        assertThat(connection.unsubscribed).containsExactly(List.of("home/#"));
        assertThat(unsubscribing).isNotDone();
        connection.broker.unsubscribed(connection.unsubscribed.get(0));

        assertThat(unsubscribing).isCompleted();
        assertThat(fixture.listener.events(MqttEvent.Unsubscribed.class))
                .containsExactly(new MqttEvent.Unsubscribed("default", "home/#"));
        assertThat(fixture.session.subscriptions()).isEqualTo(Map.of("home/a", AT_LEAST_ONCE));
    }

    @Test
    void grantedQos_isReported_thoughLowerThanRequested() {
        FakeConnection connection = fixture.connected();
        CompletableFuture<Qos> reply = subscribe("a", EXACTLY_ONCE);

        connection.broker.granted(connection.subscribed.get(0), new int[] {1});

        assertThat(reply).isCompletedWithValue(AT_LEAST_ONCE);
        assertThat(fixture.session.subscriptions()).isEqualTo(Map.of("a", AT_LEAST_ONCE));
    }

    @Test
    void lastSubscribe_setsTheQosAcrossReconnects() {
        FakeConnection connection = fixture.connected();
        subscribe("a", EXACTLY_ONCE);
        connection.grantAll();
        subscribe("a", AT_MOST_ONCE);
        assertThat(connection.subscribed).containsExactly(List.of(new Subscription("a", AT_MOST_ONCE)));
        connection.grantAll();

        connection.broker.lost(new MqttException("gone"));
        fixture.nextAttempt().broker.connected(false);

        assertThat(fixture.transport.last().subscribed).containsExactly(List.of(new Subscription("a", AT_MOST_ONCE)));
    }

    @Test
    void callsWhileOffline_completeAfterTheNextConnect() {
        CompletableFuture<Qos> wanted = subscribe("a", AT_MOST_ONCE);
        CompletableFuture<Qos> dropped = subscribe("b", AT_MOST_ONCE);
        CompletableFuture<Void> dropping = unsubscribe("b");
        assertThat(wanted).isNotDone();

        fixture.connected();

        assertThat(wanted).isCompletedWithValue(AT_MOST_ONCE);
        assertThat(dropping).isCompleted();
        assertThatThrownBy(dropped::join).hasMessageContaining("'b' was unsubscribed before the broker answered");
    }

    @Test
    void unsubscribeWhileOffline_reachesTheKeptSession() {
        SessionFixture kept = SessionFixture.kept();
        kept.session.subscribe(TopicFilter.of("a"), AT_MOST_ONCE);
        kept.connected().broker.lost(new MqttException("gone"));
        kept.session.unsubscribe(TopicFilter.of("a"));

        kept.nextAttempt().broker.connected(true);

        assertThat(kept.transport.last().unsubscribed).containsExactly(List.of("a"));
    }

    @Test
    void unsubscribe_ofAFilterThatOnlyTheKeptSessionKnows_isSent() {
        SessionFixture kept = SessionFixture.kept();
        FakeConnection connection = kept.connected();
        CompletableFuture<Void> reply = kept.session.unsubscribe(TopicFilter.of("a"));

        assertThat(connection.unsubscribed).containsExactly(List.of("a"));
        assertThat(reply).isNotDone();
    }

    @Test
    void unsubscribeAll_unsubscribesEveryFilter() {
        subscribe("a", AT_MOST_ONCE);
        subscribe("b/#", AT_MOST_ONCE);
        FakeConnection connection = fixture.connected();

        CompletableFuture<Void> unsubscribing = fixture.session.unsubscribeAll();
        connection.broker.unsubscribed(connection.unsubscribed.get(0));

        assertThat(unsubscribing).isCompleted();
        assertThat(connection.unsubscribed.get(0)).containsExactlyInAnyOrder("a", "b/#");
        assertThat(fixture.listener.events(MqttEvent.Unsubscribed.class)).hasSize(2);
        assertThat(fixture.session.subscriptions()).isEmpty();
    }

    @Test
    void subscribingAgain_requestsTheFilterAgain() {
        FakeConnection connection = fixture.connected();
        subscribe("a", AT_MOST_ONCE);
        connection.grantAll();

        CompletableFuture<Qos> again = subscribe("a", AT_MOST_ONCE);
        assertThat(connection.subscribed).hasSize(1);
        connection.grantAll();

        assertThat(again).isCompletedWithValue(AT_MOST_ONCE);
        assertThat(fixture.listener.events(MqttEvent.Subscribed.class)).hasSize(2);
    }
}
