package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.Qos.AT_MOST_ONCE;
import static io.github.cdimqtt.Qos.EXACTLY_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.testing.Statement;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a broker of MQTT 5 refuses a subscription, or to end it; and what it need not be asked. */
class SubscriptionReasonsTest {
    private static final MqttReason REMARK = new MqttReason(0, "not today", null, List.of(Map.entry("ticket", "4711")));

    private final SessionFixture session = new SessionFixture(
            MqttConfig.builder().protocolVersion("5").clientId("me").cleanSession(false));

    private FakeChannel open(BrokerTerms terms) {
        session.session.connect();
        return accept(terms);
    }

    private FakeChannel accept(BrokerTerms terms) {
        session.channels.last().receive(terms.accepted(false));
        return session.channels.last();
    }

    private CompletableFuture<Qos> subscribe(String filter) {
        return session.session.subscribe(TopicFilter.of(filter), AT_LEAST_ONCE);
    }

    private static void assertFailed(CompletableFuture<?> stage, MqttReason reason) {
        assertThat(stage).isCompletedExceptionally();
        assertThatThrownBy(stage::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .asInstanceOf(type(MqttException.class))
                .extracting(MqttException::reason)
                .isEqualTo(reason);
    }

    private List<MqttReason> refusals() {
        return session.listener.events(MqttEvent.SubscriptionRefused.class).stream()
                .map(MqttEvent.SubscriptionRefused::reason)
                .toList();
    }

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
        CompletableFuture<Qos> refused = subscribe("a/b");
        CompletableFuture<Qos> granted = subscribe("b/c");
        FakeChannel channel = open(new BrokerTerms());
        channel.answerSubscribe(REMARK, Integer.decode(code), 1);

        MqttReason reason = new MqttReason(Integer.decode(code), "not today", null, REMARK.user());
        assertFailed(refused, reason);
        assertThat(granted).isCompletedWithValue(AT_LEAST_ONCE);
        assertThat(refusals()).containsExactly(reason);
        assertThat(session.listener.lines)
                .filteredOn(line -> line.contains("MQTT-103"))
                .singleElement()
                .asString()
                .contains("'a/b' (" + reason + ")")
                .contains(remedy)
                .doesNotContain("4711");
    }

    @Test
    void refusalForNow_isNotAskedAgainOnThisConnection_butOnTheNext() {
        subscribe("a");
        FakeChannel channel = open(new BrokerTerms());
        channel.answerSubscribe(MqttReason.SUCCESS, 0x97);
        subscribe("b");
        assertThat(channel.subscribed()).hasSize(1);
        assertThat(channel.grant()).extracting(Packet.Subscription::filter).containsExactly("b");

        channel.lose(new IOException("gone"));
        session.nextAttempt();
        accept(new BrokerTerms()).grantAll();

        assertThat(session.session.subscriptions()).containsOnlyKeys("a", "b");
    }

    @Test
    void wildcardsThatTheBrokerDoesNotHave_areNotSent_andWhatTheyCoverIs() {
        CompletableFuture<Qos> cover = subscribe("home/#");
        CompletableFuture<Qos> between = subscribe("home/+");
        CompletableFuture<Qos> covered = subscribe("home/a");
        FakeChannel channel = open(new BrokerTerms().wildcardsAvailable(false));
        channel.grantAll();

        assertThat(channel.sent(Packet.Subscribe.class))
                .flatExtracting(Packet.Subscribe::subscriptions)
                .extracting(Packet.Subscription::filter)
                .containsExactly("home/a");
        assertFailed(cover, new MqttReason(0xa2));
        assertFailed(between, new MqttReason(0xa2));
        assertThat(covered).isCompletedWithValue(AT_LEAST_ONCE);
        assertThat(refusals()).containsExactly(new MqttReason(0xa2), new MqttReason(0xa2));
        assertThat(session.session.subscriptions()).containsOnlyKeys("home/a");

        channel.lose(new IOException("gone"));
        session.nextAttempt();
        channel = accept(new BrokerTerms());
        channel.grantAll();
        assertThat(channel.answerUnsubscribe()).as("covered now").containsExactly("home/a");
        assertThat(session.session.subscriptions()).containsOnlyKeys("home/#", "home/+", "home/a");
    }

    @Test
    void sharedSubscriptionsThatTheBrokerDoesNotHave_areNotSent() {
        CompletableFuture<Qos> shared = subscribe("$share/g/a");
        CompletableFuture<Qos> other = subscribe("b/+");
        FakeChannel channel = open(new BrokerTerms().sharedAvailable(false));
        channel.grantAll();

        assertFailed(shared, new MqttReason(0x9e));
        assertThat(other).isCompletedWithValue(AT_LEAST_ONCE);
        assertThat(channel.sent(Packet.Subscribe.class)).hasSize(1);
    }

    @Statement("MQTT-3.2.2-15")
    @Test
    void subscribeAboveTheMaximumPacketSize_isSplit_andAFilterAboveItIsRefused() {
        CompletableFuture<Qos> large = subscribe("x".repeat(22)); // a packet of 2 + 2 + 1 + 2 + 22 + 1 bytes
        List.of("a", "b", "c", "d", "e", "f", "g", "h").forEach(this::subscribe);
        CompletableFuture<Qos> largest = subscribe("y".repeat(21));
        FakeChannel channel = open(new BrokerTerms().maximumPacketSize(29));
        channel.grantAll();

        assertFailed(large, new MqttReason(0x95));
        assertThat(largest).isCompletedWithValue(AT_LEAST_ONCE);
        assertThat(channel.sent(Packet.Subscribe.class))
                .extracting(each -> each.subscriptions().size())
                .containsExactly(6, 2, 1);
    }

    @Statement("MQTT-3.2.2-15")
    @Test
    void unsubscribeAboveTheMaximumPacketSize_isSplit_andAFilterAboveItFailsItsStage() {
        subscribe("x".repeat(30));
        List.of("a", "b", "c", "d", "e", "f", "g", "h").forEach(this::subscribe);
        FakeChannel channel = open(new BrokerTerms());
        channel.grantAll();
        channel.lose(new IOException("gone"));
        CompletableFuture<Void> large = session.session.unsubscribe(TopicFilter.of("x".repeat(30)));
        CompletableFuture<Void> small = session.session.unsubscribe(TopicFilter.of("a"));
        List.of("b", "c", "d", "e", "f", "g", "h").forEach(each -> session.session.unsubscribe(TopicFilter.of(each)));
        session.nextAttempt();
        channel = accept(new BrokerTerms().maximumPacketSize(28));
        while (!channel.unsubscribed().isEmpty()) {
            channel.answerUnsubscribe();
        }

        assertFailed(large, new MqttReason(0x95));
        assertThat(small).isCompleted();
        assertThat(channel.sent(Packet.Unsubscribe.class))
                .extracting(each -> each.filters().size())
                .containsExactly(7, 1);
    }

    @Statement({"MQTT-3.10.4-1", "MQTT-3.11.3-2"})
    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x11})
    void endOfASubscription_thatTheBrokerMayNotHaveHad_isNoFailure(int code) {
        subscribe("a/+");
        FakeChannel channel = open(new BrokerTerms());
        channel.grantAll();
        CompletableFuture<Void> unsubscribing = session.session.unsubscribe(TopicFilter.of("a/+"));
        assertThat(channel.unsubscribed()).as("character by character").containsExactly(List.of("a/+"));

        channel.answerUnsubscribe(REMARK, code);

        assertThat(unsubscribing).isCompleted();
        assertThat(session.listener.events(MqttEvent.Unsubscribed.class)).hasSize(1);
    }

    @Statement("MQTT-3.11.3-2")
    @Test
    void refusedEnd_failsItsStage_andIsAskedAgainOnTheNextConnection() {
        subscribe("a");
        subscribe("b");
        FakeChannel channel = open(new BrokerTerms());
        channel.grantAll();
        CompletableFuture<Void> one = session.session.unsubscribe(TopicFilter.of("b"));
        CompletableFuture<Void> all = session.session.unsubscribeAll();
        assertThat(channel.unsubscribed()).containsExactly(List.of("b"));

        channel.answerUnsubscribe(REMARK, 0x87);
        assertThat(channel.answerUnsubscribe()).containsExactly("a");

        MqttReason reason = new MqttReason(0x87, "not today", null, REMARK.user());
        assertFailed(all, reason);
        assertFailed(one, reason);
        assertThatThrownBy(one::join).hasMessageContaining("'b' (0x87 not authorised: not today)");
        assertThat(session.listener.events(MqttEvent.Unsubscribed.class))
                .containsExactly(new MqttEvent.Unsubscribed("default", "a"));
        assertThat(channel.unsubscribed()).isEmpty();
        assertThat(session.session.subscriptions()).isEmpty();

        channel.lose(new IOException("gone"));
        session.nextAttempt();
        session.channels.last().receive(new BrokerTerms().accepted(true));
        assertThat(session.channels.last().answerUnsubscribe()).containsExactly("b");
    }

    @Test
    void subscribeAfterTheEnd_isNotFailedByTheRefusalOfTheEnd() {
        subscribe("a");
        FakeChannel channel = open(new BrokerTerms());
        channel.grantAll();
        CompletableFuture<Void> unsubscribing = session.session.unsubscribe(TopicFilter.of("a"));
        CompletableFuture<Qos> again = subscribe("a");
        channel.answerUnsubscribe(MqttReason.SUCCESS, 0x87);
        channel.grantAll();

        assertFailed(unsubscribing, new MqttReason(0x87));
        assertThat(again).isCompletedWithValue(AT_LEAST_ONCE);
    }

    @Statement({"MQTT-3.8.4-6", "MQTT-3.9.3-1", "MQTT-3.11.3-1"})
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anotherNumberOfCodes_endsTheConnection(boolean subscribing) {
        subscribe("a");
        subscribe("b");
        FakeChannel channel = open(new BrokerTerms());
        if (subscribing) {
            channel.answerSubscribe(MqttReason.SUCCESS, 1);
        } else {
            channel.grantAll();
            session.session.unsubscribeAll();
            channel.answerUnsubscribe(MqttReason.SUCCESS, 0, 0, 0);
        }

        assertThat(session.listener.events(MqttEvent.Disconnected.class))
                .singleElement()
                .extracting(each -> each.cause().getMessage())
                .asString()
                .contains("the broker answered 2 " + (subscribing ? "subscriptions" : "ends of subscriptions")
                        + " with " + (subscribing ? 1 : 3) + " codes");
    }

    @Statement("MQTT-3.10.4-3")
    @Test
    void messageOfQos2UnderWay_isFinishedAfterTheUnsubscribe() {
        session.session.subscribe(TopicFilter.of("a"), EXACTLY_ONCE);
        FakeChannel channel = open(new BrokerTerms());
        channel.grantAll();
        channel.receive(SessionFixture.inbound("a", EXACTLY_ONCE, 7));
        session.session.unsubscribe(TopicFilter.of("a"));
        channel.answerUnsubscribe(MqttReason.SUCCESS, 0);
        assertThat(session.handled).isEmpty();

        channel.receive(new Packet.PubRel(7));

        assertThat(session.handled).hasSize(1);
        assertThat(channel.acknowledged()).containsExactly(new Packet.PubComp(7));
    }

    @Test
    void refusalOfMqtt311_isUnspecified() {
        SessionFixture old = new SessionFixture();
        CompletableFuture<Qos> refused = old.session.subscribe(TopicFilter.of("a"), AT_MOST_ONCE);
        old.session.connect();
        old.channels.last().accept(false);
        old.channels.last().answerSubscribe(0x80);

        assertFailed(refused, new MqttReason(0x80));
    }
}
