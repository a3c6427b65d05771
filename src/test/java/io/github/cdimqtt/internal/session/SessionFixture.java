package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.session.subscription.Recipient;
import io.github.cdimqtt.internal.transport.InboundMessage;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import io.github.cdimqtt.testing.ManualTimer;
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
    final ManualTimer timer = new ManualTimer();
    final FakeTransport transport = new FakeTransport();
    final RecordingConnectionListener listener = new RecordingConnectionListener();
    final List<InboundMessage> handled = new ArrayList<>();
    final List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    final Session session;
    Executor callbacks = Runnable::run;
    final List<Set<Recipient>> recipients = new ArrayList<>();
    Function<InboundMessage, CompletableFuture<Outcome>> handler = message -> done(Outcome.HANDLED);

    SessionFixture() {
        this(MqttConfig.builder());
    }

    /** A session that the broker keeps. */
    static SessionFixture kept() {
        return new SessionFixture(MqttConfig.builder().cleanSession(false).clientId("me"));
    }

    /** Returns the same message with DUP. */
    static InboundMessage again(InboundMessage message) {
        return new InboundMessage(message.topic(), message.payload(), message.qos(), false, true, message.packetId());
    }

    static CompletableFuture<Outcome> done(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }

    SessionFixture(MqttConfig.Builder config) {
        MqttCredentials anonymous = new MqttCredentials() {
            @Override
            public String username() {
                return null;
            }

            @Override
            public String password() {
                return null;
            }
        };
        session = new SessionSetup(
                        "default",
                        "me",
                        config.build(),
                        anonymous,
                        transport,
                        (message, toRecipients) -> {
                            handled.add(message);
                            recipients.add(toRecipients);
                            CompletableFuture<Outcome> outcome = handler.apply(message);
                            outcomes.add(outcome);
                            return outcome;
                        },
                        listener,
                        new SessionExecutors(
                                Runnable::run,
                                Runnable::run,
                                Runnable::run,
                                task -> callbacks.execute(task),
                                Runnable::run,
                                timer))
                .session();
    }

    /** Opens the session, and accepts the connection. */
    FakeTransport.FakeConnection connected() {
        session.connect();
        return transport.last().accept();
    }

    /** Passes time until the next attempt. */
    FakeTransport.FakeConnection nextAttempt() {
        int before = transport.connections.size();
        for (int i = 0; i < 10_000 && transport.connections.size() == before; i++) {
            timer.pass(Duration.ofMillis(10));
        }
        if (transport.connections.size() == before) {
            throw new AssertionError("no attempt within 100 s");
        }
        return transport.last();
    }

    static OutboundMessage message(String topic, Qos qos) {
        return new OutboundMessage(topic, new byte[0], qos, false);
    }

    public static InboundMessage inbound(String topic, Qos qos, int packetId) {
        return new InboundMessage(
                topic, ByteBuffer.wrap("x".getBytes(StandardCharsets.UTF_8)), qos, false, false, packetId);
    }
}
