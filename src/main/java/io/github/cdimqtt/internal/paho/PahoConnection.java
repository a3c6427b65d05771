package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.concurrent.DetachedThreads;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.net.ServerAddress;
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
 * One attempt to connect and what comes of it, with a Paho client of its own. It ends by closing the socket, at any
 * time and on any thread: each of Paho's threads then fails, and the last one tells.
 */
final class PahoConnection implements Transport.Connection {
    /** More than there are packet identifiers: the window is the session's. */
    private static final int MAX_INFLIGHT = 66_000;

    private static final long GOODBYE_MILLIS = 1000;

    private final MqttConfig config;
    private final ConnectRequest request;
    private final Timer timer;
    private final OutgoingFlows flows;
    private final IncomingFlows held;
    private final GuardedListener telling;
    private final ConnectFailure reason;
    private final BrokerSocket socket;
    private final ReadGate gate = new ReadGate();
    private volatile @Nullable OutgoingPackets outbound;
    private volatile boolean leaving;

    PahoConnection(
            MqttConfig config,
            ConnectRequest request,
            Timer timer,
            OutgoingFlows flows,
            IncomingFlows held,
            Transport.Listener listener) {
        ServerAddress server = ServerAddress.parse(request.serverUri());
        this.config = config;
        this.request = request;
        this.timer = timer;
        this.flows = flows;
        this.held = held;
        this.telling = new GuardedListener(listener);
        this.reason = new ConnectFailure(server, config);
        this.socket = new BrokerSocket(server, config);
    }

    /** Connects, on a thread of its own, as soon as the former connection has said what it has to say. */
    void start(@Nullable PahoConnection former) {
        DetachedThreads.startDaemon("mqtt-connect", () -> {
            try {
                if (former != null && former.leaving) { // else the broker could evict it before it has read all of it
                    former.awaitEnd();
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
        OutgoingPackets out = new OutgoingPackets(client, output, socket, flows, telling);
        IncomingPackets in = new IncomingPackets(socket, out, held, telling, gate, timer, assumesSession());
        PacketReader packets = new PacketReader(socket.input(), config.maxMessageSize(), client::heard);
        PahoNetworkModule wire = new PahoNetworkModule(socket, new PacketInputStream(packets, in), output, in.ended());
        outbound = out;
        client.connect(wire, options(), new EndListener(this::end));
        wire.hurry();
    }

    private MqttConnectOptions options() {
        MqttConnectOptions options = new MqttConnectOptions();
        // Any fixed version: otherwise Paho tries two. What goes out is our own CONNECT.
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(true);
        options.setAutomaticReconnect(false);
        options.setKeepAliveInterval(ConnectPacket.keepalive(config));
        options.setMaxInflight(MAX_INFLIGHT);
        return options;
    }

    /** A broker of MQTT 3.1 does not say whether it has kept a session. */
    private boolean assumesSession() {
        return !config.cleanSession() && ConnectPacket.isVersion31(config);
    }

    private void end(Throwable paho) {
        Throwable cause = socket.failure();
        telling.lost(reason.of(cause == null ? paho : cause, socket.progress(), telling.hasConnected()));
        socket.close(paho);
        out(OutgoingPackets::awaitEnd);
    }

    @Override
    public void subscribe(List<Subscription> subscriptions) {
        out(to -> to.subscribe(subscriptions));
    }

    @Override
    public void unsubscribe(List<String> filters) {
        out(to -> to.unsubscribe(filters));
    }

    @Override
    public void publish(OutboundMessage message) {
        out(to -> to.publish(message));
    }

    @Override
    public @Nullable OutboundMessage unanswered(boolean behindRequests) {
        return flows.unanswered(behindRequests);
    }

    @Override
    public void acknowledge(InboundMessage message) {
        switch (message.qos()) {
            case AT_MOST_ONCE -> {
                // Nothing to say.
            }
            case AT_LEAST_ONCE -> out(to -> to.answer(PacketType.PUBACK, message.packetId()));
            case EXACTLY_ONCE -> {
                // Also if the connection is gone: the next one answers by itself.
                if (held.letGo(message)) {
                    out(to -> to.answer(PacketType.PUBCOMP, message.packetId()));
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
        boolean first = telling.silence();
        gate.remove();
        OutgoingPackets out = outbound;
        if (!orderly || out == null || !telling.hasConnected()) {
            socket.close(null);
        } else if (first) {
            leave(out);
        }
    }

    private void leave(OutgoingPackets out) {
        try {
            DetachedThreads.startNonDaemon("mqtt-disconnect", () -> out.disconnect(GOODBYE_MILLIS));
            leaving = true;
        } catch (Throwable noThread) { // then without a goodbye
            socket.close(noThread);
        }
    }

    /** Waits until it is closed, after {@link #close}; who interrupts that has no time for an orderly end. */
    void awaitEnd() {
        try {
            socket.awaitClose(2 * GOODBYE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            socket.close(null);
        }
    }

    private void out(Consumer<OutgoingPackets> news) {
        OutgoingPackets out = outbound;
        if (out == null) {
            return;
        }
        try {
            news.accept(out);
        } catch (Throwable cause) {
            socket.close(cause);
        }
    }
}
