package io.github.cdimqtt.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server's asadmin. Payara's adapter starts servers by a jar that GlassFish 8 has not: there, it is this class alone in
 * that place.
 */
final class Asadmin {
    static final String JAR = "glassfish/modules/admin-cli.jar";

    private Asadmin() {}

    /** What asadmin takes. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path server = Path.of(System.getProperty("java.class.path"))
                .resolve("../../..")
                .normalize();
        System.exit(command(server, arguments).inheritIO().start().waitFor());
    }

    /** Runs on the JDK of this JVM, whichever the path has. */
    static ProcessBuilder command(Path server, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(server.resolve("bin/asadmin").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder asadmin = new ProcessBuilder(command);
        asadmin.environment().put("AS_JAVA", System.getProperty("java.home"));
        return asadmin;
    }
}
