package io.github.cdimqtt.server;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import io.github.cdimqtt.broker.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.api.event.ManagerStarted;
import org.jboss.arquillian.core.spi.LoadableExtension;

/** The server as it was unpacked, before it starts: gives it free ports. arquillian.xml has all that as properties. */
public final class ServerDirectory implements LoadableExtension {
    /** A name that no other server has: Open Liberty's adapter finds it by that among the processes of the user. */
    static final String LIBERTY_SERVER = "cdi-mqtt-tests";

    private static final int BEFORE_CONFIGURATION_IS_READ = 100;

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(ServerDirectory.class);
    }

    void prepare(@Observes(precedence = BEFORE_CONFIGURATION_IS_READ) ManagerStarted event) throws IOException {
        Path server = unpacked();
        System.setProperty("server.directory", server.toString());
        if (System.getProperty("server.kind").equals("payara")) {
            setPort("management", Domain.create("arquillian").managementPort());
            return;
        }
        int http = setPort("http", Ports.free());
        int https = setPort("https", Ports.free());
        if (isLiberty()) {
            configureLiberty(server, http, https);
        } else {
            setPort("management", Ports.free());
        }
    }

    /** Distinguishes Payara from GlassFish, which is tested with what is made for Payara. */
    static boolean isPayara() {
        return unpacked().getFileName().toString().startsWith("payara");
    }

    static boolean isLiberty() {
        return System.getProperty("server.kind").equals("openliberty");
    }

    static boolean isGlassFish() {
        return unpacked().getFileName().toString().startsWith("glassfish");
    }

    static boolean isPayara7() {
        return unpacked().getFileName().toString().equals("payara7");
    }

    private static int setPort(String name, int port) {
        System.setProperty("server." + name + ".port", String.valueOf(port));
        return port;
    }

    private static void configureLiberty(Path server, int http, int https) throws IOException {
        Path directory = Files.createDirectories(server.resolve("usr/servers").resolve(LIBERTY_SERVER));
        try (InputStream template = ServerDirectory.class.getResourceAsStream("/openliberty/server.xml")) {
            Files.copy(template, directory.resolve("server.xml"), REPLACE_EXISTING);
        }
        Files.write(
                directory.resolve("bootstrap.properties"),
                List.of("http.port=" + http, "https.port=" + https, "h2.jar=" + Archives.jarOf("org.h2.Driver")));
    }

    /** Where it is. */
    static Path unpacked() {
        try (Stream<Path> roots = Files.list(Path.of(System.getProperty("server.home")))) {
            List<Path> all = roots.filter(Files::isDirectory).toList();
            if (all.size() != 1) {
                throw new IllegalStateException("one server should be in " + System.getProperty("server.home")
                        + ", not " + all + "; run mvn clean");
            }
            return all.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
