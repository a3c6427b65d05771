package io.github.cdimqtt.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How many topic filters a packet holds, and in which order they are sent. */
class SubscriptionRequestsTest {
    private final SessionFixture fixture = new SessionFixture();

    @Test
    void subscribes_areSentEightFiltersAtATime_andOneIsUnansweredAtATime() {
        fixture.subscribe(20);
        fixture.session.connect();
        FakeChannel channel = fixture.channels.last();
        channel.accept(false);
        List<Integer> sizes = new ArrayList<>();
        while (!channel.subscribed().isEmpty()) {
            assertThat(channel.subscribed()).hasSize(1);
            sizes.add(channel.grant().size());
        }

        assertThat(sizes).containsExactly(8, 8, 4);
        assertThat(fixture.session.subscriptions()).hasSize(20);
    }

    @Test
    void unsubscribes_areSentEightFiltersAtATime_andOneIsUnansweredAtATime() {
        fixture.subscribe(20);
        FakeChannel channel = fixture.connected();
        CompletableFuture<Void> unsubscribing = fixture.session.unsubscribeAll();
        List<Integer> sizes = new ArrayList<>();
        while (!channel.unsubscribed().isEmpty()) {
            assertThat(channel.unsubscribed()).hasSize(1);
            sizes.add(channel.answerUnsubscribe().size());
        }

        assertThat(sizes).containsExactly(8, 8, 4);
        assertThat(unsubscribing).isCompleted();
        assertThat(fixture.session.subscriptions()).isEmpty();
    }

    @Test
    void unansweredUnsubscribesOfAKeptSession_areSentAgainEightFiltersAtATime() {
        SessionFixture kept = SessionFixture.kept();
        kept.subscribe(20);
        kept.connected();
        CompletableFuture<Void> unsubscribing = kept.session.unsubscribeAll();
        kept.channels.last().lose(new IOException("gone"));
        FakeChannel next = kept.nextAttempt();
        next.accept(true);
        while (!next.unsubscribed().isEmpty()) {
            assertThat(next.answerUnsubscribe()).hasSizeLessThanOrEqualTo(8);
        }

        assertThat(unsubscribing).isCompleted();
    }
}
