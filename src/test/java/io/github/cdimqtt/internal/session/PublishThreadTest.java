package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.SessionFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.store.MemoryMessageStore;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A message is sent on the caller's thread, unless it would overtake earlier calls, or is stored. */
class PublishThreadTest {
    private final Queue<Runnable> busy = new ArrayDeque<>();
    private final SessionFixture fixture = new SessionFixture();

    /** Connects, and has what comes next wait for the session's thread. */
    private FakeChannel connectedAndBusy(SessionFixture session) {
        FakeChannel channel = session.connected();
        session.sessionThread = busy::add;
        return channel;
    }

    private void runWaiting() {
        while (!busy.isEmpty()) {
            busy.remove().run();
        }
    }

    @Test
    void publish_doesNotWaitForABusySession() {
        FakeChannel channel = connectedAndBusy(fixture);

        CompletableFuture<?> reply = fixture.session.publish(message("a", Qos.AT_LEAST_ONCE));
        channel.acknowledge(1);

        assertThat(reply).isCompleted();
        assertThat(busy).isEmpty();
    }

    @Test
    void publish_doesNotOvertakeASubscribe() {
        FakeChannel channel = connectedAndBusy(fixture);

        fixture.session.subscribe(TopicFilter.of("a"), Qos.AT_MOST_ONCE, Retained.SEND, false);
        fixture.session.publish(message("a", Qos.AT_LEAST_ONCE));
        fixture.session.publish(message("a", Qos.AT_MOST_ONCE));
        assertThat(channel.sent()).hasOnlyElementsOfType(Packet.Connect.class);
        runWaiting();

        assertThat(channel.sent())
                .extracting(packet -> packet.getClass().getSimpleName())
                .containsExactly("Connect", "Subscribe", "Publish", "Publish");
        fixture.session.publish(message("b", Qos.AT_LEAST_ONCE));
        assertThat(channel.topics()).containsExactly("a", "a", "b");
    }

    @Test
    void publish_doesNotOvertakeADisconnect() {
        FakeChannel channel = connectedAndBusy(fixture);

        fixture.session.disconnect();
        CompletableFuture<?> atMostOnce = fixture.session.publish(message("a", Qos.AT_MOST_ONCE));
        CompletableFuture<?> atLeastOnce = fixture.session.publish(message("a", Qos.AT_LEAST_ONCE));
        runWaiting();

        assertThatThrownBy(atMostOnce::join).hasMessageContaining("not connected");
        assertThat(atLeastOnce).isNotDone();
        assertThat(channel.published()).isEmpty();
    }

    @Test
    void publishesOfSeveralThreads_keepTheOrderOfEachThread() throws InterruptedException {
        FakeChannel channel = fixture.connected();
        List<Thread> threads = new ArrayList<>();
        for (String topic : List.of("a", "b", "c", "d")) {
            threads.add(new Thread(() -> IntStream.range(0, 250)
                    .forEach(i -> fixture.session.publish(message(topic + "/" + i, Qos.AT_LEAST_ONCE)))));
        }
        threads.forEach(Thread::start);
        for (Thread each : threads) {
            each.join();
        }

        for (String topic : List.of("a", "b", "c", "d")) {
            assertThat(channel.topics().stream()
                            .filter(each -> each.startsWith(topic))
                            .toList())
                    .isEqualTo(IntStream.range(0, 250)
                            .mapToObj(i -> topic + "/" + i)
                            .toList());
        }
        assertThat(channel.published()).extracting(Packet.Publish::packetId).doesNotHaveDuplicates();
    }

    @Test
    void publishWithAStore_runsOnTheSessionsThread() {
        SessionFixture stored =
                new SessionFixture(MqttConfig.builder().cleanSession(false).clientId("me"), new MemoryMessageStore());
        FakeChannel channel = connectedAndBusy(stored);

        stored.session.publish(message("a", Qos.AT_LEAST_ONCE));
        assertThat(channel.published()).isEmpty();
        runWaiting();

        assertThat(channel.topics()).containsExactly("a");
    }

    @Test
    void publishesThatWait_areBounded() {
        SessionFixture small =
                new SessionFixture(MqttConfig.builder().maxInflight(2).offlineBuffer(3));
        connectedAndBusy(small);
        small.session.subscribe(TopicFilter.of("a"), Qos.AT_MOST_ONCE, Retained.SEND, false);
        for (int i = 0; i < 6; i++) {
            assertThat(small.session.publish(message("a", Qos.AT_LEAST_ONCE))).isNotDone();
        }

        CompletableFuture<?> tooMany = small.session.publish(message("b", Qos.AT_LEAST_ONCE));

        assertThatThrownBy(tooMany::join)
                .hasMessageContaining("the queue of messages to be sent is full (offline-buffer=3): the one to 'b'");
    }

    @Test
    void publishAfterTheEnd_fails() {
        fixture.connected();
        fixture.session.shutDown(Duration.ofSeconds(5));

        for (Qos qos : Qos.values()) {
            CompletableFuture<?> late = fixture.session.publish(message("a", qos));

            assertThatThrownBy(late::join)
                    .hasMessageContaining("the connection 'default' has ended with its application");
        }
    }
}
