package io.github.cdimqtt.internal.application;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.internal.concurrent.StageCompleter;
import io.github.cdimqtt.internal.outbox.MessageSender;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.Session;
import java.util.concurrent.CompletableFuture;

/** The session that sends the messages of an outbox. */
record SessionSender(Session session, boolean isMqtt5) implements MessageSender {

    @Override
    public boolean isConnected() {
        return session.isConnected();
    }

    @Override
    public CompletableFuture<?> connected() {
        return session.ready();
    }

    @Override
    public CompletableFuture<MqttEvent.Published> send(Packet.Publish message) {
        return session.publish(message, new CompletableFuture<>(), StageCompleter.DIRECT);
    }
}
