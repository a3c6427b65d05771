package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.internal.memory.delivery.TrackedMessage;
import io.github.cdimqtt.internal.packet.Packet;

/** Brings messages to those who have subscribed, and keeps the retained ones. Not thread-safe. */
final class MessageRouter {
    private final Subscriptions subscriptions = new Subscriptions();
    private final RetainedStore retained = new RetainedStore();
    private final PublishedMessages published = new PublishedMessages();
    private final DueTasks time;

    MessageRouter(DueTasks time) {
        this.time = time;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    RetainedStore retained() {
        return retained;
    }

    PublishedMessages published() {
        return published;
    }

    /** A client has published. Returns whether anybody has subscribed. */
    boolean publish(Packet.Publish packet, ClientSession publisher) {
        StoredMessage message = StoredMessage.of(packet, time.now(), null);
        published.add(message.packet());
        return route(message, publisher);
    }

    void publish(Packet.Will will, ClientSession publisher) {
        boolean unused = publish(
                new Packet.Publish(will.topic(), will.payload(), will.qos(), will.retain(), will.properties()),
                publisher);
    }

    /** A test has published, which wants to know what becomes of the message. */
    void publish(Packet.Publish packet, ClientSession publisher, TrackedMessage tracked) {
        boolean unused = route(StoredMessage.of(packet, time.now(), tracked), publisher);
    }

    private boolean route(StoredMessage message, ClientSession publisher) {
        if (message.retain()) {
            retained.put(message);
        }
        return subscriptions.deliver(message, publisher);
    }
}
