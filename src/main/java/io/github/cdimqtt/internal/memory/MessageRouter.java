package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.internal.packet.Packet;

/** Brings messages to those who have subscribed, and keeps the retained ones. Not thread-safe. */
final class MessageRouter {
    private final Subscriptions subscriptions = new Subscriptions();
    private final RetainedStore retained = new RetainedStore();
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

    /** Returns whether anybody has subscribed. */
    boolean publish(Packet.Publish packet, ClientSession publisher) {
        StoredMessage message = StoredMessage.of(packet, time.now());
        if (message.retain()) {
            retained.put(message);
        }
        return subscriptions.deliver(message, publisher);
    }

    void publish(Packet.Will will, ClientSession publisher) {
        boolean unused = publish(
                new Packet.Publish(will.topic(), will.payload(), will.qos(), will.retain(), will.properties()),
                publisher);
    }
}
