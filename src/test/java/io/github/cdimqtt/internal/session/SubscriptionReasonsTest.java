package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static io.github.cdimqtt.Qos.EXACTLY_ONCE;
import static io.github.cdimqtt.internal.session.ReasonsFixture.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.support.Statement;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a broker of MQTT 5 refuses a subscription, or to end it; and what it need not be asked. */
class SubscriptionReasonsTest {
    private static final MqttReason REMARK = new MqttReason(0, "not today", null, List.of(Map.entry("ticket", "4711")));

    private final ReasonsFixture fixture = new ReasonsFixture();

    @Statement({"MQTT-3.8.4-7", "MQTT-3.9.3-2"})
    @ParameterizedTest
    @CsvSource({
        "0x80, check the permissions",
        "0x83, check the permissions",
        "0x87, check the permissions",
        "0x8f, subscribe to another",
        "0x91, check the permissions",
        "0x97, raise the quota",
        "0x9e, subscribe without $share/",
        "0xa1, set subscription-identifiers=false",
        "0xa2, subscribe to each topic by its name",
        "0xc7, check the permissions"
    })
    void refusal_isToldWithItsReason(String code, String remedy) {
        CompletableFuture<Qos> refused = fixture.subscribe("a/b");
        CompletableFuture<Qos> granted = fixture.subscribe("b/c");
        FakeChannel channel = fixture.open(new BrokerTerms());
        channel.answerSubscribe(REMARK, Integer.decode(code), 1);

        MqttReason reason = new MqttReason(Integer.decode(code), "not today", null, REMARK.user());
        assertFailed(refused, reason);
        assertThatThrownBy(refused::join).hasMessageContaining(remedy);
        assertThat(granted).isCompletedWithValue(AT_LEAST_ONCE);
        assertThat(fixture.refusals()).containsExactly(reason);
        assertThat(fixture.session.listener.lines)
                .filteredOn(line -> line.contains("MQTT-103"))
                .singleElement()
                .asString()
                .contains("'a/b' (" + reason + ")")
                .contains(remedy)
                .doesNotContain("4711");
    }

    @Test
    void refusalForNow_isNotAskedAgainOnThisConnection_butOnTheNext() {
        fixture.subscribe("a");
        FakeChannel channel = fixture.open(new BrokerTerms());
        channel.answerSubscribe(MqttReason.SUCCESS, 0x97);
        fixture.subscribe("b");
        assertThat(channel.subscribed()).hasSize(1);
        assertThat(channel.grant()).extracting(Packet.Subscription::filter).containsExactly("b");

        channel.lose(new IOException("gone"));
        fixture.session.nextAttempt();
        fixture.accept(new BrokerTerms()).grantAll();

        assertThat(fixture.session.session.subscriptions()).containsOnlyKeys("a", "b");
    }

    @Statement({"MQTT-3.10.4-1", "MQTT-3.11.3-2"})
    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x11})
    void endOfASubscription_thatTheBrokerMayNotHaveHad_isNoFailure(int code) {
        fixture.subscribe("a/+");
        FakeChannel channel = fixture.open(new BrokerTerms());
        channel.grantAll();
        CompletableFuture<Void> unsubscribing = fixture.session.session.unsubscribe(TopicFilter.of("a/+"));
        assertThat(channel.unsubscribed()).as("character by character").containsExactly(List.of("a/+"));

        channel.answerUnsubscribe(REMARK, code);

        assertThat(unsubscribing).isCompleted();
        assertThat(fixture.session.listener.events(MqttEvent.Unsubscribed.class))
                .hasSize(1);
    }

    @Statement("MQTT-3.11.3-2")
    @Test
    void refusedEnd_failsItsStage_andIsAskedAgainOnTheNextConnection() {
        fixture.subscribe("a");
        fixture.subscribe("b");
        FakeChannel channel = fixture.open(new BrokerTerms());
        channel.grantAll();
        CompletableFuture<Void> one = fixture.session.session.unsubscribe(TopicFilter.of("b"));
        CompletableFuture<Void> all = fixture.session.session.unsubscribeAll();
        assertThat(channel.unsubscribed()).containsExactly(List.of("b"));

        channel.answerUnsubscribe(REMARK, 0x87);
        assertThat(channel.answerUnsubscribe()).containsExactly("a");

        MqttReason reason = new MqttReason(0x87, "not today", null, REMARK.user());
        assertFailed(all, reason);
        assertFailed(one, reason);
        assertThatThrownBy(one::join).hasMessageContaining("'b' (0x87 not authorised: not today)");
        assertThat(fixture.session.listener.events(MqttEvent.Unsubscribed.class))
                .containsExactly(new MqttEvent.Unsubscribed("default", "a"));
        assertThat(channel.unsubscribed()).isEmpty();
        assertThat(fixture.session.session.subscriptions()).isEmpty();

        channel.lose(new IOException("gone"));
        fixture.session.nextAttempt();
        fixture.session.channels.last().receive(new BrokerTerms().accepted(true));
        assertThat(fixture.session.channels.last().answerUnsubscribe()).containsExactly("b");
    }

    @Test
    void refusedEnd_ofAFilterThatIsCoveredNow_isLogged() {
        fixture.subscribe("home/a");
        FakeChannel channel = fixture.open(new BrokerTerms());
        channel.grantAll();
        CompletableFuture<Qos> cover = fixture.subscribe("home/#");
        channel.grantAll();

        assertThat(channel.unsubscribed()).containsExactly(List.of("home/a"));
        channel.answerUnsubscribe(REMARK, 0x87);

        assertThat(cover).isCompletedWithValue(AT_LEAST_ONCE);
        assertThat(fixture.session.listener.lines)
                .filteredOn(line -> line.contains("MQTT-103"))
                .singleElement()
                .asString()
                .contains("'home/a' (0x87 not authorised: not today), which 'home/#' covers")
                .contains("may come twice; check the permissions");
    }

    @Test
    void refusedEnd_thatNobodyWaitsForAnyMore_isLogged() {
        fixture.subscribe("b");
        FakeChannel channel = fixture.open(new BrokerTerms());
        channel.grantAll();
        fixture.session.session.unsubscribe(TopicFilter.of("b"));
        channel.answerUnsubscribe(REMARK, 0x87);
        assertThat(fixture.session.listener.lines).as("its stage fails").noneMatch(line -> line.contains("MQTT-103"));
        channel.lose(new IOException("gone"));
        fixture.session.nextAttempt();
        fixture.session.channels.last().receive(new BrokerTerms().accepted(true));
        fixture.session.channels.last().answerUnsubscribe(REMARK, 0x87);

        assertThat(fixture.session.listener.lines)
                .filteredOn(line -> line.contains("MQTT-103"))
                .singleElement()
                .asString()
                .contains("'b' (0x87 not authorised: not today), so its messages may still come");
    }

    @Test
    void subscribeAfterTheEnd_isNotFailedByTheRefusalOfTheEnd() {
        fixture.subscribe("a");
        FakeChannel channel = fixture.open(new BrokerTerms());
        channel.grantAll();
        CompletableFuture<Void> unsubscribing = fixture.session.session.unsubscribe(TopicFilter.of("a"));
        CompletableFuture<Qos> again = fixture.subscribe("a");
        channel.answerUnsubscribe(MqttReason.SUCCESS, 0x87);
        channel.grantAll();

        assertFailed(unsubscribing, new MqttReason(0x87));
        assertThat(again).isCompletedWithValue(AT_LEAST_ONCE);
    }

    @Statement({"MQTT-3.8.4-6", "MQTT-3.9.3-1", "MQTT-3.11.3-1"})
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anotherNumberOfCodes_endsTheConnection(boolean subscribing) {
        fixture.subscribe("a");
        fixture.subscribe("b");
        FakeChannel channel = fixture.open(new BrokerTerms());
        if (subscribing) {
            channel.answerSubscribe(MqttReason.SUCCESS, 1);
        } else {
            channel.grantAll();
            fixture.session.session.unsubscribeAll();
            channel.answerUnsubscribe(MqttReason.SUCCESS, 0, 0, 0);
        }

        assertThat(fixture.session.listener.events(MqttEvent.Disconnected.class))
                .singleElement()
                .extracting(each -> each.cause().getMessage())
                .asString()
                .contains("the broker answered 2 topic filters of " + (subscribing ? "SUBSCRIBE" : "UNSUBSCRIBE")
                        + " with " + (subscribing ? 1 : 3) + " reason codes");
    }

    @Statement("MQTT-3.10.4-3")
    @Test
    void messageOfQos2UnderWay_isFinishedAfterTheUnsubscribe() {
        fixture.session.session.subscribe(TopicFilter.of("a"), EXACTLY_ONCE, Retained.SEND, false);
        FakeChannel channel = fixture.open(new BrokerTerms());
        channel.grantAll();
        channel.receive(SessionFixture.inbound("a", EXACTLY_ONCE, 7));
        fixture.session.session.unsubscribe(TopicFilter.of("a"));
        channel.answerUnsubscribe(MqttReason.SUCCESS, 0);
        assertThat(fixture.session.handled).isEmpty();

        channel.receive(new Packet.PubRel(7));

        assertThat(fixture.session.handled).hasSize(1);
        assertThat(channel.acknowledged()).containsExactly(new Packet.PubComp(7));
    }

    @Test
    void refusalOfMqtt311_isUnspecified() {
        SessionFixture old = new SessionFixture();
        CompletableFuture<Qos> refused = old.session.subscribe(TopicFilter.of("a"), AT_MOST_ONCE, Retained.SEND, false);
        old.session.connect();
        old.channels.last().accept(false);
        old.channels.last().answerSubscribe(0x80);

        assertFailed(refused, new MqttReason(0x80));
    }
}
