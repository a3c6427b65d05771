package io.github.cdimqtt.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.server.app.shared.SharedBean;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The library as the server shares it: a module (WildFly), a shared library (Open Liberty), a library (Payara). */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
class SharedLibraryIT {

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "shared", managed = false, testable = false)
    static WebArchive application() {
        return ShrinkWrap.create(WebArchive.class, "shared.war")
                .addPackage(SharedBean.class.getPackage())
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsWebInfResource("wildfly/jboss-deployment-structure.xml", "jboss-deployment-structure.xml")
                .addAsResource(new StringAsset("mqtt.broker-url=" + Broker.url()), Archives.CONFIGURATION);
    }

    @Test
    void applicationWithoutTheJar_hasTheServers() throws IOException {
        Path server = Path.of(System.getProperty("server.directory"));
        switch (System.getProperty("server.name")) {
            case "wildfly" -> {
                Path module = copyTo(server.resolve("modules/io/github/cdimqtt/main"));
                try (InputStream description = getClass().getResourceAsStream("/wildfly/module.xml")) {
                    Files.copy(description, module.resolve("module.xml"));
                }
                deployer.deploy("shared");
                try {
                    check();
                } finally {
                    deployer.undeploy("shared");
                }
            }
            case "openliberty" -> {
                copyTo(server.resolve("usr/shared/resources/cdi-mqtt"));
                File war = Files.createDirectories(DropIn.serverDirectory().resolve("apps"))
                        .resolve("shared.war")
                        .toFile();
                application().as(ZipExporter.class).exportTo(war, true);
                try (DropIn library = DropIn.of("shared.xml")) {
                    check();
                }
            }
            default -> {
                // Each library there has a class loader of its own: so the two jars in one.
                Path libraries = Files.createDirectories(server.resolve("glassfish/domains/arquillian/lib/applibs"));
                ShrinkWrap.create(ZipImporter.class, "cdi-mqtt.jar")
                        .importFrom(Archives.paho())
                        .importFrom(Archives.library())
                        .as(ZipExporter.class)
                        .exportTo(libraries.resolve("cdi-mqtt.jar").toFile());
                File war = server.resolve("shared.war").toFile();
                application().as(ZipExporter.class).exportTo(war, true);
                ServerDirectory.asadmin("deploy", "--libraries", "cdi-mqtt.jar", war.toString());
                try {
                    check();
                } finally {
                    ServerDirectory.asadmin("undeploy", "shared");
                }
            }
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ServerProcess.threads()).isEmpty());
    }

    private static Path copyTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.copy(Archives.library().toPath(), directory.resolve("cdi-mqtt.jar"));
        Files.copy(Archives.paho().toPath(), directory.resolve("paho.jar"));
        return directory;
    }

    private static void check() {
        try (RawClient witness = RawClient.connect(Broker.url()).observe("told/#")) {
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                witness.publish("ask/shared", "x"); // until it is heard: there is nobody to say that it has started
                assertThat(witness.texts("told/shared")).isNotEmpty();
            });
            assertThat(witness.texts("told/shared")).containsOnly("the server's");
        }
    }
}
