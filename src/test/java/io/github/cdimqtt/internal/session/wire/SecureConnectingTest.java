package io.github.cdimqtt.internal.session.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.TlsConfig;
import io.github.cdimqtt.internal.net.tls.SecureServer;
import io.github.cdimqtt.internal.packet.Packets;
import io.github.cdimqtt.support.TestAuthority;
import io.github.cdimqtt.support.TestIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS: which certificates are trusted, and how refusals are explained. The fixture checks that no thread is left. */
@Timeout(30)
@ParameterizedClass
@EnumSource
class SecureConnectingTest {
    private static final TestAuthority AUTHORITY = new TestAuthority("the authority");
    private static final TestAuthority OTHER = new TestAuthority("another");
    private static final TestIdentity BROKER = AUTHORITY.issue("localhost", "127.0.0.1");

    @TempDir
    static Path files;

    @Parameter
    Wire wire;

    private static TlsConfig.Builder trusting() {
        return AUTHORITY.trusted(files);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void rightAuthority_isTrusted(String host) {
        try (SecureServer server = new SecureServer(BROKER, null)) {
            assertThat(new TlsClient(wire).connect(trusting(), server, host).version())
                    .isEqualTo("TLSv1.3");
        }
    }

    @Test
    void wrongAuthority_isExplained() {
        Path otherCa = OTHER.write(files.resolve("other.pem"));
        try (SecureServer server = new SecureServer(BROKER, null)) {
            assertThat(new TlsClient(wire).refused(trusting().caCerts(otherCa.toString()), server, "localhost"))
                    .isEqualTo(
                            "the certificate of the broker is not from an authority of tls.ca-certs '" + otherCa + "'");
            assertThat(new TlsClient(wire).refused(TlsConfig.builder(), server, "localhost"))
                    .isEqualTo(
                            "the certificate of the broker is not from an authority of those that the JDK trusts; set"
                                    + " tls.ca-certs to a file of its authority");
        }
    }

    @Test
    void otherHost_isExplained_unlessInsecure() {
        Path otherCa = OTHER.write(files.resolve("other.pem"));
        try (SecureServer server = new SecureServer(AUTHORITY.issue("broker.example"), null)) {
            assertThat(new TlsClient(wire).refused(trusting(), server, "localhost"))
                    .isEqualTo(
                            "the certificate of the broker is for another host: No subject alternative DNS name matching"
                                    + " localhost found.");
            assertThat(new TlsClient(wire).refused(trusting(), server, "127.0.0.1"))
                    .isEqualTo(
                            "the certificate of the broker is for another host: No subject alternative names matching IP"
                                    + " address 127.0.0.1 found");
            new TlsClient(wire).connect(trusting().insecure(true), server, "localhost");
            assertThat(new TlsClient(wire)
                            .refused(trusting().insecure(true).caCerts(otherCa.toString()), server, "localhost"))
                    .startsWith("the certificate of the broker is not from an authority");
        }
    }

    @Test
    void expiredCertificate_isExplained() {
        try (SecureServer server = new SecureServer(AUTHORITY.issueExpired("localhost"), null)) {
            assertThat(new TlsClient(wire).refused(trusting(), server, "localhost"))
                    .startsWith("the certificate of the broker, or of an authority, has expired (NotAfter: ");
        }
    }

    @Test
    void anyCertificate_isTrusted_whereInsecure() {
        try (SecureServer server = new SecureServer(new TestAuthority("x").issueExpired("broker.example"), null)) {
            new TlsClient(wire).connect(TlsConfig.builder().certRequired(false), server, "localhost");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void tlsVersion_isTheConfiguredOne(String version) {
        try (SecureServer server = new SecureServer(BROKER, null)) {
            assertThat(new TlsClient(wire)
                            .connect(trusting().version(version), server, "localhost")
                            .version())
                    .isEqualTo(version);
        }
    }

    @Test
    void tlsVersionThatTheBrokerLacks_isExplained() {
        try (SecureServer server = new SecureServer(BROKER, null, "TLSv1.3")) {
            assertThat(new TlsClient(wire).refused(trusting().version("TLSv1.2"), server, "localhost"))
                    .isEqualTo("no version of TLS suits both sides; see tls.version and tls.ciphers (TLS alert"
                            + " protocol_version)");
        }
    }

    @Test
    void cipherSuitesOfTls13_switchTheOtherOff() {
        try (SecureServer server = new SecureServer(BROKER, null, "TLSv1.2")) {
            assertThat(new TlsClient(wire).refused(trusting().ciphers("TLS_AES_128_GCM_SHA256"), server, "localhost"))
                    .isEqualTo("no version of TLS suits both sides; see tls.version and tls.ciphers (TLS alert"
                            + " protocol_version)");
        }
    }

    @Test
    void cipherSuite_isTheConfiguredOne() {
        try (SecureServer server = new SecureServer(BROKER, null, "TLSv1.2")) {
            assertThat(new TlsClient(wire)
                            .connect(trusting().ciphers("AES128:!aNULL:!AESGCM:!SHA1"), server, "localhost")
                            .suite())
                    .isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256");
        }
    }

    @Test
    void alpn_isOfferedWhereItIsSet() {
        try (SecureServer server = new SecureServer(BROKER, null).demanding("x-amzn-mqtt-ca")) {
            assertThat(new TlsClient(wire)
                            .connect(trusting().alpn(List.of("mqtt", "x-amzn-mqtt-ca")), server, "localhost")
                            .alpn())
                    .isEqualTo("x-amzn-mqtt-ca");
            assertThat(new TlsClient(wire).refused(trusting().alpn(List.of("mqtt")), server, "localhost"))
                    .isEqualTo("the broker wants another protocol by ALPN; see tls.alpn (TLS alert"
                            + " no_application_protocol)");
        }
        try (SecureServer server = new SecureServer(BROKER, null)) { // does not support ALPN
            assertThat(new TlsClient(wire)
                            .connect(trusting().alpn(List.of("mqtt")), server, "localhost")
                            .alpn())
                    .isEmpty();
        }
    }

    @Test
    void brokerWithoutTls_isExplained() {
        try (Fixture fixture = new Fixture(wire, TlsClient.config(trusting()))) {
            String uri = fixture.broker.uri().replace("tcp:", "ssl:");
            fixture.open(uri);
            try (Peer peer = fixture.broker.accept()) {
                peer.send(Packets.connack(5).repeat(3));
                assertThat(fixture.recorder.lost())
                        .isEqualTo(uri + ": what answers there speaks no TLS; check scheme and port in broker-url");
            }
            fixture.open(uri);
            try (Peer peer = fixture.broker.accept()) {
                peer.hangUp();
                assertThat(fixture.recorder.lost()).startsWith(uri);
            }
        }
    }

    @Test
    void brokerWithTlsOnly_isExplained() {
        try (SecureServer server = new SecureServer(BROKER, null);
                Fixture fixture = new Fixture(wire, TlsClient.config(trusting()))) {
            String uri = server.uri("localhost").replace("ssl:", "tcp:");
            fixture.open(uri);
            assertThat(fixture.recorder.lost())
                    .isEqualTo(uri + ": what answers there speaks TLS; write ssl:// in broker-url (first byte 0x15)");
        }
    }

    @Test
    void frozenHandshake_failsOrIsClosed() {
        MqttConfig config = MqttConfig.builder()
                .tls(trusting().build())
                .connectionTimeout(Duration.ofSeconds(2))
                .build();
        try (Fixture fixture = new Fixture(wire, config)) {
            String uri = fixture.broker.uri().replace("tcp:", "ssl:");
            fixture.open(uri);
            try (Peer peer = fixture.broker.accept()) {
                assertThat(fixture.recorder.lost()).isEqualTo("no answer from " + uri + " within 2 s");
                peer.read();
            }
        }
        try (Fixture fixture = new Fixture(wire, TlsClient.config(trusting()))) {
            fixture.open(fixture.broker.uri().replace("tcp:", "ssl:"));
            try (Peer peer = fixture.broker.accept()) {
                fixture.connection.close(true);
                fixture.awaitNoThread();
                fixture.recorder.expectNothing();
                assertThat(peer.available()).isNotNegative();
            }
        }
    }
}
