package io.github.cdimqtt.internal.session.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.internal.session.SessionFixture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailurePolicyTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    kept  | 1 | REDELIVER   | a    | connected | RECONNECT
                    kept  | 1 | REDELIVER   | a    | ended     | AWAIT_REDELIVERY
                    kept  | 1 | DEAD_LETTER | a    | connected | PUBLISH_DEAD_LETTER
                    kept  | 1 | DEAD_LETTER | a    | ended     | AWAIT_REDELIVERY
                    kept  | 1 | DEAD_LETTER | dead | connected | ACKNOWLEDGE
                    kept  | 1 | FAILED      | a    | connected | ACKNOWLEDGE
                    kept  | 0 | REDELIVER   | a    | connected | ACKNOWLEDGE
                    kept  | 0 | DEAD_LETTER | a    | ended     | PUBLISH_DEAD_LETTER
                    clean | 1 | REDELIVER   | a    | connected | ACKNOWLEDGE
                    clean | 1 | REDELIVER   | a    | ended     | ACKNOWLEDGE
                    clean | 1 | DEAD_LETTER | a    | ended     | PUBLISH_DEAD_LETTER
                    """)
    void decision_dependsOnOutcomeSessionAndConnection(
            String session,
            int packetId,
            Outcome outcome,
            String topic,
            String connection,
            FailurePolicy.Decision decision) {
        FailurePolicy policy =
                new FailurePolicy(() -> session.equals("kept"), new DeadLetters("dead", ProtocolVersion.V3_1_1));
        Qos qos = packetId == 0 ? Qos.AT_MOST_ONCE : Qos.AT_LEAST_ONCE;

        assertThat(policy.decide(SessionFixture.inbound(topic, qos, packetId), outcome, connection.equals("connected")))
                .isEqualTo(decision);
    }
}
