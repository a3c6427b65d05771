package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.SessionFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.store.MemoryMessageStore;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PublishQueueTest {
    private static final IOException LOST = new IOException("gone");

    private final MqttConfig.Builder config =
            MqttConfig.builder().maxInflight(2).offlineBuffer(3);
    private final SessionFixture fixture = new SessionFixture(config);
    private final Packet.Publish first = message("1", Qos.AT_LEAST_ONCE);
    private final Packet.Publish second = message("2", Qos.EXACTLY_ONCE);
    private final Packet.Publish third = message("3", Qos.AT_LEAST_ONCE);

    @Test
    void message_canBeSent_asSoonAsTheConnectionIsReportedOpen() {
        CompletableFuture<MqttEvent.Published> sent =
                fixture.session.connect().thenCompose(open -> fixture.session.publish(message("0", Qos.AT_MOST_ONCE)));
        FakeChannel channel = fixture.channels.last();
        channel.accept(false);
        channel.write(1);

        assertThat(sent).isCompleted();
    }

    /** Otherwise what was acknowledged halfway would wait for ever, and be overtaken. */
    @Test
    void fullDisk_whereTheBrokerForgotTheSession_endsTheConnection_untilThereIsRoom() {
        MemoryMessageStore store = new MemoryMessageStore();
        SessionFixture kept =
                new SessionFixture(MqttConfig.builder().cleanSession(false).clientId("me"), store);
        FakeChannel channel = kept.connected();
        kept.session.publish(message("1", Qos.EXACTLY_ONCE));
        kept.session.publish(message("2", Qos.AT_LEAST_ONCE));
        channel.receive(new Packet.PubRec(1));
        channel.lose(LOST);

        store.full = true;
        FakeChannel second = kept.nextAttempt();
        second.accept(false);
        assertThat(second.topics()).isEmpty();
        assertThat(second.calls).containsExactly("close");
        assertThat(kept.listener.lines).anyMatch(line -> line.contains("the disk is full"));

        store.full = false;
        FakeChannel third = kept.nextAttempt();
        third.accept(false);
        assertThat(third.topics()).containsExactly("1", "2");
    }

    @Test
    void publish_completesWhenDelivered() {
        FakeChannel channel = fixture.connected();
        CompletableFuture<MqttEvent.Published> reply = fixture.session.publish(first);
        assertThat(reply).isNotDone();

        channel.acknowledge(1);

        MqttEvent.Published published = new MqttEvent.Published("default", "1", Qos.AT_LEAST_ONCE, 1);
        assertThat(reply).isCompletedWithValue(published);
        assertThat(fixture.listener.events(MqttEvent.Published.class)).containsExactly(published);
    }

    @Test
    void exactlyOnce_completesWithPubcomp() {
        FakeChannel channel = fixture.connected();
        CompletableFuture<MqttEvent.Published> reply = fixture.session.publish(second);

        channel.receive(new Packet.PubAck(1)); // of another QoS
        channel.receive(new Packet.PubRec(1));
        channel.receive(new Packet.PubRec(1));
        assertThat(reply).isNotDone();
        channel.receive(new Packet.PubComp(1));

        assertThat(reply).isCompleted();
        assertThat(channel.sent(Packet.PubRel.class)).containsExactly(new Packet.PubRel(1), new Packet.PubRel(1));
    }

    @Test
    void atMostOnce_completesWhenWritten() {
        FakeChannel channel = fixture.connected();
        CompletableFuture<MqttEvent.Published> one = fixture.session.publish(message("1", Qos.AT_MOST_ONCE));
        CompletableFuture<MqttEvent.Published> two = fixture.session.publish(message("2", Qos.AT_MOST_ONCE));
        CompletableFuture<MqttEvent.Published> three = fixture.session.publish(message("3", Qos.AT_MOST_ONCE));
        assertThat(channel.topics()).containsExactly("1", "2"); // the window
        assertThat(one).isNotDone();

        channel.write(1);
        assertThat(one).isCompletedWithValue(new MqttEvent.Published("default", "1", Qos.AT_MOST_ONCE, 0));
        assertThat(two).isNotDone();
        channel.write(2);

        assertThat(two).isCompleted();
        assertThat(three).isCompleted();
        assertThat(channel.topics()).containsExactly("1", "2", "3");
    }

    @Test
    void lateWrite_onThePreviousChannel_completesNothing() {
        FakeChannel previous = fixture.connected();
        CompletableFuture<?> cutOff = fixture.session.publish(message("1", Qos.AT_MOST_ONCE));
        previous.lose(LOST);
        FakeChannel next = fixture.nextAttempt().accept();
        CompletableFuture<?> reply = fixture.session.publish(message("2", Qos.AT_MOST_ONCE));

        previous.write(1);
        assertThat(cutOff).isCompletedExceptionally();
        assertThat(reply).isNotDone();
        next.write(1);

        assertThat(reply).isCompleted();
        assertThat(fixture.listener.events(MqttEvent.Published.class))
                .extracting(MqttEvent.Published::topic)
                .containsExactly("2");
    }

    @Test
    void window_holdsBackMoreThanMaxInflight() {
        FakeChannel channel = fixture.connected();
        fixture.session.publish(first);
        fixture.session.publish(second);
        fixture.session.publish(third);
        assertThat(channel.topics()).containsExactly("1", "2");
        assertThat(fixture.session.metrics(Map.of()).inflight()).isEqualTo(2);
        assertThat(fixture.session.metrics(Map.of()).queued()).isEqualTo(1);

        channel.acknowledge(2);

        assertThat(channel.topics()).containsExactly("1", "2", "3");
    }

    @Test
    void messageDeliveredWhileTheConnectionCloses_isNotSentAgain() {
        FakeChannel channel = fixture.connected();
        CompletableFuture<?> reply = fixture.session.publish(second);
        fixture.session.subscribe(TopicFilter.of("silent"), Qos.AT_MOST_ONCE, Retained.SEND, false);
        fixture.timer.pass(Duration.ofSeconds(30));
        assertThat(fixture.session.isConnected()).isFalse();

        channel.acknowledge(1);

        assertThat(reply).isCompleted();
        assertThat(fixture.nextAttempt().accept().published()).isEmpty();
    }

    @Test
    void atMostOnceWhileDisconnected_fails() {
        CompletableFuture<?> reply = fixture.session.publish(message("t", Qos.AT_MOST_ONCE));

        assertThatThrownBy(reply::join)
                .hasRootCauseInstanceOf(MqttException.class)
                .hasMessageContaining("not connected: a message of QoS 0 to 't' is not kept");
    }

    @Test
    void offlineQueue_isBoundedAndSentInOrder() {
        fixture.session.publish(first);
        fixture.session.publish(second);
        fixture.session.publish(third);
        CompletableFuture<?> tooMany = fixture.session.publish(message("4", Qos.AT_LEAST_ONCE));

        assertThatThrownBy(tooMany::join)
                .hasMessageContaining(
                        "the queue of messages to be sent is full (offline-buffer=3): the one to '4' was not taken;"
                                + " wait for stages, or raise offline-buffer");
        FakeChannel channel = fixture.connected();
        assertThat(channel.topics()).containsExactly("1", "2");
        channel.acknowledge(1);
        assertThat(channel.topics()).containsExactly("1", "2", "3");
    }

    @Test
    void unacknowledgedMessages_areSentAgainFirst() {
        FakeChannel previous = fixture.connected();
        CompletableFuture<?> reply = fixture.session.publish(first);
        CompletableFuture<?> atMostOnce = fixture.session.publish(message("0", Qos.AT_MOST_ONCE));
        previous.lose(LOST);
        fixture.session.publish(second);
        assertThat(atMostOnce).isCompletedExceptionally();

        FakeChannel next = fixture.nextAttempt().accept();

        assertThat(next.topics()).containsExactly("1", "2");
        next.acknowledge(1);
        assertThat(reply).isCompleted();
    }

    @Test
    void messageThatCannotBeStored_failsAndMakesRoom() {
        MemoryMessageStore store = new MemoryMessageStore();
        SessionFixture stored = new SessionFixture(config, store);
        FakeChannel channel = stored.connected();
        store.full = true;
        CompletableFuture<?> reply = stored.session.publish(first);
        CompletableFuture<?> other = stored.session.publish(second);
        store.full = false;
        stored.session.publish(third);

        assertThatThrownBy(reply::join).hasMessageContaining("the disk is full");
        assertThat(other).isCompletedExceptionally();
        assertThat(channel.topics()).containsExactly("3");
        assertThat(stored.session.metrics(Map.of()).inflight()).isEqualTo(1);
    }

    @Test
    void messageTooLargeForAPacket_fails_andTheOthersAreSent() {
        FakeChannel channel = fixture.connected();
        CompletableFuture<?> reply = fixture.session.publish(message("x".repeat(65_536), Qos.AT_LEAST_ONCE));
        fixture.session.publish(first);

        assertThatThrownBy(reply::join).hasMessageContaining("a topic of 65,536 bytes is more than a packet can hold");
        assertThat(channel.topics()).containsExactly("1");
    }

    @Test
    void room_isMadeHoweverAMessageEnds() {
        for (int i = 0; i < 1_000; i++) {
            FakeChannel channel = fixture.connected();
            fixture.session.publish(message("0", Qos.AT_MOST_ONCE));
            fixture.session.publish(first);
            channel.acknowledge(channel.published().get(1).packetId());
            fixture.session.publish(second);
            fixture.session.publish(message("x".repeat(65_536), Qos.AT_LEAST_ONCE));
            fixture.session.publish(third);
            channel.lose(LOST);
            fixture.session.disconnect();
        }

        assertThat(fixture.session.publish(first)).isNotCompletedExceptionally();
        assertThat(fixture.connected().topics()).containsExactly("1");
    }
}
