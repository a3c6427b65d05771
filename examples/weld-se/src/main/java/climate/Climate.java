package climate;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.TopicParam;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Observes the thermometers, and raises the alarm. */
@ApplicationScoped
class Climate {
    private static final double TOO_HOT = 50;

    @Inject
    Mqtt mqtt;

    void connected(@Observes MqttEvent.Connected event) {
        System.out.println("Connected to " + event.serverUri());
    }

    void temperature(@Observes @MqttTopic("home/{room}/temp") double celsius, @TopicParam("room") String room) {
        System.out.println(room + ": " + celsius + " C");
        if (celsius > TOO_HOT) {
            mqtt.publish("home/" + room + "/alarm", "it is hot", Qos.AT_LEAST_ONCE);
        }
    }
}
