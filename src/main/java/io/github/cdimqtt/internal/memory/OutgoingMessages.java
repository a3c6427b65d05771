package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages of QoS 1 and 2 for one session: those that wait, and those that its client has not acknowledged. Kept from one
 * connection to the next. Not thread-safe.
 */
final class OutgoingMessages {
    private static final int MOST_IDS = 65_535;

    private static final class Flight {
        private final MessageCopy copy;
        private boolean released; // PUBREC came
        private boolean open; // sent on this connection

        private Flight(MessageCopy copy) {
            this.copy = copy;
        }
    }

    private final Deque<MessageCopy> waiting = new ArrayDeque<>();
    private final Map<Integer, Flight> flights = new LinkedHashMap<>(); // in the order of sending
    private final Deque<Integer> toResend = new ArrayDeque<>();
    private int open;
    private int lastId;

    /** Appends a message, unless so many wait. */
    void add(MessageCopy copy, int most) {
        if (waiting.size() < most) {
            waiting.add(copy);
        } else {
            copy.undelivered("it has " + most + " messages to take, as many as offline-buffer allows");
        }
    }

    /** A connection has ended. */
    void disconnected() {
        forEach(MessageCopy::cut);
    }

    /** The session has ended. */
    void lost() {
        forEach(MessageCopy::lost);
    }

    /** Nobody is there to handle what is left. */
    void settled() {
        forEach(MessageCopy::settled);
    }

    private void forEach(Consumer<MessageCopy> what) {
        flights.values().forEach(flight -> what.accept(flight.copy));
        waiting.forEach(what);
    }

    /** A connection begins: what is not acknowledged goes again [MQTT-4.4.0-1]. */
    void connected() {
        forEach(MessageCopy::back);
        open = 0;
        toResend.clear();
        flights.forEach((id, flight) -> {
            flight.open = false;
            toResend.add(id);
        });
    }

    /** Sends as much as the client takes at a time. */
    void send(ClientConnection connection) {
        while (open < connection.receiveMaximum()) {
            Integer again = toResend.poll();
            if (again != null) {
                resend(again, connection);
            } else if (!sendNext(connection)) {
                return;
            }
        }
    }

    private void resend(int id, ClientConnection connection) {
        Flight flight = flights.get(id);
        if (flight != null) {
            flight.open = true;
            open++;
            connection.send(flight.released ? new Packet.PubRel(id) : connection.publishPacket(flight.copy, true, id));
        }
    }

    private boolean sendNext(ClientConnection connection) {
        MessageCopy copy = waiting.poll();
        if (copy == null) {
            return false;
        }
        int id = nextId();
        Packet.Publish packet = connection.packetToSend(copy, id);
        if (packet == null) {
            return true;
        }
        Flight flight = new Flight(copy);
        flight.open = true;
        open++;
        flights.put(id, flight);
        connection.send(packet);
        return true;
    }

    /** Fewer are in flight than there are identifiers. */
    private int nextId() {
        do {
            lastId = lastId % MOST_IDS + 1;
        } while (flights.containsKey(lastId));
        return lastId;
    }

    /** PUBACK came, PUBCOMP, or a PUBREC that refuses: the message is done. */
    void acknowledged(int id) {
        Flight flight = flights.remove(id);
        if (flight != null) {
            flight.copy.settled();
            open -= flight.open ? 1 : 0;
        }
    }

    /** PUBACK or PUBCOMP came, and is to be lost on its way. */
    void settled(int id) {
        Flight flight = flights.get(id);
        if (flight != null) {
            flight.copy.settled();
        }
    }

    /** Returns how many messages wait or are not acknowledged. */
    int size() {
        return waiting.size() + flights.size();
    }

    /** PUBREC came. Returns whether there is such a message. */
    boolean received(int id) {
        Flight flight = ofQos2(id);
        if (flight == null) {
            return false;
        }
        flight.released = true;
        return true;
    }

    private @Nullable Flight ofQos2(int id) {
        Flight flight = flights.get(id);
        return flight == null || flight.copy.qos() != Qos.EXACTLY_ONCE ? null : flight;
    }
}
