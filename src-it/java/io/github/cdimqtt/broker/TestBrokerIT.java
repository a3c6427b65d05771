package io.github.cdimqtt.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

class TestBrokerIT {

    @Test
    @ExtendWith(SharedBroker.class)
    void message_reachesASubscriber(TestBroker broker) {
        try (RawClient subscriber = RawClient.connect(broker.url()).observe("test-broker/+");
                RawClient publisher = RawClient.connect(broker.url())) {
            publisher.publish("test-broker/a", "hello");
            await().until(() -> subscriber.texts("test-broker/a").equals(List.of("hello")));
        }
    }

    @Test
    void retainedMessage_outlivesARestart_onTheSamePort() {
        try (TestBroker broker = TestBroker.launch()) {
            int port = broker.port();
            try (RawClient publisher = RawClient.connect(broker.url())) {
                publisher.publish("kept", "hello".getBytes(UTF_8), 1, true);
            }
            broker.stop();
            assertThatThrownBy(() -> RawClient.connect(broker.url())).hasMessageContaining("cannot connect");
            broker.start();
            assertThat(broker.port()).isEqualTo(port);
            try (RawClient subscriber = RawClient.connect(broker.url()).observe("kept")) {
                await().untilAsserted(() -> assertThat(subscriber.received())
                        .containsExactly(new RawClient.Received("kept", "hello", 1, true, false)));
            }
        }
    }
}
