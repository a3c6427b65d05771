package io.github.cdimqtt.internal.paho;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The socket of one attempt: the only place that knows how a broker is reached. Closed from any thread, any time. */
final class BrokerSocket {
    private final ServerAddress address;
    private final CountDownLatch whenClosed = new CountDownLatch(1);
    private Socket socket = new Socket();
    private boolean closed;
    private @Nullable Throwable failure;

    BrokerSocket(ServerAddress address) {
        this.address = address;
    }

    /** Connects to the first of the host's addresses that answers. */
    void connect(Duration timeout) throws IOException {
        if (!address.scheme().equals("tcp")) {
            throw new UnsupportedOperationException(address.scheme() + " is not supported yet");
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        InetAddress[] addresses = InetAddress.getAllByName(address.host());
        IOException failure = null;
        for (int i = 0; i < addresses.length; i++) {
            long share = (deadline - System.nanoTime()) / (addresses.length - i);
            try {
                connect(addresses[i], (int) TimeUnit.NANOSECONDS.toMillis(share));
                return;
            } catch (IOException e) {
                failure = first(failure, e);
            }
        }
        throw failure == null ? new SocketException("no address") : failure;
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
        Socket attempt = renew();
        try {
            attempt.setTcpNoDelay(true);
            attempt.connect(new InetSocketAddress(host, address.port()), millis);
        } catch (IOException e) {
            attempt.close();
            throw e;
        }
    }

    private synchronized Socket renew() throws SocketException {
        if (closed) {
            throw new SocketException("Socket closed");
        }
        socket = new Socket();
        return socket;
    }

    private synchronized Socket current() {
        return socket;
    }

    InputStream input() throws IOException {
        return current().getInputStream();
    }

    OutputStream output() throws IOException {
        return current().getOutputStream();
    }

    /** Says that nothing more will be written; what was written still arrives. */
    void endOutput() throws IOException {
        current().shutdownOutput();
    }

    /**
     * Frees every thread that connects, reads or writes. Idempotent.
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
