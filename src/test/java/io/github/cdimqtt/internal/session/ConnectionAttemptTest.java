package io.github.cdimqtt.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.transport.ConnectRequest;
import io.github.cdimqtt.testing.ManualTimer;
import org.junit.jupiter.api.Test;

class ConnectionAttemptTest {
    private static final ConnectRequest REQUEST =
            new ConnectRequest(BrokerAddress.parse("tcp://broker:1883"), "me", null, null);

    private final FakeTransport transport = new FakeTransport();
    private final SerialExecutor busy = new SerialExecutor(task -> {}, new ManualTimer(), failure -> {});
    private final ConnectionAttempt attempt =
            new ConnectionAttempt(null, null, null, null, busy, new ManualTimer(), REQUEST.server());

    @Test
    void pause_doesNotWaitForABusyExecutor() {
        attempt.open(transport, REQUEST);

        attempt.pause();
        attempt.resume();

        assertThat(transport.last().calls).containsExactly("pause", "resume");
    }

    @Test
    void pauseBeforeTheConnectionIsAssigned_pausesIt() {
        attempt.pause();

        attempt.open(transport, REQUEST);

        assertThat(transport.last().calls).containsExactly("pause");
    }
}
