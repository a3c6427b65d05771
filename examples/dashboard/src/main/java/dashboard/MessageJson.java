package dashboard;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttProperties;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;

/** A message as the pages get it: no more of it than they show. */
final class MessageJson {
    private static final int SHOWN_BYTES = 2_000;
    private static final int SHOWN_LETTERS = 200; // of a property
    private static final int SHOWN_USER = 20;

    private MessageJson() {}

    static String of(MqttMessage message) {
        Instant now = Instant.now();
        int size = message.payloadBuffer().remaining();
        return Json.createObjectBuilder()
                .add("topic", message.topic())
                .add("text", start(message))
                .add("size", size)
                .add("cut", size > SHOWN_BYTES)
                .add("qos", message.qos().level())
                .add("retained", message.retained())
                .add("properties", properties(message.properties(), now))
                .add("at", now.toEpochMilli())
                .build()
                .toString();
    }

    /** The payload in a sentence. */
    static String text(MqttMessage message) {
        int size = message.payloadBuffer().remaining();
        return size == 0 ? "(empty)" : start(message) + (size > SHOWN_BYTES ? "… (" + size + " bytes)" : "");
    }

    private static String start(MqttMessage message) {
        ByteBuffer payload = message.payloadBuffer();
        payload.limit(Math.min(payload.remaining(), SHOWN_BYTES));
        return StandardCharsets.UTF_8.decode(payload).toString();
    }

    /** Pairs of a name and a text, or a time in milliseconds; none on MQTT 3.1.1. */
    private static JsonArrayBuilder properties(MqttProperties properties, Instant now) {
        JsonArrayBuilder pairs = Json.createArrayBuilder();
        add(pairs, "Payload format", properties.isText() ? "UTF-8" : null);
        add(pairs, "Content type", cut(properties.contentType()));
        if (properties.expiry() != null) {
            pairs.add(Json.createArrayBuilder()
                    .add("Expires")
                    .add(now.plus(properties.expiry()).toEpochMilli()));
        }
        add(pairs, "Response topic", cut(properties.responseTopic()));
        byte[] correlation = properties.correlationData();
        add(
                pairs,
                "Correlation data",
                correlation == null ? null : cut(HexFormat.of().formatHex(correlation)));
        int user = properties.user().size();
        for (Map.Entry<String, String> each : properties.user().subList(0, Math.min(user, SHOWN_USER))) {
            add(pairs, "User property", cut(each.getKey()) + "=" + cut(each.getValue()));
        }
        add(pairs, "User properties", user > SHOWN_USER ? user - SHOWN_USER + " more" : null);
        return pairs;
    }

    private static void add(JsonArrayBuilder pairs, String name, String value) {
        if (value != null) {
            pairs.add(Json.createArrayBuilder().add(name).add(value));
        }
    }

    private static String cut(String text) {
        return text != null && text.length() > SHOWN_LETTERS ? text.substring(0, SHOWN_LETTERS) + "…" : text;
    }
}
