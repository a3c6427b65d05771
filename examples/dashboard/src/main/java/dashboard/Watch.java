package dashboard;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.Unmatched;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;

/** Observes every message and how the connection is, and shows it on the pages. */
@ApplicationScoped
public class Watch {
    private static final int LATE = 100;

    @Inject
    Mqtt mqtt;

    @Inject
    Feed feed;

    private final Map<String, Qos> subscriptions = new ConcurrentSkipListMap<>(); // also while there is no connection
    private final Map<String, JsonValue> late = new LinkedHashMap<>(); // null: not answered yet; guarded by this
    private volatile String state = "";

    void start(@Observes Startup event) {
        if (state.isEmpty()) { // the connection may be quicker than the application, on a slow server
            update("Connecting to the broker");
        }
    }

    /** What is subscribed to from the start. */
    void message(
            @Observes @MqttTopic(value = "${dashboard.filter:home/#}", qos = Qos.AT_LEAST_ONCE) MqttMessage message) {
        feed.message(MessageJson.of(message));
    }

    /** What is subscribed to on the page. */
    void other(@Observes @Unmatched MqttMessage message) {
        feed.message(MessageJson.of(message));
    }

    void connected(@Observes MqttEvent.Connected event) {
        update("Connected to " + event.serverUri() + " as " + event.clientId());
    }

    void disconnected(@Observes MqttEvent.Disconnected event) {
        update(
                event.cause() == null
                        ? "Disconnected"
                        : "Connection lost: " + event.cause().getMessage());
    }

    void failed(@Observes MqttEvent.ConnectFailed event) {
        update("Not connected, " + event.attempt() + (event.attempt() == 1 ? " attempt" : " attempts") + " failed: "
                + event.cause().getMessage());
    }

    void subscribed(@Observes MqttEvent.Subscribed event) {
        subscribed(event.filter(), event.granted());
    }

    void refused(@Observes MqttEvent.SubscriptionRefused event) {
        unsubscribed(event.filter());
    }

    void unsubscribed(@Observes MqttEvent.Unsubscribed event) {
        unsubscribed(event.filter());
    }

    /** A filter is subscribed to, or will be with the next connection. */
    void subscribed(String filter, Qos qos) {
        subscriptions.put(filter, qos);
        update();
    }

    void unsubscribed(String filter) {
        subscriptions.remove(filter);
        update();
    }

    /** The answer to what a page asked for takes longer than the page waits: it comes with the state. */
    void late(String id, CompletionStage<String> asked) {
        late(id, JsonValue.NULL);
        asked.whenComplete((text, failure) -> late(
                id,
                Json.createObjectBuilder()
                        .add("ok", failure == null)
                        .add("text", failure == null ? text : reason(failure))
                        .build()));
    }

    private synchronized void late(String id, JsonValue answer) {
        late.put(id, answer);
        if (late.size() > LATE) {
            late.remove(late.keySet().iterator().next());
        }
        update();
    }

    private static String reason(Throwable failure) {
        return String.valueOf((failure instanceof CompletionException ? failure.getCause() : failure).getMessage());
    }

    /** Shows on the pages how the connection is, what is subscribed to, and late answers: one at a time, so the last is true. */
    private synchronized void update() {
        JsonObjectBuilder filters = Json.createObjectBuilder();
        subscriptions.forEach((filter, qos) -> filters.add(filter, qos.level()));
        JsonObjectBuilder answers = Json.createObjectBuilder();
        late.forEach(answers::add);
        feed.state(Json.createObjectBuilder()
                .add("connected", mqtt.isConnected())
                .add("text", state)
                .add("subscriptions", filters)
                .add("late", answers)
                .build()
                .toString());
    }

    private void update(String state) {
        this.state = state;
        update();
    }
}
