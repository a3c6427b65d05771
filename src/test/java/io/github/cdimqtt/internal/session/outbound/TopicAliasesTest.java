package io.github.cdimqtt.internal.session.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.support.Statement;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Topics that go as a number. */
class TopicAliasesTest {
    private static Packet.Publish message(String topic) {
        return new Packet.Publish(topic, ByteBuffer.allocate(0), Qos.AT_LEAST_ONCE, false, false, 1);
    }

    /** Returns what is sent for each topic: the topic, the alias, or both. */
    private static List<String> sent(TopicAliases aliases, String... topics) {
        List<String> all = new ArrayList<>();
        for (String topic : topics) {
            Packet.Publish sent = aliases.apply(message(topic));
            all.add(sent.topic() + (sent.topicAlias() == 0 ? "" : "=" + sent.topicAlias()));
        }
        return all;
    }

    @Statement("MQTT-3.3.2-8")
    @Test
    void topicThatWentTwice_goesAsANumber() {
        assertThat(sent(new TopicAliases(2), "a", "b", "b", "a", "b", "a", "a"))
                .containsExactly("a", "b", "b=1", "a=2", "=1", "=2", "=2");
    }

    @Statement({"MQTT-3.2.2-17", "MQTT-3.3.2-9"})
    @Test
    void topicsBeyondTheMaximum_goAsTheyAre_andReplaceNone() {
        assertThat(sent(new TopicAliases(1), "a", "b", "a", "b", "b", "b", "a"))
                .containsExactly("a", "b", "a=1", "b", "b", "b", "=1");
    }

    @Statement({"MQTT-3.3.2-8", "MQTT-3.3.2-9"})
    @Test
    void allNumbersUpToTheMaximum_areUsed() {
        TopicAliases aliases = new TopicAliases(65_535);
        for (int i = 1; i <= 65_535; i++) {
            String topic = "t" + i;
            assertThat(sent(aliases, topic, topic, topic)).containsExactly(topic, topic + "=" + i, "=" + i);
        }
        assertThat(sent(aliases, "x", "x", "x", "t1")).containsExactly("x", "x", "x", "=1");
    }

    /** A million topics that go once are not kept. */
    @Test
    void topicThatWentOnce_isRememberedOverThousandOthers_atMost() {
        TopicAliases aliases = new TopicAliases(2);
        sent(aliases, "late", "early");
        for (int i = 0; i < 999; i++) {
            sent(aliases, "t" + i);
        }

        assertThat(sent(aliases, "early", "late")).containsExactly("early=1", "late");
    }

    @Statement("MQTT-3.2.2-18")
    @Test
    void maximumOfZero_leavesMessagesAsTheyAre() {
        TopicAliases none = new TopicAliases(0);
        Packet.Publish message = message("a");

        assertThat(none.areAllowed()).isFalse();
        assertThat(List.of(none.apply(message), none.apply(message), none.apply(message)))
                .allSatisfy(sent -> assertThat(sent).isSameAs(message));
    }

    @Test
    void message_keepsAllButItsTopic() {
        TopicAliases aliases = new TopicAliases(1);
        Packet.Publish message = new Packet.Publish(
                "a",
                ByteBuffer.wrap(new byte[] {1}),
                Qos.EXACTLY_ONCE,
                true,
                true,
                7,
                MqttProperties.builder().contentType("c").build(),
                0,
                List.of());
        aliases.apply(message);
        aliases.apply(message);

        assertThat(aliases.apply(message))
                .isEqualTo(new Packet.Publish(
                        "", message.payload(), Qos.EXACTLY_ONCE, true, true, 7, message.properties(), 1, List.of()));
    }
}
