package house;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Observes every alarm, and how the connection is. */
@ApplicationScoped
class Watch {

    void alarm(@Observes @MqttTopic(value = "home/{room}/alarm", qos = Qos.AT_LEAST_ONCE) MqttMessage message) {
        System.out.println("ALARM in the " + message.param("room") + ": " + message.text());
    }

    void connected(@Observes MqttEvent.Connected event) {
        System.out.println("Connected to " + event.serverUri() + " as " + event.clientId() + ". Ctrl-C ends it.");
    }

    void disconnected(@Observes MqttEvent.Disconnected event) {
        System.out.println(event.requested() ? "Disconnected." : "Connection lost.");
    }
}
