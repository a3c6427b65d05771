package io.github.cdimqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MqttEventTest {

    @Test
    void events_ofABrokerThatGivesNoReason_haveThatOfMqtt311() {
        assertThat(new MqttEvent.Connected("default", "me", "tcp://localhost:1883", true, false).reason())
                .isEqualTo(MqttReason.SUCCESS);
        assertThat(new MqttEvent.Published("default", "t", Qos.AT_LEAST_ONCE, 1).reason())
                .isEqualTo(MqttReason.SUCCESS);
    }

    @Test
    void publishRefused_isAnEventOfItsConnection() {
        MqttEvent refused = new MqttEvent.PublishRefused("plant", "t", Qos.EXACTLY_ONCE, new MqttReason(0x97));
        assertThat(refused.broker()).isEqualTo("plant");
        assertThat(refused).asString().contains("0x97 quota exceeded");
    }
}
