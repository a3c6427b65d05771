package house;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.TopicParam;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Watches the temperatures, and raises the alarm. */
@ApplicationScoped
class Climate {
    private static final double TOO_HOT = 50;

    @Inject
    Mqtt mqtt;

    void temperature(@Observes @MqttTopic("home/{room}/temp") double celsius, @TopicParam("room") String room) {
        System.out.printf("%-12s %5.1f C%n", room, celsius);
        if (celsius > TOO_HOT) {
            mqtt.publish("home/" + room + "/alarm", "it is hot", Qos.AT_LEAST_ONCE);
        }
    }

    void window(@Observes @MqttTopic("home/{room}/window") boolean open, @TopicParam("room") String room) {
        System.out.printf("%-12s window %s%n", room, open ? "open" : "closed");
    }
}
