package io.github.cdimqtt.internal.paho;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.Access;
import io.github.cdimqtt.broker.ArtemisBroker;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.SharedBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.paho.RecordingTransportListener.Delivered;
import io.github.cdimqtt.internal.transport.ConnectRequest;
import io.github.cdimqtt.internal.transport.InboundMessage;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import io.github.cdimqtt.internal.transport.Subscription;
import io.github.cdimqtt.internal.transport.Transport.Connection;
import io.github.cdimqtt.testing.ManualTimer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedBroker.class)
class PahoTransportIT {
    /** Artemis sent the will of three in eight that hung up before it did. */
    private static final int HASTY = 30;

    private final String topic = "transport/" + UUID.randomUUID();

    @ParameterizedTest
    @EnumSource
    void everyQos_goesBothWays(Qos qos, TestBroker broker) {
        try (RawClient raw = RawClient.connect(broker.url()).observe(topic + "/out");
                Client client = new Client(broker.url(), MqttConfig.builder()).connect(false)) {
            client.subscribe(topic + "/in", qos);
            raw.publish(topic + "/in", "hello".getBytes(UTF_8), qos.level(), false);
            InboundMessage in = client.take();
            assertThat(Fixture.text(in)).isEqualTo("hello");
            assertThat(in.qos()).isEqualTo(qos);

            OutboundMessage out = new OutboundMessage(topic + "/out", "world".getBytes(UTF_8), qos, false);
            client.publish(out);
            assertThat(client.recorder.next(Delivered.class).message()).isSameAs(out);
            await().until(() -> raw.texts(topic + "/out").equals(List.of("world")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"🏠/küche", "ﷰ/\ufeff"})
    void retainedMessage_onAnUnusualTopic_isReceived(String unusual, TestBroker broker) {
        String name = topic + "/" + unusual;
        try (Client client = new Client(broker.url(), MqttConfig.builder()).connect(false)) {
            client.publish(new OutboundMessage(name, new byte[] {1}, Qos.AT_LEAST_ONCE, true));
            client.recorder.next(Delivered.class);
            client.subscribe(name, Qos.AT_LEAST_ONCE);
            InboundMessage message = client.take();
            assertThat(message.topic()).isEqualTo(name);
            assertThat(message.retained()).isTrue();
            client.publish(new OutboundMessage(name, new byte[0], Qos.AT_LEAST_ONCE, true));
            client.recorder.find(Delivered.class);
        }
    }

    @Test
    void keptSession_bringsWhatCameMeanwhile(TestBroker broker) {
        try (RawClient raw = RawClient.connect(broker.url());
                Client client = new Client(broker.url(), MqttConfig.builder().cleanSession(false))) {
            client.connect(false).subscribe(topic, Qos.EXACTLY_ONCE);
            client.connection.close(true);
            for (int qos = 1; qos <= 2; qos++) {
                raw.publish(topic, new byte[] {(byte) qos}, qos, false);
            }
            client.connect(true);
            assertThat(client.take().payload().get(0)).isEqualTo((byte) 1);
            assertThat(client.take().payload().get(0)).isEqualTo((byte) 2);
        }
    }

    @Test
    void lastWill_isSentUnlessDisconnectIsSaid(TestBroker broker) {
        String will = topic + "/🏁";
        try (Client witness = new Client(broker.url(), MqttConfig.builder()).connect(false)) {
            witness.subscribe(topic + "/#", Qos.AT_LEAST_ONCE);
            for (int i = 0; i < HASTY; i++) {
                new Client(broker.url(), MqttConfig.builder().presenceTopic(will))
                        .connect(false)
                        .close();
            }
            Client hard = new Client(broker.url(), MqttConfig.builder().presenceTopic(will)).connect(false);
            hard.publish(new OutboundMessage(topic + "/first", new byte[0], Qos.AT_LEAST_ONCE, false));
            hard.recorder.next(Delivered.class);
            assertThat(witness.take().topic()).isEqualTo(topic + "/first");
            hard.connection.close(false);
            assertThat(Fixture.text(witness.take())).isEqualTo("offline");
            hard.close();
        }
    }

    @Test
    void refusals_areToldInWords() {
        Access access = Access.users(Map.of("me", "secret")).closing("forbidden");
        try (TestBroker broker = ArtemisBroker.launch(access);
                Client client = new Client(broker.url(), MqttConfig.builder())) {
            client.open("me", "wrong");
            assertThat(client.recorder.lost())
                    .isEqualTo(broker.url()
                            + ": not authorised to connect; check user name and password (CONNACK return code 5)");
            client.open("me", "secret");
            client.recorder.expect(new RecordingTransportListener.Connected(false));
            client.connection.subscribe(List.of(
                    new Subscription("forbidden/x", Qos.AT_LEAST_ONCE), new Subscription("free", Qos.AT_LEAST_ONCE)));
            assertThat(client.recorder
                            .next(RecordingTransportListener.Granted.class)
                            .codes())
                    .containsExactly(0x80, 1);
        }
    }

    @Test
    void rival_isToldAsAHangUp(TestBroker broker) {
        try (Client client = new Client(broker.url(), MqttConfig.builder()).connect(false);
                PahoTransport rival = new PahoTransport(client.config, client.id, new ManualTimer())) {
            RecordingTransportListener recorder = new RecordingTransportListener();
            Connection second =
                    rival.open(new ConnectRequest(BrokerAddress.parse(broker.url()), client.id, null, null), recorder);
            recorder.expect(new RecordingTransportListener.Connected(false));
            assertThat(client.recorder.lost()).isEqualTo("the broker " + broker.url() + " closed the connection");
            second.close(true);
        }
    }

    @Test
    void pauseWithinAPacket_doesNoHarm() {
        try (Fixture it = new Fixture(Fixture.CLEAN);
                Peer peer = it.connect(false)) {
            peer.send("30");
            await().during(Duration.ofMillis(1500)).until(() -> true);
            peer.send("04" + "0001");
            await().during(Duration.ofMillis(1500)).until(() -> true);
            peer.send("61" + "ff");
            assertThat(it.recorder.next(InboundMessage.class).topic()).isEqualTo("a");
        }
    }
}
