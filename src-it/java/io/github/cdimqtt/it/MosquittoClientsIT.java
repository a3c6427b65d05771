package io.github.cdimqtt.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.SharedBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.interop.MosquittoClients;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.Recorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages from and to clients that share no code with this library: {@code mosquitto_pub} and {@code mosquitto_sub}. */
@EnabledIf(
        value = "io.github.cdimqtt.interop.MosquittoClients#areInstalled",
        disabledReason = "mosquitto_pub, mosquitto_sub and mosquitto_rr are not installed")
@ExtendWith({QuietLog.class, SharedBroker.class})
class MosquittoClientsIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @ApplicationScoped
    static class Post extends Recorder<String> {

        void any(@Observes @MqttTopic(value = "post/in/#", qos = Qos.EXACTLY_ONCE) MqttMessage message) {
            record(message.topic() + " " + message.qos().level() + " " + message.text());
        }
    }

    @Test
    void messageOfMosquittoPub_reachesObservers(TestBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.of(broker), Post.class)) {
            MosquittoClients clients = new MosquittoClients(broker);
            clients.run("grüß dich", "mosquitto_pub", "-t", "post/in/text", "-s", "-q", "2");
            clients.run("", "mosquitto_pub", "-t", "post/in/nothing", "-n", "-q", "1");
            clients.run("", "mosquitto_pub", "-t", "post/in/v31", "-m", "old", "-V", "mqttv31");
            clients.run("", "mosquitto_pub", "-t", "post/in/v5", "-m", "new", "-V", "mqttv5", "-q", "1");
            await().untilAsserted(() -> assertThat(container.get(Post.class).recorded())
                    .containsExactlyInAnyOrder(
                            "post/in/text 2 grüß dich", "post/in/nothing 1 ", "post/in/v31 0 old", "post/in/v5 1 new"));
        }
    }

    @Test
    void publishedMessage_reachesMosquittoSub(TestBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.of(broker), Post.class)) {
            Mqtt mqtt = container.get(Mqtt.class);
            assertThat(mqtt.publish("post/out/a", "grüß dich", Qos.EXACTLY_ONCE, true))
                    .succeedsWithin(SOON);
            assertThat(new MosquittoClients(broker)
                            .run(
                                    "",
                                    "mosquitto_sub",
                                    "-t",
                                    "post/out/#",
                                    "-q",
                                    "2",
                                    "-C",
                                    "1",
                                    "-W",
                                    "10",
                                    "-F",
                                    "%t %q %r %p"))
                    .isEqualTo("post/out/a 2 1 grüß dich");
            assertThat(mqtt.publish("post/out/a", null, Qos.AT_LEAST_ONCE, true))
                    .succeedsWithin(SOON);
        }
    }
}
