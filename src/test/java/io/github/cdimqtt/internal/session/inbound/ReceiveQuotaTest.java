package io.github.cdimqtt.internal.session.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cdimqtt.internal.packet.MalformedPacketException;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import org.junit.jupiter.api.Test;

/** How a broker counts that keeps MQTT 5.0, section 4.9. */
class ReceiveQuotaTest {
    private static final int RECEIVE_MAXIMUM_EXCEEDED = 0x93;

    private final ReceiveQuota quota = ReceiveQuota.of(ProtocolVersion.V5, 2);

    private void assertUsedUp(int packetId) {
        assertUsedUp(packetId, 2);
    }

    private void assertUsedUp(int packetId, int unacknowledged) {
        assertThatExceptionOfType(MalformedPacketException.class)
                .isThrownBy(() -> quota.received(packetId))
                .withMessage(
                        "the broker sent a message of QoS 1 or 2 while " + unacknowledged + " were unacknowledged,"
                                + " although receive-maximum is 2; that is a fault of the broker, a larger receive-maximum may avoid it")
                .satisfies(fault -> assertThat(fault.reasonCode()).isEqualTo(RECEIVE_MAXIMUM_EXCEEDED));
    }

    @Test
    void messageBeyondTheMaximum_isRefused_untilOneIsAcknowledged() throws MalformedPacketException {
        quota.received(1);
        quota.received(65_535);
        assertUsedUp(3);

        quota.acknowledged(65_535);
        quota.received(3);

        assertUsedUp(4);
    }

    @Test
    void messageThatIsRepeated_countsOnce() throws MalformedPacketException {
        quota.received(1);
        quota.received(1);
        quota.received(2);
        quota.received(1);

        assertUsedUp(3);
    }

    @Test
    void pubcompOfAnEarlierConnection_letsTheBrokerSendOneMore() throws MalformedPacketException {
        quota.received(1);
        quota.received(2);

        quota.acknowledged(7); // only its PUBREL came on this connection
        quota.received(3);

        assertUsedUp(4, 3);
    }

    /** The broker may have sent its whole quota before it receives them. */
    @Test
    void pubcompsOfAnEarlierConnection_beforeAnyMessage_letTheBrokerSendAsManyMore() throws MalformedPacketException {
        quota.acknowledged(7);
        quota.acknowledged(8);
        for (int packetId = 1; packetId <= 4; packetId++) {
            quota.received(packetId);
        }
        assertUsedUp(5, 4);
        quota.acknowledged(1);
        quota.received(5);

        assertUsedUp(6, 4);
    }

    @Test
    void connection_beginsWithTheWholeQuota() throws MalformedPacketException {
        quota.received(1);
        quota.received(2);
        quota.acknowledged(7);

        quota.connected();
        quota.received(1);
        quota.received(2);

        assertUsedUp(3);
    }

    @Test
    void mqtt311_hasNoLimit_butTheNumberOfPacketIds() {
        ReceiveQuota unlimited = ReceiveQuota.of(ProtocolVersion.V3_1_1, 2);

        assertThatCode(() -> {
                    for (int packetId = 1; packetId <= 65_535; packetId++) {
                        unlimited.received(packetId);
                    }
                })
                .doesNotThrowAnyException();
    }
}
