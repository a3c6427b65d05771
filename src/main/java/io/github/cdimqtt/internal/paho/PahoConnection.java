package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.concurrent.DetachedThreads;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.net.connect.BrokerSocket;
import io.github.cdimqtt.internal.packet.ConnectPacket;
import io.github.cdimqtt.internal.packet.PacketReader;
import io.github.cdimqtt.internal.packet.PacketType;
import io.github.cdimqtt.internal.session.inbound.IncomingFlows;
import io.github.cdimqtt.internal.session.outbound.OutgoingFlows;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.transport.ConnectRequest;
import io.github.cdimqtt.internal.transport.InboundMessage;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import io.github.cdimqtt.internal.transport.Subscription;
import io.github.cdimqtt.internal.transport.Transport;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect, and the connection that it leads to, with a Paho client of its own. Closing the socket ends
 * it, at any time and on any thread: then each of Paho's threads fails, and the last one reports the loss. Thread-safe.
 */
final class PahoConnection implements Transport.Connection {
    /** More than there are packet identifiers, because the session keeps the window. */
    private static final int MAX_INFLIGHT = 66_000;

    private static final long DISCONNECT_TIMEOUT_MILLIS = 1000;

    private final MqttConfig config;
    private final ConnectRequest request;
    private final Timer timer;
    private final OutgoingFlows outgoingFlows;
    private final IncomingFlows incomingFlows;
    private final GuardedListener listener;
    private final ConnectFailure connectFailure;
    private final BrokerSocket socket;
    private final ReadGate gate = new ReadGate();
    private volatile @Nullable OutgoingPackets outgoing;
    private volatile boolean disconnecting;

    PahoConnection(
            MqttConfig config,
            ConnectRequest request,
            Timer timer,
            OutgoingFlows outgoingFlows,
            IncomingFlows incomingFlows,
            Transport.Listener listener) {
        BrokerAddress server = request.server();
        this.config = config;
        this.request = request;
        this.timer = timer;
        this.outgoingFlows = outgoingFlows;
        this.incomingFlows = incomingFlows;
        this.listener = new GuardedListener(listener);
        this.connectFailure = new ConnectFailure(server, config);
        this.socket = new BrokerSocket(server, config.tls());
    }

    /** Connects, on a thread of its own, as soon as the previous connection has sent its last packets. */
    void start(@Nullable PahoConnection previous) {
        DetachedThreads.startDaemon("mqtt-connect", () -> {
            try {
                if (previous != null && previous.disconnecting) {
                    // Otherwise the broker could close it for the new one before it has read everything.
                    previous.awaitEnd();
                }
                connect();
            } catch (Throwable cause) {
                end(cause);
            }
        });
    }

    private void connect() throws Exception {
        socket.connect(config.connectionTimeout());
        PacketOutputStream output = new PacketOutputStream(socket.output(), ConnectPacket.bytes(config, request));
        PahoClient client = new PahoClient(Printable.ascii(request.clientId()), new TimedPings(timer), timer::nanoTime);
        OutgoingPackets out = new OutgoingPackets(client, output, socket, outgoingFlows, listener);
        IncomingPackets in = new IncomingPackets(
                socket, out, incomingFlows, listener, gate, timer, Transport.assumesSessionPresent(config));
        PacketReader packets = new PacketReader(socket.input(), config.maxMessageSize(), client::bytesReceived);
        PahoNetworkModule network =
                new PahoNetworkModule(socket, new PacketInputStream(packets, in), output, in.readingEnded());
        outgoing = out;
        client.connect(network, options(), new EndListener(this::end));
        network.interruptNaps();
    }

    private MqttConnectOptions options() {
        MqttConnectOptions options = new MqttConnectOptions();
        // Any fixed version: otherwise Paho tries two. ConnectPacket replaces its CONNECT.
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(true);
        options.setAutomaticReconnect(false);
        options.setKeepAliveInterval(ConnectPacket.keepAliveSeconds(config));
        options.setMaxInflight(MAX_INFLIGHT);
        return options;
    }

    private void end(Throwable failure) {
        Throwable cause = socket.failure();
        listener.lost(connectFailure.of(cause == null ? failure : cause, socket.progress(), listener.hasConnected()));
        socket.close(failure);
        withOutgoing(OutgoingPackets::awaitEnd);
    }

    @Override
    public void subscribe(List<Subscription> subscriptions) {
        withOutgoing(packets -> packets.subscribe(subscriptions));
    }

    @Override
    public void unsubscribe(List<String> filters) {
        withOutgoing(packets -> packets.unsubscribe(filters));
    }

    @Override
    public void publish(OutboundMessage message) {
        withOutgoing(packets -> packets.publish(message));
    }

    @Override
    public @Nullable OutboundMessage firstUnanswered(boolean behindRequests) {
        return outgoingFlows.firstUnanswered(behindRequests);
    }

    @Override
    public void acknowledge(InboundMessage message) {
        switch (message.qos()) {
            case AT_MOST_ONCE -> {
                // QoS 0 has no acknowledgement.
            }
            case AT_LEAST_ONCE -> withOutgoing(packets -> packets.acknowledge(PacketType.PUBACK, message.packetId()));
            case EXACTLY_ONCE -> {
                // Ends the flow even if the connection is lost: the next one then answers PUBREL by itself.
                if (incomingFlows.end(message)) {
                    withOutgoing(packets -> packets.acknowledge(PacketType.PUBCOMP, message.packetId()));
                }
            }
        }
    }

    @Override
    public void pause() {
        gate.shut();
    }

    @Override
    public void resume() {
        gate.open();
    }

    @Override
    public void close(boolean orderly) {
        boolean first = listener.close();
        gate.remove();
        OutgoingPackets out = outgoing;
        if (!orderly || out == null || !listener.hasConnected()) {
            socket.close(null);
        } else if (first) {
            disconnect(out);
        }
    }

    private void disconnect(OutgoingPackets out) {
        try {
            DetachedThreads.startNonDaemon("mqtt-disconnect", () -> out.disconnect(DISCONNECT_TIMEOUT_MILLIS));
            disconnecting = true;
        } catch (Throwable noThread) { // then without DISCONNECT
            socket.close(noThread);
        }
    }

    /** Waits until the connection is closed, after {@link #close}. An interrupt closes the socket at once. */
    void awaitEnd() {
        try {
            socket.awaitClose(2 * DISCONNECT_TIMEOUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            socket.close(null);
        }
    }

    private void withOutgoing(Consumer<OutgoingPackets> action) {
        OutgoingPackets out = outgoing;
        if (out == null) {
            return;
        }
        try {
            action.accept(out);
        } catch (Throwable cause) {
            socket.close(cause);
        }
    }
}
