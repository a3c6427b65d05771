package io.github.cdimqtt.internal.session;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.internal.reporting.ConnectionListener;
import io.github.cdimqtt.internal.reporting.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Records the events and log lines of a session. */
public final class RecordingConnectionListener implements ConnectionListener {
    final List<MqttEvent> events = new ArrayList<>();
    final List<String> lines = new ArrayList<>();
    final List<String> traced = new ArrayList<>(); // those with a stack trace

    @Override
    public String broker() {
        return "default";
    }

    @Override
    public boolean observes(Class<? extends MqttEvent> type) {
        return true;
    }

    @Override
    public void event(MqttEvent event) {
        events.add(event);
    }

    @Override
    public void log(System.Logger.Level level, String source, Supplier<String> text, Throwable cause) {
        lines.add(level + " " + text.get());
        if (cause != null) {
            traced.add(level + " " + text.get());
        }
    }

    /** Returns the events of one type. */
    public <T extends MqttEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Returns the texts of the log lines with this id. */
    public List<String> logs(MessageId id) {
        String beginning = id.level() + " " + id + ": ";
        return lines.stream()
                .filter(each -> each.startsWith(beginning))
                .map(each -> each.substring(beginning.length()))
                .toList();
    }
}
