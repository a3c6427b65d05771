package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.internal.session.subscription.Recipient;
import io.github.cdimqtt.internal.transport.InboundMessage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A received message until its observers have completed. In a kept session it may outlive its connection: when the
 * broker sends it again on another connection, it is transferred to that one and acknowledged there. Thread-safe.
 */
public final class Delivery {
    private final InboundMessage message;
    private final @Nullable Set<Recipient> recipients;
    private volatile AcknowledgementOrder order;
    private volatile boolean complete;
    private boolean forgotten; // guarded by this

    /** Creates a delivery to these recipients; null for all that match the message. */
    Delivery(AcknowledgementOrder order, InboundMessage message, @Nullable Set<Recipient> recipients) {
        this.order = order;
        this.message = message;
        this.recipients = recipients;
    }

    public InboundMessage message() {
        return message;
    }

    /** Returns the recipients; null for all that match the message. */
    @Nullable
    Set<Recipient> recipients() {
        return recipients;
    }

    /** Returns the order in which it is acknowledged: that of the connection that received it last. */
    public AcknowledgementOrder order() {
        return order;
    }

    /**
     * Transfers the message to another connection, unless it belongs to that one already: it is acknowledged there, in
     * order of arrival. Returns false if it was forgotten: then it counts as new.
     */
    synchronized boolean transferTo(AcknowledgementOrder to) {
        if (!forgotten && order != to) {
            to.arrived(this);
            order = to;
        }
        return !forgotten;
    }

    /**
     * Forgets the message, so that it is handled again when the broker sends it again. Returns false if it was
     * transferred to another connection.
     */
    public synchronized boolean forgetUnlessTransferred(AcknowledgementOrder from) {
        forgotten |= order == from;
        return forgotten;
    }

    boolean isComplete() {
        return complete;
    }

    /** Completes the message: it may be acknowledged as soon as those before it are. */
    public void complete() {
        complete = true;
        if (message.packetId() > 0) {
            order.completed();
        }
    }
}
