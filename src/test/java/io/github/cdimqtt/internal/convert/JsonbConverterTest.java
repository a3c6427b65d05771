package io.github.cdimqtt.internal.convert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.PayloadConverter;
import jakarta.enterprise.util.TypeLiteral;
import jakarta.json.bind.spi.JsonbProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonbConverterTest {

    public record Reading(String room, double celsius) {}

    public record Sensor(Reading last) {}

    private final PayloadConverter<Object> converter = JsonbConverter.ifPresent();

    @Test
    void json_isRead() throws Exception {
        assertThat(converter.read(MqttMessage.of("t", "{\"room\": \"K\u00fcche\", \"celsius\": 21.5}"), Reading.class))
                .isEqualTo(new Reading("K\u00fcche", 21.5));
    }

    @Test
    void json_ofAParameterizedType_isRead() throws Exception {
        assertThat(converter.read(
                        MqttMessage.of("t", "[{\"room\": \"attic\", \"celsius\": 9}]"),
                        new TypeLiteral<List<Reading>>() {}.getType()))
                .isEqualTo(List.of(new Reading("attic", 9)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{\"room\":", "[]", "\"text\"", "21.5", "{\"celsius\": \"warm\"}"})
    void jsonOfAnotherType_isAConversionFailure(String text) {
        assertThatThrownBy(() -> converter.read(MqttMessage.of("t", text), Reading.class))
                .isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                | empty payload",
                "{\"a\":1                          | not JSON: line 1, column 7",
                "' '                               | not JSON: line 1, column 2",
                "secret                            | not JSON: line 1, column 1",
                "{\"room\":\"secret\",}             | not JSON: line 1, column 18",
                "[]                                | it is a JSON array",
                "\"secret\"                        | it is a JSON string",
                "21.5                              | it is a JSON number",
                "true                              | it is a JSON boolean",
                "{\"celsius\": \"secret\"}           | no such value in field 'celsius'",
                "{\"celsius\": {}}                   | no such value in field 'celsius'"
            })
    void jsonOfAnotherType_isReportedWithoutItsText(String text, String reason) {
        assertThatThrownBy(() -> converter.read(MqttMessage.of("t", text), Reading.class))
                .isInstanceOf(MqttException.class)
                .hasMessage(reason);
    }

    @Test
    void textOfSeveralLines_isReportedByLineAndColumn() {
        assertThatThrownBy(() -> converter.read(MqttMessage.of("t", "{\n \"room\": x}"), Reading.class))
                .hasMessage("not JSON: line 2, column 10");
        assertThatThrownBy(() -> converter.read(MqttMessage.of("t", "{\n\"room\":\n"), Reading.class))
                .hasMessage("not JSON: line 3, column 1");
    }

    @Test
    void nestedField_isReportedByItsPath() {
        assertThatThrownBy(
                        () -> converter.read(MqttMessage.of("t", "{\"last\":{\"celsius\":\"secret\"}}"), Sensor.class))
                .hasMessage("no such value in field 'last.celsius'");
        assertThatThrownBy(() -> converter.read(
                        MqttMessage.of("t", "{\"secret\":\"secret\"}"),
                        new TypeLiteral<Map<String, Integer>>() {}.getType()))
                .message()
                .doesNotContain("'secret'");
    }

    @Test
    void missingProvider_isReported(@TempDir Path directory) throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(JsonbProvider.class.getName()), "com.acme.Absent");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader broken =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            thread.setContextClassLoader(broken);
            assertThat(JsonbConverter.ifPresent()).isNull();
            assertThat(JsonbConverter.missing())
                    .startsWith(
                            "JSON-B with an implementation to the class path, such as org.eclipse:yasson, or in a server its feature, on Open Liberty jsonb-3.0 (what is"
                                    + " there can't be used: ");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void jsonThatIsNotUtf8_isAConversionFailure() {
        byte[] latin1 = {'{', '"', 'r', 'o', 'o', 'm', '"', ':', '"', (byte) 0xfc, '"', '}'};
        assertThatThrownBy(() -> converter.read(MqttMessage.of("t", latin1), Reading.class))
                .isInstanceOf(CharacterCodingException.class);
    }

    @Test
    void value_isWritten() throws Exception {
        assertThat(new String(converter.write(new Reading("K\u00fcche", 21.5)), UTF_8))
                .isEqualTo("{\"celsius\":21.5,\"room\":\"K\u00fcche\"}");
    }

    @Test
    void valueThatUtf8CannotExpress_isAnError() {
        assertThatThrownBy(() -> converter.write(new Reading("\ud83c", 0)))
                .isInstanceOf(MqttException.class)
                .hasMessage("the text has half of a surrogate pair, which UTF-8 cannot express");
    }

    @Tag("bare")
    @Test
    void converter_withoutJsonB_isAbsent() {
        assertThat(JsonbConverter.ifPresent()).isNull();
        assertThat(JsonbConverter.missing())
                .isEqualTo(
                        "JSON-B with an implementation to the class path, such as org.eclipse:yasson, or in a server its feature, on Open Liberty jsonb-3.0");
    }
}
