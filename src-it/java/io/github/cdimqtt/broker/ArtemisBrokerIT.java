package io.github.cdimqtt.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArtemisBrokerIT {

    private final ArtemisBroker broker =
            ArtemisBroker.launch(Access.users(Map.of("anna", "secret")).closing("vault"));

    @AfterAll
    void close() {
        broker.close();
    }

    @Test
    void knownUser_exchangesMessages() {
        try (RawClient client = connect("anna", "secret").observe("open/#")) {
            client.publish("open/a", "hello");
            await().until(() -> client.texts("open/a").equals(List.of("hello")));
        }
    }

    @Test
    void wrongPassword_isRefused() {
        assertThatThrownBy(() -> connect("anna", "guess")).hasMessageContaining("cannot connect");
    }

    @Test
    void subscriptionToAClosedTopic_isRefused() {
        try (RawClient client = connect("anna", "secret")) {
            assertThat(client.granted("vault/#")).isEqualTo(0x80);
            assertThat(client.granted("vaulted")).isEqualTo(2);
        }
    }

    @Test
    void overlappingSubscriptions_bringACopyEach() {
        try (RawClient client = connect("anna", "secret").observe("twice/+").observe("twice/a")) {
            client.publish("twice/a", "hello");
            await().until(() -> client.texts("twice/a").equals(List.of("hello", "hello")));
        }
    }

    private RawClient connect(String user, String password) {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setUserName(user);
        options.setPassword(password.toCharArray());
        return RawClient.connect(broker.url(), options);
    }
}
