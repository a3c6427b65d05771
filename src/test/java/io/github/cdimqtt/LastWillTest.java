package io.github.cdimqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    void lastWillsOfMqtt5_areEqual_whereTheBrokerPublishesTheSame() {
        assertThat(Set.of(
                        will().build(),
                        will().delay(Duration.ofSeconds(1)).build(),
                        will().expiry(Duration.ofSeconds(1)).build(),
                        will().contentType("t").build(),
                        will().responseTopic("r").build(),
                        will().userProperties(List.of(Map.entry("a", "b"))).build(),
                        will().payload("gone".getBytes(StandardCharsets.UTF_8)).build()))
                .hasSize(7);
        assertThat(will().delay(Duration.ZERO).build()).isEqualTo(will().build());
    }

    @Test
    void properties_ofAPayloadOfBytes_sayNothingOfText() {
        assertThat(will().build().properties().isText()).isTrue();
        assertThat(will().payload(new byte[] {1}).build().properties()).isEqualTo(MqttProperties.NONE);
        assertThat(will().payload("").build().properties()).isEqualTo(MqttProperties.NONE);
        assertThat(will().payload(new byte[] {1})
                        .payload("text")
                        .build()
                        .properties()
                        .isText())
                .isTrue();
    }

    @Test
    void toBuilder_thenChange_leavesThePropertiesAsTheyWere() {
        LastWill will = will().contentType("t").delay(Duration.ofSeconds(1)).build();
        LastWill changed =
                will.toBuilder().contentType("u").expiry(Duration.ofSeconds(2)).build();
        assertThat(will.properties().contentType()).isEqualTo("t");
        assertThat(will.properties().expiry()).isNull();
        assertThat(changed.delay()).hasSeconds(1);
        assertThat(changed.properties().contentType()).isEqualTo("u");
        assertThat(changed.properties().isText()).isTrue();
    }

    @Test
    void build_ofADelayAlone_saysThatATopicIsMissing() {
        assertThatThrownBy(() -> LastWill.builder().delay(Duration.ZERO).build())
                .isInstanceOf(MqttException.class)
                .hasMessage("last-will.delay: a last will needs a topic; set last-will.topic");
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
