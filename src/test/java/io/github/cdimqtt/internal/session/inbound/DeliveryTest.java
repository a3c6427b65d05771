package io.github.cdimqtt.internal.session.inbound;

import static io.github.cdimqtt.internal.session.SessionFixture.inbound;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import org.junit.jupiter.api.Test;

/** A message that is received again while its previous connection forgets it. */
class DeliveryTest {
    private final AcknowledgementOrder previous = new AcknowledgementOrder(() -> {});
    private final AcknowledgementOrder next = new AcknowledgementOrder(() -> {});
    private final Delivery delivery = new Delivery(previous, inbound("a", Qos.AT_LEAST_ONCE, 1), null);

    @Test
    void transferredMessage_isNotForgotten() {
        assertThat(delivery.transferTo(next)).isTrue();

        assertThat(delivery.forgetUnlessTransferred(previous)).isFalse();
        assertThat(delivery.order()).isSameAs(next);
    }

    @Test
    void forgottenMessage_isNotTransferred() {
        assertThat(delivery.forgetUnlessTransferred(previous)).isTrue();

        assertThat(delivery.transferTo(next)).isFalse();
        assertThat(delivery.order()).isSameAs(previous);
    }
}
