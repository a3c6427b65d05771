package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.Terms;
import io.github.cdimqtt.internal.session.inbound.Responses;
import io.github.cdimqtt.internal.session.outbound.PublishQueue;
import io.github.cdimqtt.internal.session.subscription.SubscriptionSync;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.time.Duration;
import java.util.ArrayList;
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
    private final SubscriptionSync subscriptionSync;
    private final PublishQueue publishQueue;
    private final Timer timer;
    private final SerialExecutor executor;
    private final StageCompleter completer;
    private final CorrelationData correlationData = new CorrelationData();
    private final Map<Long, OpenRequest> open = new ConcurrentHashMap<>();
    private final List<OpenRequest> waiting =
            new ArrayList<>(); // for a connection, or SUBACK; on the executor only, as all below
    private long lastNumber;
    private @Nullable String responseTopic; // null before the first connection
    private @Nullable String subscribed; // the response topic that was granted
    private boolean subscribing;

    Requester(
            MqttConfig config,
            SubscriptionSync subscriptionSync,
            PublishQueue publishQueue,
            Timer timer,
            SerialExecutor executor,
            StageCompleter completer) {
        this.config = config;
        this.subscriptionSync = subscriptionSync;
        this.publishQueue = publishQueue;
        this.timer = timer;
        this.executor = executor;
        this.completer = completer;
    }

    /** Returns whether an answer is due. Any thread. */
    boolean isWaiting() {
        return !open.isEmpty();
    }

    /** Asks with a message; its answer completes the stage. */
    void request(Packet.Publish message, CompletableFuture<Packet.Publish> stage) {
        if (open.size() >= config.offlineBuffer()) {
            completer.fail(
                    stage,
                    new MqttException("too many requests are unanswered (offline-buffer=" + config.offlineBuffer()
                            + "): the one to '" + Printable.of(message.topic()) + "' was not sent"));
            return;
        }
        long number = ++lastNumber;
        Duration limit = limit(message);
        Timer.Task timeout = timer.schedule(limit, () -> executor.execute(() -> expired(number, limit)));
        OpenRequest request = new OpenRequest(number, message, stage, timeout, null);
        open.put(number, request);
        begin(request);
    }

    private Duration limit(Packet.Publish message) {
        Duration expiry = message.properties().expiry();
        return expiry == null ? config.requestTimeout() : expiry;
    }

    private void begin(OpenRequest request) {
        String topic = responseTopic;
        if (topic != null
                && topic.equals(subscribed)
                && subscriptionSync.wanted().contains(topic)) {
            send(request, topic);
            return;
        }
        waiting.add(request);
        if (topic != null && !subscribing) {
            subscribe(topic);
        }
    }

    private void subscribe(String topic) {
        subscribing = true;
        subscribed = null;
        CompletableFuture<Qos> answer = new CompletableFuture<>();
        CompletableFuture<?> unused =
                answer.whenComplete((granted, refusal) -> executor.execute(() -> answered(topic, refusal)));
        subscriptionSync.want(TopicFilter.of(topic), Qos.AT_LEAST_ONCE, Retained.SKIP, false, answer);
    }

    private void answered(String topic, @Nullable Throwable refusal) {
        if (!topic.equals(responseTopic)) {
            return; // another broker says another one
        }
        subscribing = false;
        subscribed = refusal == null ? topic : null;
        List<OpenRequest> due = List.copyOf(waiting);
        waiting.clear();
        for (OpenRequest each : due) {
            if (refusal == null) {
                send(each, topic);
            } else {
                fail(each.number(), asMqttException(refusal));
            }
        }
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
                StageCompleter.DIRECT);
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

    /**
     * The broker accepted a connection, and nothing is subscribed on it yet. Without a session, requests wait until the response
     * topic is granted again.
     */
    void connected(Terms terms, boolean sessionKept) {
        String topic = responseTopic(terms);
        if (!topic.equals(responseTopic)) {
            responseTopic = topic;
            subscribing = false;
        }
        boolean ended = subscribed != null && !(sessionKept && subscribed.equals(topic));
        if (ended || !waiting.isEmpty() && !subscribing) {
            subscribe(topic);
        }
    }

    /** Answers come under what the broker says, if it says something (MQTT 5.0, section 3.2.2.3.15). */
    private String responseTopic(Terms terms) {
        String information = terms.responseInformation();
        return information == null
                ? config.replyTopic()
                : information + (information.endsWith("/") ? "" : "/") + config.replyTopic();
    }

    private void expired(long number, Duration limit) {
        OpenRequest request = open.get(number);
        if (request != null) {
            fail(
                    number,
                    new MqttException("no answer to the request to '"
                            + Printable.of(request.message().topic()) + "' within " + limit.toMillis() + " ms"));
        }
    }

    private static MqttException asMqttException(Throwable failure) {
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
