package io.github.cdimqtt.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program on the class path of the tests, to be run in a JVM of its own that can be killed. */
public final class JavaProgram {

    private JavaProgram() {}

    /** Prepares a small JVM that starts quickly and has the logging of this one. */
    public static ProcessBuilder prepare(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dio.netty.noUnsafe=" + System.getProperty("io.netty.noUnsafe"),
                "-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file"),
                "-D" + TestContainer.LIBRARY + "=" + TestContainer.library(),
                "-D" + TestContainer.PROTOCOL + "=" + TestContainer.protocol(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
