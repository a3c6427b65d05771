package io.github.cdimqtt.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.testing.Seeded;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageFactory;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another codec, netty's, reads what we write, and writes what we read. */
class PacketOracleTest {
    private static final int PACKETS = 100_000;
    private static final int LARGEST = 300_000;
    private static final int LONGEST_CLIENT_ID = 65_535;

    @ParameterizedTest
    @EnumSource
    void netty_readsWhatWeWrite(ProtocolVersion version) {
        Seeded.run("PacketOracleTest, written in MQTT " + version, random -> {
            EmbeddedChannel netty = new EmbeddedChannel(new MqttDecoder(LARGEST, LONGEST_CLIENT_ID));
            netty.writeInbound(bytes(new Packet.Connect(version, true, 0, "c", null, null, null)));
            netty.readInbound();
            for (int i = 0; i < PACKETS; i++) {
                Packet packet = PacketGenerator.ofAClient(random);
                EmbeddedChannel reader = packet instanceof Packet.Connect
                        ? new EmbeddedChannel(new MqttDecoder(LARGEST, LONGEST_CLIENT_ID))
                        : netty;
                reader.writeInbound(bytes(packet));
                MqttMessage read = reader.readInbound();
                assertThat(read.decoderResult().isSuccess())
                        .as(packet.toString())
                        .isTrue();
                assertThat(packetOf(read)).isEqualTo(packet);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void netty_writesWhatWeRead(ProtocolVersion version) {
        Seeded.run("PacketOracleTest, read in MQTT " + version, random -> {
            EmbeddedChannel netty = new EmbeddedChannel(MqttEncoder.INSTANCE);
            written(netty, connect(version)); // so it knows the version
            for (int i = 0; i < PACKETS; i++) {
                Packet packet = PacketGenerator.ofABroker(random, version);
                assertThat(read(packet, version, written(netty, messageOf(packet))))
                        .isEqualTo(packet);
            }
        });
    }

    private static MqttMessage connect(ProtocolVersion version) {
        return MqttMessageBuilders.connect()
                .protocolVersion(version == ProtocolVersion.V3_1 ? MqttVersion.MQTT_3_1 : MqttVersion.MQTT_3_1_1)
                .clientId("c")
                .build();
    }

    private static byte[] written(EmbeddedChannel netty, MqttMessage message) {
        netty.writeOutbound(message);
        ByteBuf written = Unpooled.buffer();
        for (ByteBuf part = netty.readOutbound(); part != null; part = netty.readOutbound()) {
            written.writeBytes(part);
        }
        return ByteBufUtil.getBytes(written);
    }

    private static Packet read(Packet packet, ProtocolVersion version, byte[] bytes) {
        byte[] connAck = packet instanceof Packet.ConnAck ? new byte[0] : new byte[] {0x20, 2, 0, 0};
        byte[] all = new byte[connAck.length + bytes.length];
        System.arraycopy(connAck, 0, all, 0, connAck.length);
        System.arraycopy(bytes, 0, all, connAck.length, bytes.length);
        PacketDecoder decoder = new PacketDecoder(new ByteArrayInputStream(all), version, LARGEST, count -> {});
        try {
            if (connAck.length > 0) {
                decoder.read();
            }
            return decoder.read();
        } catch (IOException e) {
            throw new AssertionError(packet + " as " + ByteBufUtil.hexDump(bytes), e);
        }
    }

    private static ByteBuf bytes(Packet packet) {
        ByteBuf header = Unpooled.wrappedBuffer(PacketEncoder.encode(packet));
        return packet instanceof Packet.Publish publish
                ? Unpooled.wrappedBuffer(
                        header, Unpooled.wrappedBuffer(publish.payload().duplicate()))
                : header;
    }

    private static Packet packetOf(MqttMessage message) {
        int id = message.variableHeader() instanceof MqttMessageIdVariableHeader header ? header.messageId() : 0;
        return switch (message.fixedHeader().messageType()) {
            case CONNECT -> packetOf((MqttConnectMessage) message);
            case PUBLISH -> packetOf((MqttPublishMessage) message);
            case PUBACK -> new Packet.PubAck(id);
            case PUBREC -> new Packet.PubRec(id);
            case PUBREL -> new Packet.PubRel(id);
            case PUBCOMP -> new Packet.PubComp(id);
            case SUBSCRIBE ->
                new Packet.Subscribe(
                        id,
                        ((MqttSubscribeMessage) message)
                                .payload().topicSubscriptions().stream()
                                        .map(each -> new Packet.Subscription(
                                                each.topicFilter(),
                                                Qos.of(each.qualityOfService().value())))
                                        .toList());
            case UNSUBSCRIBE ->
                new Packet.Unsubscribe(
                        id,
                        List.copyOf(((MqttUnsubscribeMessage) message).payload().topics()));
            case PINGREQ -> new Packet.PingReq();
            case DISCONNECT -> new Packet.Disconnect();
            default -> throw new AssertionError(message);
        };
    }

    private static Packet packetOf(MqttConnectMessage message) {
        var header = message.variableHeader();
        var payload = message.payload();
        return new Packet.Connect(
                header.version() == 3 ? ProtocolVersion.V3_1 : ProtocolVersion.V3_1_1,
                header.isCleanSession(),
                header.keepAliveTimeSeconds(),
                payload.clientIdentifier(),
                header.isWillFlag()
                        ? new Packet.Will(
                                payload.willTopic(),
                                ByteBuffer.wrap(payload.willMessageInBytes()),
                                Qos.of(header.willQos()),
                                header.isWillRetain())
                        : null,
                payload.userName(),
                header.hasPassword() ? new String(payload.passwordInBytes(), StandardCharsets.UTF_8) : null);
    }

    private static Packet packetOf(MqttPublishMessage message) {
        return new Packet.Publish(
                message.variableHeader().topicName(),
                ByteBuffer.wrap(ByteBufUtil.getBytes(message.payload())),
                Qos.of(message.fixedHeader().qosLevel().value()),
                message.fixedHeader().isRetain(),
                message.fixedHeader().isDup(),
                Math.max(0, message.variableHeader().packetId()));
    }

    private static MqttMessage messageOf(Packet packet) {
        if (packet instanceof Packet.ConnAck ack) {
            return MqttMessageBuilders.connAck()
                    .returnCode(MqttConnectReturnCode.valueOf((byte) ack.returnCode()))
                    .sessionPresent(ack.sessionPresent())
                    .build();
        } else if (packet instanceof Packet.SubAck ack) {
            return MqttMessageBuilders.subAck()
                    .packetId(ack.packetId())
                    .addGrantedQoses(
                            ack.reasonCodes().stream().map(MqttQoS::valueOf).toArray(MqttQoS[]::new))
                    .build();
        } else if (packet instanceof Packet.UnsubAck ack) {
            return answer(MqttMessageType.UNSUBACK, MqttQoS.AT_MOST_ONCE, ack.packetId());
        } else if (packet instanceof Packet.PubAck ack) {
            return answer(MqttMessageType.PUBACK, MqttQoS.AT_MOST_ONCE, ack.packetId());
        } else if (packet instanceof Packet.PubRec ack) {
            return answer(MqttMessageType.PUBREC, MqttQoS.AT_MOST_ONCE, ack.packetId());
        } else if (packet instanceof Packet.PubRel ack) {
            return answer(MqttMessageType.PUBREL, MqttQoS.AT_LEAST_ONCE, ack.packetId());
        } else if (packet instanceof Packet.PubComp ack) {
            return answer(MqttMessageType.PUBCOMP, MqttQoS.AT_MOST_ONCE, ack.packetId());
        } else if (packet instanceof Packet.PingResp) {
            return new MqttMessage(
                    new MqttFixedHeader(MqttMessageType.PINGRESP, false, MqttQoS.AT_MOST_ONCE, false, 0));
        }
        Packet.Publish publish = (Packet.Publish) packet;
        return new MqttPublishMessage(
                new MqttFixedHeader(
                        MqttMessageType.PUBLISH,
                        publish.duplicate(),
                        MqttQoS.valueOf(publish.qos().level()),
                        publish.retain(),
                        0),
                new MqttPublishVariableHeader(publish.topic(), publish.packetId()),
                Unpooled.wrappedBuffer(publish.payload().duplicate()));
    }

    private static MqttMessage answer(MqttMessageType type, MqttQoS flags, int packetId) {
        return MqttMessageFactory.newMessage(
                new MqttFixedHeader(type, false, flags, false, 2), MqttMessageIdVariableHeader.from(packetId), null);
    }
}
