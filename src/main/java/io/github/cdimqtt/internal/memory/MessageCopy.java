package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.Qos;
import java.util.List;
import java.util.stream.Stream;

/** How a message goes to one session: for one filter, or for several as one copy. Immutable. */
record MessageCopy(StoredMessage message, Qos qos, boolean retain, List<Integer> identifiers) {

    static MessageCopy of(StoredMessage message, GrantedFilter filter) {
        return new MessageCopy(
                message,
                lower(message.qos(), filter.qos()),
                message.retain() && filter.retainAsPublished(),
                identifiers(filter));
    }

    /** One that a new subscription brings [MQTT-3.3.1-8]. */
    static MessageCopy ofRetained(StoredMessage message, GrantedFilter filter) {
        return new MessageCopy(message, lower(message.qos(), filter.qos()), true, identifiers(filter));
    }

    /** Returns the copy for both: with the higher QoS [MQTT-3.3.5-1] and all identifiers [MQTT-3.3.4-4]. */
    MessageCopy and(MessageCopy other) {
        return new MessageCopy(
                message,
                qos.level() >= other.qos.level() ? qos : other.qos,
                retain || other.retain,
                Stream.concat(identifiers.stream(), other.identifiers.stream()).toList());
    }

    private static Qos lower(Qos one, Qos other) {
        return one.level() <= other.level() ? one : other;
    }

    private static List<Integer> identifiers(GrantedFilter filter) {
        return filter.identifier() == 0 ? List.of() : List.of(filter.identifier());
    }
}
