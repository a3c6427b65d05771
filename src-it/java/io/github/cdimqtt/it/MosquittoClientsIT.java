package io.github.cdimqtt.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.SharedBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.testing.QuietLog;
import io.github.cdimqtt.testing.Recorder;
import io.github.cdimqtt.testing.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages from and to clients that share no code with this library: {@code mosquitto_pub} and {@code mosquitto_sub}. */
@EnabledIf(value = "areInstalled", disabledReason = "mosquitto_pub and mosquitto_sub are not installed")
@ExtendWith({QuietLog.class, SharedBroker.class})
class MosquittoClientsIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @ApplicationScoped
    static class Post extends Recorder<String> {

        void any(@Observes @MqttTopic(value = "post/in/#", qos = Qos.EXACTLY_ONCE) MqttMessage message) {
            record(message.topic() + " " + message.qos().level() + " " + message.text());
        }
    }

    static boolean areInstalled() {
        return Stream.of("mosquitto_pub", "mosquitto_sub")
                .allMatch(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name))));
    }

    @Test
    void messageOfMosquittoPub_reachesObservers(TestBroker broker) throws Exception {
        try (TestContainer container = TestContainer.start(Keys.of(broker), Post.class)) {
            run(broker, "grüß dich", "mosquitto_pub", "-t", "post/in/text", "-s", "-q", "2");
            run(broker, "", "mosquitto_pub", "-t", "post/in/nothing", "-n", "-q", "1");
            run(broker, "", "mosquitto_pub", "-t", "post/in/v31", "-m", "old", "-V", "mqttv31");
            run(broker, "", "mosquitto_pub", "-t", "post/in/v5", "-m", "new", "-V", "mqttv5", "-q", "1");
            await().untilAsserted(() -> assertThat(container.get(Post.class).recorded())
                    .containsExactlyInAnyOrder(
                            "post/in/text 2 grüß dich", "post/in/nothing 1 ", "post/in/v31 0 old", "post/in/v5 1 new"));
        }
    }

    @Test
    void publishedMessage_reachesMosquittoSub(TestBroker broker) throws Exception {
        try (TestContainer container = TestContainer.start(Keys.of(broker), Post.class)) {
            Mqtt mqtt = container.get(Mqtt.class);
            assertThat(mqtt.publish("post/out/a", "grüß dich", Qos.EXACTLY_ONCE, true))
                    .succeedsWithin(SOON);
            assertThat(run(
                            broker,
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

    /** Runs one of the clients to its end, on UTF-8 whatever the platform's charset; returns what it printed. */
    private static String run(TestBroker broker, String input, String client, String... options)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(client, "-h", "127.0.0.1", "-p", Integer.toString(broker.port())));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream out = process.getOutputStream()) {
            out.write(input.getBytes(UTF_8));
        }
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s: %s", client, printed).isZero();
        return printed;
    }
}
