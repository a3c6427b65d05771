package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers SUBSCRIBE and UNSUBSCRIBE. Not thread-safe. */
final class SubscribeHandler {
    private static final int NO_SUBSCRIPTION_EXISTED = 0x11;
    private static final int REFUSED = 0x80; // MQTT 3.1.1 has no other code
    private static final int NOT_AUTHORISED = 0x87;
    private static final int TOPIC_FILTER_INVALID = 0x8f;

    private final MessageRouter router;
    private final BrokerFaults faults;

    SubscribeHandler(MessageRouter router, BrokerFaults faults) {
        this.router = router;
        this.faults = faults;
    }

    void subscribe(ClientConnection connection, Packet.Subscribe subscribe) {
        List<Integer> codes = new ArrayList<>();
        List<MessageCopy> retained = new ArrayList<>();
        for (Packet.Subscription asked : subscribe.subscriptions()) {
            TopicFilter filter = filter(asked.filter());
            if (filter == null || faults.refuses(filter)) {
                int reason = filter == null ? TOPIC_FILTER_INVALID : NOT_AUTHORISED;
                codes.add(connection.version().hasProperties() ? reason : REFUSED);
                continue;
            }
            if (filter.shareGroup() != null && asked.noLocal()) { // [MQTT-3.8.3-4]
                throw new ProtocolViolation(ProtocolViolation.PROTOCOL_ERROR);
            }
            GrantedFilter granted =
                    new GrantedFilter(asked.qos(), asked.noLocal(), asked.retainAsPublished(), subscribe.identifier());
            boolean isNew = router.subscriptions().put(filter, connection.session(), granted);
            codes.add(asked.qos().level());
            if (filter.bringsRetained() && (asked.retainHandling() == 0 || asked.retainHandling() == 1 && isNew)) {
                router.retained().matching(filter, connection.now()).stream()
                        .map(each -> MessageCopy.ofRetained(each, granted))
                        .forEach(retained::add);
            }
        }
        connection.send(new Packet.SubAck(subscribe.packetId(), List.copyOf(codes)));
        retained.forEach(connection.session()::deliver);
    }

    private static @Nullable TopicFilter filter(String text) {
        try {
            return TopicFilter.of(text);
        } catch (MqttException e) {
            return null;
        }
    }

    void unsubscribe(ClientConnection connection, Packet.Unsubscribe unsubscribe) {
        List<Integer> codes = new ArrayList<>();
        for (String text : unsubscribe.filters()) {
            TopicFilter filter = filter(text);
            boolean existed = filter != null && router.subscriptions().remove(filter, connection.session());
            codes.add(filter == null ? TOPIC_FILTER_INVALID : existed ? 0 : NO_SUBSCRIPTION_EXISTED);
        }
        connection.send(
                connection.version().hasProperties()
                        ? new Packet.UnsubAck(unsubscribe.packetId(), List.copyOf(codes), MqttReason.SUCCESS)
                        : new Packet.UnsubAck(unsubscribe.packetId()));
    }
}
