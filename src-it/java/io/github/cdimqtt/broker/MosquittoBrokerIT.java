package io.github.cdimqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(
        value = "io.github.cdimqtt.broker.MosquittoBroker#isInstalled",
        disabledReason = "Mosquitto is not installed")
class MosquittoBrokerIT {

    private static final Duration BRIEFLY = Duration.ofMillis(300);

    @Test
    void killedBroker_comesBackOnTheSamePort() {
        try (MosquittoBroker broker = MosquittoBroker.launch()) {
            broker.kill();
            assertThatThrownBy(() -> RawClient.connect(broker.url())).hasMessageContaining("cannot connect");
            broker.start();
            RawClient.connect(broker.url()).close();
        }
    }

    @Test
    void frozenBroker_answersAfterTheThaw() {
        try (MosquittoBroker broker = MosquittoBroker.launch();
                RawClient client = RawClient.connect(broker.url()).observe("a")) {
            broker.freeze();
            client.publish("a", "hello".getBytes(UTF_8), 0, false);
            await().during(BRIEFLY).until(() -> client.received().isEmpty());
            broker.thaw();
            await().until(() -> client.texts("a").equals(List.of("hello")));
        }
    }

    @Test
    void wrongOption_isReportedWithTheMessageOfTheBroker() {
        assertThatThrownBy(() -> MosquittoBroker.launch("no_such_option true"))
                .hasStackTraceContaining("no_such_option");
        assertThat(MosquittoBroker.isInstalled()).isTrue();
    }
}
