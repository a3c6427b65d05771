package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.session.inbound.IncomingFlows;
import io.github.cdimqtt.internal.session.outbound.OutgoingFlows;
import io.github.cdimqtt.internal.session.store.FileMessageStore;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.internal.transport.ConnectRequest;
import io.github.cdimqtt.internal.transport.Transport;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * MQTT 3.1.1 and 3.1 over Eclipse Paho: a new client for each attempt, and what one connection leaves to the next.
 * What the broker left unanswered goes again by itself, first and in order, when it has accepted the next connection.
 */
public final class PahoTransport implements Transport {
    private final MqttConfig config;
    private final Timer timer;
    private final MessageStore journal;
    private final OutgoingFlows flows;
    private final IncomingFlows held;
    private @Nullable PahoConnection last;

    /**
     * Creates a transport for one session.
     *
     * @throws io.github.cdimqtt.MqttException if {@code persistence-directory} can't be used
     */
    public PahoTransport(MqttConfig config, String clientId, Timer timer) {
        Path directory = config.persistenceDirectory();
        this.config = config;
        this.timer = timer;
        this.journal = directory == null ? MessageStore.NONE : FileMessageStore.open(directory, clientId);
        this.flows = new OutgoingFlows(journal);
        this.held = new IncomingFlows(journal);
    }

    @Override
    public Connection open(ConnectRequest request, Listener listener) {
        flows.beginConnection(!config.cleanSession());
        PahoConnection connection = new PahoConnection(config, request, timer, flows, held, listener);
        connection.start(last);
        last = connection;
        return connection;
    }

    /** Waits until DISCONNECT is out, or has been given up: about a second at most. */
    @Override
    public void close() {
        if (last != null) {
            last.awaitEnd();
            last = null;
        }
        journal.close();
    }
}
