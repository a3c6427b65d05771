package io.github.cdimqtt.server;

import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.server.app.source.FixedSource;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** MicroProfile Config where the server has it, and the library's own sources where not: here Open Liberty. */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
class ConfigurationIT {
    private static final boolean MICROPROFILE =
            !System.getProperty("server.name").equals("openliberty");

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = "configured", managed = false, testable = false)
    static WebArchive application() {
        WebArchive application = Archives.application(
                "configured",
                Archives.connections(
                        "configured",
                        "mqtt.client-id=from-file",
                        "mqtt.variable.broker-url=" + Broker.url(),
                        "mqtt.variable.client-id=${server.test.variable}",
                        "mqtt.property.broker-url=" + Broker.url(),
                        "mqtt.property.client-id=${server.test.property}",
                        "mqtt.source.broker-url=" + Broker.url(),
                        "mqtt.source.client-id=${server.test.source:no-source}"));
        return MICROPROFILE
                ? application
                        .addPackage(FixedSource.class.getPackage())
                        .addAsServiceProvider(ConfigSource.class, FixedSource.class)
                : application;
    }

    @Test
    void keys_areFoundInEachSource() {
        try (RawClient witness = RawClient.connect(Broker.url()).observe("told/client/+")) {
            deployer.deploy("configured");
            try {
                Stream.of("default from-file", "variable from-environment", "property from-property", source())
                        .map(line -> line.split(" "))
                        .forEach(pair ->
                                await().until(() -> witness.texts("told/client/" + pair[0]), List.of(pair[1])::equals));
            } finally {
                deployer.undeploy("configured");
            }
        }
    }

    private static String source() {
        return MICROPROFILE ? "source from-source" : "source no-source";
    }
}
