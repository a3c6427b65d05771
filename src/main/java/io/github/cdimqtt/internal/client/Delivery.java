package io.github.cdimqtt.internal.client;

/**
 * A message on its way through the observers. In a kept session it may outlive the connection that it came on: then the
 * next one that brings it again adopts it, and acknowledges it. Thread-safe.
 */
final class Delivery {
    private final InboundMessage message;
    private volatile Link link;
    private volatile boolean done;
    private boolean forgotten; // guarded by this

    Delivery(Link link, InboundMessage message) {
        this.link = link;
        this.message = message;
    }

    InboundMessage message() {
        return message;
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
