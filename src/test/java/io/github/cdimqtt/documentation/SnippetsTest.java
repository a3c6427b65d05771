package io.github.cdimqtt.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.support.TestContainer;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The code on all pages compiles and runs. */
@Tag("container")
class SnippetsTest {
    /** A snippet that is a whole class. */
    private static final Pattern TYPE = Pattern.compile("(?s)^import .*?^public class (\\w+)", Pattern.MULTILINE);

    private static final Pattern TEST = Pattern.compile("^class (\\w+Test) ", Pattern.MULTILINE);

    /** Around a snippet that is no whole class: what it may use without saying so. */
    private static final String WRAPPED = """
            package %s;
            import io.github.cdimqtt.*;
            import jakarta.annotation.*;
            import jakarta.enterprise.context.*;
            import jakarta.enterprise.event.*;
            import jakarta.enterprise.inject.*;
            import jakarta.inject.*;
            import java.lang.reflect.Type;
            import java.nio.ByteBuffer;
            import java.nio.charset.StandardCharsets;
            import java.time.Duration;
            import java.time.LocalDate;
            import java.util.List;
            import java.util.Optional;
            import javax.sql.DataSource;
            public class %s {
                @Inject Mqtt mqtt;
                %s
            }
            """;

    private static final Map<String, String> SETTINGS = Map.of(
            "mqtt.enabled", "false",
            "mqtt.protocol-version", "5",
            "mqtt.session-expiry", "10m",
            "mqtt.cloud.broker-url", "tcp://localhost",
            "mqtt.cloud.enabled", "false");

    private static Stream<Page> pages() {
        return Page.all().stream().filter(page -> !page.code("java").isEmpty());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void snippets_compileAndDeploy(Page page, @TempDir Path classes) throws Exception {
        Map<String, String> sources = new LinkedHashMap<>();
        for (String snippet : snippets(page, false)) {
            Matcher type = TYPE.matcher(snippet);
            if (type.find()) {
                sources.put(type.group(1), "package " + page.name() + ";\n" + snippet);
            } else {
                String name = "Snippet" + sources.size();
                sources.put(name, WRAPPED.formatted(page.name(), name, snippet));
            }
        }
        compile(sources, classes);

        // The one that sets everything in code would connect.
        sources.values().removeIf(source -> source.contains("MqttConfig config()"));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            List<Class<?>> beans = new ArrayList<>();
            for (String name : sources.keySet()) {
                Class<?> type = loader.loadClass(page.name() + "." + name);
                beans.add(type);
                beans.addAll(List.of(type.getDeclaredClasses()));
            }
            try (TestContainer container = TestContainer.start(SETTINGS, beans.toArray(Class<?>[]::new))) {
                assertThat(container.get(Mqtt.class).isConnected()).isFalse();
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** The tests as they are, that of the README too, and the first with what stands in place of its annotations and its injected broker. */
    @Test
    @Tag("weld") // weld-junit5 is not there with another
    void tests_ofAnApplication_compileAndPass(@TempDir Path classes) throws Exception {
        Page page = Page.of("testing");
        List<String> snippets = snippets(page, true);
        assertThat(snippets).hasSize(5);
        Map<String, String> sources = new LinkedHashMap<>();
        for (String test : snippets.subList(0, 3)) {
            sources.put(TEST.matcher(test).results().findFirst().orElseThrow().group(1), "package testing;\n" + test);
        }
        for (String ofReadme : Page.README.code("java")) {
            Matcher type = Pattern.compile("class (\\w+) ").matcher(ofReadme);
            assertThat(type.find()).isTrue();
            sources.put(type.group(1), "package testing;\n" + ofReadme);
        }
        String imported = "package testing;\n"
                + snippets.get(0).replaceFirst("(?m)(^@.*\n)+(?=class)", "").replace("import org.junit", """
                        import jakarta.enterprise.inject.se.*;
                        import org.jboss.weld.junit5.*;
                        import org.junit""");
        sources.put(
                "InitiatedTest",
                imported.replace("class AlarmTest {\n", "@EnableWeld\nclass InitiatedTest {\n" + snippets.get(3)));
        sources.put(
                "StartedTest",
                imported.replace("class AlarmTest {\n", "class StartedTest {\n" + snippets.get(4))
                        .replace("    @Inject\n    MqttTestBroker broker;\n", "")
                        .replaceFirst(
                                "    @BeforeEach\n",
                                "    @org.junit.jupiter.api.AfterEach void close() { container.close(); }\n    @BeforeEach\n"));
        compile(sources, classes);
        Files.writeString(
                Files.createDirectory(classes.resolve("META-INF")).resolve("microprofile-config.properties"),
                String.join("\n", page.code("properties")));

        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            SummaryGeneratingListener passed = new SummaryGeneratingListener();
            // JUnit 5.13 would close the container of weld-junit 4 a second time, which that takes for a fault.
            LauncherDiscoveryRequestBuilder tests = LauncherDiscoveryRequestBuilder.request()
                    .configurationParameter("junit.jupiter.extensions.store.close.autocloseable.enabled", "false");
            sources.keySet().removeIf(name -> !name.endsWith("Test"));
            for (String name : sources.keySet()) {
                tests.selectors(DiscoverySelectors.selectClass(loader.loadClass("testing." + name)));
            }
            LauncherFactory.create().execute(tests.build(), passed);
            assertThat(passed.getSummary().getFailures().stream().map(TestExecutionSummary.Failure::getException))
                    .isEmpty();
            assertThat(passed.getSummary().getTestsSucceededCount()).isEqualTo(2 + 1 + 1 + 1 + 2 + 2);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    @Tag("weld") // weld-junit5 is not there with another
    void examples_ofTheJavadoc_compile(@TempDir Path classes) throws Exception {
        Map<String, String> sources = new LinkedHashMap<>();
        Pattern.compile("(?s)<pre>\\{@code (.*?class (\\w+).*?)}</pre>")
                .matcher(Files.readString(Path.of("src/main/javadoc/overview.html")))
                .results()
                .forEach(example -> sources.put(example.group(2), """
                        package overview;
                        import io.github.cdimqtt.*;
                        import io.github.cdimqtt.extension.*;
                        import io.github.cdimqtt.testing.*;
                        import jakarta.enterprise.context.*;
                        import jakarta.enterprise.event.*;
                        import jakarta.inject.*;
                        import java.util.concurrent.CompletionStage;
                        import org.jboss.weld.junit5.auto.*;
                        import org.junit.jupiter.api.Test;
                        """ + example.group(1)));
        assertThat(sources).hasSize(3);
        compile(sources, classes);
    }

    private static void compile(Map<String, String> sources, Path classes) {
        StringWriter errors = new StringWriter();
        List<String> options =
                List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(
                        errors,
                        null,
                        null,
                        options,
                        null,
                        sources.entrySet().stream()
                                .map(source -> new Source(source.getKey(), source.getValue()))
                                .toList())
                .call();
        assertThat(compiled).as(errors.toString()).isTrue();
    }

    private static List<String> snippets(Page page, boolean ofTests) {
        return page.code("java").stream()
                .map(snippet -> snippet.replaceFirst("^package \\w+;\n\n", "")) // it gets another one
                .filter(snippet -> ofTests == snippet.contains("MqttExtension.class"))
                .toList();
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
