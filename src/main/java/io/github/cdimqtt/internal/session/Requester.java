package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.Terms;
import io.github.cdimqtt.internal.session.inbound.Responses;
import io.github.cdimqtt.internal.session.outbound.PublishQueue;
import io.github.cdimqtt.internal.session.subscription.SubscriptionSync;
import io.github.cdimqtt.internal.text.Printable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks, and awaits the answers (MQTT 5.0, section 4.10), over all connections of a session. An answer is told by its {@link
 * CorrelationData}. Requests begin on the session's executor; responses come on the channel's.
 */
final class Requester implements Responses {
    /** MQTT 5.0, section 3.4.2.1: acknowledged, and nobody had subscribed. */
    private static final int NO_MATCHING_SUBSCRIBERS = 0x10;

    private final MqttConfig config;
    private final PublishQueue publishQueue;
    private final Timer timer;
    private final SerialExecutor executor;
    private final StageCompleter completer;
    private final CorrelationData correlationData = new CorrelationData();
    private final Map<Long, OpenRequest> open = new ConcurrentHashMap<>();
    private final ResponseTopic responseTopic; // on the executor only, as all below
    private final Map<Long, OpenRequest> waiting = new LinkedHashMap<>(); // until answers can come
    private long lastNumber;

    Requester(
            MqttConfig config,
            SubscriptionSync subscriptionSync,
            PublishQueue publishQueue,
            Timer timer,
            SerialExecutor executor,
            StageCompleter completer) {
        this.config = config;
        this.publishQueue = publishQueue;
        this.timer = timer;
        this.executor = executor;
        this.completer = completer;
        this.responseTopic = new ResponseTopic(
                config.replyTopic(), subscriptionSync, executor, this::sendWaiting, this::failWaiting);
    }

    /** Returns whether an answer is due. Any thread. */
    boolean isWaiting() {
        return !open.isEmpty();
    }

    /**
     * Asks with a message; its answer completes the stage.
     *
     * @param calledAt when the application asked, on the session's timer
     */
    void request(Packet.Publish message, CompletableFuture<Packet.Publish> stage, long calledAt) {
        if (open.size() >= config.offlineBuffer()) {
            completer.fail(stage, tooMany(message));
            return;
        }
        long number = ++lastNumber;
        Duration limit = limit(message);
        Timer.Task timeout = timer.schedule(limit, () -> executor.execute(() -> expired(number, limit)));
        OpenRequest request = new OpenRequest(number, message, calledAt, stage, timeout, null);
        open.put(number, request);
        waiting.put(number, request);
        sendWaiting();
    }

    /** Returns the failure of a request beyond those that may be open. */
    MqttException tooMany(Packet.Publish message) {
        return new MqttException("too many requests are unanswered (offline-buffer=" + config.offlineBuffer()
                + "): the one to '" + Printable.of(message.topic()) + "' was not sent");
    }

    private Duration limit(Packet.Publish message) {
        Duration expiry = message.properties().expiry();
        return expiry == null ? config.requestTimeout() : expiry;
    }

    private void sendWaiting() {
        String topic = waiting.isEmpty() ? null : responseTopic.get();
        if (topic != null) {
            List<OpenRequest> due = List.copyOf(waiting.values());
            waiting.clear();
            due.forEach(each -> send(each, topic));
        }
    }

    private void failWaiting(MqttException cause) {
        List<Long> due = List.copyOf(waiting.keySet());
        waiting.clear();
        due.forEach(number -> fail(number, cause));
    }

    private void send(OpenRequest request, String topic) {
        if (open.computeIfPresent(request.number(), (number, each) -> each.sentWith(topic)) == null) {
            return; // it has failed
        }
        Packet.Publish message = request.message();
        MqttProperties properties = message.properties().toBuilder()
                .responseTopic(topic)
                .correlationData(correlationData.of(request.number()))
                .expiry(limit(message))
                .build();
        CompletableFuture<MqttEvent.Published> published = new CompletableFuture<>();
        CompletableFuture<?> unused = published.whenComplete((done, failure) -> published(request, done, failure));
        publishQueue.publish(
                new Packet.Publish(message.topic(), message.payload(), message.qos(), false, properties),
                published,
                StageCompleter.DIRECT,
                request.calledAt());
    }

    private void published(OpenRequest request, MqttEvent.@Nullable Published done, @Nullable Throwable failure) {
        if (failure != null) {
            fail(request.number(), asMqttException(failure));
        } else if (done != null && done.reason().code() == NO_MATCHING_SUBSCRIBERS) {
            fail(
                    request.number(),
                    new MqttException(
                            "nobody has subscribed to '" + Printable.of(done.topic()) + "', so nobody answers",
                            null,
                            done.reason()));
        }
    }

    @Override
    public boolean isAwaited(Packet.Publish message) {
        return asked(message) != null;
    }

    @Override
    public boolean take(Packet.Publish message) {
        OpenRequest request = asked(message);
        if (request == null || open.remove(request.number()) == null) {
            return false;
        }
        request.timeout().cancel();
        completer.complete(request.stage(), message);
        return true;
    }

    /**
     * Returns the request that a message answers; null if it answers none. A request has the correlation data of its answer, and
     * comes back where the application itself has subscribed to its topic: it is no answer.
     */
    private @Nullable OpenRequest asked(Packet.Publish message) {
        Long number = open.isEmpty()
                ? null
                : correlationData.number(message.properties().correlationData());
        OpenRequest request = number == null ? null : open.get(number);
        return request != null && message.topic().equals(request.responseTopic()) ? request : null;
    }

    /** The broker accepted a connection, and nothing is subscribed on it so far. */
    void connected(Terms terms, boolean sessionKept) {
        responseTopic.connected(terms, sessionKept);
        sendWaiting();
    }

    /** The connection is lost: requests wait for the next one. */
    void lost() {
        responseTopic.lost();
    }

    private void expired(long number, Duration limit) {
        waiting.remove(number);
        OpenRequest request = open.get(number);
        if (request != null) {
            fail(
                    number,
                    new MqttException("no answer to the request to '"
                            + Printable.of(request.message().topic()) + "' within " + limit.toMillis() + " ms"));
        }
    }

    static MqttException asMqttException(Throwable failure) {
        return failure instanceof MqttException known ? known : new MqttException(String.valueOf(failure), failure);
    }

    /** Any thread. */
    private void fail(long number, MqttException cause) {
        OpenRequest request = open.remove(number);
        if (request != null) {
            request.timeout().cancel();
            completer.fail(request.stage(), cause);
        }
    }

    /** Fails all requests. */
    void failAll(MqttException cause) {
        waiting.clear();
        List.copyOf(open.keySet()).forEach(number -> fail(number, cause));
    }
}
