package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static io.github.cdimqtt.Qos.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.packet.Packet.Subscription;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.support.Statement;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SubscriptionSyncTest {
    private final SessionFixture fixture = new SessionFixture();

    private CompletableFuture<Qos> subscribe(String filter, Qos qos) {
        return fixture.session.subscribe(TopicFilter.of(filter), qos, Retained.SEND, false);
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
        fixture.channels.last().accept(false);

        assertThat(fixture.channels.last().subscribed())
                .containsExactly(
                        List.of(new Subscription("home/#", EXACTLY_ONCE), new Subscription("garden", AT_LEAST_ONCE)));
        fixture.channels.last().grantAll();
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
        kept.session.subscribe(TopicFilter.of("a"), AT_MOST_ONCE, Retained.SEND, false);
        FakeChannel previous = kept.connected();
        CompletableFuture<Void> reply = kept.session.unsubscribe(TopicFilter.of("a"));
        previous.lose(new IOException("gone"));

        FakeChannel next = kept.nextAttempt();
        next.accept(true);

        assertThat(next.unsubscribed()).containsExactly(List.of("a"));
        assertThat(reply).isNotDone();
        next.answerUnsubscribe();
        assertThat(reply).isCompleted();
        next.lose(new IOException("gone"));
        FakeChannel last = kept.nextAttempt();
        last.accept(true);
        assertThat(last.unsubscribed()).isEmpty();
    }

    @Test
    void filterCoveredBeforeTheConnectionWasLost_isUnsubscribed_whereTheSessionIsKept() {
        SessionFixture kept = SessionFixture.kept();
        kept.session.subscribe(TopicFilter.of("h/+"), AT_MOST_ONCE, Retained.SEND, false);
        FakeChannel previous = kept.connected();
        kept.session.subscribe(TopicFilter.of("h/#"), AT_MOST_ONCE, Retained.SEND, false);
        previous.lose(new IOException("gone"));

        FakeChannel next = kept.nextAttempt();
        next.accept(true);
        next.grantAll();

        assertThat(next.unsubscribed()).containsExactly(List.of("h/+"));
    }

    @Test
    void filtersThatCoverEachOther_areSentOnce() {
        subscribe("#", AT_MOST_ONCE);
        subscribe("+/#", AT_MOST_ONCE);

        fixture.session.connect();
        fixture.channels.last().accept(false);

        assertThat(fixture.channels.last().subscribed()).containsExactly(List.of(new Subscription("#", AT_MOST_ONCE)));
    }

    @Test
    void laterCover_replacesTheCoveredFilter_onceGranted() {
        FakeChannel channel = fixture.connected();
        subscribe("home/a", AT_MOST_ONCE);
        channel.grantAll();
        subscribe("home/#", AT_MOST_ONCE);

        assertThat(channel.unsubscribed()).isEmpty();
        channel.grantAll();

        assertThat(channel.unsubscribed()).containsExactly(List.of("home/a"));
    }

    @Test
    void refusedCover_isReplacedByTheFiltersItCovered() {
        CompletableFuture<Qos> cover = subscribe("home/#", AT_MOST_ONCE);
        CompletableFuture<Qos> covered = subscribe("home/a", AT_LEAST_ONCE);
        fixture.session.connect();
        FakeChannel channel = fixture.channels.last();
        channel.accept(false);

        channel.answerSubscribe(0x80);
        assertThat(channel.subscribed()).containsExactly(List.of(new Subscription("home/a", AT_LEAST_ONCE)));
        channel.grantAll();

        assertThatThrownBy(cover::join).hasMessageContaining("the broker refused the subscription to 'home/#'");
        assertThat(covered).isCompletedWithValue(AT_LEAST_ONCE);
        assertThat(fixture.listener.events(MqttEvent.SubscriptionRefused.class))
                .containsExactly(new MqttEvent.SubscriptionRefused("default", "home/#", new MqttReason(0x80)));
        assertThat(fixture.listener.events(MqttEvent.Connected.class)).hasSize(1);
    }

    @Test
    void unsubscribedCover_isReplacedBeforeItIsUnsubscribed() {
        subscribe("home/#", AT_MOST_ONCE);
        subscribe("home/a", AT_LEAST_ONCE);
        FakeChannel channel = fixture.connected();

        CompletableFuture<Void> unsubscribing = unsubscribe("home/#");
        assertThat(channel.subscribed()).containsExactly(List.of(new Subscription("home/a", AT_LEAST_ONCE)));
        assertThat(channel.unsubscribed()).isEmpty();
        channel.grantAll();
        assertThat(channel.unsubscribed()).containsExactly(List.of("home/#"));
        assertThat(unsubscribing).isNotDone();
        channel.answerUnsubscribe();

        assertThat(unsubscribing).isCompleted();
        assertThat(fixture.listener.events(MqttEvent.Unsubscribed.class))
                .containsExactly(new MqttEvent.Unsubscribed("default", "home/#"));
        assertThat(fixture.session.subscriptions()).isEqualTo(Map.of("home/a", AT_LEAST_ONCE));
    }

    @Statement("MQTT-3.8.4-7")
    @Test
    void grantedQos_isReported_thoughLowerThanRequested() {
        FakeChannel channel = fixture.connected();
        CompletableFuture<Qos> reply = subscribe("a", EXACTLY_ONCE);

        channel.answerSubscribe(1);

        assertThat(reply).isCompletedWithValue(AT_LEAST_ONCE);
        assertThat(fixture.session.subscriptions()).isEqualTo(Map.of("a", AT_LEAST_ONCE));
    }

    @Test
    void lastSubscribe_setsTheQosAcrossReconnects() {
        FakeChannel channel = fixture.connected();
        subscribe("a", EXACTLY_ONCE);
        channel.grantAll();
        subscribe("a", AT_MOST_ONCE);
        assertThat(channel.subscribed()).containsExactly(List.of(new Subscription("a", AT_MOST_ONCE)));
        channel.grantAll();

        channel.lose(new IOException("gone"));
        fixture.nextAttempt().accept(false);

        assertThat(fixture.channels.last().subscribed()).containsExactly(List.of(new Subscription("a", AT_MOST_ONCE)));
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
        kept.session.subscribe(TopicFilter.of("a"), AT_MOST_ONCE, Retained.SEND, false);
        kept.connected().lose(new IOException("gone"));
        kept.session.unsubscribe(TopicFilter.of("a"));

        kept.nextAttempt().accept(true);

        assertThat(kept.channels.last().unsubscribed()).containsExactly(List.of("a"));
    }

    @Test
    void unsubscribe_ofAFilterThatOnlyTheKeptSessionKnows_isSent() {
        SessionFixture kept = SessionFixture.kept();
        FakeChannel channel = kept.connected();
        CompletableFuture<Void> reply = kept.session.unsubscribe(TopicFilter.of("a"));

        assertThat(channel.unsubscribed()).containsExactly(List.of("a"));
        assertThat(reply).isNotDone();
    }

    @Test
    void unsubscribeAll_unsubscribesEveryFilter() {
        subscribe("a", AT_MOST_ONCE);
        subscribe("b/#", AT_MOST_ONCE);
        FakeChannel channel = fixture.connected();

        CompletableFuture<Void> unsubscribing = fixture.session.unsubscribeAll();

        assertThat(channel.answerUnsubscribe()).containsExactlyInAnyOrder("a", "b/#");
        assertThat(unsubscribing).isCompleted();
        assertThat(fixture.listener.events(MqttEvent.Unsubscribed.class)).hasSize(2);
        assertThat(fixture.session.subscriptions()).isEmpty();
    }

    @Statement("MQTT-3.8.4-3")
    @Test
    void subscribingAgain_requestsTheFilterAgain() {
        FakeChannel channel = fixture.connected();
        subscribe("a", AT_MOST_ONCE);
        channel.grantAll();

        CompletableFuture<Qos> again = subscribe("a", AT_MOST_ONCE);
        assertThat(channel.subscribed()).hasSize(1);
        channel.grantAll();

        assertThat(again).isCompletedWithValue(AT_MOST_ONCE);
        assertThat(fixture.listener.events(MqttEvent.Subscribed.class)).hasSize(2);
    }
}
