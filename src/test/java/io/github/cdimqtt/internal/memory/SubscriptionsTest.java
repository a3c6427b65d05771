package io.github.cdimqtt.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionsTest {
    private final ManualBroker time = new ManualBroker();
    private final RecordingClient publisher = time.v5("publisher");

    @ParameterizedTest
    @CsvSource({
        "a/b, a/b, true",
        "a/+, a/b, true",
        "a/+, a, false",
        "a/#, a, true",
        "a/#, a/b/c, true",
        "#, a/b, true",
        "+/#, a, true",
        "#, $SYS/a, false",
        "+/a, $SYS/a, false",
        "$SYS/#, $SYS/a, true",
        "a/b, a/B, false"
    })
    void filter_matches(String filter, String topic, boolean expected) {
        RecordingClient client = time.v311("a").subscribed(filter, Qos.AT_MOST_ONCE);
        publisher.publish(topic, "x");
        assertThat(client.take()).hasSize(expected ? 1 : 0);
    }

    @Test
    void filtersThatMatchTheSame_areSubscriptionsOfTheirOwn() {
        RecordingClient client = time.v5("a").subscribed("#", Qos.AT_MOST_ONCE).subscribed("+/#", Qos.AT_MOST_ONCE);
        client.send(new Packet.Unsubscribe(3, List.of("#")));
        assertThat(client.only(Packet.UnsubAck.class).reasonCodes()).containsExactly(0);
        publisher.publish("t", "x");
        assertThat(client.texts()).containsExactly("x");
    }

    @Test
    void overlappingFilters_bringOneCopy_withAllIdentifiersAndTheHigherQos() {
        RecordingClient client = time.v5("a")
                .subscribed(1, ManualBroker.filter("t/#", Qos.AT_LEAST_ONCE))
                .subscribed(2, ManualBroker.filter("t/+", Qos.AT_MOST_ONCE))
                .subscribed(0, ManualBroker.filter("+/a", Qos.AT_MOST_ONCE))
                .subscribed(3, ManualBroker.filter("u", Qos.AT_MOST_ONCE));
        publisher.publishQos1("t/a", "x");
        Packet.Publish message = client.only(Packet.Publish.class);
        assertThat(message.qos()).isEqualTo(Qos.AT_LEAST_ONCE);
        assertThat(message.subscriptionIdentifiers()).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void overlappingFilters_ofMqtt311_bringOneCopyWithTheHighestQos() {
        RecordingClient client =
                time.v311("a").subscribed("t/#", Qos.AT_MOST_ONCE).subscribed("t/+", Qos.EXACTLY_ONCE);
        publisher.publishQos1("t/a", "x");
        assertThat(client.only(Packet.Publish.class).qos()).isEqualTo(Qos.AT_LEAST_ONCE);
    }

    @Test
    void secondSubscriptionToAFilter_replacesTheFirst() {
        RecordingClient client = time.v5("a")
                .subscribed(1, ManualBroker.filter("t", Qos.AT_LEAST_ONCE))
                .subscribed(2, ManualBroker.filter("t", Qos.AT_MOST_ONCE));
        publisher.publishQos1("t", "x");
        Packet.Publish message = client.only(Packet.Publish.class);
        assertThat(message.qos()).isEqualTo(Qos.AT_MOST_ONCE);
        assertThat(message.subscriptionIdentifiers()).containsExactly(2);
    }

    @Test
    void noLocal_keepsAwayWhatTheClientPublishes_forThatFilterAlone() {
        RecordingClient client = time.v5("a")
                .subscribed(1, new Packet.Subscription("t/#", Qos.AT_MOST_ONCE, true, false, 0))
                .subscribed(2, ManualBroker.filter("t/also", Qos.AT_MOST_ONCE));
        client.publish("t/own", "own");
        assertThat(client.take()).isEmpty();
        client.publish("t/also", "both");
        assertThat(client.only(Packet.Publish.class).subscriptionIdentifiers()).containsExactly(2);
        publisher.publish("t/own", "theirs");
        assertThat(client.texts()).containsExactly("theirs");
    }

    @Test
    void withoutNoLocal_aClientGetsItsOwn() {
        RecordingClient client = time.v311("a").subscribed("t", Qos.AT_MOST_ONCE);
        client.publish("t", "own");
        assertThat(client.texts()).containsExactly("own");
    }

    @Test
    void share_goesRound() {
        RecordingClient one = time.v5("a").subscribed("$share/g/t/+", Qos.AT_LEAST_ONCE);
        RecordingClient two = time.v311("b").subscribed("$share/g/t/+", Qos.AT_LEAST_ONCE);
        RecordingClient other = time.v5("c").subscribed("$share/h/t/+", Qos.AT_LEAST_ONCE);
        for (int i = 1; i <= 4; i++) {
            publisher.publish("t/a", "m" + i);
        }
        assertThat(one.texts()).containsExactly("m1", "m3");
        assertThat(two.texts()).containsExactly("m2", "m4");
        assertThat(other.texts()).containsExactly("m1", "m2", "m3", "m4");
    }

    @Test
    void share_prefersWhoIsConnected() {
        time.kept311("a").subscribed("$share/g/t", Qos.AT_LEAST_ONCE).lose();
        RecordingClient two = time.kept311("b").subscribed("$share/g/t", Qos.AT_LEAST_ONCE);
        publisher.publishQos1("t", "m1");
        publisher.publishQos1("t", "m2");
        List<Packet.Publish> messages = two.messages();
        assertThat(messages).extracting(RecordingClient::text).containsExactly("m1", "m2");
        messages.forEach(each -> two.send(new Packet.PubAck(each.packetId())));
        two.lose();
        publisher.publishQos1("t", "m3");
        assertThat(time.kept311("a").texts()).containsExactly("m3");
        assertThat(time.kept311("b").take()).isEmpty();
    }

    @Test
    void share_andAPlainFilter_bringACopyEach() {
        RecordingClient client =
                time.v5("a").subscribed("$share/g/t", Qos.AT_MOST_ONCE).subscribed("t", Qos.AT_MOST_ONCE);
        publisher.publish("t", "x");
        assertThat(client.texts()).containsExactly("x", "x");
    }

    @Test
    void lastMember_endsTheShare() {
        RecordingClient client = time.v5("a").subscribed("$share/g/t", Qos.AT_MOST_ONCE);
        client.disconnect();
        assertThat(publisher.publishQos1("t", "x")).isEqualTo(0x10);
    }
}
