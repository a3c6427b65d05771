package io.github.cdimqtt.internal.direct;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.concurrent.DetachedThreads;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.net.connect.BrokerSocket;
import io.github.cdimqtt.internal.packet.MalformedPacketException;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.PacketDecoder;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.transport.GuardedListener;
import io.github.cdimqtt.internal.transport.PacketChannel;
import io.github.cdimqtt.internal.transport.ReadGate;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A channel over a socket. One thread connects, then reads packets and reports them; another one writes. Closing the socket
 * ends both, at any time and on any thread. Thread-safe.
 */
public final class DirectChannel implements PacketChannel {
    /** How long the packets queued before the end may take to be written. */
    private static final long WRITE_TIMEOUT_MILLIS = 1000;

    private final MqttConfig config;
    private final GuardedListener listener;
    private final BrokerSocket socket;
    private final ReadGate gate = new ReadGate();
    private final CountDownLatch readingEnded = new CountDownLatch(1);
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<@Nullable Void> whenClosed = new CompletableFuture<>();
    private volatile @Nullable PacketWriter writer;
    private final AtomicLong bytesReceived = new AtomicLong();

    public DirectChannel(MqttConfig config, BrokerAddress server, Listener listener) {
        this.config = config;
        this.listener = new GuardedListener(listener);
        this.socket = new BrokerSocket(server, config.tls());
    }

    @Override
    public void open() {
        DetachedThreads.startDaemon("mqtt-read", this::connectAndRead);
    }

    private void connectAndRead() {
        try {
            socket.connect(config.connectionTimeout());
            ProtocolVersion version = ProtocolVersion.of(config.protocolVersion());
            PacketWriter started = new PacketWriter(socket.output(), version, listener::written, this::end);
            started.start();
            writer = started;
            listener.opened();
            PacketDecoder packets =
                    new PacketDecoder(socket.input(), version, config.maxMessageSize(), bytesReceived::addAndGet);
            while (true) {
                gate.pass();
                Packet packet = packets.read();
                gate.pass();
                listener.received(packet);
            }
        } catch (MalformedPacketException e) { // the session may still answer with DISCONNECT
            listener.closed(e, socket.progress());
            discardInput();
        } catch (Throwable e) { // also of the session: then the connection is lost, and not silent
            end(e);
        } finally {
            readingEnded.countDown();
        }
    }

    /** Reads on until the connection is closed: with bytes unread, it would be reset, and the last packet lost. */
    private void discardInput() {
        try {
            socket.input().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // It is closed.
        }
    }

    /** One of the threads has failed: ends the other one. */
    private void end(Throwable cause) {
        socket.close(cause);
        Throwable first = socket.failure();
        listener.closed(first == null ? cause : first, socket.progress());
        closeSocket();
    }

    @Override
    public void send(Packet packet) {
        PacketWriter started = writer;
        if (started != null) {
            started.add(packet);
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
        PacketWriter started = writer;
        return started == null ? 0 : started.bytesSent();
    }

    @Override
    public int pingsSent() {
        PacketWriter started = writer;
        return started == null ? 0 : started.pingsSent();
    }

    @Override
    public CompletableFuture<@Nullable Void> close(@Nullable Packet last) {
        listener.close();
        gate.remove();
        PacketWriter started = writer;
        if (last == null || started == null) {
            closeSocket();
        } else if (!whenClosed.isDone() && closing.compareAndSet(false, true)) {
            started.finish(last);
            try {
                DetachedThreads.startNonDaemon("mqtt-disconnect", () -> awaitEnd(started));
            } catch (Throwable noThread) { // then without the last packet
                closeSocket();
            }
        }
        return whenClosed;
    }

    private void awaitEnd(PacketWriter started) {
        try {
            if (started.awaitFinished(WRITE_TIMEOUT_MILLIS)) {
                socket.awaitHangUp(readingEnded);
            }
        } catch (IOException | InterruptedException e) {
            // Then it is closed at once.
        } finally {
            closeSocket();
        }
    }

    private void closeSocket() {
        socket.close(null);
        PacketWriter started = writer;
        if (started != null) {
            started.stop();
        }
        whenClosed.complete(null);
    }
}
