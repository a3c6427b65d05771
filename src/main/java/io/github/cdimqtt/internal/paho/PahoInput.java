package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.internal.net.connect.BrokerSocket;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.PacketDecoder;
import io.github.cdimqtt.internal.transport.GuardedListener;
import io.github.cdimqtt.internal.transport.ReadGate;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What Paho's receiver reads: the CONNACK that accepts the connection, and nothing after it. The receiver waits here for
 * ever, and so reports all packets to the listener. Every exception becomes an {@link IOException}, the only one that this
 * thread survives.
 */
final class PahoInput extends InputStream {
    private static final byte[] CONNACK = {0x20, 2, 0, 0};

    private final PacketDecoder packets;
    private final ReadGate gate;
    private final GuardedListener listener;
    private final BrokerSocket socket;
    private final CountDownLatch pahoStarted;
    private final PahoClient client;
    private final CountDownLatch ended = new CountDownLatch(1);
    private Packet.@Nullable ConnAck accepted;
    private int position = CONNACK.length;

    /**
     * Creates the input of one connection.
     *
     * @param pahoStarted opens when Paho has started all of its threads
     */
    PahoInput(
            PacketDecoder packets,
            ReadGate gate,
            GuardedListener listener,
            BrokerSocket socket,
            CountDownLatch pahoStarted,
            PahoClient client) {
        this.packets = packets;
        this.gate = gate;
        this.listener = listener;
        this.socket = socket;
        this.pahoStarted = pahoStarted;
        this.client = client;
    }

    /** Returns a latch that opens when nothing more is read. */
    CountDownLatch ended() {
        return ended;
    }

    @Override
    public int read() throws IOException {
        if (position == CONNACK.length) {
            advance();
        }
        return CONNACK[position++] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        into[offset] = (byte) read();
        return 1;
    }

    /** Returns the number of bytes that can be read without waiting: Paho calls it before every packet. */
    @Override
    public int available() {
        return CONNACK.length - position;
    }

    private void advance() throws IOException {
        try {
            awaitPaho();
            Packet.ConnAck before = accepted;
            if (before != null) {
                listener.received(before); // now that Paho has it, and accepts packets to send
            }
            report();
        } catch (Throwable cause) {
            socket.close(cause);
            ended.countDown();
            throw cause instanceof IOException failure ? failure : new IOException(cause);
        }
    }

    /** Reports packets until one is for Paho. */
    private void report() throws IOException {
        while (true) {
            gate.pass();
            Packet packet = packets.read();
            gate.pass();
            if (accepted == null && packet instanceof Packet.ConnAck answer && answer.returnCode() == 0) {
                accepted = answer;
                position = 0;
                return;
            }
            listener.received(packet);
        }
    }

    /**
     * Waits until Paho has started all of its threads. If the receiver ends before, Paho 1.2.5 waits for it for ever,
     * on a thread that cannot be stopped.
     */
    private void awaitPaho() throws InterruptedException {
        if (accepted == null) {
            Thread.currentThread().setUncaughtExceptionHandler((thread, cause) -> {
                socket.close(cause);
                client.fail(cause);
            });
            pahoStarted.await(10, TimeUnit.SECONDS);
        }
    }
}
