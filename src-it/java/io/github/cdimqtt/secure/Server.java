package io.github.cdimqtt.secure;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cdimqtt.broker.ArtemisBroker;
import io.github.cdimqtt.broker.MosquittoBroker;
import io.github.cdimqtt.broker.Ports;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.PemText;
import io.github.cdimqtt.support.TestIdentity;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/** A broker of either make that speaks TLS, plain WebSocket, or both. */
record Server(TestBroker broker, int webSocketPort) implements AutoCloseable {

    enum Make {
        ARTEMIS,
        MOSQUITTO
    }

    /** Starts one without TLS; {@code more} are further lines of mosquitto.conf. */
    static Server plain(Make make, String... more) {
        if (make == Make.ARTEMIS) {
            TestBroker broker = ArtemisBroker.launch();
            return new Server(broker, broker.port());
        }
        return mosquitto(List.of(), more);
    }

    /**
     * Starts one with TLS.
     *
     * @param clients the authority of client certificates; null to ask for none
     * @param more further lines of mosquitto.conf
     */
    static Server secure(Make make, Path files, TestIdentity identity, X509Certificate clients, String... more) {
        if (make == Make.ARTEMIS) {
            String options = ";sslEnabled=true;keyStoreType=PKCS12;keyStorePassword=pw;keyStorePath="
                    + identity.writeStore(files.resolve("broker.p12"), "PKCS12", "pw");
            if (clients != null) {
                options += ";needClientAuth=true;trustStoreType=PKCS12;trustStorePassword=pw;trustStorePath="
                        + TestIdentity.writeTrust(files.resolve("clients.p12"), "PKCS12", "pw", clients);
            }
            TestBroker broker = ArtemisBroker.launch(null, options);
            return new Server(broker, broker.port());
        }
        Path certificate = files.resolve("broker.pem");
        Path key = files.resolve("broker.key");
        identity.write(certificate, key);
        List<String> tls = List.of("certfile " + certificate, "keyfile " + key);
        if (clients != null) {
            Path authority = PemText.write(files.resolve("clients.pem"), PemText.of(clients));
            tls = List.of(tls.get(0), tls.get(1), "cafile " + authority, "require_certificate true");
        }
        return mosquitto(tls, more);
    }

    private static Server mosquitto(List<String> tls, String... more) {
        assumeTrue(MosquittoBroker.isInstalled(), "Mosquitto is not installed");
        int port = Ports.free();
        List<String> options = new java.util.ArrayList<>(tls);
        options.addAll(List.of("listener " + port + " lo", "socket_domain ipv4", "protocol websockets"));
        options.addAll(tls);
        options.add("max_queued_messages 0");
        options.addAll(List.of(more));
        return new Server(MosquittoBroker.launch(options.toArray(String[]::new)), port);
    }

    /** The address over a scheme. */
    String url(String scheme, String host) {
        int port = scheme.startsWith("w") ? webSocketPort : broker.port();
        return scheme + "://" + host + ":" + port + (scheme.startsWith("w") ? "/mqtt" : "");
    }

    @Override
    public void close() {
        broker.close();
    }
}
