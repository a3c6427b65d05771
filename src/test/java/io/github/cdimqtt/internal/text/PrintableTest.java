package io.github.cdimqtt.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

    static Stream<Arguments> texts() {
        return Stream.of(
                arguments("", ""),
                arguments("home/kitchen temp ~", "home/kitchen temp ~"),
                arguments("K\u00fcche/\ud83c\udf21", "K\u00fcche/\ud83c\udf21"),
                arguments("a\nINFO: all is well", "a\\u000aINFO: all is well"),
                arguments("\u0001\u001f\u007f\u0085", "\\u0001\\u001f\\u007f\\u0085"),
                arguments("\u2028\u2029", "\\u2028\\u2029"),
                arguments("\u202e\u200b\ufeff", "\\u202e\\u200b\\ufeff"), // reverses the line, or is invisible
                arguments("\ue000", "\\ue000"),
                arguments("\ud83c", "\\ud83c"),
                arguments("\udbff\udfff", "\\u10ffff"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void text_isShownInOneLine(String text, String shown) {
        assertThat(Printable.of(text)).isEqualTo(shown);
    }

    static Stream<Arguments> secrets() {
        return Stream.of(
                arguments("a: -----BEGIN PRIVATE KEY-----\nMC4CAQAw\n-----END PRIVATE KEY-----", "a: -----BEGIN ***"),
                arguments("MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g", "***"),
                arguments("ssl://me:it@host:1", "ssl://***@host:1"),
                arguments("ssl://me:it@is@host:1", "ssl://***@host:1"),
                arguments("wss://host/mqtt?X-Amz-Signature=it of", "wss://host/mqtt?*** of"),
                arguments("a b_password=it&c=d", "a b_password=***&c=d"),
                arguments("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.SflKx-wRJ", "Bearer ***"));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void secret_ofAKnownShape_isMasked(String text, String shown) {
        assertThat(Printable.of(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MEASUREMENTS/BERLIN/HALL7/LINE3/STATION12/SENSOR4/TEMPERATURE",
                "Machines/berlin/Hall7/Line3/Station12/Sensor4/Temperature/Celsius",
                "home/me@kitchen?/temp",
                "/var/lib/kubelet/pods/0B1c2d3e/volumes/secret/tls/Client1/ca",
                "eyJ/temp"
            })
    void text_thatOnlyLooksSimilar_isShown(String text) {
        assertThat(Printable.of(text)).isEqualTo(text);
    }

    @Test
    void text_ofAnyLength_isShownWithinABound() {
        assertThat(Printable.of("a".repeat(240))).isEqualTo("a".repeat(240));
        assertThat(Printable.of("a".repeat(241))).isEqualTo("a".repeat(240) + "...");
        assertThat(Printable.of("a" + "\ud83c\udf21".repeat(120))).isEqualTo("a" + "\ud83c\udf21".repeat(119) + "...");
        assertThat(Printable.of("\n".repeat(60_000))).isEqualTo("\\u000a".repeat(40) + "...");
    }
}
