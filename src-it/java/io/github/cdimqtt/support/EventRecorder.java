package io.github.cdimqtt.support;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.MqttReason;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records the events of an application's connections, and the lines of their log, in order. Thread-safe. */
@Singleton
public class EventRecorder {

    private final List<MqttEvent> events = new CopyOnWriteArrayList<>();
    private final List<MqttLog> lines = new CopyOnWriteArrayList<>();

    protected void event(@Observes MqttEvent event) {
        events.add(event);
    }

    protected void line(@Observes MqttLog line) {
        if (records(line.level())) {
            lines.add(line);
        }
    }

    /** Returns whether lines of this level are recorded: not those of {@code DEBUG}, as each message has some. */
    protected boolean records(Level level) {
        return level != Level.DEBUG;
    }

    /** Returns the events so far. */
    public List<MqttEvent> events() {
        return List.copyOf(events);
    }

    /** Returns the events of one type. */
    public <E extends MqttEvent> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Returns the event of a filter that a broker does not allow: MQTT 3.1.1 has no code that says so. */
    public static MqttEvent.SubscriptionRefused refused(String filter) {
        return new MqttEvent.SubscriptionRefused(
                "default", filter, new MqttReason(TestContainer.isMqtt5() ? 0x87 : 0x80));
    }

    /** Returns the names of the events of these types. */
    public List<String> names(List<Class<? extends MqttEvent>> types) {
        return events.stream()
                .map(MqttEvent::getClass)
                .filter(types::contains)
                .map(Class::getSimpleName)
                .toList();
    }

    /** Returns the lines so far. */
    public List<MqttLog> lines() {
        return List.copyOf(lines);
    }

    /** Returns the texts of the lines that begin with this. */
    public List<String> lines(String start) {
        return lines.stream()
                .map(MqttLog::text)
                .filter(text -> text.startsWith(start))
                .toList();
    }
}
