package io.github.cdimqtt.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationFileTest {
    private static final String NAME = "META-INF/microprofile-config.properties";

    @TempDir
    Path directory;

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
