package io.github.cdimqtt.internal.paho;

import io.github.cdimqtt.internal.concurrent.DetachedThreads;
import io.github.cdimqtt.internal.concurrent.Timer;
import java.time.Duration;
import java.util.Objects;
import org.eclipse.paho.client.mqttv3.MqttPingSender;
import org.eclipse.paho.client.mqttv3.internal.ClientComms;
import org.jspecify.annotations.Nullable;

/**
 * Schedules Paho's keep-alive on our timer; Paho's own {@code java.util.Timer} outlives the connection. Each check gets
 * a thread of its own, because it closes the connection right there when the broker is silent. Thread-safe.
 */
final class TimedPings implements MqttPingSender {
    private final Timer timer;
    private @Nullable ClientComms comms;
    private Timer.@Nullable Task next;
    private boolean stopped;

    TimedPings(Timer timer) {
        this.timer = timer;
    }

    @Override
    public void init(ClientComms comms) {
        this.comms = comms;
    }

    @Override
    public void start() {
        schedule(Objects.requireNonNull(comms).getKeepAlive());
    }

    @Override
    public synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel();
        }
    }

    @Override
    public synchronized void schedule(long millis) {
        ClientComms paho = Objects.requireNonNull(comms);
        if (!stopped && paho.getKeepAlive() > 0) {
            next = timer.schedule(
                    Duration.ofMillis(millis),
                    () -> DetachedThreads.startDaemon("mqtt-ping", () -> paho.checkForActivity()));
        }
    }
}
