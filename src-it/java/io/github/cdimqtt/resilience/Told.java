package io.github.cdimqtt.resilience;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a connection tells the application, in order. Thread-safe. */
@Singleton
public class Told {

    private final List<MqttEvent> events = new CopyOnWriteArrayList<>();
    private final List<MqttLog> lines = new CopyOnWriteArrayList<>();

    void happened(@Observes MqttEvent event) {
        events.add(event);
    }

    void logged(@Observes MqttLog line) {
        if (line.level() != System.Logger.Level.DEBUG) {
            lines.add(line);
        }
    }

    /** The events of one type. */
    public <T extends MqttEvent> List<T> of(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The names of the events of these types, in order. */
    public List<String> names(List<Class<? extends MqttEvent>> types) {
        return events.stream()
                .map(MqttEvent::getClass)
                .filter(types::contains)
                .map(Class::getSimpleName)
                .toList();
    }

    /** The lines of the log that begin with this. */
    public List<String> lines(String start) {
        return lines.stream()
                .map(MqttLog::text)
                .filter(text -> text.startsWith(start))
                .toList();
    }
}
