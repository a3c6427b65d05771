package io.github.cdimqtt.internal.net.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.internal.packet.Mqtt5Packets;
import io.github.cdimqtt.internal.packet.PacketType;
import io.github.cdimqtt.internal.packet.Packets;
import io.github.cdimqtt.support.TestIdentity;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A broker over TLS that accepts every CONNECT, of 3.1.1 and of 5, and records each connection. */
public final class SecureServer implements AutoCloseable {

    /**
     * What a connection negotiated, the name in the client certificate, and the server name that the client indicated;
     * names are empty if there were none.
     */
    public record Seen(String version, String suite, String client, String name, String alpn) {}

    private static final int TIMEOUT_MILLIS = 10_000;

    private final SSLServerSocket listener;
    private volatile String alpn = "";
    private volatile boolean frozen;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();

    /**
     * Starts a server.
     *
     * @param clients the authority of client certificates; null to request none
     */
    public SecureServer(TestIdentity identity, X509Certificate clients, String... versions) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keys(identity).getKeyManagers(),
                    clients == null ? null : trust(clients).getTrustManagers(),
                    null);
            listener = (SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            listener.setNeedClientAuth(clients != null);
            if (versions.length > 0) {
                listener.setEnabledProtocols(versions);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        Thread thread = new Thread(this::serve, "secure-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Refuses clients that do not offer this protocol by ALPN, as AWS IoT does on port 443. */
    public SecureServer demanding(String protocol) {
        alpn = protocol;
        return this;
    }

    /** Reads nothing after CONNECT, until this is closed. */
    public SecureServer frozen() {
        frozen = true;
        return this;
    }

    public String uri(String host) {
        return "ssl://" + host + ":" + listener.getLocalPort();
    }

    int port() {
        return listener.getLocalPort();
    }

    public Seen seen() {
        try {
            return seen.poll(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void serve() {
        while (true) {
            try (Socket socket = listener.accept()) {
                serve((SSLSocket) socket);
            } catch (IOException | AssertionError e) { // refused, or closed meanwhile
                if (listener.isClosed()) {
                    return;
                }
            }
        }
    }

    private void serve(SSLSocket socket) throws IOException {
        if (!alpn.isEmpty()) {
            socket.setHandshakeApplicationProtocolSelector((it, offered) -> offered.contains(alpn) ? alpn : null);
        }
        socket.startHandshake();
        socket.setSoTimeout(TIMEOUT_MILLIS);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        assertThat(in.readUnsignedByte()).isEqualTo(PacketType.CONNECT << 4);
        int length = in.readUnsignedByte();
        String connect = "10%02x".formatted(length) + HexFormat.of().formatHex(in.readNBytes(length));
        String client = "";
        if (listener.getNeedClientAuth()) {
            client = ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .toString();
        }
        String name = ((ExtendedSSLSession) socket.getSession())
                .getRequestedServerNames().stream()
                        .map(each -> new String(each.getEncoded(), UTF_8))
                        .collect(Collectors.joining());
        seen.add(new Seen(
                socket.getSession().getProtocol(),
                socket.getSession().getCipherSuite(),
                client,
                name,
                socket.getApplicationProtocol()));
        String answer = Mqtt5Packets.isConnect(connect) ? Mqtt5Packets.connack(false) : Packets.connack(false);
        socket.getOutputStream().write(HexFormat.of().parseHex(answer));
        if (frozen) {
            awaitClose();
        } else {
            in.readNBytes(Packets.DISCONNECT.length() / 2);
        }
    }

    private void awaitClose() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyManagerFactory keys(TestIdentity identity) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "me", identity.key(), new char[0], new Certificate[] {identity.certificate(), identity.issuer()});
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory;
    }

    private static TrustManagerFactory trust(X509Certificate authority) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", authority);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }
}
