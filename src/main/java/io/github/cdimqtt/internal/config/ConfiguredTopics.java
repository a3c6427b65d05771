package io.github.cdimqtt.internal.config;

import io.github.cdimqtt.LastWill;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.topic.TopicName;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The topics that settings name: whether they are topics, and what their placeholders stand for. */
public final class ConfiguredTopics {
    private static final String CLIENT_ID = "{client-id}";
    private static final String REPLY_TOPIC = MqttConfig.builder().build().replyTopic();

    private ConfiguredTopics() {}

    /** Returns whether the value of a key is a topic. */
    static boolean isOne(String key) {
        return key.endsWith("topic");
    }

    /**
     * Checks a topic, whatever its placeholders will stand for.
     *
     * @throws MqttException if it is none
     */
    static void check(String topic) {
        TopicName.check(topic); // a placeholder is none but for its braces, which a topic may have
    }

    /** Returns what is wrong with the topics of a connection, by their keys: each of them is filled in then. */
    public static Map<String, String> faults(MqttConfig config) {
        Map<String, String> faults = new LinkedHashMap<>();
        String template = config.clientId() == null ? "c" : config.clientId();
        String clientId = sample(template).replace("{random}", "r");
        all(config).forEach((key, topic) -> {
            try {
                TopicName.check(sample(topic).replace(CLIENT_ID, clientId));
            } catch (MqttException e) {
                faults.put(key, String.valueOf(e.getMessage()));
            }
        });
        return faults;
    }

    /**
     * Returns settings with all placeholders filled in, but for the {@code {topic}} of a dead letter.
     *
     * @param app the name of the application
     */
    public static MqttConfig fill(MqttConfig config, String app) {
        String clientId = ClientId.of(config.clientId(), app);
        MqttConfig.Builder filled = config.toBuilder()
                .clientId(clientId)
                .presenceTopic(fill(config.presenceTopic(), app, clientId))
                .deadLetterTopic(fill(config.deadLetterTopic(), app, clientId));
        LastWill lastWill = config.lastWill();
        if (lastWill != null) {
            filled.lastWill(will -> will.topic(fill(lastWill.topic(), app, clientId))
                    .responseTopic(fill(lastWill.properties().responseTopic(), app, clientId)));
        }
        if (config.protocolVersion().equals("5")) {
            filled.replyTopic(fill(config.replyTopic(), app, clientId));
        }
        return filled.build();
    }

    private static @Nullable String fill(@Nullable String topic, String app, String clientId) {
        return topic == null ? null : ClientId.of(topic, app).replace(CLIENT_ID, clientId);
    }

    /** Returns the topics that are set, by their keys; that of answers only if it is not the default, which many never use. */
    static Map<String, String> all(MqttConfig config) {
        Map<String, String> topics = new LinkedHashMap<>();
        LastWill will = config.lastWill();
        put(topics, "last-will.topic", will == null ? null : will.topic());
        put(
                topics,
                "last-will.response-topic",
                will == null ? null : will.properties().responseTopic());
        put(topics, "presence.topic", config.presenceTopic());
        put(topics, "dead-letter-topic", config.deadLetterTopic());
        put(topics, "reply-topic", config.replyTopic().equals(REPLY_TOPIC) ? null : config.replyTopic());
        return topics;
    }

    private static void put(Map<String, String> topics, String key, @Nullable String topic) {
        if (topic != null) {
            topics.put(key, topic);
        }
    }

    private static String sample(String text) {
        return text.replace("{topic}", "t").replace("{host}", "h").replace("{app}", "a");
    }
}
