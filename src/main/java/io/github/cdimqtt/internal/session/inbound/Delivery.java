package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.internal.session.subscription.Recipient;
import io.github.cdimqtt.internal.transport.InboundMessage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way through the observers. In a kept session it may outlive the connection that it came on: then the
 * next one that brings it again adopts it, and acknowledges it. Thread-safe.
 */
public final class Delivery {
    private final InboundMessage message;
    private final @Nullable Set<Recipient> recipients;
    private volatile AcknowledgementOrder acknowledger;
    private volatile boolean done;
    private boolean forgotten; // guarded by this

    /** Creates one; the recipients are null if it is for all that match it. */
    Delivery(AcknowledgementOrder acknowledger, InboundMessage message, @Nullable Set<Recipient> recipients) {
        this.acknowledger = acknowledger;
        this.message = message;
        this.recipients = recipients;
    }

    public InboundMessage message() {
        return message;
    }

    /** Returns whom it is for; null if for all that match it. */
    @Nullable
    Set<Recipient> recipients() {
        return recipients;
    }

    /** Returns who acknowledges it: the order of the connection that it came on last. */
    public AcknowledgementOrder acknowledger() {
        return acknowledger;
    }

    /**
     * Belongs to another connection from now on, unless it is that one's already, and takes its turn there. Returns
     * false if it was forgotten: then it counts as new.
     */
    synchronized boolean adoptedBy(AcknowledgementOrder other) {
        if (!forgotten && acknowledger != other) {
            other.arrived(this);
            acknowledger = other;
        }
        return !forgotten;
    }

    /** Is to be handled again when it comes again, unless another connection has adopted it. */
    public synchronized boolean forgetFor(AcknowledgementOrder owner) {
        forgotten |= acknowledger == owner;
        return forgotten;
    }

    boolean isDone() {
        return done;
    }

    /** May be acknowledged as soon as those before it are. */
    public void settle() {
        done = true;
        if (message.packetId() > 0) {
            acknowledger.done();
        }
    }
}
