package io.github.cdimqtt.server;

import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.broker.ArtemisBroker;
import io.github.cdimqtt.broker.RawClient;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.Canary;
import io.github.cdimqtt.support.PemText;
import io.github.cdimqtt.support.TestAuthority;
import io.github.cdimqtt.support.TestIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Mutual TLS with an encrypted key: neither class loaders nor security providers of the server get in the way. */
@Tag("server")
@ExtendWith(ArquillianExtension.class)
class SecureConnectionIT {
    private static final TestAuthority AUTHORITY = new TestAuthority("the authority");
    private static final Path FILES = directory();
    private static final Path TRUST =
            TestIdentity.writeTrust(FILES.resolve("trust.p12"), "PKCS12", Canary.WORD, AUTHORITY.certificate());
    private static final TestBroker BROKER = ArtemisBroker.launch(
            null,
            ";sslEnabled=true;keyStoreType=PKCS12;keyStorePassword=" + Canary.WORD + ";keyStorePath="
                    + store("localhost") + ";needClientAuth=true;trustStoreType=PKCS12;trustStorePassword="
                    + Canary.WORD + ";trustStorePath=" + TRUST);

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(BROKER::close)); // after the application, which is still there
    }

    @Deployment(testable = false)
    static WebArchive application() {
        TestIdentity me = AUTHORITY.issueOf("RSA", "me");
        PemText.write(FILES.resolve("ca.pem"), PemText.of(AUTHORITY.certificate()));
        PemText.write(FILES.resolve("me.pem"), PemText.of(me.certificate()));
        PemText.write(FILES.resolve("me.key"), PemText.encrypted(me.key(), Canary.WORD));
        return Archives.application(
                "secure",
                Archives.connections(
                        "secure",
                        Stream.concat(
                                        secured("mqtt.", "ssl://localhost:" + BROKER.port()),
                                        secured("mqtt.line.", "wss://localhost:" + BROKER.port() + "/mqtt"))
                                .toArray(String[]::new)));
    }

    private static Stream<String> secured(String prefix, String url) {
        return Stream.of(
                        "broker-url=" + url,
                        "username=me",
                        "password=" + Canary.WORD,
                        "tls.ca-certs=" + FILES.resolve("ca.pem"),
                        "tls.certfile=" + FILES.resolve("me.pem"),
                        "tls.keyfile=" + FILES.resolve("me.key"),
                        "tls.keyfile-password=" + Canary.WORD)
                .map(prefix::concat);
    }

    @Test
    void messages_goOverTls_andOverWebSocketWithinIt() {
        MqttConnectOptions options = new MqttConnectOptions();
        Properties tls = new Properties();
        tls.put("com.ibm.ssl.trustStore", TRUST.toString());
        tls.put("com.ibm.ssl.trustStoreType", "PKCS12");
        tls.put("com.ibm.ssl.trustStorePassword", Canary.WORD);
        tls.put("com.ibm.ssl.keyStore", store("witness").toString());
        tls.put("com.ibm.ssl.keyStoreType", "PKCS12");
        tls.put("com.ibm.ssl.keyStorePassword", Canary.WORD);
        options.setSSLProperties(tls);
        try (RawClient witness =
                RawClient.connect("ssl://localhost:" + BROKER.port(), options).observe("reported/#")) {
            witness.publish("ask/number/2", "0.5");
            await().until(() -> witness.texts("reported/number"), List.of("2.5")::equals);
            witness.publish("ask/line", "hello");
            await().until(() -> witness.texts("reported/line"), List.of("hello")::equals);
        }
    }

    private static Path store(String name) {
        return AUTHORITY.issue(name).writeStore(FILES.resolve(name + ".p12"), "PKCS12", Canary.WORD);
    }

    private static Path directory() {
        try {
            return Files.createDirectories(Path.of("target", "secure").toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
