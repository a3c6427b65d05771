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
 * MQTT 3.1.1 and 3.1 over Eclipse Paho: a new client for each attempt, and the flows that one connection leaves to the
 * next. As soon as the broker has accepted a connection, the transport sends again what was unanswered, first and in
 * order. On the session's executor only.
 */
public final class PahoTransport implements Transport {
    private final MqttConfig config;
    private final Timer timer;
    private final MessageStore store;
    private final OutgoingFlows outgoingFlows;
    private final IncomingFlows incomingFlows;
    private @Nullable PahoConnection latest;

    /**
     * Creates a transport for one session.
     *
     * @throws io.github.cdimqtt.MqttException if {@code persistence-directory} can't be used
     */
    public PahoTransport(MqttConfig config, String clientId, Timer timer) {
        Path directory = config.persistenceDirectory();
        this.config = config;
        this.timer = timer;
        this.store = directory == null ? MessageStore.NONE : FileMessageStore.open(directory, clientId);
        this.outgoingFlows = new OutgoingFlows(store);
        this.incomingFlows = new IncomingFlows(store);
    }

    @Override
    public Connection open(ConnectRequest request, Listener listener) {
        outgoingFlows.beginConnection(!config.cleanSession());
        PahoConnection connection = new PahoConnection(config, request, timer, outgoingFlows, incomingFlows, listener);
        connection.start(latest);
        latest = connection;
        return connection;
    }

    /** Waits until DISCONNECT is written or given up, about a second at most. */
    @Override
    public void close() {
        if (latest != null) {
            latest.awaitEnd();
            latest = null;
        }
        store.close();
    }
}
