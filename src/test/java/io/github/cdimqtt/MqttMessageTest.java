package io.github.cdimqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MqttMessageTest {

    private static final MqttMessage FULL = MqttMessage.builder()
            .topic("home/kitchen/temp")
            .payload("21.5")
            .qos(Qos.EXACTLY_ONCE)
            .retained(true)
            .duplicate(true)
            .broker("plant")
            .param("room", "kitchen")
            .build();

    @Test
    void of_aTopicAndAPayload_hasDefaultsForTheRest() {
        MqttMessage message = MqttMessage.of("home/kitchen/temp", "21.5");
        assertThat(message.topic()).isEqualTo("home/kitchen/temp");
        assertThat(message.text()).isEqualTo("21.5");
        assertThat(message.qos()).isEqualTo(Qos.AT_MOST_ONCE);
        assertThat(message.retained()).isFalse();
        assertThat(message.duplicate()).isFalse();
        assertThat(message.broker()).isEqualTo(MqttBroker.DEFAULT);
        assertThat(message.param("room")).isNull();
    }

    @Test
    void builder_setsEverything() {
        assertThat(FULL.topic()).isEqualTo("home/kitchen/temp");
        assertThat(FULL.payload()).isEqualTo("21.5".getBytes(UTF_8));
        assertThat(FULL.qos()).isEqualTo(Qos.EXACTLY_ONCE);
        assertThat(FULL.retained()).isTrue();
        assertThat(FULL.duplicate()).isTrue();
        assertThat(FULL.broker()).isEqualTo("plant");
        assertThat(FULL.param("room")).isEqualTo("kitchen");
        assertThat(FULL.param("house")).isNull();
    }

    @Test
    void toBuilder_startsWithWhatTheMessageHolds() {
        MqttMessage other = FULL.toBuilder().topic("other").param("line", "7").build();
        assertThat(other.topic()).isEqualTo("other");
        assertThat(other.text()).isEqualTo("21.5");
        assertThat(other.qos()).isEqualTo(Qos.EXACTLY_ONCE);
        assertThat(other.retained()).isTrue();
        assertThat(other.duplicate()).isTrue();
        assertThat(other.broker()).isEqualTo("plant");
        assertThat(other.param("room")).isEqualTo("kitchen");
        assertThat(other.param("line")).isEqualTo("7");
        assertThat(FULL.topic()).isEqualTo("home/kitchen/temp");
        assertThat(FULL.param("line")).isNull();
    }

    @Test
    void payload_ofEveryKind_isSentAsItsBytesOrText() {
        assertThat(MqttMessage.of("t", null).payload()).isEmpty();
        assertThat(MqttMessage.of("t", new byte[] {1, 2}).payload()).containsExactly(1, 2);
        assertThat(MqttMessage.of("t", ByteBuffer.wrap(new byte[] {1, 2, 3}, 1, 1))
                        .payload())
                .containsExactly(2);
        assertThat(MqttMessage.of("t", new StringBuilder("K\u00fcche")).payload())
                .isEqualTo("K\u00fcche".getBytes(UTF_8));
        assertThat(MqttMessage.of("t", 21.5).text()).isEqualTo("21.5");
        assertThat(MqttMessage.of("t", true).text()).isEqualTo("true");
        assertThat(MqttMessage.of("t", FULL).text()).isEqualTo("21.5");
    }

    @Test
    void payload_thatUtf8CannotExpress_isAnError() {
        assertThatThrownBy(() -> MqttMessage.of("t", "\ud83c"))
                .isInstanceOf(MqttException.class)
                .hasMessage("the text has half of a surrogate pair, which UTF-8 cannot express");
    }

    @Test
    void message_doesNotChangeWithWhatItWasMadeOf() {
        byte[] bytes = {1, 2, 3};
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {4, 5, 6});
        Map<String, String> params = new HashMap<>(Map.of("a", "1"));
        MqttMessage ofBytes =
                MqttMessage.builder().topic("t").payload(bytes).params(params).build();
        MqttMessage ofBuffer = MqttMessage.of("t", buffer);
        bytes[0] = 9;
        buffer.put(0, (byte) 9).get();
        params.put("a", "2");
        assertThat(ofBytes.payload()).containsExactly(1, 2, 3);
        assertThat(ofBuffer.payload()).containsExactly(4, 5, 6);
        assertThat(ofBytes.param("a")).isEqualTo("1");
    }

    @Test
    void payload_ofTheBuilder_isCopiedUnlessItIsShared() {
        byte[] bytes = {1, 2, 3};
        ByteBuffer part = ByteBuffer.wrap(bytes, 1, 2);
        MqttMessage copied = MqttMessage.builder().topic("t").payload(part).build();
        MqttMessage shared =
                MqttMessage.builder().topic("t").sharedPayload(part).build();
        bytes[1] = 9;
        part.position(3);
        assertThat(copied.payload()).containsExactly(2, 3);
        assertThat(shared.payload()).containsExactly(9, 3);
    }

    @Test
    void message_doesNotChangeWithWhatItGives() {
        MqttMessage message = MqttMessage.of("t", new byte[] {1, 2, 3});
        message.payload()[0] = 9;
        ByteBuffer buffer = message.payloadBuffer();
        buffer.get();
        assertThatThrownBy(() -> buffer.put(0, (byte) 9)).isInstanceOf(ReadOnlyBufferException.class);
        assertThat(buffer.hasArray()).isFalse();
        assertThat(message.payload()).containsExactly(1, 2, 3);
        assertThat(message.payloadBuffer().remaining()).isEqualTo(3);
    }

    @Test
    void text_ofWhatIsNotUtf8_hasReplacementCharacters() {
        assertThat(MqttMessage.of("t", new byte[] {'a', (byte) 0xff, 'b'}).text())
                .isEqualTo("a\ufffdb");
    }

    @Test
    void as_aBuiltInType_readsIt() {
        assertThat(FULL.as(double.class)).isEqualTo(21.5);
        assertThat(FULL.as(Float.class)).isEqualTo(21.5f);
        assertThat(FULL.as(String.class)).isEqualTo("21.5");
        assertThat(FULL.as(byte[].class)).containsExactly('2', '1', '.', '5');
        assertThat(FULL.as(MqttMessage.class)).isSameAs(FULL);
    }

    @Test
    void as_whatItIsNot_saysSoWithoutThePayload() {
        assertThatThrownBy(() -> MqttMessage.of("t", "secret").as(int.class))
                .isInstanceOf(MqttException.class)
                .hasMessage("the payload on 't' does not convert to int: not such a number");
        assertThatThrownBy(() -> MqttMessage.of("t", "secret").as(Thread.class))
                .isInstanceOf(MqttException.class)
                .hasMessage("no PayloadConverter reads java.lang.Thread");
    }

    @ParameterizedTest
    @ValueSource(classes = {BigInteger.class, BigDecimal.class})
    void as_aNumberOfAnyLength_readsNoMoreThanTenThousandCharacters(Class<? extends Number> type) {
        String longest = "9".repeat(10_000);
        assertThat(MqttMessage.of("t", " " + longest + "\n").as(type)).hasToString(longest);
        assertThatThrownBy(() -> MqttMessage.of("t", longest + "9").as(type))
                .isInstanceOf(MqttException.class)
                .hasMessage("the payload on 't' does not convert to " + type.getSimpleName()
                        + ": not such a number: it has 10001 characters, at most 10000 are read");
    }

    @Test
    void as_byAConverterThatFails_saysSoWithoutThePayload() {
        MqttMessage message = MqttMessage.builder()
                .topic("t")
                .payload("secret")
                .converter(new Failing())
                .build();
        assertThatThrownBy(() -> message.as(Thread.class))
                .isInstanceOf(MqttException.class)
                .hasMessage("the payload on 't' does not convert to Thread: IOException")
                .hasCauseInstanceOf(IOException.class);
    }

    private static final class Failing implements PayloadConverter<Object> {
        @Override
        public boolean supports(Type type) {
            return true;
        }

        @Override
        public Object read(MqttMessage message, Type type) throws IOException {
            throw new IOException(message.text());
        }

        @Override
        public byte[] write(Object value) {
            return new byte[0];
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    false | false | MqttMessage[a/b, 6 bytes, QoS 1, from plant]
                    true  | false | MqttMessage[a/b, 6 bytes, QoS 1, retained, from plant]
                    true  | true  | MqttMessage[a/b, 6 bytes, QoS 1, retained, duplicate, from plant]
                    """)
    void toString_leavesThePayloadOut(boolean retained, boolean duplicate, String expected) {
        MqttMessage message = MqttMessage.builder()
                .topic("a/b")
                .payload("secret")
                .qos(Qos.AT_LEAST_ONCE)
                .retained(retained)
                .duplicate(duplicate)
                .broker("plant")
                .param("name", "secret")
                .build();
        assertThat(message).hasToString(expected);
    }

    @Test
    void toString_ofATopicThatWouldFillALog_isOneShortLine() {
        assertThat(MqttMessage.of("a\nb" + "c".repeat(60_000), null).toString())
                .startsWith("MqttMessage[a\\u000abccc")
                .endsWith("ccc..., 0 bytes, QoS 0, from default]");
    }

    @Test
    void build_withoutATopic_isAnError() {
        assertThatThrownBy(() -> MqttMessage.builder().build())
                .isInstanceOf(NullPointerException.class)
                .hasMessage("a message needs a topic");
    }
}
