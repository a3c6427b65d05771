package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.SessionFixture.inbound;
import static io.github.cdimqtt.internal.session.SessionFixture.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.Packet.Subscription;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionTest {
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final IOException LOST = new IOException("gone");
    private static final EOFException HUNG_UP = new EOFException();
    private final SessionFixture fixture = new SessionFixture();

    @Test
    void connect_completesWhenSubscriptionsAreAnswered() {
        fixture.session.subscribe(TopicFilter.of("a"), Qos.AT_LEAST_ONCE, Retained.SEND, false);
        CompletableFuture<Void> connecting = fixture.session.connect();

        fixture.channels.last().accept(false);
        assertThat(connecting).isNotDone();
        assertThat(fixture.session.isConnected()).isTrue();
        fixture.channels.last().grantAll();

        assertThat(connecting).isCompleted();
        assertThat(fixture.listener.events)
                .containsExactly(
                        new MqttEvent.Subscribed("default", "a", Qos.AT_LEAST_ONCE),
                        new MqttEvent.Connected("default", "me", "tcp://localhost:1883", false, false));
        assertThat(fixture.session.subscriptions()).isEqualTo(Map.of("a", Qos.AT_LEAST_ONCE));
    }

    @Test
    void failedAttempt_isReportedAndRepeatedAfterTheBackoff() {
        fixture.session.connect();

        fixture.channels.last().lose(LOST);

        MqttEvent.ConnectFailed failed =
                fixture.listener.events(MqttEvent.ConnectFailed.class).get(0);
        assertThat(failed.attempt()).isEqualTo(1);
        assertThat(failed.cause()).hasMessage("tcp://localhost:1883 can't be reached: gone");
        assertThat(failed.cause()).hasCause(LOST);
        assertThat(failed.nextDelay()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        fixture.timer.pass(failed.nextDelay().minusMillis(1));
        assertThat(fixture.channels.opened).hasSize(1);
        fixture.timer.pass(Duration.ofMillis(1));
        assertThat(fixture.channels.opened).hasSize(2);
    }

    @Test
    void silentBroker_failsTheAttemptAfterTheConnectionTimeout() {
        fixture.session.connect();

        fixture.timer.pass(Duration.ofSeconds(5));

        assertThat(fixture.listener.events(MqttEvent.ConnectFailed.class).get(0).cause())
                .hasMessage("no answer from the broker within 5000 ms");
        assertThat(fixture.channels.last().calls).containsExactly("close");
    }

    @Test
    void lostConnection_isOpenedAgainWithAllSubscriptions() {
        fixture.session.subscribe(TopicFilter.of("a"), Qos.AT_LEAST_ONCE, Retained.SEND, false);
        fixture.connected().lose(LOST);
        assertThat(fixture.session.isConnected()).isFalse();
        assertThat(fixture.session.subscriptions()).isEmpty();

        fixture.nextAttempt().accept(true);

        assertThat(fixture.channels.last().subscribed())
                .containsExactly(List.of(new Subscription("a", Qos.AT_LEAST_ONCE)));
        fixture.channels.last().grantAll();
        assertThat(fixture.listener.events(MqttEvent.Connected.class).get(1))
                .isEqualTo(new MqttEvent.Connected("default", "me", "tcp://localhost:1883", true, true));
        assertThat(fixture.session.metrics(Map.of()).reconnects()).isEqualTo(1);
    }

    @Test
    void eventsOfAPreviousConnection_areIgnored() {
        FakeChannel previous = fixture.connected();
        previous.lose(LOST);
        fixture.nextAttempt().accept();

        previous.lose(LOST);

        assertThat(fixture.session.isConnected()).isTrue();
        assertThat(fixture.listener.events(MqttEvent.Disconnected.class)).hasSize(1);
    }

    @Test
    void disconnect_endsAttemptsAndFailsOpenStages() {
        CompletableFuture<Void> connecting = fixture.session.connect();
        fixture.channels.last().lose(LOST);
        CompletableFuture<?> publishing = fixture.session.publish(message("t", Qos.AT_LEAST_ONCE));
        CompletableFuture<?> subscribing =
                fixture.session.subscribe(TopicFilter.of("a"), Qos.AT_MOST_ONCE, Retained.SEND, false);

        assertThat(fixture.session.disconnect()).isCompleted();

        fixture.timer.pass(LONG);
        assertThat(fixture.channels.opened).hasSize(1);
        for (CompletableFuture<?> open : List.of(connecting, publishing, subscribing)) {
            assertThat(open).isCompletedExceptionally();
        }
    }

    @Test
    void disconnectWhileConnected_isOrderlyAndReportedAsRequested() {
        FakeChannel channel = fixture.connected();

        fixture.session.disconnect();

        assertThat(channel.calls).containsExactly("close orderly");
        assertThat(fixture.listener.events(MqttEvent.Disconnected.class))
                .containsExactly(new MqttEvent.Disconnected("default", true, null));
        fixture.session.connect();
        assertThat(fixture.channels.opened).hasSize(2);
    }

    @Test
    void presence_isPublishedAfterEachConnectAndBeforeClose() {
        SessionFixture present = new SessionFixture(MqttConfig.builder().presenceTopic("here"));
        FakeChannel lost = present.connected();
        lost.lose(LOST);
        FakeChannel closed = present.nextAttempt().accept();
        present.session.disconnect();

        assertThat(lost.published()).extracting(SessionTest::text).containsExactly("here=online, retained");
        assertThat(closed.published())
                .extracting(SessionTest::text)
                .containsExactly("here=online, retained", "here=offline, retained");
    }

    private static String text(Packet.Publish message) {
        String payload = UTF_8.decode(message.payload().duplicate()).toString();
        return message.topic() + "=" + payload + (message.retain() ? ", retained" : "");
    }

    @Test
    void start_failsAfterTheFirstRound_andAttemptsContinue() {
        SessionFixture two = new SessionFixture(MqttConfig.builder().brokerUrl("one,two"));
        CompletableFuture<Void> starting = two.session.start();

        two.channels.last().lose(LOST);
        assertThat(starting).isNotDone();
        two.timer.pass(Duration.ZERO);
        assertThat(two.channels.last().server).hasToString("tcp://two:1883");
        two.channels.last().lose(LOST);

        assertThat(starting).isCompletedExceptionally();
        assertThat(two.nextAttempt().server).hasToString("tcp://one:1883");
    }

    @Test
    void start_whereTheApplicationHasConnected_completesAtOnce() {
        fixture.connected();

        assertThat(fixture.session.start()).isCompleted();
    }

    @Test
    void fault_failsTheStageOfTheCall() {
        fixture.connected();
        fixture.channels.faults.add(new InternalError("unable to create native thread"));

        assertThat(fixture.session.disconnect())
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("a fault of cdi-mqtt: java.lang.InternalError: unable to create native thread");
    }

    @Test
    void brokerThatHangsUpRepeatedly_isReportedAsATakeoverOnce() {
        fixture.session.connect();
        for (int i = 0; i < 12; i++) {
            if (i == 8) {
                fixture.timer.pass(LONG); // one connection lived long
            }
            fixture.channels.last().accept().lose(HUNG_UP);
            fixture.nextAttempt();
        }

        assertThat(fixture.listener.lines.stream().filter(line -> line.contains("MQTT-106")))
                .singleElement()
                .asString()
                .contains("'me'");
    }

    @Test
    void badNetwork_isNotReportedAsATakeover() {
        fixture.session.connect();
        for (int i = 0; i < 6; i++) {
            fixture.channels.last().accept().lose(LOST);
            fixture.nextAttempt();
            fixture.channels.last().accept().lose(HUNG_UP);
            fixture.nextAttempt().lose(LOST);
            fixture.nextAttempt();
        }

        assertThat(fixture.listener.lines).noneMatch(line -> line.contains("MQTT-106"));
    }

    @Test
    void handlerThatThrows_leavesNoMessageUnacknowledged() {
        FakeChannel channel = fixture.connected();
        fixture.handler = message -> {
            throw new OutOfMemoryError("just once");
        };
        Packet.Publish message = inbound("a", Qos.AT_LEAST_ONCE, 1);

        channel.deliver(message);

        assertThat(channel.acknowledged()).containsExactly(new Packet.PubAck(1));
        assertThat(fixture.listener.lines).anyMatch(line -> line.contains("MQTT-190"));
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_LEAST_ONCE", "EXACTLY_ONCE"})
    void messagesOfQos1And2_areAccepted_whenTheQueueIsFull(Qos qos) {
        SessionFixture full = new SessionFixture(MqttConfig.builder().dispatchQueueCapacity(1));
        full.handler = message -> new CompletableFuture<>();
        FakeChannel channel = full.connected();
        channel.deliver(inbound("a", Qos.AT_MOST_ONCE, 0));
        channel.deliver(inbound("a", Qos.AT_MOST_ONCE, 0));
        assertThat(channel.calls).containsExactly("pause");

        for (int id = 1; id <= 100; id++) {
            channel.deliver(inbound("a", qos, id));
        }

        assertThat(full.handled).hasSize(102);
        assertThat(full.session.metrics(Map.of()).dropped()).isZero();
    }
}
