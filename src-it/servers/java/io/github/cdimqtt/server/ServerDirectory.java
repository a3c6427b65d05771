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
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/** The server as it was unpacked, before it starts: gives it free ports. arquillian.xml has all that as properties. */
public final class ServerDirectory implements LoadableExtension {
    private static final int BEFORE_CONFIGURATION_IS_READ = 100;

    /** From the first port of a domain to its management's. */
    private static final int TO_MANAGEMENT = 48;

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(ServerDirectory.class);
    }

    void prepare(@Observes(precedence = BEFORE_CONFIGURATION_IS_READ) ManagerStarted event) throws IOException {
        Path server = unpacked();
        System.setProperty("server.directory", server.toString());
        int http = port("http");
        int https = port("https");
        int management = port("management");
        switch (System.getProperty("server.name")) {
            case "openliberty" -> configureLiberty(server, http, https);
            case "payara" -> createDomain(server, management - TO_MANAGEMENT);
            default -> {
                // Takes its ports from its command line.
            }
        }
    }

    /** Tells Payara from GlassFish, which is tested with what is made for Payara. */
    static boolean isPayara() {
        return unpacked().getFileName().toString().startsWith("payara");
    }

    private static int port(String name) {
        int port = Ports.free();
        System.setProperty("server." + name + ".port", String.valueOf(port));
        return port;
    }

    private static void configureLiberty(Path server, int http, int https) throws IOException {
        Path directory = Files.createDirectories(server.resolve("usr/servers/defaultServer"));
        try (InputStream template = ServerDirectory.class.getResourceAsStream("/openliberty/server.xml")) {
            Files.copy(template, directory.resolve("server.xml"), REPLACE_EXISTING);
        }
        Files.write(
                directory.resolve("bootstrap.properties"),
                List.of("http.port=" + http, "https.port=" + https, "h2.jar=" + Archives.jarOf("org.h2.Driver")));
    }

    private static void createDomain(Path server, int first) throws IOException {
        Path jar = server.resolve(Asadmin.JAR);
        if (!Files.exists(jar)) {
            ShrinkWrap.create(JavaArchive.class)
                    .addClass(Asadmin.class)
                    .setManifest(new StringAsset("Main-Class: " + Asadmin.class.getName() + "\n"))
                    .as(ZipExporter.class)
                    .exportTo(jar.toFile());
        }
        if (Files.exists(server.resolve("glassfish/domains/arquillian"))) {
            run(server, "delete-domain", "arquillian");
        }
        run(server, "create-domain", "--portbase", String.valueOf(first), "--nopassword", "arquillian");
        Path domain = server.resolve("glassfish/domains/arquillian/config/domain.xml");
        String options = "$1<jvm-options>-Dserver.test.property=from-property</jvm-options>";
        Files.writeString(
                domain,
                Files.readString(domain)
                        .replaceAll("(<java-config[^>]*>)", options)
                        .replace(
                                "pool-name=\"DerbyPool\"", "pool-name=\"__TimerPool\"")); // GlassFish: needs no process
    }

    /** Has the running domain do something. */
    static void asadmin(String... command) throws IOException {
        String port = System.getProperty("server.management.port");
        run(
                Path.of(System.getProperty("server.directory")),
                Stream.concat(Stream.of("--port", port), Stream.of(command)).toArray(String[]::new));
    }

    private static void run(Path server, String... command) throws IOException {
        try {
            int code = Asadmin.run(server, command);
            if (code != 0) {
                throw new IllegalStateException("asadmin " + String.join(" ", command) + ": exit code " + code);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path unpacked() {
        try (Stream<Path> roots = Files.list(Path.of(System.getProperty("server.home")))) {
            return roots.filter(Files::isDirectory).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
