package io.github.cdimqtt.internal.convert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With messages of Yasson; JsonbConverterTest obtains them from Yasson itself. */
class JsonFaultTest {

    private static String fault(String text, String message) {
        return JsonFault.of(text, new IllegalStateException(message), null);
    }

    @ParameterizedTest
    @CsvSource({"3, 'not JSON: line 1, column 4'", "7, 'not JSON: line 2, column 3'", "99, 'not JSON: line 2, column 4'"
    })
    void invalidJson_isReportedByPosition(long offset, String fault) {
        assertThat(JsonFault.of("{\"a\"\n12 ", new IllegalStateException(), offset))
                .isEqualTo(fault);
    }

    @Test
    void textWithoutAPosition_isInvalidJson_orEmpty() {
        assertThat(JsonFault.of("{", new IllegalStateException(), -1L)).isEqualTo("not JSON");
        assertThat(fault("  ", "x")).isEqualTo("not JSON");
        assertThat(fault("", "x")).isEqualTo("empty payload");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JsonbCreator parameter a is missing | no field 'a'",
                "Unable to deserialize property 'b' because of: JsonbCreator parameter a is missing | no field 'b.a'",
                "Json property secret can not be mapped to a class X | it has a field that the type has not",
                "Unable to deserialize property 'b' because of: Json property x can not be mapped to a class"
                        + " | it has a field that the type has not, in 'b'",
                "Unable to deserialize property 'b' because of: Unable to deserialize property 'c' because of: secret"
                        + " | no such value in field 'b.c'"
            })
    void field_isNamed_andNothingElse(String message, String fault) {
        assertThat(fault("{}", message)).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "[1], it is a JSON array",
        "'\"x\"', it is a JSON string",
        "true, it is a JSON boolean",
        "false, it is a JSON boolean",
        "null, it is JSON null",
        "12, it is a JSON number"
    })
    void anotherKindOfJson_isNamed(String text, String fault) {
        assertThat(fault(text, "Incorrect position for processing type")).isEqualTo(fault);
        assertThat(fault(text, "Internal error: null")).isEqualTo(fault);
    }

    @Test
    void unknownFault_isNull() {
        assertThat(fault("{}", "Incorrect position for processing type")).isNull();
        assertThat(fault("12", "something else")).isNull();
        assertThat(JsonFault.of("12", new IllegalStateException(), null)).isNull();
    }
}
