package io.github.cdimqtt.internal.packet;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties.BinaryProperty;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttProperties.StringProperty;
import io.netty.handler.codec.mqtt.MqttProperties.UserProperty;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Our packets of a broker, as netty writes them: on MQTT 3.1 and 3.1.1 without what only MQTT 5 has. */
public final class NettyMessages {
    private NettyMessages() {}

    public static MqttMessage messageOf(Packet packet) {
        if (packet instanceof Packet.ConnAck ack) {
            return new MqttConnAckMessage(
                    header(MqttMessageType.CONNACK),
                    new MqttConnAckVariableHeader(
                            MqttConnectReturnCode.valueOf((byte) ack.returnCode()),
                            ack.sessionPresent(),
                            terms(ack.terms(), reason(ack.reason()))));
        } else if (packet instanceof Packet.SubAck ack) {
            return new MqttSubAckMessage(
                    header(MqttMessageType.SUBACK),
                    new MqttMessageIdAndPropertiesVariableHeader(ack.packetId(), reason(ack.remark())),
                    new MqttSubAckPayload(ack.reasonCodes()));
        } else if (packet instanceof Packet.UnsubAck ack) {
            return new MqttUnsubAckMessage(
                    header(MqttMessageType.UNSUBACK),
                    new MqttMessageIdAndPropertiesVariableHeader(ack.packetId(), reason(ack.remark())),
                    new MqttUnsubAckPayload(
                            ack.reasonCodes().stream().map(Integer::shortValue).toList()));
        } else if (packet instanceof Packet.PubAck ack) {
            return answer(MqttMessageType.PUBACK, MqttQoS.AT_MOST_ONCE, ack.packetId(), ack.reason());
        } else if (packet instanceof Packet.PubRec ack) {
            return answer(MqttMessageType.PUBREC, MqttQoS.AT_MOST_ONCE, ack.packetId(), ack.reason());
        } else if (packet instanceof Packet.PubRel ack) {
            return answer(MqttMessageType.PUBREL, MqttQoS.AT_LEAST_ONCE, ack.packetId(), ack.reason());
        } else if (packet instanceof Packet.PubComp ack) {
            return answer(MqttMessageType.PUBCOMP, MqttQoS.AT_MOST_ONCE, ack.packetId(), ack.reason());
        } else if (packet instanceof Packet.PingResp) {
            return new MqttMessage(header(MqttMessageType.PINGRESP));
        } else if (packet instanceof Packet.Disconnect end) {
            return new MqttMessage(
                    header(MqttMessageType.DISCONNECT),
                    new MqttReasonCodeAndPropertiesVariableHeader(
                            (byte) end.reason().code(), reason(end.reason())));
        } else if (packet instanceof Packet.Auth auth) {
            var properties = reason(auth.reason());
            add(properties, Property.AUTHENTICATION_METHOD, auth.method());
            add(properties, Property.AUTHENTICATION_DATA, auth.data());
            return new MqttMessage(
                    header(MqttMessageType.AUTH),
                    new MqttReasonCodeAndPropertiesVariableHeader(
                            (byte) auth.reason().code(), properties));
        }
        return publish((Packet.Publish) packet);
    }

    private static MqttMessage publish(Packet.Publish publish) {
        MqttProperties message = publish.properties();
        byte[] correlation = message.correlationData();
        var properties = new io.netty.handler.codec.mqtt.MqttProperties();
        add(properties, Property.PAYLOAD_FORMAT_INDICATOR, message.isText() ? 1 : 0, 0);
        add(
                properties,
                Property.MESSAGE_EXPIRY_INTERVAL,
                message.expiry() == null ? -1 : message.expiry().toSeconds(),
                -1);
        add(properties, Property.CONTENT_TYPE, message.contentType());
        add(properties, Property.RESPONSE_TOPIC, message.responseTopic());
        add(properties, Property.CORRELATION_DATA, correlation == null ? null : ByteBuffer.wrap(correlation));
        add(properties, Property.TOPIC_ALIAS, publish.topicAlias(), 0);
        publish.subscriptionIdentifiers().forEach(each -> add(properties, Property.SUBSCRIPTION_IDENTIFIER, each, 0));
        message.user().forEach(each -> properties.add(new UserProperty(each.getKey(), each.getValue())));
        return new MqttPublishMessage(
                new MqttFixedHeader(
                        MqttMessageType.PUBLISH,
                        publish.duplicate(),
                        MqttQoS.valueOf(publish.qos().level()),
                        publish.retain(),
                        0),
                new MqttPublishVariableHeader(publish.topic(), publish.packetId(), properties),
                Unpooled.wrappedBuffer(publish.payload().duplicate()));
    }

    private static MqttMessage answer(MqttMessageType type, MqttQoS flags, int packetId, MqttReason reason) {
        return new MqttMessage(
                new MqttFixedHeader(type, false, flags, false, 0),
                new MqttPubReplyMessageVariableHeader(packetId, (byte) reason.code(), reason(reason)));
    }

    private static MqttFixedHeader header(MqttMessageType type) {
        return new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0);
    }

    private static io.netty.handler.codec.mqtt.MqttProperties reason(MqttReason reason) {
        var properties = new io.netty.handler.codec.mqtt.MqttProperties();
        add(properties, Property.REASON_STRING, reason.text());
        add(properties, Property.SERVER_REFERENCE, reason.serverReference());
        reason.user().forEach(each -> properties.add(new UserProperty(each.getKey(), each.getValue())));
        return properties;
    }

    private static io.netty.handler.codec.mqtt.MqttProperties terms(
            Terms terms, io.netty.handler.codec.mqtt.MqttProperties properties) {
        add(properties, Property.SESSION_EXPIRY_INTERVAL, terms.sessionExpiry(), -1);
        add(properties, Property.RECEIVE_MAXIMUM, terms.receiveMaximum(), 65_535);
        add(properties, Property.MAXIMUM_QOS, terms.maximumQos().level(), 2);
        add(properties, Property.RETAIN_AVAILABLE, terms.retainAvailable() ? 1 : 0, 1);
        add(properties, Property.MAXIMUM_PACKET_SIZE, terms.maximumPacketSize(), Terms.LARGEST_PACKET);
        add(properties, Property.ASSIGNED_CLIENT_IDENTIFIER, terms.assignedClientId());
        add(properties, Property.TOPIC_ALIAS_MAXIMUM, terms.topicAliasMaximum(), 0);
        add(properties, Property.SERVER_KEEP_ALIVE, terms.keepAlive(), -1);
        add(properties, Property.WILDCARD_SUBSCRIPTION_AVAILABLE, terms.wildcardsAvailable() ? 1 : 0, 1);
        add(
                properties,
                Property.SUBSCRIPTION_IDENTIFIERS_AVAILABLE,
                terms.subscriptionIdentifiersAvailable() ? 1 : 0,
                1);
        add(properties, Property.SHARED_SUBSCRIPTION_AVAILABLE, terms.sharedSubscriptionsAvailable() ? 1 : 0, 1);
        add(properties, Property.RESPONSE_INFORMATION, terms.responseInformation());
        add(properties, Property.AUTHENTICATION_METHOD, terms.authenticationMethod());
        add(properties, Property.AUTHENTICATION_DATA, terms.authenticationData());
        return properties;
    }

    private static void add(
            io.netty.handler.codec.mqtt.MqttProperties properties, Property property, long value, long absent) {
        if (value != absent) {
            properties.add(new IntegerProperty(property.number(), (int) value));
        }
    }

    private static void add(
            io.netty.handler.codec.mqtt.MqttProperties properties, Property property, @Nullable String value) {
        if (value != null) {
            properties.add(new StringProperty(property.number(), value));
        }
    }

    private static void add(
            io.netty.handler.codec.mqtt.MqttProperties properties, Property property, @Nullable ByteBuffer value) {
        if (value != null) {
            byte[] bytes = new byte[value.remaining()];
            value.duplicate().get(bytes);
            properties.add(new BinaryProperty(property.number(), bytes));
        }
    }
}
