package io.github.cdimqtt.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishHandlerTest {
    private final ManualBroker time = new ManualBroker();
    private final RecordingClient publisher = time.v5("publisher");

    @ParameterizedTest
    @CsvSource({
        "AT_MOST_ONCE, EXACTLY_ONCE, AT_MOST_ONCE",
        "EXACTLY_ONCE, AT_MOST_ONCE, AT_MOST_ONCE",
        "AT_LEAST_ONCE, EXACTLY_ONCE, AT_LEAST_ONCE",
        "EXACTLY_ONCE, AT_LEAST_ONCE, AT_LEAST_ONCE",
        "EXACTLY_ONCE, EXACTLY_ONCE, EXACTLY_ONCE"
    })
    void message_comesWithTheLowerQos(Qos published, Qos subscribed, Qos expected) {
        RecordingClient client = time.v311("a").subscribed("t", subscribed);
        publisher.send(ManualBroker.message("t", "x", published, published.level() == 0 ? 0 : 7));
        Packet.Publish message = client.only(Packet.Publish.class);
        assertThat(message.qos()).isEqualTo(expected);
        assertThat(message.packetId() == 0).isEqualTo(expected == Qos.AT_MOST_ONCE);
        assertThat(message.duplicate()).isFalse();
        assertThat(message.retain()).isFalse();
    }

    @Test
    void qos1_isAcknowledged_andToldWhetherAnybodySubscribed() {
        assertThat(publisher.publishQos1("t", "x")).isEqualTo(0x10);
        assertThat(time.v311("a").publishQos1("t", "x")).isZero();
        time.v311("b").subscribed("t", Qos.AT_MOST_ONCE);
        assertThat(publisher.publishQos1("t", "x")).isZero();
    }

    @Test
    void qos2_isDeliveredOnce_howeverOftenItIsSent() {
        RecordingClient client = time.v311("a").subscribed("t", Qos.AT_MOST_ONCE);
        Packet.Publish message = ManualBroker.message("t", "x", Qos.EXACTLY_ONCE, 7);
        publisher.send(message);
        assertThat(publisher.only(Packet.PubRec.class)).isEqualTo(new Packet.PubRec(7));
        publisher.send(message);
        assertThat(publisher.only(Packet.PubRec.class)).isEqualTo(new Packet.PubRec(7));
        publisher.send(new Packet.PubRel(7));
        assertThat(publisher.only(Packet.PubComp.class)).isEqualTo(new Packet.PubComp(7));
        assertThat(client.texts()).containsExactly("x");
        publisher.send(message);
        assertThat(client.texts()).containsExactly("x");
    }

    @Test
    void qos2_isDeliveredOnce_overAReconnect() {
        RecordingClient client = time.v311("a").subscribed("t", Qos.AT_MOST_ONCE);
        RecordingClient sender = time.kept5("sender", 100);
        sender.send(ManualBroker.message("t", "x", Qos.EXACTLY_ONCE, 7));
        sender.lose();
        RecordingClient again = time.kept5("sender", 100);
        again.send(ManualBroker.message("t", "x", Qos.EXACTLY_ONCE, 7));
        again.only(Packet.PubRec.class);
        assertThat(client.texts()).containsExactly("x");
    }

    @Test
    void qos2_toNobody_isToldInPubrec() {
        publisher.send(ManualBroker.message("t", "x", Qos.EXACTLY_ONCE, 7));
        assertThat(publisher.only(Packet.PubRec.class).reason().code()).isEqualTo(0x10);
    }

    @Test
    void releaseOfAnUnknownMessage_isAnswered() {
        publisher.send(new Packet.PubRel(9));
        assertThat(publisher.only(Packet.PubComp.class).reason().code()).isEqualTo(0x92);
        RecordingClient old = time.v311("a");
        old.send(new Packet.PubRel(9));
        assertThat(old.only(Packet.PubComp.class)).isEqualTo(new Packet.PubComp(9));
    }

    @Test
    void receiptOfAnUnknownMessage_isReleased() {
        publisher.send(new Packet.PubRec(9));
        assertThat(publisher.only(Packet.PubRel.class).reason().code()).isEqualTo(0x92);
    }

    @Test
    void moreThanTheReceiveMaximum_endsTheConnection() {
        for (int id = 1; id <= ConnectHandler.RECEIVE_MAXIMUM; id++) {
            publisher.send(ManualBroker.message("t", "x", Qos.EXACTLY_ONCE, id));
        }
        assertThat(publisher.take()).hasSize(ConnectHandler.RECEIVE_MAXIMUM).allMatch(Packet.PubRec.class::isInstance);
        publisher.send(ManualBroker.message("t", "x", Qos.EXACTLY_ONCE, 5000));
        assertThat(publisher.only(Packet.Disconnect.class).reason().code()).isEqualTo(0x93);
        assertThat(publisher.hasEnded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/+", "#", ""})
    void badTopic_endsTheConnection(String topic) {
        publisher.publish(topic, "x");
        assertThat(publisher.only(Packet.Disconnect.class).reason().code()).isEqualTo(0x90);
        assertThat(publisher.hasEnded()).isTrue();
    }

    @Test
    void topicAlias_standsForItsTopic_untilItIsReplaced() {
        RecordingClient client = time.v5("a").subscribed("#", Qos.AT_MOST_ONCE);
        publisher.send(ManualBroker.message("t", "1", Qos.AT_MOST_ONCE, 0).with("t", 3));
        publisher.send(ManualBroker.message("", "2", Qos.AT_MOST_ONCE, 0).with("", 3));
        publisher.send(ManualBroker.message("u", "3", Qos.AT_MOST_ONCE, 0).with("u", 3));
        publisher.send(ManualBroker.message("", "4", Qos.AT_MOST_ONCE, 0).with("", 3));
        assertThat(client.messages())
                .extracting(Packet.Publish::topic, Packet.Publish::topicAlias)
                .containsExactly(tuple("t", 0), tuple("t", 0), tuple("u", 0), tuple("u", 0));
    }

    @ParameterizedTest
    @CsvSource({"t, 17, 148", "'', 16, 130"}) // 0x94, 0x82
    void badTopicAlias_endsTheConnection(String topic, int alias, int reasonCode) {
        publisher.send(ManualBroker.message(topic, "x", Qos.AT_MOST_ONCE, 0).with(topic, alias));
        assertThat(publisher.only(Packet.Disconnect.class).reason().code()).isEqualTo(reasonCode);
    }

    @Test
    void properties_comeUnaltered_toMqtt5Alone() {
        RecordingClient client = time.v5("a").subscribed("t", Qos.AT_MOST_ONCE);
        RecordingClient old = time.v311("b").subscribed("t", Qos.AT_MOST_ONCE);
        MqttProperties properties = MqttProperties.builder()
                .contentType("text/plain")
                .responseTopic("answer")
                .correlationData(new byte[] {1})
                .text(true)
                .user("a", "1")
                .user("a", "2")
                .build();
        publisher.send(ManualBroker.message("t", "x", Qos.AT_MOST_ONCE, 0, properties));
        assertThat(client.only(Packet.Publish.class).properties()).isEqualTo(properties);
        assertThat(old.only(Packet.Publish.class).properties()).isEqualTo(MqttProperties.NONE);
    }

    @Test
    void payload_isNotShared() {
        RecordingClient client = time.v311("a").subscribed("t", Qos.AT_MOST_ONCE);
        ByteBuffer payload = ManualBroker.bytes("before");
        publisher.send(new Packet.Publish("t", payload, Qos.AT_MOST_ONCE, false, false, 0));
        payload.put(0, (byte) 'X');
        Packet.Publish message = client.only(Packet.Publish.class);
        assertThat(message.payload().isReadOnly()).isTrue();
        assertThat(RecordingClient.text(message)).isEqualTo("before");
    }

    @Test
    void refusedMessage_isNotSentAgain() {
        RecordingClient client = time.kept5("a", 100).subscribed("t", Qos.EXACTLY_ONCE);
        publisher.send(ManualBroker.message("t", "x", Qos.EXACTLY_ONCE, 7));
        int id = client.only(Packet.Publish.class).packetId();
        client.send(new Packet.PubRec(id, new MqttReason(0x80)));
        assertThat(client.take()).isEmpty();
        client.lose();
        assertThat(time.kept5("a", 100).take()).isEmpty();
    }

    @Test
    void expiry_isWhatIsLeft() {
        time.kept5("a", 1000).subscribed("t", Qos.AT_LEAST_ONCE).lose();
        publisher.publishQos1(ManualBroker.message("t", "short", Qos.AT_LEAST_ONCE, 1, ManualBroker.expiry(10)));
        publisher.publishQos1(ManualBroker.message("t", "long", Qos.AT_LEAST_ONCE, 2, ManualBroker.expiry(60)));
        time.pass(Duration.ofSeconds(10));
        Packet.Publish message = time.kept5("a", 1000).only(Packet.Publish.class);
        assertThat(RecordingClient.text(message)).isEqualTo("long");
        assertThat(message.properties()).isEqualTo(ManualBroker.expiry(50));
    }

    @Test
    void identifiers_areFreeOnceAcknowledged_andNeverZero() {
        RecordingClient client = time.v311("a").subscribed("t", Qos.AT_LEAST_ONCE);
        for (int i = 0; i < 70_000; i++) {
            publisher.publishQos1("t", "x");
            int id = client.only(Packet.Publish.class).packetId();
            assertThat(id).isEqualTo(i % 65_535 + 1);
            client.send(new Packet.PubAck(id));
        }
    }

    @Test
    void order_isThatOfPublishing() {
        RecordingClient client = time.v311("a").subscribed("t", Qos.EXACTLY_ONCE);
        for (int i = 1; i <= 5; i++) {
            publisher.publishQos1("t", "m" + i);
        }
        assertThat(client.texts()).isEqualTo(List.of("m1", "m2", "m3", "m4", "m5"));
    }
}
