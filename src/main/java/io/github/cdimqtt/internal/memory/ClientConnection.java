package io.github.cdimqtt.internal.memory;

import static java.util.Objects.requireNonNull;

import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.packet.PublishSize;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A connection as the broker sees it: what CONNECT said, and where packets go out. Not thread-safe. */
final class ClientConnection {
    /** The session expiry interval of a session that is kept for ever. */
    static final long FOR_EVER = 0xffff_ffffL;

    /** How many messages a client of MQTT 3.1.1 gets before it acknowledges one. */
    private static final int WINDOW_WITHOUT_PROPERTIES = 1000;

    private final PacketSink sink;
    private final int mostWaiting;
    private final LongSupplier clock;
    private final MemoryClient client;
    private final Map<Integer, String> aliases = new HashMap<>();
    private Packet.@Nullable Connect connect;
    private @Nullable ClientSession session;
    private Packet.@Nullable Will will;
    private long sessionExpiry;
    private boolean ended;

    ClientConnection(PacketSink sink, int mostWaiting, LongSupplier clock, MemoryClient client) {
        this.sink = sink;
        this.mostWaiting = mostWaiting;
        this.clock = clock;
        this.client = client;
    }

    MemoryClient client() {
        return client;
    }

    /** CONNECT came. */
    void begin(Packet.Connect packet) {
        connect = packet;
        will = packet.will();
        sessionExpiry =
                version().hasProperties() ? packet.properties().sessionExpiry() : packet.cleanSession() ? 0 : FOR_EVER;
    }

    boolean hasBegun() {
        return connect != null;
    }

    void accept(ClientSession accepted) {
        session = accepted;
        accepted.connected(this, mostWaiting);
    }

    boolean isAccepted() {
        return session != null;
    }

    ClientSession session() {
        return requireNonNull(session);
    }

    Packet.Connect connect() {
        return requireNonNull(connect);
    }

    ProtocolVersion version() {
        return connect().version();
    }

    /** Returns the topics that the client has given a number. */
    Map<Integer, String> aliases() {
        return aliases;
    }

    /** Returns what is to be published at the end; null for nothing. */
    Packet.@Nullable Will will() {
        return will;
    }

    void forgetWill() {
        will = null;
    }

    long sessionExpiry() {
        return sessionExpiry;
    }

    void setSessionExpiry(long seconds) {
        sessionExpiry = seconds;
    }

    long now() {
        return clock.getAsLong();
    }

    /** Returns how many messages of QoS 1 and 2 the client takes before it acknowledges one. */
    int receiveMaximum() {
        return version().hasProperties() ? connect().properties().receiveMaximum() : WINDOW_WITHOUT_PROPERTIES;
    }

    Packet.Publish publishPacket(MessageCopy copy, boolean duplicate, int packetId) {
        StoredMessage message = copy.message();
        Packet.Publish packet = new Packet.Publish(
                message.topic(),
                message.payload().duplicate(),
                copy.qos(),
                copy.retain(),
                duplicate,
                packetId,
                message.properties(version(), now()),
                0,
                version().hasProperties() ? copy.identifiers() : List.of());
        copy.sent(packet);
        return packet;
    }

    /** Returns whether a packet is as small as the client wants it [MQTT-3.1.2-24]. */
    private boolean takes(Packet.Publish packet) {
        int most = connect().properties().maximumPacketSize();
        int identifiers = 5 * packet.subscriptionIdentifiers().size(); // at most
        return most == 0 || PublishSize.fits(packet, most - identifiers);
    }

    /** Returns the packet of a message that was not sent so far; null if it is expired or too large. */
    Packet.@Nullable Publish packetToSend(MessageCopy copy, int packetId) {
        if (copy.message().isExpired(now())) {
            copy.undelivered("it expired");
            return null;
        }
        Packet.Publish packet = publishPacket(copy, false, packetId);
        if (!takes(packet)) {
            copy.undelivered("it is larger than max-message-size");
            return null;
        }
        return packet;
    }

    /** Sends a packet: all that goes to a client goes here. */
    void send(Packet packet) {
        if (!ended) {
            sink.packet(packet);
        }
    }

    /** Says why the connection ends, where the version can. */
    void sendReason(int reasonCode) {
        if (isAccepted() && version().hasProperties()) {
            send(new Packet.Disconnect(new MqttReason(reasonCode), -1));
        }
    }

    /** Ends it, once. Returns whether it was open. */
    boolean end() {
        boolean first = !ended;
        ended = true;
        if (first) {
            sink.ended();
        }
        return first;
    }

    boolean isEnded() {
        return ended;
    }

    void wake() {
        sink.wake();
    }
}
