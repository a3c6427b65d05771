package io.github.cdimqtt.internal.transport;

import io.github.cdimqtt.MqttException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The seam to a client library: opens the connections of one session, one after the other. What a kept session must
 * carry from one connection to the next (packets of QoS 1 and 2 under way) it keeps itself; windows, queues, order,
 * resubscription, retries and time are the session's.
 *
 * <p>Called on the session's lane only, one call at a time, but for {@link Connection#pause} and
 * {@link Connection#resume}. No method blocks on the network or throws: what fails is
 * told to the listener.
 */
public interface Transport extends AutoCloseable {

    /** Starts one attempt to connect; the outcome is told to the listener. */
    Connection open(ConnectRequest request, Listener listener);

    /** Lets go of what outlived the connections. The last call; every connection was closed before. */
    @Override
    void close();

    /** One attempt to connect, and the connection that comes of it. */
    interface Connection {

        /** Asks for subscriptions in one packet; answered by {@link Listener#granted}. */
        void subscribe(List<Subscription> subscriptions);

        /** Ends subscriptions in one packet; answered by {@link Listener#unsubscribed}. */
        void unsubscribe(List<String> filters);

        /**
         * Sends a message; answered by {@link Listener#delivered} or {@link Listener#rejected}. What was not answered
         * when a connection was lost is given to the next one again, the same object: where the session was kept, it
         * goes with its old packet identifier.
         */
        void publish(OutboundMessage message);

        /**
         * Returns the message of QoS 1 or 2 that the broker was to answer first, also when the connection is lost; null
         * if there is none.
         *
         * @param behindRequests whether also one that a subscribe or unsubscribe went before that is not answered
         */
        @Nullable
        OutboundMessage unanswered(boolean behindRequests);

        /** Acknowledges a message of QoS 1 or 2 that came on this connection (PUBACK, PUBCOMP). */
        void acknowledge(InboundMessage message);

        /**
         * Stops reading from the network, until {@link #resume}; called while a message is told, it is the last one.
         * Keep-alive goes on as far as it can. On any thread.
         */
        void pause();

        /** Goes on reading from the network. On any thread. */
        void resume();

        /**
         * Ends the attempt or the connection; {@link Listener#lost} is not told any more. Idempotent.
         *
         * @param orderly whether to say DISCONNECT, so that the broker does not send the will
         */
        void close(boolean orderly);
    }

    /** Hears of one connection, on threads of the transport. Returns at once and throws nothing. */
    interface Listener {

        /** The broker accepted the connection. */
        void connected(boolean sessionPresent);

        /**
         * The broker answered a subscribe.
         *
         * @param asked the very list that was asked for
         * @param reasonCodes for each of them 0 to 2, the granted QoS, or 0x80 and above, a refusal
         */
        void granted(List<Subscription> asked, int[] reasonCodes);

        /** The broker answered an unsubscribe of this very list. */
        void unsubscribed(List<String> filters);

        /**
         * A message came; of QoS 2, when it is released. One that is released again on a later connection of a kept
         * session, because the end of the former one was not heard, is the same object.
         */
        void received(InboundMessage message);

        /**
         * A message of ours was acknowledged by the broker (PUBACK, PUBCOMP) or, at QoS 0, written: to the socket, or
         * to a buffer that is emptied when nothing more waits.
         *
         * @param packetId 1 to 65,535; 0 for QoS 0
         */
        void delivered(OutboundMessage message, int packetId);

        /** A message of ours can't be sent on any connection. */
        void rejected(OutboundMessage message, MqttException cause);

        /** The attempt failed, or the connection is gone. Told once, and the last. */
        void lost(MqttException cause);
    }
}
