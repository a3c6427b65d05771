package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static io.github.cdimqtt.internal.session.SessionFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.packet.Packet.Subscription;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.io.EOFException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What happens to topic filters that a broker hangs up over: MQTT 3.1.1 has no other way to refuse them. */
class RefusedFiltersTest {
    private static final EOFException HUNG_UP = new EOFException();
    private final SessionFixture fixture = new SessionFixture();

    private CompletableFuture<Qos> subscribe(String filter) {
        return fixture.session.subscribe(TopicFilter.of(filter), AT_MOST_ONCE, Retained.SEND, false);
    }

    private static void hangUp(SessionFixture session) {
        session.channels.last().lose(HUNG_UP);
        session.nextAttempt().accept(true);
    }

    private static void grantAllowed(SessionFixture session) {
        FakeChannel channel = session.channels.last();
        while (channel.subscribed().stream()
                .flatMap(List::stream)
                .anyMatch(each -> !each.filter().startsWith("forbidden"))) {
            channel.grant();
        }
    }

    private static List<String> warnings(SessionFixture session) {
        return session.listener.lines.stream()
                .filter(line -> line.contains("MQTT-106") || line.contains("MQTT-121") || line.contains("MQTT-124"))
                .toList();
    }

    @Test
    void filterThatTheBrokerHangsUpOver_isRequestedAlone_thenLeftOut_andTheRestWorks() {
        fixture.subscribe(3);
        CompletableFuture<Qos> forbidden = subscribe("forbidden/#");
        CompletableFuture<Void> connected = fixture.session.connect();
        fixture.channels.last().accept(false);

        for (int i = 0; i < 2; i++) {
            hangUp(fixture);
            FakeChannel channel = fixture.channels.last();
            int requested = 0;
            while (!channel.subscribed().get(0).equals(List.of(new Subscription("forbidden/#", AT_MOST_ONCE)))) {
                requested += channel.grant().size();
            }
            assertThat(requested).isEqualTo(3);
        }
        assertThat(forbidden).isNotDone();
        hangUp(fixture);
        fixture.channels.last().grantAll();

        assertThatThrownBy(forbidden::join)
                .hasMessageContainingAll("hung up 3 times", "check the permissions")
                .hasMessageContaining("forbidden/#");
        assertThat(connected).isCompleted();
        assertThat(fixture.session.subscriptions()).containsOnlyKeys("a/0", "a/1", "a/2");
        assertThat(fixture.listener.events(MqttEvent.SubscriptionRefused.class))
                .containsExactly(new MqttEvent.SubscriptionRefused("default", "forbidden/#", new MqttReason(0x80)));
        assertThat(warnings(fixture))
                .singleElement()
                .asString()
                .contains("MQTT-124")
                .contains("'forbidden/#'");
        hangUp(fixture);
        assertThat(fixture.channels.last().subscribed().get(0)).hasSize(3);
    }

    @Test
    void filterSubscribedLater_andHungUpOver_failsItsStage_andTheConnectionStays() {
        fixture.subscribe(1);
        fixture.connected();
        CompletableFuture<Qos> forbidden = subscribe("forbidden/#");
        for (int i = 0; i < 3; i++) {
            while (!fixture.channels.last().subscribed().get(0).get(0).filter().startsWith("forbidden")) {
                fixture.channels.last().grant();
            }
            fixture.channels.last().lose(HUNG_UP);
            fixture.nextAttempt().accept(false);
        }
        fixture.channels.last().grantAll();

        assertThat(forbidden).isCompletedExceptionally();
        assertThat(fixture.session.isConnected()).isTrue();
        assertThat(fixture.session.subscriptions()).containsOnlyKeys("a/0");
        CompletableFuture<Qos> again = subscribe("forbidden/#");
        fixture.channels.last().grantAll();
        assertThat(again).isCompletedWithValue(AT_MOST_ONCE);
    }

    @Test
    void coverThatTheBrokerHangsUpOver_isReplacedByWhatItCovered() {
        subscribe("home/#");
        subscribe("home/a");
        fixture.session.connect();
        fixture.channels.last().accept(false);
        for (int i = 0; i < 3; i++) {
            hangUp(fixture);
        }

        assertThat(fixture.channels.last().subscribed())
                .containsExactly(List.of(new Subscription("home/a", AT_MOST_ONCE)));
    }

    @Test
    void unsubscribeThatTheBrokerHangsUpOver_isNotRepeatedForEver_andItsStageFails() {
        SessionFixture kept = SessionFixture.kept();
        kept.subscribe(2);
        kept.connected();
        CompletableFuture<Void> unsubscribing = kept.session.unsubscribe(TopicFilter.of("a/0"));
        for (int i = 0; i < 3; i++) {
            kept.channels.last().grantAll();
            assertThat(kept.channels.last().unsubscribed()).containsExactly(List.of("a/0"));
            hangUp(kept);
        }
        kept.channels.last().grantAll();

        assertThat(kept.channels.last().unsubscribed()).isEmpty();
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
        fixture.subscribe(1);
        subscribe("forbidden/#");
        fixture.session.connect();
        fixture.channels.last().accept(false);
        hangUp(fixture);
        for (int i = 0; i < 2; i++) {
            grantAllowed(fixture);
            hangUp(fixture);
        }
        grantAllowed(fixture);
        assertThat(fixture.channels.last().subscribed()).isEmpty();

        fixture.channels.last().lose(HUNG_UP);
        fixture.nextAttempt().accept(false);
        grantAllowed(fixture);
        assertThat(fixture.channels.last().subscribed())
                .containsExactly(List.of(new Subscription("forbidden/#", AT_MOST_ONCE)));
        hangUp(fixture);
        grantAllowed(fixture);
        assertThat(fixture.channels.last().subscribed()).isEmpty();
        assertThat(warnings(fixture)).hasSize(2).allMatch(line -> line.contains("MQTT-124"));

        fixture.channels.last().lose(HUNG_UP);
        fixture.nextAttempt().accept(false);
        fixture.channels.last().grantAll();
        assertThat(fixture.session.subscriptions()).containsOnlyKeys("a/0", "forbidden/#");
    }

    @Test
    void disconnect_forgetsAnUnsubscribeThatWasLeftOut() {
        SessionFixture kept = SessionFixture.kept();
        kept.subscribe(2);
        kept.connected();
        kept.session.unsubscribe(TopicFilter.of("a/0"));
        for (int i = 0; i < 3; i++) {
            kept.channels.last().grantAll();
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
        fixture.channels.last().accept(false);
        for (int i = 0; i < 3; i++) {
            hangUp(fixture);
        }
        assertThat(fixture.channels.last().subscribed()).isEmpty();

        fixture.session.disconnect();
        fixture.connected();

        assertThat(fixture.session.subscriptions()).containsOnlyKeys("forbidden/#");
    }

    @Test
    void answeredFilter_isNoLongerSuspected() {
        subscribe("a");
        fixture.session.connect();
        fixture.channels.last().accept(false);
        for (int i = 0; i < 10; i++) {
            hangUp(fixture);
            hangUp(fixture);
            fixture.channels.last().grantAll();
        }

        assertThat(fixture.session.subscriptions()).containsOnlyKeys("a");
        assertThat(warnings(fixture)).isEmpty();
    }

    @Test
    void messageBeforeTheRequest_isSuspected_notTheFilter() {
        fixture.subscribe(9);
        fixture.session.connect();
        fixture.session.publish(message("a/b", AT_LEAST_ONCE));
        for (int i = 0; i < 4; i++) {
            FakeChannel channel = fixture.channels.last();
            channel.accept(false);
            channel.grant();
            channel.lose(HUNG_UP);
            fixture.nextAttempt();
        }

        assertThat(warnings(fixture)).singleElement().asString().contains("MQTT-121");
    }
}
