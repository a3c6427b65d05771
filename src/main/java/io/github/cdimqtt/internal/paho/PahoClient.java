package io.github.cdimqtt.internal.paho;

import java.util.Objects;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.jspecify.annotations.Nullable;

/** Paho's client, with a network module and packets of our own. Used for one attempt. */
final class PahoClient extends MqttAsyncClient {
    /**
     * Paho only checks its syntax. That of the broker would not do: with a {@code _} in the host it is refused on JDK
     * 17.
     */
    private static final String ANY_URI = "tcp://localhost:1883";

    private final SharedToken sharedToken;
    private NetworkModule @Nullable [] network;

    /**
     * Creates a client.
     *
     * @param clientId names its threads. It must be ASCII: Paho encodes a CONNECT with it, which is never sent, and
     *     refuses an emoji
     */
    PahoClient(String clientId) throws MqttException {
        super(ANY_URI, clientId, new NoPersistence(), new NoPings());
        sharedToken = new SharedToken(clientId);
    }

    /** Starts Paho's threads and sends CONNECT; never waits for the network. */
    void connect(NetworkModule network, EndListener listener) throws MqttException {
        this.network = new NetworkModule[] {network};
        setCallback(listener);
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1); // any fixed one: otherwise Paho tries two
        options.setAutomaticReconnect(false);
        options.setKeepAliveInterval(0);
        connect(options, null, listener);
    }

    @Override
    protected NetworkModule[] createNetworkModules(String address, MqttConnectOptions options) {
        return Objects.requireNonNull(network);
    }

    /** Queues a packet; never waits for the network. Returns false if the connection is lost. */
    boolean send(PumpedPacket packet) {
        try {
            comms.sendNoWait(packet, sharedToken);
            return true;
        } catch (MqttException e) {
            return false; // not connected any more: the thread that noticed reports the loss
        }
    }

    /**
     * Waits until this client's sender ends after its connection is lost. Paho 1.2.5 wakes it once. If it was just
     * about to sleep, it would then sleep for ever; so it is woken repeatedly.
     */
    void awaitEnd(@Nullable Thread sender) {
        if (sender == null || sender == Thread.currentThread()) {
            return;
        }
        try {
            for (int tries = 0; sender.isAlive() && tries < 100; tries++) {
                comms.getClientState().notifyQueueLock();
                sender.join(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all threads of this client, as if the network had failed. */
    void fail(Throwable cause) {
        comms.shutdownConnection(null, new MqttException(cause));
    }
}
