package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.concurrent.DetachedThreads;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.net.connect.BrokerSocket;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.PacketDecoder;
import io.github.cdimqtt.internal.packet.PacketEncoder;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.transport.GuardedListener;
import io.github.cdimqtt.internal.transport.PacketChannel;
import io.github.cdimqtt.internal.transport.ReadGate;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.jspecify.annotations.Nullable;

/**
 * A channel over Eclipse Paho, with a client of its own. Paho's threads carry the packets and see nothing of them but a
 * CONNACK. Closing the socket ends them, at any time and on any thread; the last one reports the loss. Thread-safe.
 */
public final class PahoChannel implements PacketChannel {
    /** How long the packets queued before the end may take to be written. */
    private static final long WRITE_TIMEOUT_MILLIS = 1000;

    private final MqttConfig config;
    private final String clientId;
    private final GuardedListener listener;
    private final BrokerSocket socket;
    private final ReadGate gate = new ReadGate();
    private final CompletableFuture<@Nullable Void> whenClosed = new CompletableFuture<>();
    private volatile @Nullable Packet connect;
    private volatile @Nullable Pump pump;
    private final AtomicLong bytesReceived = new AtomicLong();

    /** What exists once Paho has been started. */
    private record Pump(PahoClient client, PahoInput input, PahoOutput output) {}

    /**
     * Creates a channel that is not open yet.
     *
     * @param clientId names Paho's threads
     */
    public PahoChannel(MqttConfig config, String clientId, BrokerAddress server, Listener listener) {
        this.config = config;
        this.clientId = clientId;
        this.listener = new GuardedListener(listener);
        this.socket = new BrokerSocket(server, config.tls());
    }

    @Override
    public void open() {
        DetachedThreads.startDaemon("mqtt-connect", () -> {
            try {
                socket.connect(config.connectionTimeout());
                listener.opened(); // sends CONNECT
                Packet packet = connect;
                if (packet != null) {
                    startPaho(packet);
                }
            } catch (Throwable cause) {
                end(cause);
            }
        });
    }

    private void startPaho(Packet connectPacket) throws Exception {
        PahoOutput output = new PahoOutput(socket.output(), PacketEncoder.encode(connectPacket), listener::written);
        PahoClient client = new PahoClient(Printable.ascii(clientId));
        PacketDecoder packets = new PacketDecoder(
                socket.input(),
                ProtocolVersion.of(config.protocolVersion()),
                config.maxMessageSize(),
                bytesReceived::addAndGet);
        PahoInput input = new PahoInput(packets, gate, listener, socket, output.started(), client);
        PahoNetworkModule network = new PahoNetworkModule(socket, input, output);
        pump = new Pump(client, input, output);
        client.connect(network, new EndListener(this::end));
        network.interruptNaps();
    }

    private void end(Throwable failure) {
        socket.close(withoutPaho(failure));
        Throwable cause = socket.failure();
        listener.closed(cause == null ? withoutPaho(failure) : cause, socket.progress());
        closeSocket();
        Pump started = pump;
        if (started != null) {
            started.client().awaitEnd(started.output().writer());
        }
    }

    /** Returns the cause that Paho has wrapped, whose own message is "Connection lost". */
    private static Throwable withoutPaho(Throwable failure) {
        Throwable root = failure;
        while (root instanceof MqttException && root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof MqttException paho
                ? new IOException(paho.getMessage() + " (Paho " + paho.getReasonCode() + ")")
                : root;
    }

    @Override
    public void send(Packet packet) {
        Pump started = pump;
        if (started != null) {
            PumpedPacket pumped = new PumpedPacket(packet);
            started.output().expect();
            if (!started.client().send(pumped)) {
                started.output().cancelExpected(); // the connection is lost
            }
        } else if (packet instanceof Packet.Connect) {
            connect = packet;
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
    public long bytesReceived() {
        return bytesReceived.get();
    }

    @Override
    public long bytesSent() {
        Pump started = pump;
        return started == null ? 0 : started.output().bytesSent();
    }

    @Override
    public int pingsSent() {
        Pump started = pump;
        return started == null ? 0 : started.output().pingsSent();
    }

    @Override
    public CompletableFuture<@Nullable Void> close(@Nullable Packet last) {
        boolean first = listener.close();
        gate.remove();
        Pump started = pump;
        if (last == null || started == null) {
            closeSocket();
        } else if (first) {
            send(last);
            try {
                DetachedThreads.startNonDaemon("mqtt-disconnect", () -> awaitEnd(started));
            } catch (Throwable noThread) { // then without the last packet
                closeSocket();
            }
        }
        return whenClosed;
    }

    private void awaitEnd(Pump started) {
        try {
            if (started.output().awaitWritten(WRITE_TIMEOUT_MILLIS)) {
                socket.awaitHangUp(started.input().ended());
            }
        } catch (IOException | InterruptedException e) {
            // Then it is closed at once.
        } finally {
            closeSocket();
        }
    }

    private void closeSocket() {
        socket.close(null);
        whenClosed.complete(null);
    }
}
