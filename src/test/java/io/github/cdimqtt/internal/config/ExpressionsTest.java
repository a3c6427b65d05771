package io.github.cdimqtt.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {
    private static final Map<String, String> VALUES =
            Map.of("a", "1", "b.c", "2", "key", "a", "raw", "${a}", "x1", "deep");
    private static final int FUZZ_INPUTS = 100_000;
    private static final String[] PIECES = {
        "$", "{", "}", "${", ":", "\\", "a", "b.c", "key", "/", "+", "{room}", "canary"
    };

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    home/+/temp        | home/+/temp
                    home/{room}        | home/{room}
                    $share/g/t         | $share/g/t
                    ${a}               | 1
                    ${a}${b.c}         | 12
                    x/${b.c}/y         | x/2/y
                    ${none:d}          | d
                    ${none:}           | ''
                    ${a:${none}}       | 1
                    ${none:${a}}       | 1
                    ${none:${other:z}} | z
                    ${none:u://v:1}    | u://v:1
                    ${none:h/{room}}/t | h/{room}/t
                    ${${key}}          | 1
                    ${x${a}}           | deep
                    ${raw}             | ${a}
                    \\${a}             | ${a}
                    z\\${a}/${a}       | z${a}/1
                    $                  | $
                    {}                 | {}
                    """)
    void resolve_ofAText_givesItsValue(String text, String expected) {
        assertThat(Expressions.resolve(text, VALUES::get)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ${none}            | ${none} has no value; set none or write ${none:default}; write \\${ where no expression is meant
                    ${none:${other}}   | ${other} has no value; set other or write ${other:default}; write \\${ where no expression is meant
                    ${no${a}}          | ${no${a}} has no value; set no${a} or write ${no${a}:default}; write \\${ where no expression is meant
                    ${}                | ${} has no key; write \\${ where no expression is meant
                    ${a                | an expression has no closing brace; write \\${ where no expression is meant
                    canary${a:{}       | an expression has no closing brace; write \\${ where no expression is meant
                    """)
    void resolve_ofWhatHasNoValue_saysWhy(String text, String fault) {
        assertThatThrownBy(() -> Expressions.resolve(text, VALUES::get))
                .isInstanceOf(MqttException.class)
                .hasMessage(fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ${none}            | ${none} has no value; set none or write ${none:default}
                    ${none:}           | ''
                    p${none}           | an expression in it has no value
                    ${a}${none}        | an expression in it has no value
                    p${none            | an expression has no closing brace
                    """)
    void resolveSecret_showsAnExpressionThatIsTheWholeText(String text, String result) {
        if (result.isEmpty()) {
            assertThat(Expressions.resolveSecret(text, VALUES::get)).isEmpty();
        } else {
            assertThatThrownBy(() -> Expressions.resolveSecret(text, VALUES::get))
                    .hasMessage(result + "; write \\${ where no expression is meant");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"can${ary}", "can${ary", "${}", "${:${x}", "${ary:${can}}"})
    void resolve_ofAKeyWhoseValueIsWrong_showsNothingOfThat(String value) {
        assertThatThrownBy(() -> Expressions.resolve("x${a.b}", key -> Expressions.resolve(value, VALUES::get)))
                .isInstanceOf(MqttException.class)
                .hasMessage(
                        "in the value of ${a.b} an expression has no value or no end, or leads back to it; write \\${"
                                + " where no expression is meant");
        assertThatThrownBy(() -> Expressions.resolveSecret("x${a.b}", key -> Expressions.resolve(value, VALUES::get)))
                .hasMessage("in what an expression in it stands for an expression has no value or no end, or leads back"
                        + " to it; write \\${ where no expression is meant");
    }

    @Test
    void resolve_ofManyWithinOneAnother_isRefused() {
        String text = "${none:".repeat(10_000) + "}".repeat(10_000);
        assertThatThrownBy(() -> Expressions.resolve(text, VALUES::get))
                .isInstanceOf(MqttException.class)
                .hasMessage("expressions within one another, more than 32 deep");
    }

    @Test
    void resolve_ofAnyText_givesAValueOrAnMqttException() {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        System.out.println("ExpressionsTest: fuzz.seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < FUZZ_INPUTS; i++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(12); pieces >= 0; pieces--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            try {
                Expressions.resolve(text.toString(), VALUES::get);
            } catch (MqttException e) {
                assertThat(e.getMessage()).as("%s, seed %d", text, seed).isNotBlank();
            }
        }
    }
}
