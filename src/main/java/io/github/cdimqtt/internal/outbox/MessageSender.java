package io.github.cdimqtt.internal.outbox;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.internal.packet.Packet;
import java.util.concurrent.CompletableFuture;

/** The session, as the outbox needs it. Thread-safe; returns at once. */
public interface MessageSender {

    /** Returns whether messages can have properties. */
    boolean isMqtt5();

    /** Returns whether the broker has accepted the connection, and it was not lost since. */
    boolean isConnected();

    /** Completes when that is so; fails if the session is closed. */
    CompletableFuture<?> connected();

    /** Sends a message of QoS 1 or 2. Completes when the broker has acknowledged it; fails if it refuses it, or the session ends. */
    CompletableFuture<MqttEvent.Published> send(Packet.Publish message);
}
