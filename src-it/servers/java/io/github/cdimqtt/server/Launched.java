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
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A container that takes the application on its command line. */
enum Launched {
    PAYARA_MICRO {
        @Override
        List<String> arguments(Path directory) {
            return payaraMicro(deploy(LaunchedApplication.war(), directory));
        }

        @Override
        String ready() {
            return PAYARA_MICRO_READY;
        }
    },

    /** With the library beside the application. */
    PAYARA_MICRO_SHARED {
        @Override
        List<String> arguments(Path directory) {
            List<String> arguments = new ArrayList<>(payaraMicro(deploy(LaunchedApplication.bareWar(), directory)));
            arguments.addAll(List.of("--addlibs", Archives.library() + File.pathSeparator + Archives.paho()));
            return arguments;
        }

        @Override
        String ready() {
            return PAYARA_MICRO_READY;
        }
    },

    TOMEE {
        @Override
        List<String> arguments(Path directory) {
            return tomee(List.of(), deploy(LaunchedApplication.war(), directory), directory);
        }
    },

    /** With the library beside the application. */
    TOMEE_SHARED {
        @Override
        List<String> arguments(Path directory) {
            List<String> library =
                    List.of(Archives.library().toString(), Archives.paho().toString());
            return tomee(library, deploy(LaunchedApplication.bareWar(), directory), directory);
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

        @Override
        boolean hasNaming() {
            return false;
        }
    };

    static final String OUTPUT = "output.log";

    private static final String PAYARA_MICRO_READY = " ready in ";

    abstract List<String> arguments(Path directory) throws IOException;

    /** What it prints when it is up: one that is ended sooner takes no leave of its applications. Nothing, if it does. */
    String ready() {
        return "";
    }

    /** Whether observers find java:comp. */
    boolean hasNaming() {
        return true;
    }

    /** Starts it on free ports, with a directory of its own, where it prints into {@link #OUTPUT}. */
    Process launch(Path directory) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx512m", "-Djava.io.tmpdir=" + directory));
        command.addAll(arguments(directory));
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(OUTPUT).toFile())
                .start();
    }

    private static List<String> payaraMicro(String war) {
        return List.of("-jar", jar("payara-micro"), "--nocluster", "--port", "" + Ports.free(), "--deploy", war);
    }

    private static List<String> tomee(List<String> beside, String war, Path directory) {
        List<String> path = new ArrayList<>(beside);
        path.add(jar("tomee-embedded-uber"));
        return List.of(
                "-cp",
                String.join(File.pathSeparator, path),
                "org.apache.tomee.embedded.Main",
                "--directory",
                directory.resolve("tomee").toString(),
                "--port",
                "" + Ports.free(),
                "--path",
                war);
    }

    private static String deploy(WebArchive application, Path directory) {
        return write(application, directory.resolve("launched.war"));
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
