package io.github.cdimqtt.internal.paho;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.TlsConfig;
import io.github.cdimqtt.internal.net.BrokerAddress;
import io.github.cdimqtt.internal.net.ByteStream;
import io.github.cdimqtt.internal.net.DeferredFailureSocket;
import io.github.cdimqtt.internal.net.HostName;
import io.github.cdimqtt.internal.net.tls.Tls;
import io.github.cdimqtt.internal.net.tls.TlsFailure;
import io.github.cdimqtt.internal.packet.ConnectPacket;
import io.github.cdimqtt.internal.packet.Packets;
import io.github.cdimqtt.internal.paho.SecureServer.Seen;
import io.github.cdimqtt.internal.transport.ConnectRequest;
import io.github.cdimqtt.testing.Canary;
import io.github.cdimqtt.testing.PemText;
import io.github.cdimqtt.testing.TestAuthority;
import io.github.cdimqtt.testing.TestIdentity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS: which certificates are trusted, and how refusals are explained. The fixture checks that no thread is left. */
@Timeout(30)
class SecureConnectingTest {
    private static final TestAuthority AUTHORITY = new TestAuthority("the authority");
    private static final TestIdentity BROKER = AUTHORITY.issue("localhost", "127.0.0.1");

    @TempDir
    static Path files;

    private static Path ca;
    private static Path otherCa;

    @BeforeAll
    static void write() {
        ca = PemText.write(files.resolve("ca.pem"), PemText.of(AUTHORITY.certificate()));
        otherCa = PemText.write(files.resolve("other.pem"), PemText.of(new TestAuthority("another").certificate()));
    }

    private static TlsConfig.Builder trusting() {
        return TlsConfig.builder().caCerts(ca.toString());
    }

    private static MqttConfig with(TlsConfig.Builder tls) {
        return MqttConfig.builder().tls(tls.build()).build();
    }

    private static Seen assertConnects(TlsConfig.Builder tls, SecureServer server, String host) {
        try (Fixture fixture = new Fixture(with(tls))) {
            fixture.open(server.uri(host));
            fixture.recorder.expect(new RecordingTransportListener.Connected(false));
            fixture.connection.close(true);
            return server.seen();
        }
    }

    private static String refused(TlsConfig.Builder tls, SecureServer server, String host) {
        try (Fixture fixture = new Fixture(with(tls))) {
            fixture.open(server.uri(host));
            String message = fixture.recorder.lost();
            assertThat(message).startsWith(server.uri(host) + ": ");
            return message.substring(server.uri(host).length() + 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void rightAuthority_isTrusted(String host) {
        try (SecureServer server = new SecureServer(BROKER, null)) {
            assertThat(assertConnects(trusting(), server, host).version()).isEqualTo("TLSv1.3");
        }
    }

    @Test
    void wrongAuthority_isExplained() {
        try (SecureServer server = new SecureServer(BROKER, null)) {
            assertThat(refused(trusting().caCerts(otherCa.toString()), server, "localhost"))
                    .isEqualTo(
                            "the certificate of the broker is not from an authority of tls.ca-certs '" + otherCa + "'");
            assertThat(refused(TlsConfig.builder(), server, "localhost"))
                    .isEqualTo(
                            "the certificate of the broker is not from an authority of those that the JDK trusts; set"
                                    + " tls.ca-certs to a file of its authority");
        }
    }

    @Test
    void otherHost_isExplained_unlessInsecure() {
        try (SecureServer server = new SecureServer(AUTHORITY.issue("broker.example"), null)) {
            assertThat(refused(trusting(), server, "localhost"))
                    .isEqualTo(
                            "the certificate of the broker is for another host: No subject alternative DNS name matching"
                                    + " localhost found.");
            assertThat(refused(trusting(), server, "127.0.0.1"))
                    .isEqualTo(
                            "the certificate of the broker is for another host: No subject alternative names matching IP"
                                    + " address 127.0.0.1 found");
            assertConnects(trusting().insecure(true), server, "localhost");
            assertThat(refused(trusting().insecure(true).caCerts(otherCa.toString()), server, "localhost"))
                    .startsWith("the certificate of the broker is not from an authority");
        }
    }

    @Test
    void expiredCertificate_isExplained() {
        try (SecureServer server = new SecureServer(AUTHORITY.issueExpired("localhost"), null)) {
            assertThat(refused(trusting(), server, "localhost"))
                    .startsWith("the certificate of the broker, or of an authority, has expired (NotAfter: ");
        }
    }

    @Test
    void anyCertificate_isTrusted_whereInsecure() {
        try (SecureServer server = new SecureServer(new TestAuthority("x").issueExpired("broker.example"), null)) {
            assertConnects(TlsConfig.builder().certRequired(false), server, "localhost");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void tlsVersion_isTheConfiguredOne(String version) {
        try (SecureServer server = new SecureServer(BROKER, null)) {
            assertThat(assertConnects(trusting().version(version), server, "localhost")
                            .version())
                    .isEqualTo(version);
        }
    }

    @Test
    void tlsVersionThatTheBrokerLacks_isExplained() {
        try (SecureServer server = new SecureServer(BROKER, null, "TLSv1.3")) {
            assertThat(refused(trusting().version("TLSv1.2"), server, "localhost"))
                    .isEqualTo("no version of TLS suits both sides; see tls.version and tls.ciphers (TLS alert"
                            + " protocol_version)");
        }
    }

    @Test
    void cipherSuitesOfTls13_switchTheOtherOff() {
        try (SecureServer server = new SecureServer(BROKER, null, "TLSv1.2")) {
            assertThat(refused(trusting().ciphers("TLS_AES_128_GCM_SHA256"), server, "localhost"))
                    .isEqualTo("no version of TLS suits both sides; see tls.version and tls.ciphers (TLS alert"
                            + " protocol_version)");
        }
    }

    @Test
    void cipherSuite_isTheConfiguredOne() {
        try (SecureServer server = new SecureServer(BROKER, null, "TLSv1.2")) {
            assertThat(assertConnects(trusting().ciphers("AES128:!aNULL:!AESGCM:!SHA1"), server, "localhost")
                            .suite())
                    .isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256");
        }
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
            assertThat(assertConnects(pem, server, "localhost").client()).isEqualTo("CN=me");
            assertThat(assertConnects(
                                    trusting().keystore(store.toString()).keystorePassword(Canary.WORD),
                                    server,
                                    "localhost")
                            .client())
                    .isEqualTo("CN=me");
            assertThat(refused(trusting(), server, "localhost")).startsWith("the broker asks for a client certificate");
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
            assertThat(refused(config, server, "localhost")).startsWith("the broker refuses our certificate");
        }
    }

    @Test
    void renewedCertificate_isUsedWithTheNextConnection() throws Exception {
        Path certificate = files.resolve("renewed.pem");
        Path key = files.resolve("renewed.key");
        AUTHORITY.issue("old").write(certificate, key);
        MqttConfig config = with(trusting().certfile(certificate.toString()).keyfile(key.toString()));
        try (SecureServer server = new SecureServer(BROKER, AUTHORITY.certificate());
                Fixture fixture = new Fixture(config)) {
            fixture.open(server.uri("localhost"));
            fixture.recorder.expect(new RecordingTransportListener.Connected(false));
            assertThat(server.seen().client()).isEqualTo("CN=old");
            fixture.connection.close(true);
            AUTHORITY.issue("new").write(certificate, key);
            fixture.open(server.uri("localhost"));
            fixture.recorder.expect(new RecordingTransportListener.Connected(false));
            assertThat(server.seen().client()).isEqualTo("CN=new");
            fixture.connection.close(true);
            Files.delete(key);
            fixture.open(server.uri("localhost"));
            assertThat(fixture.recorder.lost())
                    .startsWith(server.uri("localhost") + ": tls.keyfile='" + key + "': there is no such file");
        }
    }

    @Test
    void alpn_isOfferedWhereItIsSet() {
        try (SecureServer server = new SecureServer(BROKER, null).demanding("x-amzn-mqtt-ca")) {
            assertThat(assertConnects(trusting().alpn(List.of("mqtt", "x-amzn-mqtt-ca")), server, "localhost")
                            .alpn())
                    .isEqualTo("x-amzn-mqtt-ca");
            assertThat(refused(trusting().alpn(List.of("mqtt")), server, "localhost"))
                    .isEqualTo("the broker wants another protocol by ALPN; see tls.alpn (TLS alert"
                            + " no_application_protocol)");
        }
        try (SecureServer server = new SecureServer(BROKER, null)) { // does not support ALPN
            assertThat(assertConnects(trusting().alpn(List.of("mqtt")), server, "localhost")
                            .alpn())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "broker.example.org., broker.example.org",
        "Broker.Example.ORG, broker.example.org",
        "m\u00fcller.example, xn--mller-kva.example"
    })
    void host_isIndicatedAndVerifiedAsTheProtocolWantsIt(String written, String name) throws Exception {
        try (SecureServer server = new SecureServer(AUTHORITY.issue(name), null)) {
            assertThat(handshake(trusting(), server, written)).isEqualTo(name);
        }
    }

    @Test
    void hostWithAnUnderscore_isNotIndicated_andCannotBeVerified() throws Exception {
        try (SecureServer server = new SecureServer(AUTHORITY.issue("my_broker"), null)) {
            assertThat(handshake(trusting().insecure(true), server, "my_broker"))
                    .isEmpty();
            assertThatThrownBy(() -> handshake(trusting(), server, "my_broker"))
                    .satisfies(e -> assertThat(new TlsFailure(trusting().build()).of(e))
                            .startsWith("the JDK verifies no host name with a character such as '_'"));
        }
    }

    /**
     * Connects with TLS and CONNECT, whatever the host resolves to. Returns the server name that the client indicated.
     */
    private static String handshake(TlsConfig.Builder tls, SecureServer server, String host) throws Exception {
        try (DeferredFailureSocket socket = new DeferredFailureSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
            ByteStream pipe = new Tls(tls.build()).over(socket, new HostName(host));
            pipe.output()
                    .write(ConnectPacket.bytes(
                            MqttConfig.builder().build(),
                            new ConnectRequest(BrokerAddress.parse("tcp://h:1"), "c", null, null)));
            pipe.output().flush();
            return server.seen().name();
        }
    }

    @Test
    void brokerWithoutTls_isExplained() {
        try (Fixture fixture = new Fixture(with(trusting()))) {
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
                Fixture fixture = new Fixture(with(trusting()))) {
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
                .connectionTimeout(java.time.Duration.ofSeconds(2))
                .build();
        try (Fixture fixture = new Fixture(config)) {
            String uri = fixture.broker.uri().replace("tcp:", "ssl:");
            fixture.open(uri);
            try (Peer peer = fixture.broker.accept()) {
                assertThat(fixture.recorder.lost()).isEqualTo("no answer from " + uri + " within 2 s");
                peer.read();
            }
        }
        try (Fixture fixture = new Fixture(with(trusting()))) {
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
