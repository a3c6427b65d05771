package io.github.cdimqtt.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfiguredTopicsTest {
    private static final String HOST = ClientId.of("{host}", "");

    @Test
    void placeholders_ofEveryTopic_areFilledIn() {
        MqttConfig config = ConfiguredTopics.fill(
                MqttConfig.builder()
                        .clientId("c-{app}-{random}")
                        .lastWill(will ->
                                will.topic("will/{host}/{app}/{client-id}").payload(new byte[] {1}))
                        .deadLetterTopic("dead/{client-id}/{topic}")
                        .build(),
                "my app");
        assertThat(config.clientId()).matches("c-my-app-\\w{10}");
        assertThat(config.lastWill().topic()).isEqualTo("will/" + HOST + "/my-app/" + config.clientId());
        assertThat(config.lastWill().payload()).containsExactly(1);
        assertThat(config.deadLetterTopic()).isEqualTo("dead/" + config.clientId() + "/{topic}");
    }

    @Test
    void responseTopic_ofALastWill_isFilledIn() {
        MqttConfig.Builder config = MqttConfig.builder()
                .protocolVersion("5")
                .clientId("c-{app}")
                .lastWill(will -> will.topic("w").responseTopic("{app}/{host}/{client-id}"));
        assertThat(ConfiguredTopics.fill(config.build(), "app")
                        .lastWill()
                        .properties()
                        .responseTopic())
                .isEqualTo("app/" + HOST + "/c-app");
    }

    @Test
    void responseTopic_ofALastWill_withAWildcardInTheClientId_isAFault() {
        MqttConfig.Builder config = MqttConfig.builder()
                .protocolVersion("5")
                .clientId("a+")
                .lastWill(will -> will.topic("w").responseTopic("r/{client-id}"));
        assertThat(ConfiguredTopics.faults(config.build()))
                .containsExactly(Map.entry(
                        "last-will.response-topic",
                        "topic 'r/a+': '+' is for filters, no message can have it (character 3)"));
    }

    @Test
    void clientId_thatIsGenerated_isTheOneInTheTopic() {
        MqttConfig config = ConfiguredTopics.fill(
                MqttConfig.builder().presenceTopic("status/{client-id}").build(), "app");
        assertThat(config.clientId()).startsWith("cdimqtt");
        assertThat(config.presenceTopic()).isEqualTo("status/" + config.clientId());
        assertThat(config.password()).isNull();
    }

    @Test
    void replyTopic_ofMqtt5_isFilledIn() {
        MqttConfig.Builder config = MqttConfig.builder().protocolVersion("5").clientId("c-{app}");
        assertThat(ConfiguredTopics.fill(config.build(), "app").replyTopic()).isEqualTo("reply/c-app");
        assertThat(ConfiguredTopics.fill(
                                config.replyTopic("{app}/{host}/{client-id}").build(), "app")
                        .replyTopic())
                .isEqualTo("app/" + HOST + "/c-app");
    }

    /** By default it may be no topic, as long as nobody asks anything. */
    @Test
    void replyTopic_withAWildcardInTheClientId_isAFaultIfItWasSet() {
        MqttConfig.Builder config = MqttConfig.builder().protocolVersion("5").clientId("a+");
        assertThat(ConfiguredTopics.faults(config.build())).isEmpty();
        assertThat(ConfiguredTopics.faults(config.replyTopic("r/{client-id}").build()))
                .containsExactly(Map.entry(
                        "reply-topic", "topic 'r/a+': '+' is for filters, no message can have it (character 3)"));
    }

    @Test
    void topics_withoutPlaceholders_stayAsTheyAre() {
        MqttConfig config = ConfiguredTopics.fill(
                MqttConfig.builder().clientId("c").presenceTopic("a").build(), "app");
        assertThat(config).hasToString("MqttConfig[client-id=c, presence.topic=a]");
    }
}
