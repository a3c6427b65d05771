package benchmark;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * This library on Weld SE, as it comes, over Paho or by itself: an observer for each topic. On MQTT 3.1.1 it has at most
 * 19 messages of QoS 2 under way on purpose, since Mosquitto drops what exceeds that; the others here have up to 1,000, as
 * it has on MQTT 5, where the broker says how many it takes.
 */
final class CdiMqttClient implements Client {
    private static volatile Consumer<byte[]> received;

    private final String library;
    private final String version;
    private Mqtt mqtt;

    CdiMqttClient(String name) {
        library = library(name);
        version = name.equals("cdi-mqtt-5") ? "5" : "3.1.1";
    }

    /** The value of {@code mqtt.library}. */
    static String library(String name) {
        return name.equals("cdi-mqtt") ? "paho" : "direct";
    }

    @ApplicationScoped
    static class Observer {
        void in(@Observes @MqttTopic(value = "${topic.in}", qos = Qos.EXACTLY_ONCE) byte[] payload) {
            received.accept(payload);
        }

        void echo(@Observes @MqttTopic(value = "${topic.echo}", qos = Qos.EXACTLY_ONCE) byte[] payload) {
            received.accept(payload);
        }
    }

    @Override
    public void connect(int port, String in, String echo, Consumer<byte[]> receiver) {
        received = receiver;
        System.setProperty("mqtt.broker-url", "tcp://127.0.0.1:" + port);
        System.setProperty("mqtt.library", library);
        System.setProperty("mqtt.protocol-version", version);
        System.setProperty("topic.in", in);
        System.setProperty("topic.echo", echo);
        SeContainer container = SeContainerInitializer.newInstance()
                .addBeanClasses(Observer.class)
                .initialize();
        mqtt = container.select(Mqtt.class).get();
    }

    @Override
    public void publish(String topic, byte[] payload, int qos, Runnable done) {
        CompletionStage<?> unused = mqtt.publish(topic, payload, Qos.of(qos))
                .whenComplete((published, failure) -> Client.done(failure, done));
    }
}
