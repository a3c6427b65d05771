package io.github.cdimqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Groups of settings as values. */
class LastWillTest {
    private static LastWill.Builder will() {
        return LastWill.builder()
                .topic("w")
                .payload("gone")
                .qos(Qos.AT_LEAST_ONCE)
                .retain(true);
    }

    @Test
    void lastWills_areEqual_whereTheBrokerPublishesTheSame() {
        LastWill will = will().build();
        assertThat(will).isEqualTo(will().build()).hasSameHashCodeAs(will().build());
        assertThat(Set.of(
                        will,
                        will().topic("x").build(),
                        will().payload("x").build(),
                        will().qos(Qos.AT_MOST_ONCE).build(),
                        will().retain(false).build()))
                .hasSize(5);
        assertThat(LastWill.builder().topic("w").build())
                .isEqualTo(LastWill.builder()
                        .topic("w")
                        .payload(new byte[0])
                        .qos(Qos.AT_MOST_ONCE)
                        .retain(false)
                        .build());
    }

    @Test
    void lastWill_isUnset_byNull() {
        MqttConfig config = MqttConfig.builder().lastWill(will().build()).build();
        MqttConfig without =
                config.toBuilder().lastWill((LastWill) null).presenceTopic("p").build();
        assertThat(without.lastWill()).isNull();
    }

    @Test
    void qos_ofNull_isRefused() {
        assertThatThrownBy(() -> LastWill.builder().qos(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void reconnectSettings_areEqual_whereTheDelaysAre() {
        ReconnectConfig.Builder delays = ReconnectConfig.builder().minDelay(Duration.ofSeconds(2));
        assertThat(delays.build()).isEqualTo(delays.build()).hasSameHashCodeAs(delays.build());
        assertThat(Set.of(
                        delays.build(),
                        ReconnectConfig.builder().build(),
                        delays.maxDelay(Duration.ofSeconds(9)).build()))
                .hasSize(3);
    }
}
