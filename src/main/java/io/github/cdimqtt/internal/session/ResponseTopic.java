package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Retained;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.packet.Terms;
import io.github.cdimqtt.internal.session.subscription.SubscriptionSync;
import io.github.cdimqtt.internal.topic.TopicFilter;
import io.github.cdimqtt.internal.topic.TopicName;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The topic that answers to requests come to (MQTT 5.0, section 4.10), subscribed at the first request, and whether they can come
 * now. On the session's executor only.
 */
final class ResponseTopic {
    private final String configured;
    private final SubscriptionSync subscriptionSync;
    private final SerialExecutor executor;
    private final Runnable granted;
    private final Consumer<MqttException> refused;
    private @Nullable String topic; // of this connection; null without one, or where it can't be used
    private @Nullable MqttException unusable; // why it can't
    private @Nullable TopicFilter wanted; // null before the first request
    private boolean wantedByUs; // and not by the application before
    private boolean isGranted;

    /**
     * Creates it.
     *
     * @param configured the topic, or what stands behind the broker's response information
     * @param granted runs as soon as answers can come that could not before
     * @param refused receives why they can't
     */
    ResponseTopic(
            String configured,
            SubscriptionSync subscriptionSync,
            SerialExecutor executor,
            Runnable granted,
            Consumer<MqttException> refused) {
        this.configured = configured;
        this.subscriptionSync = subscriptionSync;
        this.executor = executor;
        this.granted = granted;
        this.refused = refused;
        this.unusable = fault(configured);
    }

    private static @Nullable MqttException fault(String topic) {
        try {
            TopicName.check(topic);
            return null;
        } catch (MqttException e) {
            return new MqttException("no answer can come: " + e.getMessage() + "; set reply-topic", e);
        }
    }

    /** Returns the topic if answers to it come now; otherwise null, and it is subscribed as soon as there is a connection. */
    @Nullable
    String get() {
        TopicFilter filter = wanted;
        boolean subscribed = filter != null && subscriptionSync.isWanted(filter);
        if (unusable != null) {
            refused.accept(unusable);
        } else if (topic != null && !subscribed) {
            subscribe(topic);
        }
        return isGranted && subscribed ? topic : null;
    }

    /**
     * The broker accepted a connection, and nothing is subscribed on it so far. Without a session, answers can come when the topic
     * is granted again.
     */
    void connected(Terms terms, boolean sessionKept) {
        String next = topic(terms);
        unusable = fault(next);
        topic = unusable == null ? next : null;
        if (wanted != null && !wanted.wire().equals(topic)) {
            withdraw();
        }
        if (unusable != null) {
            refused.accept(unusable);
        } else if (wanted != null && isGranted && sessionKept) {
            granted.run();
        } else if (wanted != null && isGranted) {
            subscribe(next);
        }
    }

    /** Under what the broker says, if it says something (MQTT 5.0, section 3.2.2.3.15). */
    private String topic(Terms terms) {
        String information = terms.responseInformation();
        return information == null ? configured : information + (information.endsWith("/") ? "" : "/") + configured;
    }

    /** The connection is lost. */
    void lost() {
        topic = null;
    }

    private void subscribe(String topic) {
        TopicFilter filter = TopicFilter.of(topic);
        wantedByUs |= !subscriptionSync.isWanted(filter);
        wanted = filter;
        isGranted = false;
        CompletableFuture<Qos> answer = new CompletableFuture<>();
        CompletableFuture<?> unused =
                answer.whenComplete((qos, refusal) -> executor.execute(() -> answered(filter, refusal)));
        subscriptionSync.want(filter, Qos.AT_LEAST_ONCE, Retained.SKIP, false, answer);
        subscriptionSync.requestFirst(filter); // what was asked before goes again right behind the first SUBSCRIBE
    }

    private void answered(TopicFilter filter, @Nullable Throwable refusal) {
        if (isGranted || !filter.equals(wanted)) {
            return;
        }
        if (refusal == null) {
            isGranted = true;
            if (topic != null) {
                granted.run();
            }
        } else {
            withdraw();
            refused.accept(Requester.asMqttException(refusal));
        }
    }

    /** It is not wanted any more, unless the application wants it. */
    private void withdraw() {
        if (wanted != null && wantedByUs) {
            subscriptionSync.drop(wanted, new CompletableFuture<>());
        }
        wanted = null;
        wantedByUs = false;
        isGranted = false;
    }
}
