package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.net.connect.BrokerSocket;
import io.github.cdimqtt.internal.packet.MalformedPacketException;
import io.github.cdimqtt.internal.packet.PacketReader;
import io.github.cdimqtt.internal.packet.PacketType;
import io.github.cdimqtt.internal.packet.PublishReader;
import io.github.cdimqtt.internal.session.inbound.IncomingFlows;
import io.github.cdimqtt.internal.transport.InboundMessage;
import io.github.cdimqtt.internal.transport.Transport.Listener;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Handles the messages among the received packets, and passes them straight to the listener; Paho gets the other
 * packets. So a message changes no thread and waits in no queue of Paho's, and Paho decodes no topic. On Paho's
 * receiver thread only.
 */
final class IncomingPackets implements PacketInputStream.Filter {
    private static final int ACCEPTED = 0;

    /** The first byte of a TLS record that refuses a CONNECT (RFC 8446, section 5.1). */
    private static final int TLS_ALERT = 0x15;

    private static final int HTTP = 'H';

    /** How long a broker that kept the session may take to release the messages of QoS 2 received before. */
    private static final Duration PUBREL_TIMEOUT = Duration.ofSeconds(10);

    private final BrokerSocket socket;
    private final OutgoingPackets outgoing;
    private final IncomingFlows flows;
    private final GuardedListener listener;
    private final ReadGate gate;
    private final Timer timer;
    private final boolean assumesSessionPresent;
    private final CountDownLatch readingEnded = new CountDownLatch(1);
    private State state = State.STARTING;
    private boolean sessionPresent;

    private enum State {
        STARTING,
        WAITING_FOR_CONNACK,
        ACCEPTING,
        CONNECTED
    }

    /**
     * Creates the filter of one connection.
     *
     * @param assumesSessionPresent whether the flows continue even if CONNACK reports no session
     */
    IncomingPackets(
            BrokerSocket socket,
            OutgoingPackets outgoing,
            IncomingFlows flows,
            GuardedListener listener,
            ReadGate gate,
            Timer timer,
            boolean assumesSessionPresent) {
        this.socket = socket;
        this.outgoing = outgoing;
        this.flows = flows;
        this.listener = listener;
        this.gate = gate;
        this.timer = timer;
        this.assumesSessionPresent = assumesSessionPresent;
    }

    @Override
    public void beforePacket() throws IOException, InterruptedException {
        if (state == State.STARTING) {
            awaitPaho();
        } else if (state == State.ACCEPTING) {
            state = State.CONNECTED;
            boolean sessionKept = assumesSessionPresent || sessionPresent;
            outgoing.resume(sessionKept);
            listener.connected(sessionPresent);
            releaseOrphans(sessionKept);
        }
    }

    @Override
    public boolean isForPaho(PacketReader packet) throws IOException {
        gate.pass();
        int type = PacketType.of(packet.header());
        if ((state == State.WAITING_FOR_CONNACK) != (type == PacketType.CONNACK)) {
            throw new MalformedPacketException(
                    state == State.CONNECTED ? "the broker answered CONNECT twice" : notABroker(packet.header()));
        }
        if (listener.isClosed()) {
            return false;
        }
        if (type == PacketType.PUBLISH) {
            receive(PublishReader.read(packet));
            return false;
        }
        PacketType.checkReceived(packet.header(), packet.end() - packet.body());
        switch (type) {
            case PacketType.CONNACK -> {
                sessionPresent = (packet.bytes()[packet.body()] & 1) != 0;
                state = packet.bytes()[packet.body() + 1] == ACCEPTED ? State.ACCEPTING : state;
            }
            case PacketType.SUBACK -> checkReasonCodes(packet);
            case PacketType.PUBREL -> release(packet.unsignedShort(packet.body()));
            case PacketType.PUBREC -> outgoing.pubrecReceived(packet.unsignedShort(packet.body()));
            default -> {
                // Paho handles it.
            }
        }
        return type != PacketType.PUBREL;
    }

    /** Checks that each code is a granted QoS, or 0x80 and above, a refusal [MQTT-3.9.3-2]. */
    private static void checkReasonCodes(PacketReader packet) throws MalformedPacketException {
        for (int i = packet.body() + 2; i < packet.end(); i++) {
            int code = packet.bytes()[i];
            if (code > 2) {
                throw new MalformedPacketException(String.format(
                        Locale.ROOT,
                        "the broker answered a subscription with the code 0x%02x, which MQTT does not have",
                        code));
            }
        }
    }

    private static String notABroker(int firstByte) {
        return (firstByte == TLS_ALERT
                        ? "what answers there speaks TLS; write ssl:// in broker-url"
                        : firstByte == HTTP
                                ? "what answers there speaks HTTP; write ws:// in broker-url, or another port"
                                : "what answers there is no MQTT broker")
                + String.format(Locale.ROOT, " (first byte 0x%02x)", firstByte);
    }

    @Override
    public IOException readingFailed(Throwable cause) {
        socket.close(cause);
        readingEnded.countDown();
        return cause instanceof IOException failure ? failure : new IOException(cause);
    }

    /** Returns a latch that opens when nothing more is read. */
    CountDownLatch readingEnded() {
        return readingEnded;
    }

    /**
     * Waits until Paho has started all of its threads. If the receiver ends before, Paho 1.2.5 waits for it for ever,
     * on a thread that cannot be stopped.
     */
    private void awaitPaho() throws InterruptedException {
        Thread.currentThread().setUncaughtExceptionHandler((thread, cause) -> outgoing.fail(cause));
        outgoing.started().await(10, TimeUnit.SECONDS);
        state = State.WAITING_FOR_CONNACK;
    }

    /**
     * Delivers the messages whose PUBREL will not come. A broker sends PUBREL again right after CONNACK [MQTT-4.4.0-1].
     * Without a session it never does. And Artemis, after it was killed, reports the session as present although it has
     * forgotten its packet identifiers.
     */
    private void releaseOrphans(boolean sessionKept) {
        List<InboundMessage> waiting = flows.awaitingPubrel();
        if (!sessionKept) {
            listener.call(session -> {
                deliverOrphans(waiting, session);
                flows.clear();
            });
        } else if (!waiting.isEmpty()) {
            timer.schedule(PUBREL_TIMEOUT, () -> listener.call(session -> deliverOrphans(waiting, session)));
        }
    }

    private void deliverOrphans(List<InboundMessage> waiting, Listener session) {
        waiting.stream().map(flows::abandon).filter(Objects::nonNull).forEach(session::received);
    }

    /**
     * Stores and acknowledges a message in one step: after the listener was closed, the message is not stored, so it
     * must not be acknowledged either. Then the broker sends it again.
     */
    private void receive(InboundMessage message) {
        listener.call(session -> {
            if (message.qos() == Qos.EXACTLY_ONCE) {
                InboundMessage orphan = flows.begin(message);
                if (orphan != null) {
                    session.received(orphan);
                }
                outgoing.acknowledge(PacketType.PUBREC, message.packetId());
            } else {
                session.received(message);
            }
        });
    }

    private void release(int packetId) {
        listener.call(session -> {
            InboundMessage message = flows.find(packetId);
            if (message == null) {
                outgoing.acknowledge(PacketType.PUBCOMP, packetId);
            } else {
                flows.release(message);
                session.received(message);
            }
        });
    }
}
