package climate;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.TopicParam;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Observes the thermometers, remembers their last values, and raises the alarm. */
@ApplicationScoped
public class Climate {
    private static final double TOO_HOT = 50;

    private final Map<String, Double> rooms = new ConcurrentSkipListMap<>();

    @Inject
    Mqtt mqtt;

    void temperature(@Observes @MqttTopic("home/{room}/temp") double celsius, @TopicParam("room") String room) {
        rooms.put(room, celsius);
        if (celsius > TOO_HOT) {
            mqtt.publish("home/" + room + "/alarm", "it is hot", Qos.AT_LEAST_ONCE);
        }
    }

    /** Returns the last temperature of each room. */
    public Map<String, Double> rooms() {
        return rooms;
    }
}
