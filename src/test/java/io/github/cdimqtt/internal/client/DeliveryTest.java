package io.github.cdimqtt.internal.client;

import static io.github.cdimqtt.internal.client.SessionFixture.inbound;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.SerialExecutor;
import io.github.cdimqtt.testing.ManualTimer;
import org.junit.jupiter.api.Test;

/** A message that comes again in the moment that the connection it came on before gives it up. */
class DeliveryTest {
    private final SerialExecutor lane = new SerialExecutor(Runnable::run, new ManualTimer(), failure -> {});
    private final Link former = link();
    private final Link next = link();
    private final Delivery delivery = new Delivery(former, inbound("a", Qos.AT_LEAST_ONCE, 1), null);

    private Link link() {
        return new Link(null, null, null, lane, new ManualTimer(), "tcp://broker:1883");
    }

    @Test
    void adoption_thatComesFirst_keepsItFromBeingForgotten() {
        assertThat(delivery.adoptedBy(next)).isTrue();

        assertThat(delivery.forgetFor(former)).isFalse();
        assertThat(delivery.link()).isSameAs(next);
    }

    @Test
    void message_thatIsForgottenFirst_isNotAdopted() {
        assertThat(delivery.forgetFor(former)).isTrue();

        assertThat(delivery.adoptedBy(next)).isFalse();
        assertThat(delivery.link()).isSameAs(former);
    }
}
