package io.github.cdimqtt.internal.client;

/** A message of one connection on its way through the observers. */
final class Delivery {
    final Link link;
    final InboundMessage message;
    boolean done; // guarded by the link's acknowledgements

    Delivery(Link link, InboundMessage message) {
        this.link = link;
        this.message = message;
    }
}
