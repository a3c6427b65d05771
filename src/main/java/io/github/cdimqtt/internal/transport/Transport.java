package io.github.cdimqtt.internal.transport;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The seam to a client library: opens the connections of one session, one after the other. The transport keeps the
 * flows of QoS 1 and 2, which a kept session carries from one connection to the next. Everything else is the session's:
 * windows, queues, order, resubscribing, retries and time.
 *
 * <p>Called on the session's executor only, one call at a time; {@link Connection#pause} and {@link Connection#resume}
 * may be called on any thread. No method blocks on the network or throws: failures are reported to the listener.
 */
public interface Transport extends AutoCloseable {

    /**
     * Returns whether the session counts as present even if {@link Listener#connected} reports that it is not: a CONNACK
     * of MQTT 3.1 has no session present flag.
     */
    static boolean assumesSessionPresent(MqttConfig config) {
        return !config.cleanSession() && config.protocolVersion().equals("3.1");
    }

    /** Starts one attempt to connect; the listener receives the outcome. */
    Connection open(ConnectRequest request, Listener listener);

    /** Releases what outlived the connections. It is the last call; every connection was closed before. */
    @Override
    void close();

    /** One attempt to connect, and the connection that it leads to. */
    interface Connection {

        /** Sends one SUBSCRIBE; the listener receives {@link Listener#granted}. */
        void subscribe(List<Subscription> subscriptions);

        /** Sends one UNSUBSCRIBE; the listener receives {@link Listener#unsubscribed}. */
        void unsubscribe(List<String> filters);

        /**
         * Sends a message; the listener receives {@link Listener#delivered} or {@link Listener#rejected}. After a
         * connection is lost, the session passes each unanswered message, the same object, to the next connection. If
         * the broker kept the session, the message keeps its packet identifier.
         */
        void publish(OutboundMessage message);

        /**
         * Returns the message of QoS 1 or 2 that the broker must answer first, also after the connection is lost; null
         * if there is none.
         *
         * @param behindRequests whether the message may have been sent after an unanswered SUBSCRIBE or UNSUBSCRIBE
         */
        @Nullable
        OutboundMessage firstUnanswered(boolean behindRequests);

        /** Acknowledges a message of QoS 1 or 2 received on this connection (PUBACK, PUBCOMP). */
        void acknowledge(InboundMessage message);

        /**
         * Stops reading from the network until {@link #resume}. When called during {@link Listener#received}, no
         * further message is received. Keep-alive continues as far as possible. Any thread.
         */
        void pause();

        /** Continues reading from the network. Any thread. */
        void resume();

        /**
         * Ends the attempt or the connection; {@link Listener#lost} is not called any more. Idempotent.
         *
         * @param orderly whether to send DISCONNECT, so that the broker does not publish the will
         */
        void close(boolean orderly);
    }

    /**
     * Receives the events of one connection, on threads of the transport. Its methods must return at once and throw
     * nothing.
     */
    interface Listener {

        /** The broker accepted the connection. */
        void connected(boolean sessionPresent);

        /**
         * The broker answered a SUBSCRIBE.
         *
         * @param requested the very list passed to {@link Connection#subscribe}
         * @param reasonCodes for each of them 0 to 2, the granted QoS, or 0x80 and above, a refusal
         */
        void granted(List<Subscription> requested, int[] reasonCodes);

        /** The broker answered an UNSUBSCRIBE of this very list. */
        void unsubscribed(List<String> filters);

        /**
         * A message was received; at QoS 2, it was released (PUBREL). A message that a kept session releases again on a
         * later connection, because the broker never got PUBCOMP, is the same object.
         */
        void received(InboundMessage message);

        /**
         * The broker acknowledged a message (PUBACK, PUBCOMP). A message of QoS 0 was written to the socket, or to a
         * buffer that is flushed when no more packets are queued.
         *
         * @param packetId 1 to 65,535; 0 for QoS 0
         */
        void delivered(OutboundMessage message, int packetId);

        /** A message cannot be sent on any connection. */
        void rejected(OutboundMessage message, MqttException cause);

        /** The attempt failed, or the connection is lost. It is the last call. */
        void lost(MqttException cause);
    }
}
