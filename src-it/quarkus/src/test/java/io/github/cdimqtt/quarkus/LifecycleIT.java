package io.github.cdimqtt.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.quarkus.test.QuarkusUnitTest;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The events of a connection: when it opens, when it ends and is opened again, and when the application ends. */
class LifecycleIT {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrokerOfTests.application(LifecycleIT.class)
            .setLogRecordPredicate(line -> line.getLoggerName().startsWith("io.github.cdimqtt"))
            .assertLogRecords(lines -> assertThat(lines)
                    .extracting(LogRecord::getMessage)
                    .anyMatch(text -> text.startsWith("MQTT-101: connected"))
                    .anyMatch(text -> text.startsWith("MQTT-105: disconnected"))
                    .noneMatch(text -> text.startsWith("MQTT-19")));

    @ApplicationScoped
    static class Observers {
        @Inject
        Heard heard;

        @Inject
        Mqtt mqtt;

        void message(@Observes @MqttTopic(value = "lives/#", qos = Qos.AT_LEAST_ONCE) String text) {
            heard.add("message " + text);
        }

        void connected(@Observes MqttEvent.Connected event) {
            if (event.broker().equals("default")) {
                heard.add("connected " + event.reconnect());
                throw new IllegalStateException("harms no other");
            }
        }

        void connectedAsync(@ObservesAsync MqttEvent.Connected event) {
            if (event.broker().equals("default")) {
                heard.add("async connected");
            }
        }

        void subscribed(@Observes MqttEvent.Subscribed event) {
            heard.add("subscribed " + event.filter() + " " + event.granted());
        }

        void disconnected(@Observes MqttEvent.Disconnected event) {
            heard.add("disconnected " + event.requested());
        }

        void log(@Observes MqttLog line) {
            if (line.text().contains("MQTT-105")) {
                heard.add("logged");
            }
        }

        @PreDestroy
        void end() {
            mqtt.publish("lives/end", "while beans are destroyed").toCompletableFuture().join();
        }
    }

    @Inject
    Heard heard;

    @Inject
    Mqtt mqtt;

    @Inject
    Outside outside;

    @Test
    void connection_isOpenWhenTheApplicationRuns_andItsEventsAreHeard() throws Exception {
        assertThat(mqtt.isConnected()).isTrue();
        assertThat(heard.next(3))
                .containsExactlyInAnyOrder("connected false", "async connected", "subscribed lives/# AT_LEAST_ONCE");
        mqtt.disconnect().toCompletableFuture().join();
        assertThat(heard.next(2)).containsExactlyInAnyOrder("disconnected true", "logged");
        mqtt.connect().toCompletableFuture().join();
        assertThat(heard.next(3))
                .containsExactlyInAnyOrder("connected true", "async connected", "subscribed lives/# AT_LEAST_ONCE");
        outside.publish("lives/on", "x");
        assertThat(heard.next(1)).containsExactly("message x");
    }
}
