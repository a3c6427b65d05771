package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.concurrent.Timer;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.Terms;
import io.github.cdimqtt.internal.transport.PacketChannel;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one connection alive (MQTT 3.1.1 and 5.0, section 3.1.2.10), for the time that the broker may set in place of ours (MQTT
 * 5.0, section 3.2.2.3.14). When nothing was sent or nothing received for half of the keep-alive, it sends PINGREQ. The
 * connection is lost when no byte follows for the whole of it, or the broker takes none for twice as long. On the session's
 * executor only.
 */
final class KeepAlive {
    private final PacketChannel channel;
    private final BrokerAddress server;
    private final Timer timer;
    private final SerialExecutor executor;
    private final Consumer<MqttException> lost;
    private Duration keepAlive; // once started, as the broker wants it
    private Timer.@Nullable Task tick;
    private long sent;
    private long received;
    private boolean pinging; // a PINGREQ is not written, or nothing was received since
    private long pingedAt; // later while it waits behind packets that the broker takes
    private int pingsBefore;
    private long receivedAtPing;
    private boolean stopped;

    /**
     * Creates it, stopped.
     *
     * @param keepAlive as CONNECT says it; zero for no limit
     * @param lost called once, when the broker is silent
     */
    KeepAlive(
            PacketChannel channel,
            BrokerAddress server,
            Duration keepAlive,
            Timer timer,
            SerialExecutor executor,
            Consumer<MqttException> lost) {
        this.channel = channel;
        this.server = server;
        this.keepAlive = keepAlive;
        this.timer = timer;
        this.executor = executor;
        this.lost = lost;
    }

    /**
     * Starts it.
     *
     * @param terms what the broker says of it
     */
    void start(Terms terms) {
        keepAlive = terms.keepAlive(keepAlive);
        if (!keepAlive.isZero()) {
            sent = channel.bytesSent();
            received = channel.bytesReceived();
            schedule();
        }
    }

    void stop() {
        stopped = true;
        if (tick != null) {
            tick.cancel();
        }
    }

    private void schedule() {
        tick = timer.schedule(keepAlive.dividedBy(2), () -> executor.execute(this::check));
    }

    private void check() {
        if (stopped) {
            return;
        }
        long sentNow = channel.bytesSent();
        long receivedNow = channel.bytesReceived();
        boolean written = channel.pingsSent() != pingsBefore;
        boolean answered = receivedNow != receivedAtPing;
        Duration limit = answered ? keepAlive.multipliedBy(2) : keepAlive;
        pinging &= !written || !answered;
        if (!written && sentNow != sent) {
            pingedAt = timer.nanoTime();
        }
        if (!pinging && (sentNow == sent || receivedNow == received)) {
            ping(receivedNow);
        } else if (pinging && isOver(limit)) {
            stopped = true;
            lost.accept(new MqttException(
                    written
                            ? "no answer to a ping from " + server + " within " + text(limit)
                            : server + " took nothing for " + text(limit)));
            return;
        }
        sent = sentNow;
        received = receivedNow;
        schedule();
    }

    private void ping(long receivedNow) {
        pinging = true;
        pingedAt = timer.nanoTime();
        pingsBefore = channel.pingsSent();
        receivedAtPing = receivedNow;
        channel.send(new Packet.PingReq());
    }

    private boolean isOver(Duration limit) {
        return timer.nanoTime() - pingedAt >= limit.toNanos();
    }

    private static String text(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
