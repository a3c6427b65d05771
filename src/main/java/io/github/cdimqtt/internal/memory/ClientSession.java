package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.topic.TopicFilter;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the broker keeps of one client from one connection to the next (MQTT 5.0, section 4.1). Not thread-safe. */
final class ClientSession {
    private final String clientId;
    private final Set<TopicFilter> filters = new LinkedHashSet<>();
    private final OutgoingMessages outgoing = new OutgoingMessages();
    private final Set<Integer> incoming = new HashSet<>(); // of QoS 2, not released
    private @Nullable ClientConnection connection;
    private int mostWaiting;
    private DueTasks.@Nullable Due end;
    private DueTasks.@Nullable Due will;

    ClientSession(String clientId) {
        this.clientId = clientId;
    }

    String clientId() {
        return clientId;
    }

    /** Returns the filters that are subscribed; {@link Subscriptions} holds them. */
    Set<TopicFilter> filters() {
        return filters;
    }

    OutgoingMessages outgoing() {
        return outgoing;
    }

    Set<Integer> incoming() {
        return incoming;
    }

    @Nullable
    ClientConnection connection() {
        return connection;
    }

    boolean isConnected() {
        return connection != null;
    }

    void connected(ClientConnection opened, int mostWaiting) {
        connection = opened;
        this.mostWaiting = mostWaiting;
        outgoing.connected();
    }

    void disconnected() {
        connection = null;
        outgoing.disconnected();
    }

    DueTasks.@Nullable Due end() {
        return end;
    }

    void setEnd(DueTasks.@Nullable Due due) {
        end = due;
    }

    DueTasks.@Nullable Due will() {
        return will;
    }

    void setWill(DueTasks.@Nullable Due due) {
        will = due;
    }

    /** QoS 0 is for who is there, as with Mosquitto and HiveMQ CE. */
    void deliver(MessageCopy copy) {
        if (connection != null) {
            copy.expected(this);
        }
        if (copy.qos() != Qos.AT_MOST_ONCE) {
            outgoing.add(copy, mostWaiting);
            sendWaiting();
        } else if (connection != null) {
            Packet.Publish packet = connection.packetToSend(copy, 0);
            if (packet != null) {
                connection.send(packet);
            }
        }
    }

    void sendWaiting() {
        if (connection != null) {
            outgoing.send(connection);
        }
    }
}
