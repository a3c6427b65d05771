package io.github.cdimqtt.internal.session.inbound;

import static io.github.cdimqtt.internal.session.SessionFixture.inbound;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import org.junit.jupiter.api.Test;

/** A message that comes again in the moment that the connection it came on before gives it up. */
class DeliveryTest {
    private final AcknowledgementOrder former = new AcknowledgementOrder(() -> {});
    private final AcknowledgementOrder next = new AcknowledgementOrder(() -> {});
    private final Delivery delivery = new Delivery(former, inbound("a", Qos.AT_LEAST_ONCE, 1), null);

    @Test
    void adoption_thatComesFirst_keepsItFromBeingForgotten() {
        assertThat(delivery.adoptedBy(next)).isTrue();

        assertThat(delivery.forgetFor(former)).isFalse();
        assertThat(delivery.acknowledger()).isSameAs(next);
    }

    @Test
    void message_thatIsForgottenFirst_isNotAdopted() {
        assertThat(delivery.forgetFor(former)).isTrue();

        assertThat(delivery.adoptedBy(next)).isFalse();
        assertThat(delivery.acknowledger()).isSameAs(former);
    }
}
