package io.github.cdimqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MqttReasonTest {

    @ParameterizedTest
    @CsvSource({
        "0x00, success",
        "0x10, no matching subscribers",
        "0x84, unsupported protocol version",
        "0x87, not authorised",
        "0x8e, session taken over",
        "0x9d, server moved",
        "0xa2, wildcard subscriptions not supported",
        "0x03, reason code 0x03",
        "0xa3, reason code 0xa3",
        "0xff, reason code 0xff"
    })
    void meaning_isTheNameInTheSpecification_orTheNumber(int code, String meaning) {
        assertThat(new MqttReason(code).meaning()).isEqualTo(meaning);
    }

    @Test
    void meanings_areThoseOf43Codes() {
        assertThat(IntStream.rangeClosed(0, 255)
                        .mapToObj(code -> new MqttReason(code).meaning())
                        .filter(meaning -> !meaning.startsWith("reason code")))
                .hasSize(43)
                .doesNotHaveDuplicates();
    }

    @Test
    void isFailure_from0x80() {
        assertThat(MqttReason.SUCCESS.isFailure()).isFalse();
        assertThat(new MqttReason(0x7f).isFailure()).isFalse();
        assertThat(new MqttReason(0x80).isFailure()).isTrue();
        assertThat(new MqttReason(0xff).isFailure()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 256})
    void code_thatIsNoByte_isAnError(int code) {
        assertThatThrownBy(() -> new MqttReason(code))
                .isInstanceOf(MqttException.class)
                .hasMessage("a reason code is 0 to 255, not " + code);
    }

    @Test
    void toString_hasCodeMeaningAndText_inOneLine_withoutUserProperties() {
        List<Map.Entry<String, String>> user = List.of(Map.entry("token", "secret"));
        assertThat(new MqttReason(0x87, "not\ntoday", "other:1883", user))
                .hasToString("0x87 not authorised: not\\u000atoday");
        assertThat(new MqttReason(0x87)).hasToString("0x87 not authorised");
        assertThat(new MqttReason(0xa3)).hasToString("reason code 0xa3");
        assertThat(MqttReason.SUCCESS).hasToString("0x00 success");
    }

    @Test
    void reason_doesNotChangeWithWhatItWasMadeOf() {
        Map.Entry<String, String> entry = new SimpleEntry<>("k", "1");
        List<Map.Entry<String, String>> user = new ArrayList<>(List.of(entry));
        MqttReason reason = new MqttReason(0, null, null, user);
        entry.setValue("2");
        user.clear();
        assertThat(reason.user()).containsExactly(Map.entry("k", "1"));
        assertThatThrownBy(() -> reason.user().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void exception_saysWhatTheBrokerAnswered() {
        MqttReason reason = new MqttReason(0x97);
        assertThat(new MqttException("refused", null, reason).reason()).isSameAs(reason);
        assertThat(new MqttException("refused").reason()).isNull();
        assertThat(new MqttException("refused", new IllegalStateException()).reason())
                .isNull();
    }
}
