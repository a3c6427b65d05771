package io.github.cdimqtt.support;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Keeps the causes that are logged: of faults, as long as every connection succeeds. Thread-safe. */
public final class FaultListener implements ConnectionListener {
    public final List<Throwable> faults = new CopyOnWriteArrayList<>();

    @Override
    public String broker() {
        return "default";
    }

    @Override
    public boolean observes(Class<? extends MqttEvent> type) {
        return false;
    }

    @Override
    public void event(MqttEvent event) {}

    @Override
    public void log(System.Logger.Level level, String source, Supplier<String> line, Throwable cause) {
        if (cause != null) {
            faults.add(cause);
        }
    }
}
