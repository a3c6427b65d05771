package io.github.cdimqtt.it;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down everything that happens on the connections of a test's application. Thread-safe. */
@ApplicationScoped
class Diary {

    private final List<MqttEvent> events = new CopyOnWriteArrayList<>();
    private final List<MqttLog> lines = new CopyOnWriteArrayList<>();

    void event(@Observes MqttEvent event) {
        events.add(event);
    }

    void line(@Observes MqttLog line) {
        lines.add(line);
    }

    List<MqttEvent> events() {
        return List.copyOf(events);
    }

    <E extends MqttEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<MqttLog> lines() {
        return List.copyOf(lines);
    }
}
