package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttAuthentication;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.inbound.ObserverFailure;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.internal.session.subscription.Recipient;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.support.ManualTimer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** A session on one thread, with a manual timer and a broker played by the test. */
public final class SessionFixture {
    public static final MqttCredentials ANONYMOUS = new MqttCredentials() {
        @Override
        public String username() {
            return null;
        }

        @Override
        public String password() {
            return null;
        }
    };

    final ManualTimer timer = new ManualTimer();
    final FakeChannels channels = new FakeChannels();
    final RecordingConnectionListener listener = new RecordingConnectionListener();
    final List<Packet.Publish> handled = new ArrayList<>();
    final List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    final List<ObserverFailure> failures = new ArrayList<>(); // what the observers of each message report
    final Session session;
    Executor sessionThread = Runnable::run;
    Executor callbacks = Runnable::run;
    final List<Set<Recipient>> recipients = new ArrayList<>();
    Function<Packet.Publish, CompletableFuture<Outcome>> handler = message -> done(Outcome.HANDLED);

    SessionFixture() {
        this(MqttConfig.builder());
    }

    /** A session that the broker keeps. */
    static SessionFixture kept() {
        return new SessionFixture(MqttConfig.builder().cleanSession(false).clientId("me"));
    }

    /** Returns the same message with DUP. */
    public static Packet.Publish again(Packet.Publish message) {
        return new Packet.Publish(message.topic(), message.payload(), message.qos(), false, true, message.packetId());
    }

    static CompletableFuture<Outcome> done(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    SessionFixture(MqttConfig.Builder config) {
        this(config, MessageStore.NONE);
    }

    SessionFixture(MqttConfig.Builder config, MessageStore store) {
        this(config, store, null, Runnable::run);
    }

    /** A session whose calls of the application's authentication run on an executor of the test. */
    SessionFixture(MqttConfig.Builder config, MqttAuthentication authentication, Executor calls) {
        this(config, MessageStore.NONE, authentication, calls);
    }

    private SessionFixture(
            MqttConfig.Builder config, MessageStore store, MqttAuthentication authentication, Executor calls) {
        session = new SessionSetup(
                        "default",
                        "me",
                        config.build(),
                        ANONYMOUS,
                        authentication,
                        channels,
                        store,
                        (message, toRecipients, subscribed, failureListener) -> {
                            handled.add(message);
                            recipients.add(toRecipients);
                            failures.forEach(failureListener);
                            CompletableFuture<Outcome> outcome = handler.apply(message);
                            outcomes.add(outcome);
                            return outcome;
                        },
                        listener,
                        new SessionExecutors(
                                task -> sessionThread.execute(task),
                                Runnable::run,
                                Runnable::run,
                                task -> callbacks.execute(task),
                                calls,
                                timer))
                .session();
    }

    /** Opens the session, and accepts the connection. */
    FakeChannel connected() {
        session.connect();
        return channels.last().accept();
    }

    /** Subscribes to a/0, a/1 and so on. */
    void subscribe(int filters) {
        for (int i = 0; i < filters; i++) {
            session.subscribe(TopicFilter.of("a/" + i), Qos.AT_MOST_ONCE, Retained.SEND, false);
        }
    }

    /** Passes time until the next attempt. */
    FakeChannel nextAttempt() {
        int before = channels.opened.size();
        for (int i = 0; i < 10_000 && channels.opened.size() == before; i++) {
            timer.pass(Duration.ofMillis(10));
        }
        if (channels.opened.size() == before) {
            throw new AssertionError("no attempt within 100 s");
        }
        return channels.last();
    }

    /** Returns a message as the application publishes it. */
    public static Packet.Publish message(String topic, Qos qos) {
        return new Packet.Publish(topic, ByteBuffer.allocate(0), qos, false, false, 0);
    }

    public static Packet.Publish inbound(String topic, Qos qos, int packetId) {
        return new Packet.Publish(
                topic, ByteBuffer.wrap("x".getBytes(StandardCharsets.UTF_8)), qos, false, false, packetId);
    }
}
