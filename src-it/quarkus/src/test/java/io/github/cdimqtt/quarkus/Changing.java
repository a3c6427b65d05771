package io.github.cdimqtt.quarkus;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.testing.MqttTestBroker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Qualifier;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An application whose code the test changes. */
@Path("/")
@ApplicationScoped
public class Changing {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Inject
    MqttTestBroker broker;

    void changing(@Observes @MqttTopic("changing") String text) {
        heard.add("version 0 heard " + text);
    }

    /** A qualifier that only the application knows, whose class is another one after each change. */
    @Qualifier
    @Retention(RetentionPolicy.RUNTIME)
    @interface Own {}

    void own(@Observes @Own MqttMessage message) {
        heard.add("own " + message.text());
    }

    @GET
    @Path("hear/{text}")
    public String hear(@PathParam("text") String text) {
        heard.clear();
        broker.publish("changing", text);
        return String.join(", ", heard);
    }

    @GET
    @Path("sessions")
    public String sessions() {
        return String.valueOf(broker.sessions().size());
    }

    /** Returns how many threads of cdi-mqtt there are. */
    @GET
    @Path("threads")
    public String threads() {
        return String.valueOf(Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("cdi-mqtt"))
                .count());
    }
}
