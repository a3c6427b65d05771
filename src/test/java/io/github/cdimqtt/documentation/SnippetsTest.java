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

    /** Around a snippet that is no whole class: what it may use without saying so. */
    private static final String WRAPPED = """
            package %s;
            import io.github.cdimqtt.*;
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

    /** The class as it is, what stands in place of its annotations and of its injected bean and event, and with a recorder. */
    @Test
    @Tag("weld") // weld-junit5 is not there with another
    void tests_ofAnApplication_compileAndPass(@TempDir Path classes) throws Exception {
        List<String> snippets = snippets(Page.of("testing"), true);
        assertThat(snippets).hasSize(4);
        String automatic = "package testing;\n" + snippets.get(1);
        String imported = automatic.replace("import org.junit", """
                import jakarta.enterprise.inject.se.*;
                import org.jboss.weld.junit5.*;
                import org.junit""");
        String initiated = imported.replace("@EnableAutoWeld\n@AddExtensions(MqttExtension.class)\n", "@EnableWeld\n")
                .replace("class RoomsTest {\n", "class InitiatedTest {\n" + snippets.get(2));
        String started = imported.replace("@EnableAutoWeld\n@AddExtensions(MqttExtension.class)\n", "")
                .replace("class RoomsTest {\n", "class StartedTest {\n" + snippets.get(3))
                .replace("@Inject\n    Rooms rooms", "Rooms rooms = container.select(Rooms.class).get()")
                .replace(
                        "@Inject\n    Event<MqttMessage> messages",
                        "Event<MqttMessage> messages = container.getBeanManager().getEvent().select(MqttMessage.class)")
                .replace(
                        "    @Test\n",
                        "    @org.junit.jupiter.api.AfterEach void close() { container.close(); }\n    @Test\n");
        String recording = automatic
                .replace("import org.junit", """
                import io.github.cdimqtt.*;
                import jakarta.annotation.Priority;
                import jakarta.enterprise.inject.*;
                import java.lang.reflect.*;
                import java.util.List;
                import java.util.concurrent.*;
                import org.junit""")
                .replace("class RoomsTest {\n", "class RecordingTest {\n" + snippets.get(0))
                .replace("rooms.put(room, celsius)", "mqtt.publish(\"hot/\" + room, celsius)")
                .replace(
                        "ApplicationScoped\n    static class Rooms {\n",
                        "ApplicationScoped\n    static class Rooms {\n@Inject Mqtt mqtt;")
                .replace("Map.of(\"kitchen\", 60), rooms.all()", "List.of(\"hot/kitchen 60\"), recorder.published()")
                .replace("@Inject\n    Rooms rooms", "@Inject\n    Recorder recorder;\n    @Inject\n    Rooms rooms");
        Map<String, String> sources = Map.of(
                "RoomsTest", automatic, "InitiatedTest", initiated, "StartedTest", started, "RecordingTest", recording);
        compile(sources, classes);
        Files.writeString(
                Files.createDirectory(classes.resolve("META-INF")).resolve("microprofile-config.properties"),
                "mqtt.enabled=false");

        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, before)) {
            Thread.currentThread().setContextClassLoader(loader);
            SummaryGeneratingListener passed = new SummaryGeneratingListener();
            // JUnit 5.13 would close the container of weld-junit 4 a second time, which that takes for a fault.
            LauncherDiscoveryRequestBuilder tests = LauncherDiscoveryRequestBuilder.request()
                    .configurationParameter("junit.jupiter.extensions.store.close.autocloseable.enabled", "false");
            for (String name : sources.keySet()) {
                tests.selectors(DiscoverySelectors.selectClass(loader.loadClass("testing." + name)));
            }
            LauncherFactory.create().execute(tests.build(), passed);
            assertThat(passed.getSummary().getFailures().stream().map(TestExecutionSummary.Failure::getException))
                    .isEmpty();
            assertThat(passed.getSummary().getTestsSucceededCount()).isEqualTo(sources.size());
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
                .filter(snippet ->
                        ofTests == (snippet.contains("MqttExtension.class") || snippet.contains("class Recorder")))
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
