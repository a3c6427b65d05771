package io.github.cdimqtt.internal.session.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageSizeTest {
    private static int size(MqttProperties properties) {
        return MessageSize.of(new Packet.Publish(
                "topic", ByteBuffer.allocate(1000), Qos.AT_MOST_ONCE, false, false, 0, properties, 0, List.of()));
    }

    @Test
    void size_isThatOfPayloadAndTopicAndMore() {
        assertThat(size(MqttProperties.NONE)).isBetween(1005, 1500);
    }

    @Test
    void properties_count() {
        int without = size(MqttProperties.NONE);
        assertThat(size(MqttProperties.builder().contentType("x".repeat(1000)).build()) - without)
                .isGreaterThanOrEqualTo(1000);
        assertThat(size(MqttProperties.builder().responseTopic("x".repeat(1000)).build()) - without)
                .isGreaterThanOrEqualTo(1000);
        assertThat(size(MqttProperties.builder().correlationData(new byte[1000]).build()) - without)
                .isGreaterThanOrEqualTo(1000);
        assertThat(size(MqttProperties.builder()
                                .user("n".repeat(1000), "v".repeat(1000))
                                .user("n".repeat(1000), "v".repeat(1000))
                                .build())
                        - without)
                .isGreaterThanOrEqualTo(4000);
    }
}
