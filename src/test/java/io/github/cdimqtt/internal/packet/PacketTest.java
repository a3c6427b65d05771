package io.github.cdimqtt.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.support.Canary;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PacketTest {
    private static final ByteBuffer SECRET = ByteBuffer.wrap(Canary.WORD.getBytes(StandardCharsets.UTF_8));
    private static final MqttReason REASON =
            new MqttReason(0, null, null, List.of(Map.entry(Canary.WORD, Canary.WORD)));
    private static final MqttProperties PROPERTIES = MqttProperties.builder()
            .contentType(Canary.WORD)
            .correlationData(SECRET.array())
            .user(Canary.WORD, Canary.WORD)
            .build();
    private static final ConnectProperties CONNECT =
            new ConnectProperties(0, 1, 0, 0, false, List.of(Map.entry(Canary.WORD, Canary.WORD)), "SCRAM", SECRET);

    static Stream<Record> secrets() {
        Packet.Will will = new Packet.Will("t", SECRET, Qos.AT_MOST_ONCE, false, PROPERTIES, 0);
        return Stream.of(
                CONNECT,
                will,
                new Packet.Connect(ProtocolVersion.V5, true, 0, "id", will, Canary.WORD, Canary.WORD, CONNECT),
                new Packet.ConnAck(false, 0, REASON, Terms.OF_3_1_1),
                new Packet.Publish("t", SECRET, Qos.AT_MOST_ONCE, false, false, 0, PROPERTIES, 0, List.of()),
                new Packet.PubAck(1, REASON),
                new Packet.PubRec(1, REASON),
                new Packet.PubRel(1, REASON),
                new Packet.PubComp(1, REASON),
                new Packet.SubAck(1, List.of(0), REASON),
                new Packet.UnsubAck(1, List.of(0), REASON),
                new Packet.Disconnect(REASON, 0),
                new Packet.Auth(REASON, "SCRAM", SECRET));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void toString_hasNoSecrets(Record packet) {
        assertThat(packet.toString())
                .doesNotContain(Canary.WORD)
                .startsWith(packet.getClass().getSimpleName());
    }

    /** The counterparts are those of section 1.2 of the contract. */
    @ParameterizedTest
    @CsvSource({"0, 0x00", "1, 0x84", "2, 0x85", "3, 0x88", "4, 0x86", "5, 0x87", "6, 0x80"})
    void connAck_ofMqtt311_hasTheReasonThatIsItsCounterpart(int returnCode, int code) {
        Packet.ConnAck ack = new Packet.ConnAck(true, returnCode);
        assertThat(ack.reason()).isEqualTo(new MqttReason(code));
        assertThat(ack.terms()).isEqualTo(Terms.OF_3_1_1);
    }

    @Test
    void answers_ofMqtt311_haveSucceeded() {
        assertThat(new Packet.PubAck(1).reason()).isEqualTo(MqttReason.SUCCESS);
        assertThat(new Packet.UnsubAck(1).reasonCodes()).isEmpty();
        assertThat(new Packet.Disconnect()).isEqualTo(new Packet.Disconnect(MqttReason.SUCCESS, -1));
    }
}
