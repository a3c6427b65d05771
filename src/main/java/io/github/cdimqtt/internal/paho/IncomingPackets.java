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
 * Takes the messages out of what comes and hands them straight to the listener; Paho gets the rest. So a message
 * changes no thread on its way and waits in no queue of Paho's, and Paho decodes no topic.
 */
final class IncomingPackets implements PacketInputStream.Filter {
    private static final int ACCEPTED = 0;

    /** What a record of TLS begins with that refuses a CONNECT (RFC 8446, section 5.1). */
    private static final int TLS_ALERT = 0x15;

    private static final int HTTP = 'H';

    /** How long a broker that has kept the session may take to go on with the messages of QoS 2 under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final BrokerSocket socket;
    private final OutgoingPackets outbound;
    private final IncomingFlows held;
    private final GuardedListener telling;
    private final ReadGate gate;
    private final Timer timer;
    private final boolean keepsSession;
    private final CountDownLatch ended = new CountDownLatch(1);
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
     * @param keepsSession whether messages under way go on when the broker says nothing else
     */
    IncomingPackets(
            BrokerSocket socket,
            OutgoingPackets outbound,
            IncomingFlows held,
            GuardedListener telling,
            ReadGate gate,
            Timer timer,
            boolean keepsSession) {
        this.socket = socket;
        this.outbound = outbound;
        this.held = held;
        this.telling = telling;
        this.gate = gate;
        this.timer = timer;
        this.keepsSession = keepsSession;
    }

    @Override
    public void await() throws IOException, InterruptedException {
        if (state == State.STARTING) {
            start();
        } else if (state == State.ACCEPTING) {
            state = State.CONNECTED;
            boolean kept = keepsSession || sessionPresent;
            outbound.resume(kept);
            telling.connected(sessionPresent);
            giveUp(kept);
        }
    }

    @Override
    public boolean isForPaho(PacketReader packet) throws IOException {
        gate.pass();
        int type = PacketType.of(packet.header());
        if ((state == State.WAITING_FOR_CONNACK) != (type == PacketType.CONNACK)) {
            throw new MalformedPacketException(
                    state == State.CONNECTED ? "the broker answered CONNECT twice" : stranger(packet.header()));
        }
        if (telling.isOver()) {
            return false;
        }
        if (type == PacketType.PUBLISH) {
            take(PublishReader.read(packet));
            return false;
        }
        PacketType.check(packet.header(), packet.end() - packet.body());
        switch (type) {
            case PacketType.CONNACK -> {
                sessionPresent = (packet.bytes()[packet.body()] & 1) != 0;
                state = packet.bytes()[packet.body() + 1] == ACCEPTED ? State.ACCEPTING : state;
            }
            case PacketType.SUBACK -> checkCodes(packet);
            case PacketType.PUBREL -> release(packet.unsignedShort(packet.body()));
            case PacketType.PUBREC -> outbound.received(packet.unsignedShort(packet.body()));
            default -> {
                // Paho knows.
            }
        }
        return type != PacketType.PUBREL;
    }

    /** Each code is a granted QoS, or 0x80 and above: a refusal [MQTT-3.9.3-2]. */
    private static void checkCodes(PacketReader packet) throws MalformedPacketException {
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

    private static String stranger(int first) {
        return (first == TLS_ALERT
                        ? "what answers there speaks TLS; write ssl:// in broker-url"
                        : first == HTTP
                                ? "what answers there speaks HTTP; write ws:// in broker-url, or another port"
                                : "what answers there is no MQTT broker")
                + String.format(Locale.ROOT, " (first byte 0x%02x)", first);
    }

    @Override
    public IOException ended(Throwable cause) {
        socket.close(cause);
        ended.countDown();
        return cause instanceof IOException failure ? failure : new IOException(cause);
    }

    /** Opened when nothing more is read. */
    CountDownLatch ended() {
        return ended;
    }

    /**
     * Waits until Paho has started all of its threads: if the receiver ends before, Paho 1.2.5 waits for it for ever, on
     * a thread that nobody can stop.
     */
    private void start() throws InterruptedException {
        Thread.currentThread().setUncaughtExceptionHandler((thread, cause) -> outbound.fail(cause));
        outbound.begun().await(10, TimeUnit.SECONDS);
        state = State.WAITING_FOR_CONNACK;
    }

    /**
     * A broker sends PUBREL again right after CONNACK [MQTT-4.4.0-1]. Without a session it never does; and Artemis, when
     * it was killed, says that the session is there, and has forgotten its identifiers.
     */
    private void giveUp(boolean sessionKept) {
        List<InboundMessage> waiting = held.waiting();
        if (!sessionKept) {
            telling.tell(listener -> {
                handOver(waiting, listener);
                held.clear();
            });
        } else if (!waiting.isEmpty()) {
            timer.schedule(PATIENCE, () -> telling.tell(listener -> handOver(waiting, listener)));
        }
    }

    private void handOver(List<InboundMessage> waiting, Listener listener) {
        waiting.stream().map(held::giveUp).filter(Objects::nonNull).forEach(listener::received);
    }

    /** All or nothing: once it is over, what is not kept must not be answered, so that it comes again. */
    private void take(InboundMessage message) {
        telling.tell(listener -> {
            if (message.qos() == Qos.EXACTLY_ONCE) {
                InboundMessage orphan = held.hold(message);
                if (orphan != null) {
                    listener.received(orphan);
                }
                outbound.answer(PacketType.PUBREC, message.packetId());
            } else {
                listener.received(message);
            }
        });
    }

    private void release(int packetId) {
        telling.tell(listener -> {
            InboundMessage message = held.find(packetId);
            if (message == null) {
                outbound.answer(PacketType.PUBCOMP, packetId);
            } else {
                held.release(message);
                listener.received(message);
            }
        });
    }
}
