package io.github.cdimqtt.internal.net.connect;

import io.github.cdimqtt.TlsConfig;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.net.ByteStream;
import io.github.cdimqtt.internal.net.DeferredFailureSocket;
import io.github.cdimqtt.internal.net.tls.Tls;
import io.github.cdimqtt.internal.net.websocket.WebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The socket of one attempt to connect: TCP, then TLS and WebSocket as the address asks. May be closed by any thread at any time. */
public final class BrokerSocket {
    private static final long HANG_UP_TIMEOUT_MILLIS = 250;

    private final BrokerAddress address;
    private final Tls tls;
    private DeferredFailureSocket socket = new DeferredFailureSocket();
    private volatile @Nullable ByteStream stream;
    private volatile ConnectProgress progress = ConnectProgress.UNREACHED;
    private boolean closed;
    private @Nullable Throwable failure;

    public BrokerSocket(BrokerAddress address, TlsConfig config) {
        this.address = address;
        this.tls = new Tls(config);
    }

    /** Connects to the first of the host's addresses that answers, and completes the handshakes of TLS and WebSocket. */
    public void connect(Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        connect(deadline);
        progress = ConnectProgress.REACHED;
        DeferredFailureSocket connected = current();
        connected.setSoTimeout(Math.max(1, millisTo(deadline)));
        stream = shakeHands(connected);
        progress = ConnectProgress.AGREED;
        connected.setSoTimeout(0);
    }

    private ByteStream shakeHands(DeferredFailureSocket connected) throws IOException {
        ByteStream plain;
        if (address.secure()) {
            plain = tls.over(connected, address.name());
            progress = ConnectProgress.SECURED;
        } else {
            plain = ByteStream.of(connected);
        }
        return address.webSocket() ? WebSocket.over(plain, address.authority(), address.resource()) : plain;
    }

    private void connect(long deadline) throws IOException {
        InetAddress[] addresses = InetAddress.getAllByName(address.name().toResolve());
        IOException failure = null;
        for (int i = 0; i < addresses.length; i++) {
            try {
                connect(addresses[i], millisTo(deadline) / (addresses.length - i));
                return;
            } catch (IOException e) {
                failure = first(failure, e);
            }
        }
        throw failure == null ? new SocketException("no address") : failure;
    }

    private static int millisTo(long deadline) {
        return (int) Math.min(Integer.MAX_VALUE, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
    }

    private static IOException first(@Nullable IOException before, IOException now) {
        if (before == null) {
            return now;
        }
        before.addSuppressed(now);
        return before;
    }

    private void connect(InetAddress host, int millis) throws IOException {
        if (millis <= 0) {
            throw new SocketTimeoutException("no time left for " + host);
        }
        DeferredFailureSocket attempt = renew();
        try {
            attempt.setTcpNoDelay(true);
            attempt.connect(new InetSocketAddress(host, address.port()), millis);
        } catch (IOException e) {
            attempt.close();
            throw e;
        }
    }

    private synchronized DeferredFailureSocket renew() throws SocketException {
        if (closed) {
            throw new SocketException("Socket closed");
        }
        socket = new DeferredFailureSocket();
        return socket;
    }

    private synchronized DeferredFailureSocket current() {
        return socket;
    }

    /** Returns how far the attempt has come. */
    public ConnectProgress progress() {
        return progress;
    }

    public InputStream input() throws IOException {
        return stream().input();
    }

    public OutputStream output() throws IOException {
        return stream().output();
    }

    /**
     * Waits until the broker closes the connection after DISCONNECT, as it should (MQTT 3.1.1, section 3.14.4); then ends the
     * output, and waits once more. A reset before that could swallow what was sent. And Artemis sees the end of the
     * connection on another thread than DISCONNECT, and may publish the will.
     *
     * @param readingEnded opens when nothing more is read
     */
    public void awaitHangUp(CountDownLatch readingEnded) throws IOException, InterruptedException {
        if (!readingEnded.await(HANG_UP_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
            stream().endOutput();
            readingEnded.await(HANG_UP_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private ByteStream stream() throws SocketException {
        ByteStream connected = stream;
        if (connected == null) {
            throw new SocketException("Socket is not connected");
        }
        return connected;
    }

    /**
     * Closes the socket, which ends every connect, read and write. Idempotent. Closes it below TLS: TLS would first send
     * close_notify, and wait for a thread that writes to a broker that does not read.
     *
     * @param reason what went wrong, null if nothing; the first call counts
     */
    public synchronized void close(@Nullable Throwable reason) {
        if (!closed) {
            closed = true;
            failure = reason;
        }
        try {
            socket.close();
        } catch (IOException ignored) {
            // Closed all the same.
        }
    }

    @Override
    public String toString() {
        return address.toString();
    }

    /** Returns the reason it was closed for; null if nothing went wrong or it is open. */
    public synchronized @Nullable Throwable failure() {
        return failure;
    }
}
