package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.memory.delivery.TrackedMessage;
import io.github.cdimqtt.internal.packet.Packet;
import java.util.List;
import java.util.function.Consumer;
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

    /** It goes to a client that is connected. */
    void expected(ClientSession session) {
        tell(tracked -> tracked.expect(this, session, session.clientId()));
    }

    void sent(Packet.Publish packet) {
        tell(tracked -> tracked.sent(this, packet));
    }

    /** It will never be sent. */
    void undelivered(String reason) {
        tell(tracked -> tracked.undelivered(this, reason));
    }

    /** It is acknowledged, or nobody is there to handle it. */
    void settled() {
        tell(tracked -> tracked.settled(this));
    }

    /** The connection that it goes to has ended. */
    void cut() {
        tell(tracked -> tracked.cut(this));
    }

    /** The client that it goes to is connected again. */
    void back() {
        tell(tracked -> tracked.back(this));
    }

    /** The session that it goes to has ended. */
    void lost() {
        tell(tracked -> tracked.lost(this));
    }

    private void tell(Consumer<TrackedMessage> what) {
        TrackedMessage tracked = message.tracked();
        if (tracked != null) {
            what.accept(tracked);
        }
    }

    private static Qos lower(Qos one, Qos other) {
        return one.level() <= other.level() ? one : other;
    }

    private static List<Integer> identifiers(GrantedFilter filter) {
        return filter.identifier() == 0 ? List.of() : List.of(filter.identifier());
    }
}
