package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.Qos.AT_LEAST_ONCE;
import static io.github.cdimqtt.internal.session.ReasonsFixture.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.support.Statement;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Subscriptions that a broker of MQTT 5 says in CONNACK that it does not take, or not in one packet. */
class SubscriptionLimitsTest {
    private final ReasonsFixture fixture = new ReasonsFixture();

    @Test
    void wildcardsThatTheBrokerDoesNotHave_areNotSent_andWhatTheyCoverIs() {
        CompletableFuture<Qos> cover = fixture.subscribe("home/#");
        CompletableFuture<Qos> between = fixture.subscribe("home/+");
        CompletableFuture<Qos> covered = fixture.subscribe("home/a");
        FakeChannel channel = fixture.open(new BrokerTerms().wildcardsAvailable(false));
        channel.grantAll();

        assertThat(channel.sent(Packet.Subscribe.class))
                .flatExtracting(Packet.Subscribe::subscriptions)
                .extracting(Packet.Subscription::filter)
                .containsExactly("home/a");
        assertFailed(cover, new MqttReason(0xa2));
        assertFailed(between, new MqttReason(0xa2));
        assertThat(covered).isCompletedWithValue(AT_LEAST_ONCE);
        assertThat(fixture.refusals()).containsExactly(new MqttReason(0xa2), new MqttReason(0xa2));
        assertThat(fixture.session.session.subscriptions()).containsOnlyKeys("home/a");

        channel.lose(new IOException("gone"));
        fixture.session.nextAttempt();
        channel = fixture.accept(new BrokerTerms());
        channel.grantAll();
        assertThat(channel.answerUnsubscribe()).as("covered now").containsExactly("home/a");
        assertThat(fixture.session.session.subscriptions()).containsOnlyKeys("home/#", "home/+", "home/a");
    }

    @Test
    void sharedSubscriptionsThatTheBrokerDoesNotHave_areNotSent() {
        CompletableFuture<Qos> shared = fixture.subscribe("$share/g/a");
        CompletableFuture<Qos> other = fixture.subscribe("b/+");
        FakeChannel channel = fixture.open(new BrokerTerms().sharedAvailable(false));
        channel.grantAll();

        assertFailed(shared, new MqttReason(0x9e));
        assertThat(other).isCompletedWithValue(AT_LEAST_ONCE);
        assertThat(channel.sent(Packet.Subscribe.class)).hasSize(1);
    }

    @Statement("MQTT-3.2.2-15")
    @Test
    void subscribeAboveTheMaximumPacketSize_isSplit_andAFilterAboveItIsRefused() {
        CompletableFuture<Qos> large = fixture.subscribe("x".repeat(22)); // a packet of 2 + 2 + 1 + 2 + 22 + 1 bytes
        List.of("a", "b", "c", "d", "e", "f", "g", "h").forEach(fixture::subscribe);
        CompletableFuture<Qos> largest = fixture.subscribe("y".repeat(21));
        FakeChannel channel = fixture.open(new BrokerTerms().maximumPacketSize(29));
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
        fixture.subscribe("x".repeat(30));
        List.of("a", "b", "c", "d", "e", "f", "g", "h").forEach(fixture::subscribe);
        FakeChannel channel = fixture.open(new BrokerTerms());
        channel.grantAll();
        channel.lose(new IOException("gone"));
        CompletableFuture<Void> large = fixture.session.session.unsubscribe(TopicFilter.of("x".repeat(30)));
        CompletableFuture<Void> small = fixture.session.session.unsubscribe(TopicFilter.of("a"));
        List.of("b", "c", "d", "e", "f", "g", "h")
                .forEach(each -> fixture.session.session.unsubscribe(TopicFilter.of(each)));
        fixture.session.nextAttempt();
        channel = fixture.accept(new BrokerTerms().maximumPacketSize(28));
        while (!channel.unsubscribed().isEmpty()) {
            channel.answerUnsubscribe();
        }

        assertFailed(large, new MqttReason(0x95));
        assertThat(small).isCompleted();
        assertThat(channel.sent(Packet.Unsubscribe.class))
                .extracting(each -> each.filters().size())
                .containsExactly(7, 1);
    }
}
