package benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * A bean archive of beans with ten observers each, every one for a topic of its own, and of one that says when the
 * application is ready: of messages for cdi-mqtt, or of plain events that {@code @Named} distinguishes.
 */
final class GeneratedObservers {
    private static final int IN_A_BEAN = 10;
    private static final String MQTT = "io.github.cdimqtt.MqttTopic";
    private static final String PLAIN = "jakarta.inject.Named";
    private static final String READY = "io.github.cdimqtt.MqttEvent.Connected";
    private static final String STARTED = "jakarta.enterprise.event.Startup";

    private GeneratedObservers() {}

    static Path generate(int observers, boolean mqtt) throws IOException {
        Path classes = Options.target().resolve("generated-" + (mqtt ? "mqtt" : "plain") + "-" + observers);
        Path sources = Files.createDirectories(classes.resolve("sources"));
        Files.writeString(Files.createDirectories(classes.resolve("META-INF")).resolve("beans.xml"), "");
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-cp", System.getProperty("java.class.path"), "-d", classes.toString()));
        for (int from = 0; from < observers; from += IN_A_BEAN) {
            StringBuilder methods = new StringBuilder();
            for (int i = from; i < Math.min(from + IN_A_BEAN, observers); i++) {
                methods.append("void on%d(@Observes @%s(\"topic/%d\") byte[] payload) {}\n"
                        .formatted(i, mqtt ? MQTT : PLAIN, i));
            }
            arguments.add(write(sources, "Observers" + from, methods.toString()));
        }
        arguments.add(write(
                sources,
                "Ready",
                "void ready(@Observes %s event) { System.out.println(\"ready\"); }".formatted(mqtt ? READY : STARTED)));
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IOException("the generated observers do not compile");
        }
        return classes;
    }

    private static String write(Path sources, String name, String members) throws IOException {
        String source = """
                package generated;

                import jakarta.enterprise.context.ApplicationScoped;
                import jakarta.enterprise.event.Observes;

                @ApplicationScoped
                public class %s {
                %s
                }
                """.formatted(name, members);
        return Files.writeString(sources.resolve(name + ".java"), source).toString();
    }
}
