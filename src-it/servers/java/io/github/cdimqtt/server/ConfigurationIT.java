package io.github.cdimqtt.server;

import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.server.app.source.FixedSource;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** MicroProfile Config where the server has it, and the library's own sources where not: Open Liberty can do both. */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES) // features come and go
class ConfigurationIT {
    private static final String OWN = "own";
    private static final String MICROPROFILE = "microprofile";
    private static final boolean OPTIONAL = ServerDirectory.isLiberty();

    @ArquillianResource
    Deployer deployer;

    @Deployment(name = OWN, managed = false, testable = false)
    static WebArchive ownSources() {
        return application(OWN);
    }

    @Deployment(name = MICROPROFILE, managed = false, testable = false)
    static WebArchive microProfile() {
        return application(MICROPROFILE)
                .addPackage(FixedSource.class.getPackage())
                .addAsServiceProvider(ConfigSource.class, FixedSource.class);
    }

    private static WebArchive application(String name) {
        return Archives.application(
                name,
                Archives.connections(
                        name,
                        "mqtt.client-id=from-file",
                        "mqtt.variable.broker-url=" + Broker.url(),
                        "mqtt.variable.client-id=${server.test.variable}",
                        "mqtt.property.broker-url=" + Broker.url(),
                        "mqtt.property.client-id=${server.test.property}",
                        "mqtt.source.broker-url=" + Broker.url(),
                        "mqtt.source.client-id=${server.test.source:no-source}"));
    }

    static Stream<String> sources() {
        return OPTIONAL ? Stream.of(OWN, MICROPROFILE) : Stream.of(MICROPROFILE);
    }

    @ParameterizedTest
    @MethodSource("sources")
    void keys_areFoundInEachSource(String sources) throws IOException {
        if (OPTIONAL && sources.equals(MICROPROFILE)) {
            try (DropIn feature = DropIn.withFeatures("mp-config.xml")) {
                check(sources);
            }
        } else {
            check(sources);
        }
    }

    private void check(String sources) {
        String source = sources.equals(MICROPROFILE) ? "from-source" : "no-source";
        try (RawClient witness = RawClient.connect(Broker.url()).observe("reported/client/+");
                DeployedApplication application = new DeployedApplication(deployer, sources).deploy()) {
            Stream.of("default from-file", "variable from-environment", "property from-property", "source " + source)
                    .map(line -> line.split(" "))
                    .forEach(pair ->
                            await().until(() -> witness.texts("reported/client/" + pair[0]), List.of(pair[1])::equals));
        }
    }
}
