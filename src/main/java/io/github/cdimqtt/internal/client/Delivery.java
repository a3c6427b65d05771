package io.github.cdimqtt.internal.client;

/**
 * A message on its way through the observers. In a kept session it may outlive the connection that it came on: then the
 * next one that brings it again adopts it, and acknowledges it. Thread-safe.
 */
final class Delivery {
    private final InboundMessage message;
    private volatile Link link;
    private volatile boolean done;

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

    /** Belongs to another connection from now on, which has it in its order already. */
    void adoptedBy(Link other) {
        link = other;
    }

    boolean isDone() {
        return done;
    }

    /** Says that it may be acknowledged as soon as those before it are. */
    void done() {
        done = true;
    }
}
