package io.github.cdimqtt.server.app;

import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;

/** An observer in a bean of each scope. */
public final class Beans {

    private Beans() {}

    /** Application scoped, with an asynchronous observer too. */
    @ApplicationScoped
    public static class Application {

        @Inject
        Reporter reporter;

        void on(@Observes @MqttTopic(value = "ask/beans", qos = Qos.AT_LEAST_ONCE) String text) {
            reporter.report("beans", text + " application");
        }

        void later(@ObservesAsync @MqttTopic(value = "ask/beans", qos = Qos.AT_LEAST_ONCE) String text) {
            reporter.report("beans", text + " async");
        }
    }

    /** Request scoped. */
    @RequestScoped
    public static class Request {

        @Inject
        Reporter reporter;

        private int messages;

        void on(@Observes @MqttTopic(value = "ask/beans", qos = Qos.AT_LEAST_ONCE) String text) {
            messages++;
            reporter.report("beans", text + " request " + messages);
        }
    }

    /** Dependent. */
    @Dependent
    public static class Depending {

        @Inject
        Reporter reporter;

        void on(@Observes @MqttTopic(value = "ask/beans", qos = Qos.AT_LEAST_ONCE) String text) {
            reporter.report("beans", text + " dependent");
        }
    }
}
