package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.internal.net.connect.BrokerSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.jspecify.annotations.Nullable;

/** A connected socket as Paho sees it. Paho closes it when the connection has ended. */
final class PahoNetworkModule implements NetworkModule {
    /**
     * How long the broker may take to close the connection after DISCONNECT, as it should (MQTT 3.1.1, section 3.14.4),
     * and once more after we closed our side. A reset before that could swallow what we sent. And Artemis sees the end
     * of the connection on another thread than DISCONNECT, and may publish the will.
     */
    private static final long CLOSE_TIMEOUT_MILLIS = 250;

    private final BrokerSocket socket;
    private final InputStream input;
    private final PacketOutputStream output;
    private final CountDownLatch readingEnded;
    private volatile @Nullable Thread connector;

    PahoNetworkModule(BrokerSocket socket, InputStream input, PacketOutputStream output, CountDownLatch readingEnded) {
        this.socket = socket;
        this.input = input;
        this.output = output;
        this.readingEnded = readingEnded;
    }

    @Override
    public void start() {
        connector = Thread.currentThread();
    }

    /** Interrupts the three sleeps of 100 ms that Paho makes while its threads start. */
    void interruptNaps() throws InterruptedException {
        while (!output.started().await(1, TimeUnit.MILLISECONDS)) {
            Thread thread = connector;
            if (thread != null && thread.getState() == Thread.State.TIMED_WAITING) {
                thread.interrupt();
            }
            if (thread != null && !thread.isAlive()) {
                return;
            }
        }
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() {
        return output;
    }

    @Override
    public String getServerURI() {
        return socket.toString();
    }

    @Override
    public void stop() {
        try {
            if (output.disconnected().getCount() == 0
                    && !readingEnded.await(CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
                socket.endOutput();
                readingEnded.await(CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (IOException | InterruptedException e) {
            // Then the socket is closed at once.
        } finally {
            socket.close(null);
        }
    }
}
