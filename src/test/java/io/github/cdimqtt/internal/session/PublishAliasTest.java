package io.github.cdimqtt.internal.session;

import static io.github.cdimqtt.internal.session.PublishFixture.ALL;
import static io.github.cdimqtt.internal.session.PublishFixture.config;
import static io.github.cdimqtt.internal.session.PublishFixture.topicAliasMaximum;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.BrokerTerms;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.store.MemoryMessageStore;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.support.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Topic aliases on the connections of a session. */
class PublishAliasTest {
    private final PublishFixture fixture = new PublishFixture(config(), new MemoryMessageStore());

    private static List<String> topics(FakeChannel channel) {
        return channel.published().stream()
                .map(each -> each.topic() + (each.topicAlias() == 0 ? "" : "=" + each.topicAlias()))
                .toList();
    }

    private void publish(Qos... each) {
        for (Qos qos : each) {
            fixture.publish("t", qos);
        }
    }

    @Test
    void topicOfAnyQos_goesAsANumber() {
        FakeChannel channel = fixture.connected(topicAliasMaximum(10));

        publish(Qos.AT_MOST_ONCE, Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE, Qos.AT_MOST_ONCE);

        assertThat(topics(channel)).containsExactly("t", "t=1", "=1", "=1");
    }

    @Statement({"MQTT-3.2.2-18", "MQTT-3.3.2-7"})
    @Test
    void nextConnection_beginsWithTheTopic() {
        FakeChannel first = fixture.connected(topicAliasMaximum(10));
        publish(Qos.AT_LEAST_ONCE, Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE);
        FakeChannel second = fixture.reconnected(first, true, topicAliasMaximum(10));
        FakeChannel third = fixture.reconnected(second, true, ALL);

        assertThat(topics(second)).containsExactly("t", "t=1", "=1");
        assertThat(topics(third)).containsExactly("t", "t", "t");
        assertThat(third.published()).allMatch(Packet.Publish::duplicate);
    }

    @Test
    void stage_ofAMessageThatWentAsANumber_hasItsTopic() {
        FakeChannel channel = fixture.connected(topicAliasMaximum(10));
        publish(Qos.AT_LEAST_ONCE, Qos.AT_LEAST_ONCE);
        CompletableFuture<MqttEvent.Published> third = fixture.publish("t", Qos.AT_LEAST_ONCE);

        channel.acknowledge(3);

        assertThat(third.getNow(null).topic()).isEqualTo("t");
    }

    @Statement({"MQTT-3.2.2-17", "MQTT-3.2.2-18", "MQTT-3.3.2-9"})
    @ParameterizedTest
    @CsvSource({"0, 10, 0", "1, 10, 1", "10, 2, 2", "10, 0, 0"})
    void numberOfAliases_isTheLowerOfBothMaximums(int ours, int theirs, int used) {
        PublishFixture bounded = new PublishFixture(config().topicAliasMaximum(ours), MessageStore.NONE);
        FakeChannel channel = bounded.connected(topicAliasMaximum(theirs));
        for (int i = 0; i < 20; i++) {
            bounded.publish("t" + i % 4, Qos.AT_LEAST_ONCE);
        }

        assertThat(channel.published().stream()
                        .map(Packet.Publish::topicAlias)
                        .filter(alias -> alias > 0)
                        .distinct())
                .hasSize(used);
    }

    /** An alias makes a packet longer the first time; of one that just fits, the topic goes alone. */
    @Test
    void packetThatJustFits_goesWithoutAnAlias() {
        FakeChannel channel = fixture.connected(
                new BrokerTerms().maximumPacketSize(100).topicAliasMaximum(10).terms());
        for (int i = 0; i < 3; i++) {
            fixture.session.session.publish(PublishFixture.message("t", Qos.AT_LEAST_ONCE, 92, MqttProperties.NONE));
        }
        for (int i = 0; i < 3; i++) {
            fixture.session.session.publish(PublishFixture.message("t", Qos.AT_LEAST_ONCE, 87, MqttProperties.NONE));
        }

        assertThat(topics(channel)).containsExactly("t", "t", "t", "t", "t=1", "=1");
    }

    /** They are assigned in the order in which messages are sent. */
    @Test
    void numbersOfManyThreads_goBehindTheirTopic() throws InterruptedException {
        PublishFixture shared = new PublishFixture();
        FakeChannel channel = shared.connected(topicAliasMaximum(10));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> IntStream.range(0, 240).forEach(each -> publishTopicAsPayload(shared, each))));
        }
        threads.forEach(Thread::start);
        for (Thread each : threads) {
            each.join();
        }

        Map<Integer, String> known = new HashMap<>();
        for (Packet.Publish each : channel.published()) {
            String topic = UTF_8.decode(each.payload().duplicate()).toString();
            assertThat(each.topic()).isIn(topic, "");
            if (each.topicAlias() > 0) {
                assertThat(each.topic().isEmpty() ? known.get(each.topicAlias()) : topic)
                        .isEqualTo(topic);
                known.put(each.topicAlias(), topic);
            }
        }
        assertThat(known).hasSize(10);
        assertThat(channel.published()).hasSize(960);
    }

    private static void publishTopicAsPayload(PublishFixture to, int number) {
        String topic = "t" + number % 12;
        to.session.session.publish(new Packet.Publish(topic, UTF_8.encode(topic), Qos.AT_LEAST_ONCE, false, false, 0));
    }

    @Test
    void presence_goesAsItIs() {
        PublishFixture present =
                new PublishFixture(config().presenceTopic("here").topicAliasMaximum(10), MessageStore.NONE);
        FakeChannel channel = present.connected(topicAliasMaximum(10));
        present.session.session.disconnect();

        assertThat(topics(channel)).containsExactly("here", "here");
    }
}
