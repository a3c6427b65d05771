package io.github.cdimqtt.internal.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.portable.FoundBeans;
import io.github.cdimqtt.testing.TestContainer;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("container")
class PublishPacketsTest {
    private static TestContainer container;
    private static PublishPackets packets;

    @BeforeAll
    static void deploy() {
        container = TestContainer.start();
        packets = new PublishPackets(new Converters(FoundBeans.in(container), null), false);
    }

    @AfterAll
    static void undeploy() {
        container.close();
    }

    @Test
    void packet_ofAPublish_hasAllOfItsProperties() {
        MqttProperties properties = MqttProperties.builder()
                .contentType("text/plain")
                .responseTopic("answer")
                .correlationData(new byte[] {1, 2})
                .expiry(Duration.ofSeconds(5))
                .text(true)
                .user("a", "b")
                .user("a", "c")
                .build();

        Packet.Publish packet = packets.packet("t", "ä", Qos.EXACTLY_ONCE, true, properties);

        assertThat(packet.topic()).isEqualTo("t");
        assertThat(UTF_8.decode(packet.payload()).toString()).isEqualTo("ä");
        assertThat(packet.qos()).isEqualTo(Qos.EXACTLY_ONCE);
        assertThat(packet.retain()).isTrue();
        assertThat(packet.duplicate()).isFalse();
        assertThat(packet.packetId()).isZero();
        assertThat(packet.properties()).isSameAs(properties);
        assertThat(packet.topicAlias()).isZero();
        assertThat(packet.subscriptionIdentifiers()).isEmpty();
    }

    @Test
    void packet_ofNull_isEmpty() {
        assertThat(packets.packet("t", null, Qos.AT_MOST_ONCE, true, MqttProperties.NONE)
                        .payload()
                        .remaining())
                .isZero();
    }

    @Test
    void packet_toAFilter_isRefused() {
        assertThatThrownBy(() -> packets.packet("a/#", null, Qos.AT_MOST_ONCE, false, MqttProperties.NONE))
                .isInstanceOf(MqttException.class)
                .hasMessage("topic 'a/#': '#' is for filters, no message can have it (character 2)");
    }
}
