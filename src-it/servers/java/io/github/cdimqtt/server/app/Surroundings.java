package io.github.cdimqtt.server.app;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** Reports what code finds around it, wherever it is called. */
@ApplicationScoped
public class Surroundings {
    private final AtomicInteger requests = new AtomicInteger();

    @Inject
    Mqtt mqtt;

    @Inject
    Request request;

    /** Numbers the requests. */
    @RequestScoped
    public static class Request {

        @Inject
        Surroundings all;

        private int number;

        /** Returns the number of this one. */
        public int number() {
            if (number == 0) {
                number = all.next();
            }
            return number;
        }
    }

    /** Returns the number of a new request. */
    public int next() {
        return requests.incrementAndGet();
    }

    void sync(@Observes @MqttTopic(value = "ask/surroundings", qos = Qos.AT_LEAST_ONCE) String text) {
        report("sync");
        mqtt.publish("reported/nothing", "", Qos.AT_LEAST_ONCE).thenRun(() -> report("stage"));
        mqtt.subscribe("ask/consumer", Qos.AT_LEAST_ONCE, message -> report("consumer"));
        mqtt.publish("ask/consumer", "", Qos.AT_LEAST_ONCE);
    }

    void async(@ObservesAsync @MqttTopic(value = "ask/surroundings", qos = Qos.AT_LEAST_ONCE) String text) {
        report("async");
    }

    void event(@Observes MqttEvent.Unsubscribed event) {
        report("event");
    }

    void eventAsync(@ObservesAsync MqttEvent.Unsubscribed event) {
        report("async event");
    }

    void unsubscribe(@Observes @MqttTopic(value = "ask/event", qos = Qos.AT_LEAST_ONCE) String text) {
        mqtt.subscribe("ask/consumer/2").thenRun(() -> mqtt.unsubscribe("ask/consumer/2"));
    }

    void countRequest(@Observes @MqttTopic(value = "ask/request", qos = Qos.AT_LEAST_ONCE) String text) {
        mqtt.publish("reported/request", request.number() + " " + request.number(), Qos.AT_LEAST_ONCE);
    }

    /** Reports what is here. */
    public void report(String where) {
        String thread = Thread.currentThread().getName().replaceFirst("-\\d+$", "");
        mqtt.publish(
                "reported/surroundings/" + where,
                "%s, %s, %s, on %s".formatted(greeting(), database(), loader(), thread),
                Qos.AT_LEAST_ONCE);
    }

    @SuppressWarnings("BanJNDI") // the name is a constant
    private static String greeting() {
        try {
            return InitialContext.doLookup("java:comp/env/greeting");
        } catch (NamingException e) {
            return "no greeting: " + e;
        }
    }

    @SuppressWarnings("BanJNDI") // the name is a constant
    private static String database() {
        try {
            DataSource source = InitialContext.doLookup("java:comp/DefaultDataSource");
            try (Connection connection = source.getConnection()) {
                return connection.isValid(1) ? "database" : "dead database";
            }
        } catch (NamingException | SQLException e) {
            return "no database: " + e;
        }
    }

    private static String loader() {
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            return Class.forName(Surroundings.class.getName(), false, loader) == Surroundings.class
                    ? "own loader"
                    : "another loader " + loader;
        } catch (ClassNotFoundException e) {
            return "foreign loader: " + e;
        }
    }
}
