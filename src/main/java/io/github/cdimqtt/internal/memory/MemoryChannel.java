package io.github.cdimqtt.internal.memory;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.DetachedThreads;
import io.github.cdimqtt.internal.net.connect.ConnectProgress;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.packet.PublishSize;
import io.github.cdimqtt.internal.transport.GuardedListener;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.io.EOFException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A channel to a broker inside this JVM. The broker takes a packet on the thread that sends it; one thread reports what comes
 * back, and does what falls due at the broker. Thread-safe.
 */
public final class MemoryChannel implements PacketChannel {
    private final MemoryBroker broker;
    private final MqttConfig config;
    private final ProtocolVersion version;
    private final GuardedListener listener;
    private final MemoryClient client;
    private final PacketMailbox mailbox;
    private final AtomicLong bytesSent = new AtomicLong();
    private final AtomicInteger pingsSent = new AtomicInteger();
    private volatile @Nullable ClientConnection connection;

    /**
     * Creates a channel.
     *
     * @param config says how many messages of QoS 1 and 2 wait at the broker for this client, and how large one may be
     */
    public MemoryChannel(MemoryBroker broker, MqttConfig config, MemoryClient client, Listener listener) {
        this.broker = broker;
        this.config = config;
        this.version = ProtocolVersion.of(config.protocolVersion());
        this.client = client;
        this.mailbox = new PacketMailbox(broker.control().faults()::delayNanos);
        this.listener = new GuardedListener(listener);
    }

    @Override
    public void open() {
        DetachedThreads.startDaemon("mqtt-memory", this::run);
    }

    private void run() {
        try {
            connection = broker.open(mailbox, config.offlineBuffer(), client);
            if (mailbox.isClosed()) { // before it was open
                lose();
                return;
            }
            listener.opened();
            while (true) {
                PacketMailbox.Item item = mailbox.take(broker::runDue);
                if (item.written() > 0) {
                    listener.written(item.written());
                }
                Packet packet = item.packet();
                if (packet instanceof Packet.Publish message) {
                    PublishSize.check(message, version, config.maxMessageSize());
                }
                if (packet != null) {
                    listener.received(packet);
                } else if (item.isEnd()) {
                    listener.closed(new EOFException(), ConnectProgress.AGREED);
                    return;
                }
            }
        } catch (Throwable e) { // also of the session: then the connection is lost, and not silent
            listener.closed(e, connection == null ? ConnectProgress.UNREACHED : ConnectProgress.AGREED);
            lose();
        }
    }

    private void lose() {
        ClientConnection opened = connection;
        if (opened != null) {
            broker.lost(opened);
        }
    }

    @Override
    public void send(Packet packet) {
        ClientConnection opened = connection;
        if (opened == null || mailbox.isClosed()) {
            return;
        }
        broker.receive(opened, packet);
        bytesSent.addAndGet(size(packet));
        if (packet instanceof Packet.PingReq) {
            pingsSent.incrementAndGet();
        } else if (packet instanceof Packet.Publish message && message.qos() == Qos.AT_MOST_ONCE) {
            mailbox.written();
        }
    }

    /** Nothing is encoded: all but the payload counts as the two bytes that every packet has. */
    static int size(Packet packet) {
        return 2 + (packet instanceof Packet.Publish message ? message.payload().remaining() : 0);
    }

    @Override
    public void pause() {
        mailbox.pause();
    }

    @Override
    public void resume() {
        mailbox.resume();
    }

    @Override
    public void settled(Packet.Publish message) {
        MemoryBroker.DELIVERIES.settled(message);
    }

    @Override
    public long bytesReceived() {
        return mailbox.bytesReceived();
    }

    @Override
    public long bytesSent() {
        return bytesSent.get();
    }

    @Override
    public int pingsSent() {
        return pingsSent.get();
    }

    @Override
    public CompletableFuture<@Nullable Void> close(@Nullable Packet last) {
        boolean unused = listener.close();
        if (last != null) {
            send(last);
        }
        mailbox.close();
        lose();
        return CompletableFuture.completedFuture(null);
    }
}
