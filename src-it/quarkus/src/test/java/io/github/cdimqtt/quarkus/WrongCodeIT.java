package io.github.cdimqtt.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.TopicParam;
import io.github.cdimqtt.quarkus.elsewhere.Base;
import io.quarkus.test.QuarkusUnitTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is wrong in the code fails the build, all of it at once. */
class WrongCodeIT {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Wrong.class, Base.class))
            .assertException(failure -> assertThat(messages(failure))
                    .contains(
                            "MQTT-012: topic filter 'home/#/temp' on Wrong#filter(double): '#' must be the last level",
                            "MQTT-013: parameter 2 of Wrong#variable(String, String): topic filter 'home/{room}' has no {rom},"
                                    + " but {room}; write {rom} for one of its levels",
                            "MQTT-016: parameter 2 of Wrong#stray(Connected, String): @TopicParam has a value only in an"
                                    + " observer of messages; move it to one",
                            "MQTT-017: topic filters '$share/g/shared/+' on Wrong#shared(String) and 'shared/1' on"
                                    + " Wrong#alsoShared(String) overlap: on one connection, 'default', each message"
                                    + " would be handled twice; put one of them on a second connection with @MqttBroker",
                            "MQTT-020: parameter 2 of Wrong#property(String, String): this container injects no"
                                    + " @ConfigProperty into an observer; inject it into the bean",
                            "MQTT-021: Wrong#forgotten(String): @MqttTopic stands without @Observes; write @Observes"
                                    + " @MqttTopic",
                            "MQTT-041: Audited#audit(String): this container would call it by itself, or not at all",
                            "MQTT-041: OfMessages#generic: this container would call it by itself, or not at all",
                            "MQTT-039: Wrong#secret(String): this container can't call a private observer; remove"
                                    + " private",
                            "MQTT-039: Base#hidden(String): this container can't call it on Elsewhere, a class of another"
                                    + " package; make it protected or public",
                            "MQTT-040: Wrong#conditional(String): this container has no observers that are called only"
                                    + " if there is an instance; remove notifyObserver = IF_EXISTS"));

    interface Audited {
        default void audit(@Observes @MqttTopic("audit") String text) {}
    }

    abstract static class Generic<T> {
        void generic(@Observes T event) {}
    }

    @ApplicationScoped
    static class OfMessages extends Generic<MqttMessage> {}

    @ApplicationScoped
    static class Elsewhere extends Base {}

    @ApplicationScoped
    static class Wrong implements Audited {
        void filter(@Observes @MqttTopic("home/#/temp") double celsius) {}

        void variable(@Observes @MqttTopic("home/{room}") String text, @TopicParam("rom") String room) {}

        void stray(@Observes MqttEvent.Connected event, @TopicParam("room") String room) {}

        void shared(@Observes @MqttTopic("$share/g/shared/+") String text) {}

        void alsoShared(@Observes @MqttTopic("shared/1") String text) {}

        void property(@Observes @MqttTopic("property") String text, @ConfigProperty(name = "site") String site) {}

        void forgotten(@MqttTopic("forgotten") String text) {}

        private void secret(@Observes @MqttTopic("secret") String text) {}

        void conditional(@Observes(notifyObserver = Reception.IF_EXISTS) @MqttTopic("conditional") String text) {}

        /** Nobody knows at build what it stands for. */
        void expression(@Observes @MqttTopic("${site}/#/x") String text) {}
    }

    private static String messages(Throwable failure) {
        String all = "";
        for (Throwable each : List.of(failure)) {
            for (Throwable cause = each; cause != null; cause = cause.getCause()) {
                all += cause.getMessage() + "\n";
                for (Throwable suppressed : cause.getSuppressed()) {
                    all += suppressed.getMessage() + "\n";
                }
            }
        }
        return all;
    }

    @Test
    void build_fails() {
        fail("it was built");
    }
}
