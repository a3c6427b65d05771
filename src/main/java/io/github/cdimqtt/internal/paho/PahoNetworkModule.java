package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.internal.net.connect.BrokerSocket;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.jspecify.annotations.Nullable;

/** A connected socket as Paho sees it. Paho closes it when the connection has ended. */
final class PahoNetworkModule implements NetworkModule {
    private final BrokerSocket socket;
    private final InputStream input;
    private final PahoOutput output;
    private volatile @Nullable Thread connector;

    PahoNetworkModule(BrokerSocket socket, InputStream input, PahoOutput output) {
        this.socket = socket;
        this.input = input;
        this.output = output;
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
        socket.close(null);
    }
}
