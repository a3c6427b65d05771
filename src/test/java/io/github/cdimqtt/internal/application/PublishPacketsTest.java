package io.github.cdimqtt.internal.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.convert.Converters;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.portable.TestedFront;
import io.github.cdimqtt.support.TestContainer;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("container")
class PublishPacketsTest {
    private static TestContainer container;
    private static PublishPackets packets;

    @BeforeAll
    static void deploy() {
        container = TestContainer.start();
        packets = new PublishPackets(new Converters(TestedFront.beans(container), null), false);
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

    static Stream<Arguments> properties() {
        String controlCharacter =
                ": brokers may close the connection because of U+%s, a control character (character %d)";
        String nonCharacter = ": brokers may close the connection because of U+FFFF, a non-character (character 0)";
        return Stream.of(
                refused(
                        builder -> builder.contentType("text/plain\n"),
                        "content-type" + controlCharacter.formatted("000A", 10)),
                refused(builder -> builder.contentType("\uffff"), "content-type" + nonCharacter),
                refused(
                        builder -> builder.responseTopic("answer\u0001"),
                        "response-topic" + controlCharacter.formatted("0001", 6)),
                arguments(
                        MqttProperties.receivedBuilder()
                                .responseTopic("canary/#")
                                .build(),
                        "response-topic: contains a wildcard; write a topic"),
                refused(
                        builder -> builder.user("unit", "m").user("canary\t", "v"),
                        "user-properties" + controlCharacter.formatted("0009", 6)),
                refused(
                        builder -> builder.user("k", "canary\u007f"),
                        "user-properties" + controlCharacter.formatted("007F", 6)));
    }

    private static Arguments refused(UnaryOperator<MqttProperties.Builder> property, String fault) {
        return arguments(property.apply(MqttProperties.builder()).build(), fault);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("properties")
    void packet_withAPropertyThatMayNotBeSent_isRefusedWithoutItsValue(MqttProperties properties, String fault) {
        assertThatThrownBy(() -> packets.packet("plant/a", "x", Qos.AT_LEAST_ONCE, false, properties))
                .isInstanceOf(MqttException.class)
                .hasMessage("can't publish to 'plant/a': " + fault);
    }

    @Test
    void packet_toAFilter_isRefused() {
        assertThatThrownBy(() -> packets.packet("a/#", null, Qos.AT_MOST_ONCE, false, MqttProperties.NONE))
                .isInstanceOf(MqttException.class)
                .hasMessage("topic 'a/#': '#' is for filters, no message can have it (character 2)");
    }
}
