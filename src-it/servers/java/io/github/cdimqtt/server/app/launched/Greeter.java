package io.github.cdimqtt.server.app.launched;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Answers, and takes its leave when the application ends. */
@ApplicationScoped
public class Greeter {

    @Inject
    Mqtt mqtt;

    @Inject
    Count count;

    /** Counts in one request. */
    @RequestScoped
    public static class Count {
        private int number;

        /** Returns the next number. */
        public int next() {
            return ++number;
        }
    }

    void hello(@Observes @MqttTopic(value = "ask/launched", qos = Qos.AT_LEAST_ONCE) String text)
            throws ClassNotFoundException {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        boolean own = Class.forName(Greeter.class.getName(), false, loader) == Greeter.class;
        mqtt.publish(
                "reported/launched",
                text + " " + count.next() + count.next() + ", own loader " + own + ", naming " + hasNaming(),
                Qos.AT_LEAST_ONCE);
    }

    @SuppressWarnings("BanJNDI") // the name is a constant
    private static boolean hasNaming() {
        try {
            return InitialContext.doLookup("java:comp/BeanManager") instanceof BeanManager;
        } catch (NamingException none) {
            return false;
        }
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        mqtt.publish("reported/launched", "acknowledged", Qos.AT_LEAST_ONCE)
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    @PreDestroy
    void end() {
        mqtt.publish("reported/launched", "destroyed", Qos.AT_LEAST_ONCE);
    }

    void goodbye(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        mqtt.publish("reported/launched", "goodbye", Qos.AT_LEAST_ONCE);
    }
}
