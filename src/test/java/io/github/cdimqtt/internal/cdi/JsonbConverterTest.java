package io.github.cdimqtt.internal.cdi;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonbConverterTest {

    public record Reading(String room, double celsius) {}

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
    void text_thatIsNoSuchJson_isNoValue(String text) {
        assertThatThrownBy(() -> converter.read(MqttMessage.of("t", text), Reading.class))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void provider_thatIsNotThere_isAsGoodAsNone(@TempDir Path directory) throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(JsonbProvider.class.getName()), "com.acme.Absent");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader broken =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            thread.setContextClassLoader(broken);
            assertThat(JsonbConverter.ifPresent()).isNull();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void json_thatIsNotUtf8_isNoValue() {
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
    void value_thatUtf8CannotExpress_isAnError() {
        assertThatThrownBy(() -> converter.write(new Reading("\ud83c", 0)))
                .isInstanceOf(MqttException.class)
                .hasMessage("the text has half of a surrogate pair, which UTF-8 cannot express");
    }

    @Tag("bare")
    @Test
    void converter_withoutJsonB_isAbsent() {
        assertThat(JsonbConverter.ifPresent()).isNull();
    }
}
