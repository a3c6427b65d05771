package io.github.cdimqtt.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
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
    void clientId_thatIsGenerated_isTheOneInTheTopic() {
        MqttConfig config = ConfiguredTopics.fill(
                MqttConfig.builder().presenceTopic("status/{client-id}").build(), "app");
        assertThat(config.clientId()).startsWith("cdimqtt");
        assertThat(config.presenceTopic()).isEqualTo("status/" + config.clientId());
        assertThat(config.password()).isNull();
    }

    @Test
    void topics_withoutPlaceholders_stayAsTheyAre() {
        MqttConfig config = ConfiguredTopics.fill(
                MqttConfig.builder().clientId("c").presenceTopic("a").build(), "app");
        assertThat(config).hasToString("MqttConfig[client-id=c, presence.topic=a]");
    }
}
