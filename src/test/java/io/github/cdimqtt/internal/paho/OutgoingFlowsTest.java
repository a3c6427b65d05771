package io.github.cdimqtt.internal.paho;

import static io.github.cdimqtt.internal.paho.Fixture.message;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.session.outbound.OutgoingFlows;
import io.github.cdimqtt.internal.session.outbound.OutgoingFlows.Flow;
import io.github.cdimqtt.internal.session.store.MessageStore;
import io.github.cdimqtt.internal.transport.OutboundMessage;
import org.junit.jupiter.api.Test;

class OutgoingFlowsTest {
    private final OutgoingFlows flows = new OutgoingFlows(MessageStore.NONE);
    private final OutboundMessage first = message("1", Qos.EXACTLY_ONCE);
    private final OutboundMessage second = message("2", Qos.EXACTLY_ONCE);

    @Test
    void flow_beginsOnce() {
        Flow flow = begin(first);
        assertThat(flows.begin(first)).isNull();
        flows.end(flow);
        assertThat(flows.begin(first)).isEqualTo(new Flow(2, first, false, false));
    }

    @Test
    void packetId_isNotUsedTwice() {
        begin(first);
        assertThat(flows.beginRequest()).isEqualTo(2);
        for (int i = 3; i <= 65_535; i++) {
            Flow flow = begin(second);
            assertThat(flow.packetId()).isEqualTo(i);
            flows.end(flow);
        }
        assertThat(begin(second).packetId()).isEqualTo(3);
        for (int i = 4; i <= 65_535; i++) {
            flows.beginRequest();
        }
        assertThatThrownBy(flows::beginRequest).hasMessage("all 65,535 packet identifiers are in use");
        flows.beginConnection(true);
        assertThat(flows.beginRequest()).isEqualTo(2);
    }

    @Test
    void keptSession_resumesItsFlows() {
        begin(first);
        begin(second);
        flows.pubrecReceived(1);
        flows.beginConnection(true);
        assertThat(flows.resume(true))
                .containsExactly(new Flow(1, first, true, true), new Flow(2, second, true, false));
    }

    @Test
    void forgottenSession_restartsItsFlows() {
        begin(first);
        begin(second);
        flows.pubrecReceived(1);
        flows.beginConnection(true);
        assertThat(flows.resume(false))
                .containsExactly(new Flow(1, first, false, false), new Flow(2, second, false, false));
    }

    @Test
    void unanswered_isTheFirstWithoutPubackOrPubrec() {
        assertThat(flows.firstUnanswered(false)).isNull();
        Flow done = begin(first);
        begin(second);
        assertThat(flows.firstUnanswered(false)).isSameAs(first);
        flows.pubrecReceived(1);
        assertThat(flows.firstUnanswered(false)).isSameAs(second);
        flows.end(done);
        flows.pubrecReceived(2);
        assertThat(flows.firstUnanswered(false)).isNull();
    }

    @Test
    void unanswered_isNoMessageThatARequestWentBefore() {
        begin(first);
        int request = flows.beginRequest();
        begin(second);
        assertThat(flows.firstUnanswered(false)).isSameAs(first);
        flows.pubrecReceived(1);
        assertThat(flows.firstUnanswered(false)).isNull();
        assertThat(flows.firstUnanswered(true)).isSameAs(second);
        flows.endRequest(request);
        assertThat(flows.firstUnanswered(false)).isSameAs(second);
    }

    @Test
    void flowThatEndedAfterItWasResumed_doesNotBeginAgain() {
        begin(first);
        flows.beginConnection(true);
        flows.resume(true).forEach(flows::end);
        assertThat(flows.begin(first)).isNull();
        assertThat(flows.begin(first)).isNotNull();
    }

    @Test
    void cleanSession_forgetsItsFlows() {
        begin(first);
        flows.beginConnection(false);
        assertThat(flows.resume(false)).isEmpty();
        assertThat(flows.begin(first)).isNotNull();
    }

    private Flow begin(OutboundMessage message) {
        return requireNonNull(flows.begin(message));
    }
}
