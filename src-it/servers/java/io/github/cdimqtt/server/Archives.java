package io.github.cdimqtt.server;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.server.app.Reporter;
import io.github.cdimqtt.support.TestContainer;
import java.io.File;
import java.net.URISyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What is deployed. */
final class Archives {
    static final String CONFIGURATION = "META-INF/microprofile-config.properties";
    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                <env-entry>
                    <env-entry-name>greeting</env-entry-name>
                    <env-entry-type>java.lang.String</env-entry-type>
                    <env-entry-value>hello from %s</env-entry-value>
                </env-entry>
            </web-app>
            """;

    private Archives() {}

    /** An application with the library in WEB-INF/lib; {@code lines} are its configuration. */
    static WebArchive application(String name, String... lines) {
        return ShrinkWrap.create(WebArchive.class, name + ".war")
                .addPackage(Reporter.class.getPackage())
                .addAsLibraries(library(), paho())
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .setWebXML(new StringAsset(WEB_XML.formatted(name)))
                .addAsResource(configuration(lines), CONFIGURATION);
    }

    /** Its configuration, with the three connections that it uses. */
    static String[] connections(String name, String... more) {
        return Stream.concat(
                        Stream.of(
                                "mqtt.broker-url=" + Broker.url(),
                                "mqtt.line.broker-url=" + Broker.url(),
                                "mqtt.kept.broker-url=" + Broker.url(),
                                "mqtt.kept.client-id=" + name,
                                "mqtt.kept.clean-session=false",
                                "mqtt.kept.reconnect.min-delay=50ms"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    /** Each connection has the version of MQTT of this run. */
    static StringAsset configuration(String... lines) {
        return new StringAsset(
                Stream.of(lines).flatMap(Archives::withVersion).collect(Collectors.joining("\n", "", "\n")));
    }

    private static Stream<String> withVersion(String line) {
        String version = line.replaceFirst("broker-url=.*", "protocol-version=" + TestContainer.protocol());
        return version.equals(line) ? Stream.of(line) : Stream.of(line, version);
    }

    /** The jar as it is packaged: Failsafe has it on the class path. */
    static File library() {
        return jarOf(Mqtt.class);
    }

    static File paho() {
        return jarOf(MqttClient.class);
    }

    /**
     * Micrometer, for applications that have it. Without its metrics of Jetty: WildFly Preview 39 loads each class of an
     * application that listens to servlets, and fails where one is made for javax.servlet.
     */
    static JavaArchive[] micrometer() {
        return Stream.of(
                        "io.micrometer.core.instrument.MeterRegistry",
                        "io.micrometer.observation.Observation",
                        "io.micrometer.common.KeyValue")
                .map(type -> ShrinkWrap.createFromZipFile(JavaArchive.class, jarOf(type)))
                .map(Archives::withoutJetty)
                .toArray(JavaArchive[]::new);
    }

    private static JavaArchive withoutJetty(JavaArchive jar) {
        jar.getContent(path -> path.get().startsWith("/io/micrometer/core/instrument/binder/jetty/"))
                .keySet()
                .forEach(jar::delete);
        return jar;
    }

    /** The jar on the class path of this test that a class is in. */
    static File jarOf(String type) {
        try {
            return jarOf(Class.forName(type));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static File jarOf(Class<?> type) {
        try {
            File jar = new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (!jar.isFile()) {
                throw new IllegalStateException(jar + " is not a jar; run mvn verify");
            }
            return jar;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
