package io.github.cdimqtt.server;

import io.github.cdimqtt.broker.Ports;
import java.io.IOException;
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
    private static final int BEFORE_CONFIGURATION_IS_READ = 100;

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(ServerDirectory.class);
    }

    void prepare(@Observes(precedence = BEFORE_CONFIGURATION_IS_READ) ManagerStarted event) {
        System.setProperty("server.directory", unpacked().toString());
        for (String port : List.of("http", "https", "management")) {
            System.setProperty("server." + port + ".port", String.valueOf(Ports.free()));
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
