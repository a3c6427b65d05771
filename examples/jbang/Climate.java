///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 17+
//DEPS io.github.cdi-mqtt:cdi-mqtt:0.1.0
//DEPS org.jboss.weld.se:weld-se-core:6.0.4.Final

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.TopicParam;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;

/** Observes the thermometers, and raises the alarm: jbang Climate.java */
@ApplicationScoped
public class Climate {

    @Inject
    Mqtt mqtt;

    void connected(@Observes MqttEvent.Connected event) {
        System.out.println("Connected to " + event.serverUri());
    }

    void temperature(@Observes @MqttTopic("home/{room}/temp") double celsius, @TopicParam("room") String room) {
        System.out.println(room + ": " + celsius + " C");
        if (celsius > 50) {
            mqtt.publish("home/" + room + "/alarm", "it is hot", Qos.AT_LEAST_ONCE);
        }
    }

    /** A single file has no place for a beans.xml, so it names its class itself. It ends with Ctrl-C. */
    public static void main(String[] args) throws InterruptedException {
        var application = SeContainerInitializer.newInstance().addBeanClasses(Climate.class);
        try (SeContainer container = application.initialize()) {
            Thread.currentThread().join();
        }
    }
}
