package io.github.cdimqtt.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscribeHandlerTest {
    private final ManualBroker time = new ManualBroker();
    private final RecordingClient publisher = time.v5("publisher");

    private static Packet.Subscription handling(String filter, int retainHandling) {
        return new Packet.Subscription(filter, Qos.AT_LEAST_ONCE, false, false, retainHandling);
    }

    @Test
    void answer_hasACodeForEachFilter() {
        Packet.Subscription[] asked = {
            ManualBroker.filter("a", Qos.EXACTLY_ONCE),
            ManualBroker.filter("a/#/b", Qos.AT_LEAST_ONCE),
            ManualBroker.filter("b", Qos.AT_MOST_ONCE)
        };
        assertThat(time.v5("a").suback(0, asked)).containsExactly(2, 0x8f, 0);
        assertThat(time.v311("b").suback(0, asked)).containsExactly(2, 0x80, 0);
    }

    @Test
    void unsubscribe_endsIt_andSaysWhetherItWasThere() {
        RecordingClient client = time.v5("a").subscribed("t", Qos.AT_MOST_ONCE);
        client.send(new Packet.Unsubscribe(3, List.of("t", "t", "a/#/b")));
        Packet.UnsubAck answer = client.only(Packet.UnsubAck.class);
        assertThat(answer.packetId()).isEqualTo(3);
        assertThat(answer.reasonCodes()).containsExactly(0, 0x11, 0x8f);
        publisher.publish("t", "x");
        assertThat(client.take()).isEmpty();
    }

    @Test
    void unsubscribe_ofMqtt311_isAnsweredWithoutCodes() {
        RecordingClient client = time.v311("a");
        client.send(new Packet.Unsubscribe(3, List.of("t")));
        assertThat(client.only(Packet.UnsubAck.class)).isEqualTo(new Packet.UnsubAck(3));
    }

    @Test
    void retained_comeAfterTheAnswer() {
        publisher.send(ManualBroker.retained("t/1", "one"));
        publisher.send(ManualBroker.retained("t/2", "two"));
        publisher.send(ManualBroker.retained("u", "other"));
        RecordingClient client = time.v311("a").subscribed("t/+", Qos.AT_LEAST_ONCE);
        List<Packet.Publish> messages = client.messages();
        assertThat(messages).extracting(RecordingClient::text).containsExactly("one", "two");
        assertThat(messages).allMatch(Packet.Publish::retain);
    }

    @Test
    void retained_isReplaced_andEndsWithAnEmptyOne() {
        publisher.send(ManualBroker.retained("t", "one"));
        publisher.send(ManualBroker.retained("t", "two"));
        RecordingClient client = time.v311("a").subscribed("t", Qos.AT_MOST_ONCE);
        assertThat(client.texts()).containsExactly("two");
        publisher.send(ManualBroker.retained("t", ""));
        Packet.Publish end = client.only(Packet.Publish.class);
        assertThat(end.retain()).isFalse();
        client.subscribed("t", Qos.AT_MOST_ONCE);
        assertThat(client.take()).isEmpty();
    }

    @Test
    void retained_comeToNewSubscribers_asTheyAsk() {
        publisher.send(ManualBroker.retained("t", "x"));
        RecordingClient client = time.v5("a");
        assertThat(client.subscribed(0, handling("t", 2)).take()).isEmpty();
        assertThat(client.subscribed(0, handling("t", 1)).take()).isEmpty();
        assertThat(client.subscribed(0, handling("t", 0)).take()).hasSize(1);
        assertThat(client.subscribed(0, handling("t", 0)).take()).hasSize(1);
        assertThat(client.subscribed(0, handling("+", 1)).take()).hasSize(1);
    }

    @Test
    void retained_hasTheIdentifierOfItsSubscription() {
        publisher.send(ManualBroker.retained("t", "x"));
        RecordingClient client = time.v5("a").subscribed(7, handling("t", 0));
        assertThat(client.only(Packet.Publish.class).subscriptionIdentifiers()).containsExactly(7);
    }

    @Test
    void retained_expires() {
        publisher.send(new Packet.Publish(
                "t", ManualBroker.bytes("x"), Qos.AT_MOST_ONCE, true, false, 0, ManualBroker.expiry(10), 0, List.of()));
        time.pass(Duration.ofSeconds(4));
        RecordingClient client = time.v5("a").subscribed("t", Qos.AT_MOST_ONCE);
        assertThat(client.only(Packet.Publish.class).properties()).isEqualTo(ManualBroker.expiry(6));
        time.pass(Duration.ofSeconds(6));
        assertThat(client.subscribed("t", Qos.AT_MOST_ONCE).take()).isEmpty();
    }

    @Test
    void retained_doNotComeToSharedSubscriptions() {
        publisher.send(ManualBroker.retained("t", "x"));
        assertThat(time.v5("a").subscribed("$share/g/t", Qos.AT_MOST_ONCE).take())
                .isEmpty();
    }

    @Test
    void retain_isPassedOn_onlyIfAskedFor() {
        RecordingClient plain = time.v5("a").subscribed("t", Qos.AT_MOST_ONCE);
        RecordingClient bridge =
                time.v5("b").subscribed(0, new Packet.Subscription("t", Qos.AT_MOST_ONCE, false, true, 0));
        publisher.send(ManualBroker.retained("t", "x"));
        publisher.publish("t", "y");
        assertThat(plain.messages()).extracting(Packet.Publish::retain).containsExactly(false, false);
        assertThat(bridge.messages()).extracting(Packet.Publish::retain).containsExactly(true, false);
    }

    @Test
    void noLocal_onAShare_isAProtocolError() {
        RecordingClient client = time.v5("a");
        client.send(new Packet.Subscribe(
                1, List.of(new Packet.Subscription("$share/g/t", Qos.AT_MOST_ONCE, true, false, 0))));
        assertThat(client.only(Packet.Disconnect.class).reason().code()).isEqualTo(0x82);
    }
}
