package io.github.cdimqtt.internal.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.TlsConfig;
import io.github.cdimqtt.internal.net.ByteStream;
import io.github.cdimqtt.internal.net.DeferredFailureSocket;
import io.github.cdimqtt.internal.net.HostName;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.packet.PacketEncoder;
import io.github.cdimqtt.internal.packet.ProtocolVersion;
import io.github.cdimqtt.support.TestAuthority;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The name of a host, as TLS indicates and verifies it. */
@Timeout(30)
class HostVerificationTest {
    private static final TestAuthority AUTHORITY = new TestAuthority("the authority");

    @TempDir
    static Path files;

    private static TlsConfig.Builder trusting() {
        return AUTHORITY.trusted(files);
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
                    .write(PacketEncoder.encode(
                            new Packet.Connect(ProtocolVersion.V3_1_1, true, 0, "c", null, null, null)));
            pipe.output().flush();
            return server.seen().name();
        }
    }
}
