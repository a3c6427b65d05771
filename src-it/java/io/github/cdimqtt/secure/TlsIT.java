package io.github.cdimqtt.secure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Qos;
import io.github.cdimqtt.secure.Server.Make;
import io.github.cdimqtt.support.Canary;
import io.github.cdimqtt.support.PemText;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestAuthority;
import io.github.cdimqtt.support.TestContainer;
import io.github.cdimqtt.support.TestIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An application over TLS, with certificates made for this test: which are accepted, and how the others are reported. */
@ExtendWith(QuietLog.class)
@Timeout(60)
class TlsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final TestAuthority AUTHORITY = new TestAuthority("the authority");

    @TempDir
    Path files;

    private final Map<String, String> settings = new LinkedHashMap<>();

    @BeforeEach
    void trust() {
        set("tls.ca-certs", PemText.write(files.resolve("ca.pem"), PemText.of(AUTHORITY.certificate())));
        set("reconnect.min-delay", "100ms");
    }

    private void set(String key, Object value) {
        settings.put("mqtt." + key, value.toString());
    }

    private void assertWorks(String url) throws Exception {
        set("broker-url", url);
        try (TestContainer application = TestContainer.start(settings, Echo.class)) {
            Echo echo = application.get(Echo.class);
            echo.mqtt
                    .publish("secure/small/1", "hello", Qos.AT_LEAST_ONCE)
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
            await().atMost(PATIENCE).until(() -> echo.count.get() == 1);
            assertThat(echo.failure()).isNull();
        }
    }

    private void assertFails(String url, String... words) {
        set("broker-url", url);
        try (TestContainer application = TestContainer.start(settings, Echo.class)) {
            Echo echo = application.get(Echo.class);
            await().atMost(PATIENCE).until(() -> echo.failure() != null);
            assertThat(echo.failure()).startsWith(url + ": ").containsAnyOf(words);
            assertThat(echo.mqtt.isConnected()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ARTEMIS, TLSv1.2",
        "ARTEMIS, TLSv1.3",
        "MOSQUITTO, TLSv1.2",
        "MOSQUITTO, TLSv1.3",
    })
    void rightAuthority_inEitherVersion_isAccepted(Make make, String version) throws Exception {
        set("tls.version", version);
        try (Server server = Server.secure(make, files, AUTHORITY.issue("localhost", "127.0.0.1"), null)) {
            assertWorks(server.url("ssl", "localhost"));
            assertWorks(server.url("wss", "127.0.0.1"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void wrongAuthority_isReported(Make make) {
        TestIdentity broker = new TestAuthority("another").issue("localhost");
        try (Server server = Server.secure(make, files, broker, null)) {
            assertFails(
                    server.url("ssl", "localhost"),
                    "the certificate of the broker is not from an authority of tls.ca-certs '"
                            + files.resolve("ca.pem"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void wrongHost_isReported_unlessInsecure(Make make) throws Exception {
        try (Server server = Server.secure(make, files, AUTHORITY.issue("broker.example"), null)) {
            assertFails(
                    server.url("ssl", "localhost"),
                    "the certificate of the broker is for another host: No subject alternative DNS name matching"
                            + " localhost found");
            set("tls.insecure", "true");
            assertWorks(server.url("ssl", "localhost"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void expiredCertificate_isReported_unlessNothingIsRequired(Make make) throws Exception {
        try (Server server = Server.secure(make, files, AUTHORITY.issueExpired("localhost"), null)) {
            assertFails(server.url("ssl", "localhost"), "has expired (NotAfter: ");
            set("tls.cert-reqs", "CERT_NONE");
            assertWorks(server.url("ssl", "localhost"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ARTEMIS, TLSv1.2",
        "ARTEMIS, TLSv1.3",
        "MOSQUITTO, TLSv1.2",
        "MOSQUITTO, TLSv1.3",
    })
    void clientCertificate_isSent(Make make, String version) throws Exception {
        TestIdentity broker = AUTHORITY.issueOf("RSA", "localhost");
        set("tls.version", version);
        try (Server server = Server.secure(make, files, broker, AUTHORITY.certificate())) {
            assertFails(server.url("ssl", "localhost"), "the broker asks for a client certificate");

            Path certificate = files.resolve("me.pem");
            Path key = files.resolve("me.key");
            new TestAuthority("another").issue("me").write(certificate, key);
            set("tls.certfile", certificate);
            set("tls.keyfile", key);
            assertFails(server.url("ssl", "localhost"), "the broker refuses our certificate");

            TestIdentity me = AUTHORITY.issueOf("RSA", "me").write(certificate, key);
            PemText.write(key, PemText.encrypted(me.key(), Canary.WORD));
            set("tls.keyfile-password", Canary.WORD);
            assertWorks(server.url("ssl", "localhost"));
        }
    }
}
