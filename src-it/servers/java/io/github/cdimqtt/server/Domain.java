package io.github.cdimqtt.server;

import io.github.cdimqtt.broker.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/** A domain of Payara or GlassFish, whose ports are among a hundred. */
record Domain(Path server, String name, int firstPort) implements AutoCloseable {

    /** From the first port of a domain to its management's. */
    private static final int TO_MANAGEMENT = 48;

    static Domain create(String name) throws IOException {
        Domain domain = new Domain(ServerDirectory.unpacked(), name, Ports.freeHundred());
        domain.create();
        return domain;
    }

    private void create() throws IOException {
        Path adminCli = server.resolve(Asadmin.JAR);
        if (!Files.exists(adminCli)) {
            ShrinkWrap.create(JavaArchive.class)
                    .addClass(Asadmin.class)
                    .setManifest(new StringAsset("Main-Class: " + Asadmin.class.getName() + "\n"))
                    .as(ZipExporter.class)
                    .exportTo(adminCli.toFile());
        }
        if (Files.exists(directory())) {
            run("delete-domain", name);
        }
        run("create-domain", "--portbase", String.valueOf(firstPort), "--nopassword", name);
        // It keeps uploads under their names there: a file of somebody else's would be in the way.
        Path uploads = Files.createDirectories(directory().resolve("tmp"));
        Path configuration = directory().resolve("config/domain.xml");
        String options = "$1<jvm-options>-Dserver.test.property=from-property</jvm-options>"
                + "<jvm-options>-Djava.io.tmpdir=" + Matcher.quoteReplacement(uploads.toString()) + "</jvm-options>";
        Files.writeString(
                configuration,
                Files.readString(configuration)
                        .replaceAll("(<java-config[^>]*>)", options)
                        .replace(
                                "pool-name=\"DerbyPool\"", "pool-name=\"__TimerPool\"")); // GlassFish: needs no process
    }

    int managementPort() {
        return firstPort + TO_MANAGEMENT;
    }

    Path directory() {
        return server.resolve("glassfish/domains").resolve(name);
    }

    void start() throws IOException {
        run("start-domain", name);
    }

    /** Ends its process, if it runs. */
    @Override
    public void close() {
        ServerProcess.end(directory());
    }

    /** While it runs. */
    void deploy(String application, String... options) throws IOException {
        administer("deploy", Stream.concat(Stream.of(options), Stream.of(application)));
    }

    /** While it runs. */
    void undeploy(String application) throws IOException {
        administer("undeploy", Stream.of(application));
    }

    private void administer(String command, Stream<String> operands) throws IOException {
        run(Stream.concat(Stream.of("--port", String.valueOf(managementPort()), command), operands)
                .toArray(String[]::new));
    }

    private void run(String... command) throws IOException {
        Path output = server.resolve("asadmin.log"); // no pipe: a domain that it starts would hold it open
        try {
            int code = Asadmin.command(server, command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            String printed = Files.readString(output);
            System.out.print(printed);
            if (code != 0) {
                throw new IllegalStateException(
                        "asadmin %s: exit code %d%n%s".formatted(String.join(" ", command), code, printed));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
