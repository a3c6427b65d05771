package io.github.cdimqtt.server;

import io.github.cdimqtt.broker.Ports;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/** A container that takes the application on its command line. */
enum Launched {
    PAYARA_MICRO {
        @Override
        List<String> arguments(Path directory) {
            String war = write(LaunchedApplication.war(), directory.resolve("launched.war"));
            return List.of("-jar", jar("payara-micro"), "--nocluster", "--port", "" + Ports.free(), "--deploy", war);
        }
    },

    TOMEE {
        @Override
        List<String> arguments(Path directory) {
            String war = write(LaunchedApplication.war(), directory.resolve("launched.war"));
            String home = directory.resolve("tomee").toString();
            return List.of(
                    "-jar",
                    jar("tomee-embedded-uber"),
                    "--directory",
                    home,
                    "--port",
                    "" + Ports.free(),
                    "--path",
                    war);
        }
    },

    /** Its CDI alone, without a web server. */
    HELIDON {
        @Override
        List<String> arguments(Path directory) throws IOException {
            String application = write(LaunchedApplication.jar(), directory.resolve("launched.jar"));
            Stream<String> helidon = Stream.of(Files.readString(home().resolve("helidon.classpath"))
                            .split(File.pathSeparator))
                    .filter(jar -> !jar.contains("/org/apache/"));
            String path = String.join(
                    File.pathSeparator,
                    Stream.concat(
                                    Stream.of(
                                            application,
                                            Archives.library().toString(),
                                            Archives.paho().toString()),
                                    helidon)
                            .toList());
            return List.of("-cp", path, "io.helidon.microprofile.cdi.Main");
        }
    };

    abstract List<String> arguments(Path directory) throws IOException;

    /** Starts it on free ports, with a directory of its own. */
    Process launch(Path directory) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-Djava.io.tmpdir=" + directory));
        command.addAll(arguments(directory));
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .inheritIO()
                .start();
    }

    private static Path home() {
        return Path.of(System.getProperty("server.home"));
    }

    private static String jar(String name) {
        return home().resolve(name + ".jar").toString();
    }

    private static String write(Archive<?> application, Path file) {
        application.as(ZipExporter.class).exportTo(file.toFile());
        return file.toString();
    }
}
