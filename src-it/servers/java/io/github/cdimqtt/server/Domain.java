package io.github.cdimqtt.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/** A domain of Payara or GlassFish. */
record Domain(Path server, String name, int managementPort) {

    /** From the first port of a domain to its management's. */
    private static final int TO_MANAGEMENT = 48;

    /** The one that tests are deployed to; it is started by Arquillian. */
    static Domain ofTests() {
        return new Domain(ServerDirectory.unpacked(), "arquillian", Integer.getInteger("server.management.port"));
    }

    void create() throws IOException {
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
        run("create-domain", "--portbase", String.valueOf(managementPort - TO_MANAGEMENT), "--nopassword", name);
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

    Path directory() {
        return server.resolve("glassfish/domains").resolve(name);
    }

    void start() throws IOException {
        run("start-domain", name);
    }

    void stop() throws IOException {
        run("stop-domain", name);
    }

    /** While it runs. */
    void deploy(String... options) throws IOException {
        administer("deploy", options);
    }

    /** While it runs. */
    void undeploy(String application) throws IOException {
        administer("undeploy", application);
    }

    private void administer(String command, String... operands) throws IOException {
        run(Stream.concat(Stream.of("--port", String.valueOf(managementPort), command), Stream.of(operands))
                .toArray(String[]::new));
    }

    private void run(String... command) throws IOException {
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
}
