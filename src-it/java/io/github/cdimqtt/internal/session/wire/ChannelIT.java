package io.github.cdimqtt.internal.session.wire;

import static io.github.cdimqtt.internal.session.wire.Fixture.outbound;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.Access;
import io.github.cdimqtt.broker.ArtemisBroker;
import io.github.cdimqtt.broker.MosquittoBroker;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.SharedBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.WireEvent.Connected;
import io.github.cdimqtt.internal.session.WireEvent.Delivered;
import io.github.cdimqtt.internal.session.WireEvent.Granted;
import io.github.cdimqtt.internal.session.WireEvent.Refused;
import io.github.cdimqtt.support.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every channel at a real broker. */
@ParameterizedClass
@EnumSource
@ExtendWith(SharedBroker.class)
class ChannelIT {
    /** Artemis sent the will of three in eight that hung up before it did. */
    private static final int HASTY = 30;

    @Parameter
    Wire wire;

    private final String topic = "channel/" + UUID.randomUUID();

    @ParameterizedTest
    @EnumSource
    void everyQos_goesBothWays(Qos qos, TestBroker broker) {
        try (RawClient raw = RawClient.connect(broker.tcpUrl()).observe(topic + "/out");
                Client client = new Client(wire, broker.tcpUrl(), MqttConfig.builder()).connect(false)) {
            client.subscribe(topic + "/in", qos);
            raw.publish(topic + "/in", "hello".getBytes(UTF_8), qos.level(), false);
            Packet.Publish in = client.take();
            assertThat(Fixture.text(in)).isEqualTo("hello");
            assertThat(in.qos()).isEqualTo(qos);

            Packet.Publish out = outbound(topic + "/out", "world".getBytes(UTF_8), qos, false);
            client.session.publish(out);
            assertThat(client.recorder.next(Delivered.class).message()).isSameAs(out);
            await().until(() -> raw.texts(topic + "/out").equals(List.of("world")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"🏠/küche", "ﷰ/\ufeff"})
    void retainedMessage_onAnUnusualTopic_isReceived(String unusual, TestBroker broker) {
        String name = topic + "/" + unusual;
        try (Client client = new Client(wire, broker.tcpUrl(), MqttConfig.builder()).connect(false)) {
            client.session.publish(outbound(name, new byte[] {1}, Qos.AT_LEAST_ONCE, true));
            client.recorder.next(Delivered.class);
            client.subscribe(name, Qos.AT_LEAST_ONCE);
            Packet.Publish message = client.take();
            assertThat(message.topic()).isEqualTo(name);
            assertThat(message.retain()).isTrue();
            client.session.publish(outbound(name, new byte[0], Qos.AT_LEAST_ONCE, true));
            client.recorder.find(Delivered.class);
        }
    }

    @Statement("MQTT-3.1.2-23")
    @Test
    void keptSession_bringsWhatCameMeanwhile(TestBroker broker) {
        try (RawClient raw = RawClient.connect(broker.tcpUrl());
                Client client =
                        new Client(wire, broker.tcpUrl(), MqttConfig.builder().cleanSession(false))) {
            client.connect(false).subscribe(topic, Qos.EXACTLY_ONCE);
            client.connection.close(true).join();
            for (int qos = 1; qos <= 2; qos++) {
                raw.publish(topic, new byte[] {(byte) qos}, qos, false);
            }
            client.connect(true);
            assertThat(client.take().payload().get(0)).isEqualTo((byte) 1);
            assertThat(client.take().payload().get(0)).isEqualTo((byte) 2);
        }
    }

    @Statement("MQTT-3.14.4-3")
    @Test
    void lastWill_isPublished_unlessDisconnectIsSent(TestBroker broker) {
        String will = topic + "/🏁";
        try (Client witness = new Client(wire, broker.tcpUrl(), MqttConfig.builder()).connect(false)) {
            witness.subscribe(topic + "/#", Qos.AT_LEAST_ONCE);
            for (int i = 0; i < HASTY; i++) {
                new Client(wire, broker.tcpUrl(), MqttConfig.builder().presenceTopic(will))
                        .connect(false)
                        .close();
            }
            Client hard = new Client(wire, broker.tcpUrl(), MqttConfig.builder().presenceTopic(will)).connect(false);
            hard.session.publish(outbound(topic + "/first", new byte[0], Qos.AT_LEAST_ONCE, false));
            hard.recorder.next(Delivered.class);
            assertThat(witness.take().topic()).isEqualTo(topic + "/first");
            hard.connection.close(false).join();
            assertThat(Fixture.text(witness.take())).isEqualTo("offline");
            hard.close();
        }
    }

    @Test
    void refusals_areExplained() {
        Access access = Access.users(Map.of("me", "secret")).closing("forbidden");
        try (TestBroker broker = ArtemisBroker.launch(access);
                Client client = new Client(wire, broker.tcpUrl(), MqttConfig.builder())) {
            client.open("me", "wrong");
            assertThat(client.recorder.lost())
                    .isEqualTo(broker.tcpUrl()
                            + (wire.isMqtt5()
                                    ? ": wrong user name or password (0x86 bad user name or password)"
                                    : ": not authorised to connect; check user name and password (CONNACK return code"
                                            + " 5)"));
            client.open("me", "secret");
            client.recorder.expect(new Connected(false));
            client.session.subscribe("forbidden/x", Qos.AT_LEAST_ONCE);
            assertThat(client.recorder.next(Refused.class).filter()).isEqualTo("forbidden/x");
            client.session.subscribe("free", Qos.AT_LEAST_ONCE);
            client.recorder.expect(new Granted("free", Qos.AT_LEAST_ONCE));
        }
    }

    /** MQTT 3.1.1 has no word for it, and Mosquitto 2.0.11 has none on MQTT 5 either. */
    @Statement("MQTT-3.1.4-3")
    @Test
    void takenOverSession_isReported_asAHangUpUnlessTheBrokerGivesTheReason(TestBroker broker) {
        try (Client client = new Client(wire, broker.tcpUrl(), MqttConfig.builder()).connect(false);
                Client rival = new Client(wire, broker.tcpUrl(), MqttConfig.builder(), client.id)) {
            rival.connect(false);
            String reported = client.recorder.lost();
            if (wire.isMqtt5() && !(broker instanceof MosquittoBroker)) {
                assertThat(reported)
                        .startsWith("the broker " + broker.tcpUrl() + " ended the connection (0x8e session taken over");
            } else {
                assertThat(reported).isEqualTo("the broker " + broker.tcpUrl() + " closed the connection");
            }
        }
    }

    /** Longer than it may take to connect: the time limit of that has ended. */
    @Test
    void silenceWithinAPacket_doesNotEndTheConnection() {
        MqttConfig config =
                MqttConfig.builder().connectionTimeout(Duration.ofSeconds(1)).build();
        try (Fixture fixture = new Fixture(wire, config);
                Peer peer = fixture.connect(false)) {
            peer.send("30");
            await().during(Duration.ofMillis(1500)).until(fixture.recorder::isEmpty);
            peer.send((wire.isMqtt5() ? "05" : "04") + "0001");
            await().during(Duration.ofMillis(1500)).until(fixture.recorder::isEmpty);
            peer.send("61" + wire.noProperties() + "ff");
            assertThat(fixture.recorder.next(Packet.Publish.class).topic()).isEqualTo("a");
        }
    }
}
