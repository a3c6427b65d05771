package io.github.cdimqtt.internal.paho;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.transport.ConnectRequest;
import io.github.cdimqtt.internal.transport.InboundMessage;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import io.github.cdimqtt.internal.transport.Subscription;
import io.github.cdimqtt.internal.transport.Transport.Connection;
import java.util.List;
import java.util.UUID;

/** A transport at a real broker, and what it reported. */
final class Client implements AutoCloseable {
    final String id = "it-" + UUID.randomUUID().toString().substring(0, 8);
    final RecordingTransportListener recorder = new RecordingTransportListener();
    final MqttConfig config;
    Connection connection;
    private final WallTimer timer = new WallTimer();
    private final PahoTransport transport;
    private final String url;

    Client(String url, MqttConfig.Builder config) {
        this.url = url;
        this.config = config.clientId(id).build();
        transport = new PahoTransport(this.config, id, timer);
    }

    /** Connects, and waits for what the broker says of the session. */
    Client connect(boolean sessionPresent) {
        open(null, null);
        recorder.expect(new RecordingTransportListener.Connected(sessionPresent));
        return this;
    }

    void open(String username, String password) {
        connection = transport.open(new ConnectRequest(BrokerAddress.parse(url), id, username, password), recorder);
    }

    Client subscribe(String filter, Qos qos) {
        List<Subscription> asked = List.of(new Subscription(filter, qos));
        connection.subscribe(asked);
        assertThat(recorder.find(RecordingTransportListener.Granted.class).codes())
                .containsExactly(qos.level());
        return this;
    }

    void publish(OutboundMessage message) {
        connection.publish(message);
    }

    /** Waits for a message, and acknowledges it. */
    InboundMessage take() {
        InboundMessage message = recorder.find(InboundMessage.class);
        connection.acknowledge(message);
        return message;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close(true);
        }
        transport.close();
        timer.close();
    }
}
