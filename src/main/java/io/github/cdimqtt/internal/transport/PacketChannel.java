package io.github.cdimqtt.internal.transport;

import io.github.cdimqtt.internal.net.connect.ConnectProgress;
import io.github.cdimqtt.internal.packet.Packet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The seam between a session and the network: carries packets to one broker and back, over one connection, and does not
 * know what they mean. No method waits for the network. Thread-safe.
 */
public interface PacketChannel {
    /** How many packets may be queued: more than a session's windows allow, unless the broker sends and does not read. */
    int MAX_QUEUED = 1_000_000;

    /** Returns the failure of a packet beyond {@link #MAX_QUEUED}. */
    static IllegalStateException tooManyQueued() {
        return new IllegalStateException("the broker takes nothing: " + MAX_QUEUED + " packets are queued");
    }

    /** Begins to connect, on a thread of its own. Called once; the listener receives the outcome. */
    void open();

    /**
     * Sends a packet behind those before. A packet is dropped before the channel is open and after it is closed.
     *
     * @throws IllegalStateException if more than {@link #MAX_QUEUED} are queued; the connection cannot go on
     */
    void send(Packet packet);

    /** Stops reading until {@link #resume}. When called during {@link Listener#received}, no further packet is received. */
    void pause();

    /** Continues reading. */
    void resume();

    /** The session is done with a received message, and does not acknowledge it. */
    default void settled(Packet.Publish message) {}

    /** Returns the number of bytes received so far; it grows while a large packet arrives. */
    long bytesReceived();

    /** Returns the number of bytes written so far; it stands still while the broker takes none. */
    long bytesSent();

    /** Returns the number of PINGREQ packets written so far. */
    int pingsSent();

    /**
     * Closes the channel. From then on the listener receives no packet, nor the end. Idempotent.
     *
     * @param last sent before, behind all packets queued, within about a second; null to close at once
     * @return completes when the connection is closed
     */
    CompletableFuture<@Nullable Void> close(@Nullable Packet last);

    /** Follows one channel, on its threads. Its methods return at once and throw nothing. */
    interface Listener {

        /** The connection is open, with TLS and WebSocket if asked for: packets can be sent. */
        void opened();

        /** A packet was received. In order, on one thread. */
        void received(Packet packet);

        /**
         * PUBLISH packets of QoS 0 were written, in the order in which they were sent: to the socket, or to a buffer that is
         * flushed when no more packets are queued. May be called after the channel was closed.
         *
         * @param count how many
         */
        void written(int count);

        /**
         * The attempt failed, or the connection is lost. Called once, and nothing is received after it. If the broker sent what
         * is no packet, a last packet may still be sent with {@link PacketChannel#close}.
         *
         * @param progress how far the attempt had come
         */
        void closed(Throwable cause, ConnectProgress progress);
    }
}
