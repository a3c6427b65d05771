package io.github.cdimqtt.internal.client;

import io.github.cdimqtt.internal.transport.InboundMessage;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way through the observers. In a kept session it may outlive the connection that it came on: then the
 * next one that brings it again adopts it, and acknowledges it. Thread-safe.
 */
final class Delivery {
    private final InboundMessage message;
    private final @Nullable Set<Recipient> recipients;
    private volatile Link link;
    private volatile boolean done;
    private boolean forgotten; // guarded by this

    /** Creates one; the recipients are null if it is for all that match it. */
    Delivery(Link link, InboundMessage message, @Nullable Set<Recipient> recipients) {
        this.link = link;
        this.message = message;
        this.recipients = recipients;
    }

    InboundMessage message() {
        return message;
    }

    /** Returns whom it is for; null if for all that match it. */
    @Nullable
    Set<Recipient> recipients() {
        return recipients;
    }

    /** Returns the connection that is to acknowledge it. */
    Link link() {
        return link;
    }

    /**
     * Belongs to another connection from now on, unless it is that one's already, and takes its turn there. Returns
     * false if it was forgotten: then it counts as new.
     */
    synchronized boolean adoptedBy(Link other) {
        if (!forgotten && link != other) {
            other.arrived(this);
            link = other;
        }
        return !forgotten;
    }

    /** Is to be handled again when it comes again, unless another connection has adopted it. */
    synchronized boolean forgetFor(Link owner) {
        forgotten |= link == owner;
        return forgotten;
    }

    boolean isDone() {
        return done;
    }

    /** Says that it may be acknowledged as soon as those before it are. */
    void done() {
        done = true;
    }
}
