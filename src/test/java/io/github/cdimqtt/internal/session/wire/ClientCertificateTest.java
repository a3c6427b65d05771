package io.github.cdimqtt.internal.session.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.TlsConfig;
import io.github.cdimqtt.internal.net.tls.SecureServer;
import io.github.cdimqtt.internal.session.WireEvent.Connected;
import io.github.cdimqtt.support.Canary;
import io.github.cdimqtt.support.PemText;
import io.github.cdimqtt.support.TestAuthority;
import io.github.cdimqtt.support.TestIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client certificates: which are sent, and how refusals are explained. The fixture checks that no thread is left. */
@Timeout(30)
@ParameterizedClass
@EnumSource
class ClientCertificateTest {
    private static final TestAuthority AUTHORITY = new TestAuthority("the authority");
    private static final TestIdentity BROKER = AUTHORITY.issue("localhost", "127.0.0.1");

    @TempDir
    static Path files;

    @Parameter
    Wire wire;

    private static TlsConfig.Builder trusting() {
        return AUTHORITY.trusted(files);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientCertificate_isSentOnRequest(String version) {
        Path certificate = files.resolve("me.pem");
        Path key = files.resolve("me.key");
        TestIdentity me = AUTHORITY.issueOf("RSA", "me").write(certificate, key);
        PemText.write(key, PemText.encrypted(me.key(), Canary.WORD));
        Path store = me.writeStore(files.resolve("me.p12"), "PKCS12", Canary.WORD);
        try (SecureServer server = new SecureServer(BROKER, AUTHORITY.certificate(), version)) {
            TlsConfig.Builder pem = trusting()
                    .certfile(certificate.toString())
                    .keyfile(key.toString())
                    .keyfilePassword(Canary.WORD);
            assertThat(new TlsClient(wire).connect(pem, server, "localhost").client())
                    .isEqualTo("CN=me");
            assertThat(new TlsClient(wire)
                            .connect(
                                    trusting().keystore(store.toString()).keystorePassword(Canary.WORD),
                                    server,
                                    "localhost")
                            .client())
                    .isEqualTo("CN=me");
            assertThat(new TlsClient(wire).refused(trusting(), server, "localhost"))
                    .startsWith("the broker asks for a client certificate");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientCertificateOfAnotherAuthority_isExplained(String version) {
        Path certificate = files.resolve("stranger.pem");
        Path key = files.resolve("stranger.key");
        new TestAuthority("another").issue("stranger").write(certificate, key);
        try (SecureServer server = new SecureServer(BROKER, AUTHORITY.certificate(), version)) {
            TlsConfig.Builder config =
                    trusting().certfile(certificate.toString()).keyfile(key.toString());
            assertThat(new TlsClient(wire).refused(config, server, "localhost"))
                    .startsWith("the broker refuses our certificate");
        }
    }

    @Test
    void renewedCertificate_isUsedWithTheNextConnection() throws Exception {
        Path certificate = files.resolve("renewed.pem");
        Path key = files.resolve("renewed.key");
        AUTHORITY.issue("old").write(certificate, key);
        MqttConfig config =
                TlsClient.config(trusting().certfile(certificate.toString()).keyfile(key.toString()));
        try (SecureServer server = new SecureServer(BROKER, AUTHORITY.certificate());
                Fixture fixture = new Fixture(wire, config)) {
            fixture.open(server.uri("localhost"));
            fixture.recorder.expect(new Connected(false));
            assertThat(server.seen().client()).isEqualTo("CN=old");
            fixture.connection.close(true);
            AUTHORITY.issue("new").write(certificate, key);
            fixture.open(server.uri("localhost"));
            fixture.recorder.expect(new Connected(false));
            assertThat(server.seen().client()).isEqualTo("CN=new");
            fixture.connection.close(true);
            Files.delete(key);
            fixture.open(server.uri("localhost"));
            assertThat(fixture.recorder.lost())
                    .startsWith(server.uri("localhost") + ": tls.keyfile='" + key + "': there is no such file");
        }
    }
}
