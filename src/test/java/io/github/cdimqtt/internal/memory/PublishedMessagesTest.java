package io.github.cdimqtt.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PublishedMessagesTest {
    private static final TopicFilter ALL = TopicFilter.of("#");

    private final PublishedMessages published = new PublishedMessages();

    private void add(String topic, int bytes) {
        published.add(
                new Packet.Publish(topic, ByteBuffer.allocate(bytes), Qos.AT_MOST_ONCE, false, MqttProperties.NONE));
    }

    private String next(TopicFilter filter) throws InterruptedException {
        Packet.Publish found = published.await(filter, System.nanoTime());
        return found == null ? null : found.topic();
    }

    @Test
    void last10000_areKept() {
        for (int i = 0; i < PublishedMessages.MOST + 10; i++) {
            add("t/" + i, 1);
        }
        assertThat(published.all()).hasSize(10_000);
        assertThat(published.all().get(0).topic()).isEqualTo("t/10");
    }

    @Test
    void payloads_areBoundedTogether_butTheLastIsKept() {
        int half = PublishedMessages.MOST_BYTES / 2;
        add("a", half);
        add("b", half);
        assertThat(published.all()).hasSize(2);
        add("c", 1);
        assertThat(published.all()).extracting(Packet.Publish::topic).containsExactly("b", "c");
        add("d", 3 * half);
        assertThat(published.all()).extracting(Packet.Publish::topic).containsExactly("d");
        published.clear();
        add("e", half);
        add("f", half);
        assertThat(published.all()).hasSize(2);
    }

    @Test
    void await_returnsEachOnce_whateverTheFilter() throws InterruptedException {
        add("a", 0);
        add("b", 0);
        add("a", 0);
        assertThat(next(TopicFilter.of("b"))).isEqualTo("b");
        assertThat(next(ALL)).isEqualTo("a");
        assertThat(next(ALL)).isEqualTo("a");
        assertThat(next(ALL)).isNull();
        add("b", 0);
        assertThat(next(TopicFilter.of("a"))).isNull();
        assertThat(next(ALL)).isEqualTo("b");
        assertThat(published.all()).hasSize(4);
    }
}
