package io.github.cdimqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.eclipse.paho.client.mqttv3.spi.NetworkModuleFactory;
import org.junit.jupiter.api.Test;

/** What the metadata for native images names is there, and all that Paho loads by name is in it. */
class NativeImageTest {
    private static final String METADATA = "/META-INF/native-image/io.github.cdi-mqtt/cdi-mqtt/";
    private static final Path LIBRARY = Path.of("target", "classes");

    /** As collections: without Jackson JUnit does not find a test that has its types in signatures. */
    private static Object read(String name) throws IOException {
        try (InputStream json = NativeImageTest.class.getResourceAsStream(METADATA + name)) {
            return new ObjectMapper().readValue(json, Object.class);
        }
    }

    private static Object field(Object object, String name) {
        return ((Map<?, ?>) object).get(name);
    }

    private static List<String> texts(Object array, String field) {
        return ((List<?>) array)
                .stream().map(each -> (String) field(each, field)).toList();
    }

    @Test
    void classes_haveTheConstructorThatIsCalled() throws Exception {
        List<String> classes = texts(read("reflect-config.json"), "name");
        assertThat(classes).isSorted().contains("org.eclipse.paho.client.mqttv3.logging.JSR47Logger");
        for (String each : classes) {
            assertThat(Class.forName(each).getConstructor()).isNotNull();
        }
    }

    @Test
    void factoriesThatPahoFinds_areNamed() throws Exception {
        assertThat(texts(read("reflect-config.json"), "name"))
                .containsAll(ServiceLoader.load(NetworkModuleFactory.class).stream()
                        .map(each -> each.type().getName())
                        .toList());
    }

    @Test
    void bundles_areThere() throws Exception {
        List<String> bundles = texts(field(read("resource-config.json"), "bundles"), "name");
        assertThat(bundles)
                .hasSize(2)
                .allSatisfy(each ->
                        assertThat(ResourceBundle.getBundle(each).keySet()).isNotEmpty());
    }

    /** But for what containers read when they build or deploy, and this metadata. */
    @Test
    void resourcesOfTheLibrary_areNamed() throws Exception {
        List<String> patterns = texts(field(field(read("resource-config.json"), "resources"), "includes"), "pattern");
        try (Stream<Path> files = Files.walk(LIBRARY.resolve("META-INF"))) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(each -> LIBRARY.relativize(each).toString().replace('\\', '/'))
                            .filter(each -> !each.startsWith("META-INF/native-image/")
                                    && !each.startsWith("META-INF/services/jakarta.")
                                    && !each.equals("META-INF/beans.xml")
                                    && !each.equals("META-INF/LICENSE")))
                    .allMatch(each -> patterns.stream().anyMatch(each::matches));
        }
    }
}
