package io.github.cdimqtt.internal.session.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.WireEvent.Connected;
import io.github.cdimqtt.internal.session.WireEvent.Granted;
import io.github.cdimqtt.internal.session.WireSession;
import io.github.cdimqtt.internal.session.store.MessageStore;
import java.util.UUID;

/** A session at a real broker, and what it reported. */
final class Client implements AutoCloseable {
    final String id;
    final RecordedEvents recorder = new RecordedEvents();
    final WireSession session;
    WireSession.Connection connection;
    private final WallTimer timer = new WallTimer();
    private final String url;

    Client(Wire wire, String url, MqttConfig.Builder config) {
        this(wire, url, config, "it-" + UUID.randomUUID().toString().substring(0, 8));
    }

    Client(Wire wire, String url, MqttConfig.Builder settings, String id) {
        this.id = id;
        this.url = url;
        MqttConfig config = wire.of(settings.clientId(id).build());
        session = new WireSession(config, id, wire.channels(config, id), MessageStore.NONE, timer);
    }

    /** Connects, and waits for what the broker says of the session. */
    Client connect(boolean sessionPresent) {
        open(null, null);
        recorder.expect(new Connected(sessionPresent));
        return this;
    }

    void open(String username, String password) {
        connection = session.open(url, username, password, recorder);
    }

    Client subscribe(String filter, Qos qos) {
        session.subscribe(filter, qos);
        assertThat(recorder.find(Granted.class)).isEqualTo(new Granted(filter, qos));
        return this;
    }

    /** Waits for a message, and acknowledges it. */
    Packet.Publish take() {
        Packet.Publish message = recorder.find(Packet.Publish.class);
        session.acknowledge(message);
        return message;
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.close(true).join();
        }
        session.close();
        timer.close();
    }
}
