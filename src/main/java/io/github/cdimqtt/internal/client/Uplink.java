package io.github.cdimqtt.internal.client;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.reporting.Counters;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import io.github.cdimqtt.internal.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the session connected: closed, connecting, subscribing, open, and waiting to try again. One {@link Link} for
 * each attempt. On the session's lane only, but for {@link #isConnected}.
 */
final class Uplink {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

    private enum State {
        CLOSED,
        CONNECTING,
        SUBSCRIBING,
        OPEN,
        WAITING,
        ENDED
    }

    private final SessionSetup setup;
    private final ConnectionNews news;
    private final SerialExecutor lane;
    private final StageCompleter replies;
    private final Counters counters;
    private final Subscriber subscriber;
    private final Outbox outbox;
    private final Inbox inbox;
    private final Outages outages;
    private final FailedMessages failedMessages;
    private final Presence presence;
    private final Login login;
    private final List<CompletableFuture<@Nullable Void>> connecting = new ArrayList<>();
    private final List<CompletableFuture<@Nullable Void>> starting = new ArrayList<>();

    private State state = State.CLOSED;
    private @Nullable Link link;
    private Timer.@Nullable Task retry;
    private @Nullable Runnable drained;
    private volatile boolean connected;

    Uplink(
            SessionSetup setup,
            SerialExecutor lane,
            StageCompleter replies,
            Counters counters,
            Subscriber subscriber,
            Outbox outbox,
            Inbox inbox) {
        this.setup = setup;
        this.news = new ConnectionNews(setup);
        this.lane = lane;
        this.replies = replies;
        this.counters = counters;
        this.subscriber = subscriber;
        this.outbox = outbox;
        this.inbox = inbox;
        this.outages = new Outages(
                setup.config(),
                setup.threads().timer(),
                () -> ThreadLocalRandom.current().nextDouble());
        this.failedMessages = new FailedMessages(setup, outbox, inbox);
        this.login = new Login(setup, lane);
        this.presence = new Presence(setup.config().presenceTopic());
    }

    boolean isConnected() {
        return connected;
    }

    boolean hasEnded() {
        return state == State.ENDED;
    }

    void connect(CompletableFuture<@Nullable Void> reply) {
        if (state == State.OPEN) {
            replies.complete(reply);
            return;
        }
        connecting.add(reply);
        if (state == State.CLOSED) {
            outages.reset();
            attempt();
        }
    }

    /** As {@link #connect}, but tells of the first failure. */
    void start(CompletableFuture<@Nullable Void> reply) {
        if (state == State.OPEN) { // the application was quicker
            replies.complete(reply);
            return;
        }
        starting.add(reply);
        connect(new CompletableFuture<>());
    }

    /** Closes at once and fails what is open. */
    void close() {
        MqttException cause = new MqttException("disconnected by the application");
        boolean wasConnected = connected;
        drop(true, cause);
        state = State.CLOSED;
        outbox.fail(cause);
        MqttException asItAsked = new IgnoredFailures.KnownFailure(String.valueOf(cause.getMessage()));
        subscriber.fail(asItAsked);
        replies.failAll(connecting, asItAsked);
        replies.failAll(starting, asItAsked);
        if (wasConnected) {
            news.closed();
        }
    }

    /** Runs something as soon as what was accepted is answered, or cannot be because no broker is there. */
    void drain(Runnable then) {
        if (state == State.CLOSED || state == State.ENDED || outbox.isEmpty()) {
            then.run();
            return;
        }
        drained = then;
        outbox.whenEmpty(then);
        tryAgain();
    }

    /** Closes for good. Idempotent. */
    void end() {
        if (state != State.ENDED) {
            close();
            state = State.ENDED;
            setup.transport().close();
        }
    }

    /** Changes what is subscribed. What is asked for while an answer is due does not prolong the wait for it. */
    void subscriptions(Consumer<Subscriber> change) {
        boolean waited = subscriber.isWaiting();
        change.accept(subscriber);
        if (!waited) {
            limitTheWait();
        }
    }

    /** The broker answered: the wait for the next answer begins, if one is due. */
    void answered(Consumer<Subscriber> answer) {
        answer.accept(subscriber);
        limitTheWait();
    }

    private void limitTheWait() {
        if (subscriber.isWaiting()) {
            inbox.answerIsDue();
        }
        if (link != null && connected) {
            link.limit(subscriber.isWaiting() ? ANSWER_TIMEOUT : null, "the broker did not answer a subscription");
        }
    }

    private void attempt() {
        state = State.CONNECTING;
        link = new Link(this, inbox, outbox, lane, setup.threads().timer(), outages.nextUri());
        login.begin(link);
    }

    void accepted(Link accepted, Transport.Connection connection, boolean sessionPresent) {
        state = State.SUBSCRIBING;
        connected = true;
        outages.accepted();
        counters.connects.increment();
        boolean reconnect = counters.connects.sum() > 1;
        subscriptions(all -> all.connected(connection, () -> opened(accepted.shownUri(), sessionPresent, reconnect)));
        presence.online(connection);
        outbox.connected(connection);
    }

    private void opened(String serverUri, boolean sessionPresent, boolean reconnect) {
        state = State.OPEN;
        news.opened(serverUri, sessionPresent, reconnect, subscriber.state());
        replies.completeAll(connecting);
        replies.completeAll(starting);
    }

    /** The attempt failed or the connection is gone: tell, and try again. */
    void lost(Link lost, MqttException cause) {
        lost(lost, connected ? connectionLost(lost, cause) : outages.attemptFailed(), false, cause);
    }

    private Duration connectionLost(Link lost, MqttException cause) {
        OutboundMessage first = lost.unanswered(subscriber.wasAnswered());
        boolean overARequest = first == null && subscriber.isWaiting() && Outages.isNoAnswer(cause);
        if (overARequest) {
            subscriber.hungUp();
        } else {
            subscriber.lostOverSomethingElse();
        }
        return outages.connectionLost(cause, first, overARequest);
    }

    private void lost(Link lost, Duration delay, boolean byUs, MqttException cause) {
        boolean wasConnected = connected;
        drop(byUs, cause);
        state = State.WAITING;
        if (!delay.isZero()) {
            replies.failAll(starting, cause);
        }
        retry = setup.threads().timer().schedule(delay, () -> lane.execute(this::tryAgain));
        if (wasConnected) {
            news.lost(lost.shownUri(), delay, cause, outages.suspectsRival(), outages.suspectedMessage());
        } else {
            news.attemptFailed(lost.shownUri(), delay, cause, outages.failures());
        }
        if (drained != null) { // no time for a back-off: one more try, unless the last one failed
            if (wasConnected || delay.isZero()) {
                tryAgain();
            } else {
                drained.run();
            }
        }
    }

    private void tryAgain() {
        if (state == State.WAITING) {
            if (retry != null) {
                retry.cancel();
            }
            attempt();
        }
    }

    /** An observer failed, and the message is not simply to be acknowledged. */
    void failed(Link from, Delivery delivery, Outcome outcome) {
        if (failedMessages.needANewConnection(from, delivery, outcome)) {
            lost(from, outages.connectionEnded(), true, ConnectionNews.redelivery(delivery.message()));
        }
    }

    private void drop(boolean orderly, MqttException cause) {
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
        if (link != null) {
            if (orderly && connected) {
                link.say(presence::offline); // with DISCONNECT the broker forgets the will
            }
            link.close(orderly);
            link = null;
        }
        connected = false;
        subscriber.lost();
        outbox.lost(cause);
    }
}
