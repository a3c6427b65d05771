package io.github.cdimqtt.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationFileTest {
    private static final String NAME = "META-INF/microprofile-config.properties";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"UTF-8, ''", "UTF-8, \ufeff", "UTF-16LE, \ufeff", "UTF-16BE, \ufeff", "UTF-16LE, ''", "UTF-16BE, ''"})
    void all_ofAFileOfAnyEditor_isRead(Charset charset, String mark) throws IOException {
        try (URLClassLoader loader = loader("")) {
            Files.write(directory.resolve("0/" + NAME), (mark + "mqtt.a=\u00e4\r\nb=c\r\n").getBytes(charset));
            assertThat(ConfigurationFile.all(loader))
                    .extracting(ConfigurationFile::values)
                    .containsExactly(Map.of("mqtt.a", "\u00e4", "b", "c"));
        }
    }

    @Test
    void all_ofAClassLoader_readsEachFileAsUtf8InItsOrder() throws IOException {
        try (URLClassLoader loader = loader("a=ä\\u00f6\nb: 1", "a=2")) {
            assertThat(ConfigurationFile.all(loader))
                    .extracting(ConfigurationFile::values)
                    .containsExactly(Map.of("a", "äö", "b", "1"), Map.of("a", "2"));
        }
    }

    @Test
    void all_withoutFiles_isEmpty() throws IOException {
        try (URLClassLoader loader = loader()) {
            assertThat(ConfigurationFile.all(loader)).isEmpty();
        }
    }

    @Test
    void all_withABadFile_namesIt() throws IOException {
        try (URLClassLoader loader = loader("a=\\u00zz")) {
            assertThatThrownBy(() -> ConfigurationFile.all(loader))
                    .isInstanceOf(MqttException.class)
                    .hasMessage(directory.toUri().toURL() + "0/" + NAME + ": Malformed \\uxxxx encoding.");
        }
    }

    private URLClassLoader loader(String... files) throws IOException {
        URL[] roots = new URL[files.length];
        for (int i = 0; i < files.length; i++) {
            Path file = directory.resolve(i + "/" + NAME);
            Files.createDirectories(file.getParent());
            Files.writeString(file, files[i]);
            roots[i] = directory.resolve(Integer.toString(i)).toUri().toURL();
        }
        return new URLClassLoader(roots, null);
    }
}
