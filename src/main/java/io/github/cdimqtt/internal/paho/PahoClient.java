package io.github.cdimqtt.internal.paho;

import java.util.Objects;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttPingSender;
import org.eclipse.paho.client.mqttv3.MqttToken;
import org.eclipse.paho.client.mqttv3.internal.HighResolutionTimer;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.internal.wire.MqttWireMessage;
import org.jspecify.annotations.Nullable;

/** Paho's client, with a network module and packets of our own. Used for one attempt. */
final class PahoClient extends MqttAsyncClient {
    /**
     * Paho only checks its syntax. That of the broker would not do: with a {@code _} in the host it is refused on JDK
     * 17.
     */
    private static final String ANY_URI = "tcp://localhost:1883";

    private NetworkModule @Nullable [] network;

    /**
     * Creates a client.
     *
     * @param clientId names its threads. It must be ASCII: Paho encodes a CONNECT with it, which is never sent, and
     *     refuses an emoji
     */
    PahoClient(String clientId, MqttPingSender pings, HighResolutionTimer clock) throws MqttException {
        super(ANY_URI, clientId, new NoPersistence(), pings, null, clock);
    }

    /** Starts Paho's threads and sends CONNECT; never waits for the network. */
    void connect(NetworkModule network, MqttConnectOptions options, EndListener listener) throws MqttException {
        this.network = new NetworkModule[] {network};
        setCallback(listener);
        connect(options, null, listener);
    }

    @Override
    protected NetworkModule[] createNetworkModules(String address, MqttConnectOptions options) {
        return Objects.requireNonNull(network);
    }

    /** Queues a packet; never waits for the network. */
    void send(MqttWireMessage packet, MqttToken token) throws MqttException {
        comms.sendNoWait(packet, token);
    }

    /** Counts received bytes that Paho does not see, so that they keep the connection alive. */
    void bytesReceived(int bytes) {
        comms.getClientState().notifyReceivedBytes(bytes);
    }

    /**
     * Waits until this client's sender ends after its connection is lost. Paho 1.2.5 wakes it once. If it was just
     * about to sleep, it would then sleep for ever; so it is woken repeatedly.
     */
    void awaitEnd(Thread sender) throws InterruptedException {
        for (int tries = 0; sender.isAlive() && tries < 100; tries++) {
            comms.getClientState().notifyQueueLock();
            sender.join(20);
        }
    }

    /** Ends all threads of this client, as if the network had failed. */
    void fail(Throwable cause) {
        comms.shutdownConnection(null, new MqttException(cause));
    }
}
