package io.github.cdimqtt.internal.packet;

import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What netty has read of a client, as our packets. */
public final class NettyPackets {
    private static final Map<Integer, ProtocolVersion> VERSIONS =
            Map.of(3, ProtocolVersion.V3_1, 4, ProtocolVersion.V3_1_1, 5, ProtocolVersion.V5);

    private NettyPackets() {}

    public static Packet packetOf(MqttMessage message) {
        int id = message.variableHeader() instanceof MqttMessageIdVariableHeader header ? header.messageId() : 0;
        return switch (message.fixedHeader().messageType()) {
            case CONNECT -> connect((MqttConnectMessage) message);
            case PUBLISH -> publish((MqttPublishMessage) message);
            case PUBACK -> new Packet.PubAck(id, reason(message));
            case PUBREC -> new Packet.PubRec(id, reason(message));
            case PUBREL -> new Packet.PubRel(id, reason(message));
            case PUBCOMP -> new Packet.PubComp(id, reason(message));
            case SUBSCRIBE -> subscribe((MqttSubscribeMessage) message);
            case UNSUBSCRIBE ->
                new Packet.Unsubscribe(
                        id,
                        List.copyOf(((MqttUnsubscribeMessage) message).payload().topics()));
            case PINGREQ -> new Packet.PingReq();
            case DISCONNECT -> {
                var header = (MqttReasonCodeAndPropertiesVariableHeader) message.variableHeader();
                if (header == null) { // MQTT 3.1.1
                    yield new Packet.Disconnect();
                }
                yield new Packet.Disconnect(
                        reason(header.reasonCode(), header.properties()),
                        number(header.properties(), Property.SESSION_EXPIRY_INTERVAL, -1));
            }
            case AUTH -> {
                var header = (MqttReasonCodeAndPropertiesVariableHeader) message.variableHeader();
                yield new Packet.Auth(
                        reason(header.reasonCode(), header.properties()),
                        text(header.properties(), Property.AUTHENTICATION_METHOD),
                        buffer(header.properties(), Property.AUTHENTICATION_DATA));
            }
            default -> throw new AssertionError(message);
        };
    }

    private static Packet connect(MqttConnectMessage message) {
        var header = message.variableHeader();
        var payload = message.payload();
        return new Packet.Connect(
                VERSIONS.get(header.version()),
                header.isCleanSession(),
                header.keepAliveTimeSeconds(),
                payload.clientIdentifier(),
                header.isWillFlag()
                        ? new Packet.Will(
                                payload.willTopic(),
                                ByteBuffer.wrap(payload.willMessageInBytes()),
                                Qos.of(header.willQos()),
                                header.isWillRetain(),
                                message(payload.willProperties()),
                                number(payload.willProperties(), Property.WILL_DELAY_INTERVAL, 0))
                        : null,
                header.hasUserName() ? payload.userName() : null,
                header.hasPassword() ? new String(payload.passwordInBytes(), StandardCharsets.UTF_8) : null,
                new ConnectProperties(
                        number(header.properties(), Property.SESSION_EXPIRY_INTERVAL, 0),
                        (int) number(header.properties(), Property.RECEIVE_MAXIMUM, 65_535),
                        (int) number(header.properties(), Property.MAXIMUM_PACKET_SIZE, 0),
                        (int) number(header.properties(), Property.TOPIC_ALIAS_MAXIMUM, 0),
                        number(header.properties(), Property.REQUEST_RESPONSE_INFORMATION, 0) == 1,
                        user(header.properties()),
                        text(header.properties(), Property.AUTHENTICATION_METHOD),
                        buffer(header.properties(), Property.AUTHENTICATION_DATA)));
    }

    private static Packet publish(MqttPublishMessage message) {
        MqttProperties properties = message.variableHeader().properties();
        return new Packet.Publish(
                message.variableHeader().topicName(),
                ByteBuffer.wrap(ByteBufUtil.getBytes(message.payload())),
                Qos.of(message.fixedHeader().qosLevel().value()),
                message.fixedHeader().isRetain(),
                message.fixedHeader().isDup(),
                Math.max(0, message.variableHeader().packetId()),
                message(properties),
                (int) number(properties, Property.TOPIC_ALIAS, 0),
                properties.getProperties(Property.SUBSCRIPTION_IDENTIFIER.number()).stream()
                        .map(each -> (Integer) each.value())
                        .toList());
    }

    private static Packet subscribe(MqttSubscribeMessage message) {
        MqttProperties properties = message.idAndPropertiesVariableHeader().properties();
        return new Packet.Subscribe(
                message.variableHeader().messageId(),
                message.payload().topicSubscriptions().stream()
                        .map(each -> new Packet.Subscription(
                                each.topicFilter(),
                                Qos.of(each.qualityOfService().value()),
                                each.option().isNoLocal(),
                                each.option().isRetainAsPublished(),
                                each.option().retainHandling().value()))
                        .toList(),
                (int) number(properties, Property.SUBSCRIPTION_IDENTIFIER, 0));
    }

    private static MqttReason reason(MqttMessage message) {
        return message.variableHeader() instanceof MqttPubReplyMessageVariableHeader header
                ? reason(header.reasonCode(), header.properties())
                : MqttReason.SUCCESS;
    }

    private static MqttReason reason(byte code, MqttProperties properties) {
        return new MqttReason(code & 0xff, text(properties, Property.REASON_STRING), null, user(properties));
    }

    private static io.github.cdimqtt.MqttProperties message(MqttProperties properties) {
        long expiry = number(properties, Property.MESSAGE_EXPIRY_INTERVAL, -1);
        io.github.cdimqtt.MqttProperties.Builder message = io.github.cdimqtt.MqttProperties.receivedBuilder()
                .contentType(text(properties, Property.CONTENT_TYPE))
                .responseTopic(text(properties, Property.RESPONSE_TOPIC))
                .correlationData(data(properties, Property.CORRELATION_DATA))
                .expiry(expiry < 0 ? null : Duration.ofSeconds(expiry))
                .text(number(properties, Property.PAYLOAD_FORMAT_INDICATOR, 0) == 1);
        user(properties).forEach(each -> message.user(each.getKey(), each.getValue()));
        return message.build();
    }

    private static long number(MqttProperties properties, Property property, long absent) {
        var value = properties.getProperty(property.number());
        return value == null ? absent : (Integer) value.value() & 0xffff_ffffL;
    }

    private static @Nullable String text(MqttProperties properties, Property property) {
        var value = properties.getProperty(property.number());
        return value == null ? null : (String) value.value();
    }

    private static byte @Nullable [] data(MqttProperties properties, Property property) {
        var value = properties.getProperty(property.number());
        return value == null ? null : (byte[]) value.value();
    }

    private static @Nullable ByteBuffer buffer(MqttProperties properties, Property property) {
        byte[] data = data(properties, property);
        return data == null ? null : ByteBuffer.wrap(data);
    }

    private static List<Map.Entry<String, String>> user(MqttProperties properties) {
        var value = (MqttProperties.UserProperties) properties.getProperty(Property.USER_PROPERTY.number());
        return value == null
                ? List.of()
                : value.value().stream()
                        .map(each -> Map.entry(each.key, each.value))
                        .toList();
    }
}
