package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.MalformedPacketException;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.reporting.Counters;
import io.github.cdimqtt.internal.session.inbound.Delivery.State;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The messages of QoS 1 and 2 that are not acknowledged, by packet identifier, over all connections of a session: those that
 * await PUBREL, and those that are being handled, or were handled when their connection was gone. So a message that a kept
 * session sends again is recognised and not handled twice. On each connection, messages are acknowledged in order of arrival
 * [MQTT-4.6.0-2], whichever completes first. Their number is bounded by the broker's window, on MQTT 5 by ours.
 *
 * <p>A message whose PUBREL never comes, because the broker has forgotten it, is abandoned: delivered with nothing to
 * acknowledge. The broker does not send it again after our PUBREC. Thread-safe.
 */
final class IncomingFlows {
    private static final int PACKET_IDENTIFIER_NOT_FOUND = 0x92;

    private final IncomingStore store;
    private final Counters counters;
    private final Map<Integer, Delivery> byId = new LinkedHashMap<>();
    private final Acknowledgements acknowledgements;
    private final MqttReason unknownId;

    /** Creates the flows of a session; those that the store kept from an earlier JVM continue. */
    IncomingFlows(MqttConfig config, MessageStore store, Counters counters) {
        ProtocolVersion version = ProtocolVersion.of(config.protocolVersion());
        this.acknowledgements = new Acknowledgements(version, config.receiveMaximum());
        this.unknownId = version.hasProperties() ? new MqttReason(PACKET_IDENTIFIER_NOT_FOUND) : MqttReason.SUCCESS;
        this.store = new IncomingStore(store);
        this.counters = counters;
        for (Packet.Publish stored : this.store.read()) {
            byId.put(stored.packetId(), new Delivery(null, stored, State.AWAITING_PUBREL));
        }
    }

    /**
     * The broker accepted a connection.
     *
     * @param sessionKept whether the broker kept the session; otherwise packet identifiers belong to other messages now
     * @return what is to be dispatched: messages whose PUBREL will not come
     */
    synchronized List<Delivery> connected(PacketChannel connected, boolean sessionKept) {
        acknowledgements.connected(connected);
        if (sessionKept) {
            return List.of();
        }
        List<Delivery> awaiting = awaitingPubrel();
        byId.values().forEach(store::remove);
        byId.clear();
        return awaiting.stream().map(Delivery::orphan).toList();
    }

    /** The connection is lost: nothing is acknowledged until the next one. */
    synchronized void disconnected() {
        acknowledgements.disconnected();
    }

    /**
     * A PUBLISH of QoS 1 or 2 was received. One of QoS 2 is stored and answered with PUBREC.
     *
     * @return what is to be dispatched
     * @throws MalformedPacketException if the broker may not send it now; nothing has changed then
     */
    synchronized List<Delivery> received(PacketChannel from, Packet.Publish message) throws MalformedPacketException {
        if (!acknowledgements.areOn(from)) {
            return List.of(); // never acknowledged, so the broker sends it again
        }
        acknowledgements.received(message.packetId());
        boolean exactlyOnce = message.qos() == Qos.EXACTLY_ONCE;
        Delivery known = byId.get(message.packetId());
        if (known != null && known.isRepeatedBy(message)) {
            if (exactlyOnce) {
                from.send(new Packet.PubRec(message.packetId())); // the first one stays [MQTT-4.3.3-2]
            } else {
                transfer(known, from);
            }
            return List.of();
        }
        List<Delivery> due = new ArrayList<>(1);
        if (known != null) {
            if (known.state == State.AWAITING_PUBREL) {
                due.add(known.orphan());
            }
            store.remove(known);
        }
        Delivery delivery = new Delivery(from, message, exactlyOnce ? State.AWAITING_PUBREL : State.RELEASED);
        if (exactlyOnce) {
            store.put(message);
        }
        byId.remove(message.packetId()); // so that it becomes the last
        byId.put(message.packetId(), delivery);
        if (exactlyOnce) {
            from.send(new Packet.PubRec(message.packetId()));
        } else {
            acknowledgements.add(delivery);
            due.add(delivery);
        }
        return due;
    }

    /**
     * A PUBREL was received.
     *
     * @param dispatched whether a message is still dispatched; otherwise one that is not yet released stays as it is
     * @return the message to be dispatched; null if there is none
     */
    synchronized @Nullable Delivery released(PacketChannel from, int packetId, Predicate<Packet.Publish> dispatched) {
        Delivery known = byId.get(packetId);
        if (!acknowledgements.areOn(from)) {
            return null;
        } else if (known == null || !known.isOfQos2()) {
            acknowledgements.send(new Packet.PubComp(packetId, unknownId), packetId);
            return null;
        } else if (known.state == State.ABANDONED) {
            byId.remove(packetId);
            acknowledgements.send(new Packet.PubComp(packetId), packetId);
            return null;
        } else if (known.state == State.RELEASED) {
            transfer(known, from);
            return null;
        } else if (!dispatched.test(known.message())) {
            return null;
        }
        known.state = State.RELEASED;
        known.channel = from;
        acknowledgements.add(known);
        return known;
    }

    /**
     * As {@link #released}, of a PUBREL that says that the broker does not know the message (MQTT 5.0, section 3.6.2.1): one that
     * awaits it is given up, and has nothing to acknowledge any more.
     */
    synchronized @Nullable Delivery givenUp(PacketChannel from, int packetId, Predicate<Packet.Publish> dispatched) {
        Delivery known = byId.get(packetId);
        if (!acknowledgements.areOn(from)
                || known == null
                || known.state != State.AWAITING_PUBREL
                || !dispatched.test(known.message())) {
            return released(from, packetId, dispatched);
        }
        known.state = State.ABANDONED;
        store.remove(known);
        released(from, packetId, dispatched); // which answers with PUBCOMP [MQTT-4.3.3-11]
        return known.orphan();
    }

    /** A message was received again: it is acknowledged on this channel, in order of arrival. */
    private void transfer(Delivery known, PacketChannel to) {
        counters.received.increment();
        if (known.channel != to) {
            known.channel = to;
            acknowledgements.add(known);
            acknowledgements.sendReady(this::end);
        }
    }

    /** Returns the messages that await PUBREL. */
    synchronized List<Delivery> awaitingPubrel() {
        return byId.values().stream()
                .filter(each -> each.state == State.AWAITING_PUBREL)
                .toList();
    }

    /** Stops waiting for the PUBREL of messages. Returns those to be dispatched: whose PUBREL has not arrived since. */
    synchronized List<Delivery> abandon(PacketChannel on, List<Delivery> awaiting) {
        List<Delivery> orphans = new ArrayList<>();
        for (Delivery each : awaiting) {
            if (acknowledgements.areOn(on) && each.state == State.AWAITING_PUBREL && isCurrent(each)) {
                each.state = State.ABANDONED;
                store.remove(each);
                orphans.add(each.orphan());
            }
        }
        return orphans;
    }

    /** All observers of a message have completed: acknowledges it as soon as those before it are. */
    synchronized void complete(Delivery delivery) {
        delivery.complete = true;
        if (acknowledgements.areOn(delivery.channel)) {
            acknowledgements.sendReady(this::end);
        }
    }

    /** Returns whether a message of this connection is still to be acknowledged. */
    synchronized boolean isAcknowledgementDue() {
        return acknowledgements.areDue();
    }

    private boolean end(Delivery delivery) {
        boolean current = isCurrent(delivery);
        if (current) {
            byId.remove(delivery.message().packetId());
            store.remove(delivery);
            counters.acknowledged.increment();
        }
        return current;
    }

    /** Returns whether the packet identifier of a message still belongs to it. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isCurrent(Delivery delivery) {
        return byId.get(delivery.message().packetId()) == delivery;
    }

    /** Returns whether the connection that a message was received on last is open. */
    synchronized boolean isConnected(Delivery delivery) {
        return acknowledgements.areOn(delivery.channel);
    }

    /**
     * Forgets that a message is handled, so that it is handled again when the broker sends it again.
     *
     * @param connected as {@link #isConnected} returned
     * @return false if that has changed since, because the message was received on another connection
     */
    synchronized boolean forget(Delivery delivery, boolean connected) {
        if (isConnected(delivery) != connected) {
            return false;
        }
        if (isCurrent(delivery)) {
            int id = delivery.message().packetId();
            if (delivery.isOfQos2()) {
                byId.replace(id, new Delivery(null, delivery.message(), State.AWAITING_PUBREL));
            } else {
                byId.remove(id);
            }
        }
        return true;
    }
}
