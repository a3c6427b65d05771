package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.internal.net.PatientSocket;
import io.github.cdimqtt.internal.net.Pipe;
import io.github.cdimqtt.internal.net.Tls;
import io.github.cdimqtt.internal.net.WebSocket;
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

/** The socket of one attempt: the only place that knows how a broker is reached. Closed from any thread, any time. */
final class BrokerSocket {
    private final ServerAddress address;
    private final Tls tls;
    private final CountDownLatch whenClosed = new CountDownLatch(1);
    private PatientSocket socket = new PatientSocket();
    private volatile @Nullable Pipe pipe;
    private volatile Progress progress = Progress.UNREACHED;
    private boolean closed;
    private @Nullable Throwable failure;

    BrokerSocket(ServerAddress address, MqttConfig config) {
        this.address = address;
        this.tls = new Tls(config);
    }

    /** Connects to the first of the host's addresses that answers, and agrees on what is spoken below MQTT. */
    void connect(Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        connect(deadline);
        progress = Progress.REACHED;
        PatientSocket connected = current();
        connected.setSoTimeout(Math.max(1, millisTo(deadline)));
        pipe = agree(connected);
        progress = Progress.AGREED;
        connected.setSoTimeout(0);
    }

    private Pipe agree(PatientSocket connected) throws IOException {
        Pipe plain;
        if (address.isSecure()) {
            plain = tls.over(connected, address.name());
            progress = Progress.SECURED;
        } else {
            plain = Pipe.of(connected);
        }
        return address.isWebSocket() ? WebSocket.over(plain, address.authority(), address.resource()) : plain;
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
        PatientSocket attempt = renew();
        try {
            attempt.setTcpNoDelay(true);
            attempt.connect(new InetSocketAddress(host, address.port()), millis);
        } catch (IOException e) {
            attempt.close();
            throw e;
        }
    }

    private synchronized PatientSocket renew() throws SocketException {
        if (closed) {
            throw new SocketException("Socket closed");
        }
        socket = new PatientSocket();
        return socket;
    }

    private synchronized PatientSocket current() {
        return socket;
    }

    /** Returns how far it has come. */
    Progress progress() {
        return progress;
    }

    InputStream input() throws IOException {
        return pipe().input();
    }

    OutputStream output() throws IOException {
        return pipe().output();
    }

    /** Says that nothing more will be written; what was written still arrives. */
    void endOutput() throws IOException {
        pipe().endOutput();
    }

    private Pipe pipe() throws SocketException {
        Pipe connected = pipe;
        if (connected == null) {
            throw new SocketException("Socket is not connected");
        }
        return connected;
    }

    /**
     * Frees every thread that connects, reads or writes. Idempotent. Closes the socket below TLS: TLS would first say
     * goodbye, and wait for whoever writes to a broker that does not read.
     *
     * @param reason why, if anything went wrong; the first call counts
     */
    synchronized void close(@Nullable Throwable reason) {
        if (!closed) {
            closed = true;
            failure = reason;
        }
        try {
            socket.close();
        } catch (IOException ignored) {
            // Closed all the same.
        }
        whenClosed.countDown();
    }

    /** Waits for {@link #close}, but not for ever. */
    void awaitClose(long millis) throws InterruptedException {
        whenClosed.await(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public String toString() {
        return address.toString();
    }

    /** Returns what closed it, null if nothing went wrong or it is open. */
    synchronized @Nullable Throwable failure() {
        return failure;
    }
}
