package io.github.cdimqtt.internal.session.wire;

import static io.github.cdimqtt.internal.packet.Packets.CONNECT;
import static io.github.cdimqtt.internal.session.wire.Fixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.session.Session;
import io.github.cdimqtt.internal.session.SessionFixture;
import io.github.cdimqtt.internal.session.SessionSetup;
import io.github.cdimqtt.internal.session.inbound.Outcome;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.support.FaultListener;
import io.github.cdimqtt.support.ManualTimer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The connections of a whole session. */
@Timeout(30)
@ParameterizedClass
@EnumSource
class SuccessiveConnectionsTest {
    @Parameter
    Wire wire;

    private final FaultListener listener = new FaultListener();

    /** Else the broker, which closes the former connection for the next, might not have read all of it. */
    @Test
    void nextConnection_isOpenedAfterThePreviousEnded() {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (ScriptedBroker broker = new ScriptedBroker()) {
            Session session = session(broker.uri(), thread);
            CompletableFuture<?> connected = session.connect();
            Peer previous = broker.accept(false);
            connected.join();
            session.publish(message("x".repeat(20_000_000), Qos.AT_MOST_ONCE));
            session.disconnect();
            session.connect();
            try (Peer next = broker.accept()) {
                next.expect(CONNECT);
                previous.expectEnd(); // in the middle of the message: it was not read, and given up
                session.shutDown(Duration.ofSeconds(1)).join();
            }
        } finally {
            thread.shutdown();
        }
        assertThat(listener.faults).isEmpty();
    }

    private Session session(String uri, ExecutorService thread) {
        MqttConfig config = wire.of(MqttConfig.builder().brokerUrl(uri).build());
        return new SessionSetup(
                        "default",
                        "c",
                        config,
                        SessionFixture.ANONYMOUS,
                        null,
                        wire.channels(config, "c"),
                        MessageStore.NONE,
                        (message, recipients, subscribed, failures) ->
                                CompletableFuture.completedFuture(Outcome.HANDLED),
                        listener,
                        new SessionExecutors(thread, thread, thread, thread, thread, new ManualTimer()))
                .session();
    }
}
