package io.github.cdimqtt.internal.net.tls;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.TlsConfig;
import io.github.cdimqtt.internal.net.ByteStream;
import io.github.cdimqtt.internal.net.DeferredFailureSocket;
import io.github.cdimqtt.internal.net.HostName;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS with the settings of a connection. Its files are read for each connect, so that a renewed certificate is used with the
 * next one. Immutable.
 */
public final class Tls {
    private final TlsConfig config;

    public Tls(TlsConfig config) {
        this.config = config;
    }

    /** Tries all settings, without the network, and returns all faults. */
    public List<TlsFault> faults() {
        Validity unused = new Validity(Instant.now());
        List<TlsFault> faults = new ArrayList<>();
        collect(faults, new TrustManagers(config, unused)::read);
        collect(faults, new KeyManagers(config, unused)::read);
        if (faults.isEmpty()) {
            collect(faults, () -> parameters(context(null, null)));
        }
        return faults;
    }

    /** Returns what would fail today: certificates that are expired or not valid yet. */
    public List<TlsFault> warnings() {
        Validity validity = new Validity(Instant.now());
        collect(new ArrayList<>(), new TrustManagers(config, validity)::read);
        collect(new ArrayList<>(), new KeyManagers(config, validity)::read);
        return validity.warnings();
    }

    /** Returns the setting that disables the verification of the broker; null if it is verified, or TLS is not used. */
    public static @Nullable String verificationGap(MqttConfig config) {
        if (!config.tlsEnabled()) {
            return null;
        }
        return !config.tls().certRequired()
                ? "tls.cert-reqs=none: any certificate is accepted"
                : config.tls().insecure() ? "tls.insecure=true: a certificate of any other host is accepted" : null;
    }

    /**
     * Completes the TLS handshake over a connected socket, and verifies the broker.
     *
     * @param host the host to verify
     * @return the bytes within TLS
     */
    public ByteStream over(DeferredFailureSocket connected, HostName host) throws IOException {
        Validity unused = new Validity(Instant.now());
        SSLContext context = context(new KeyManagers(config, unused).read(), new TrustManagers(config, unused).read());
        String name = host.toVerify();
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(connected, name, connected.getPort(), true);
        SSLParameters parameters = parameters(context);
        indicate(name, parameters);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new TlsStream(socket, connected);
    }

    private static SSLContext context(KeyManager @Nullable [] identity, TrustManager @Nullable [] authorities)
            throws SSLException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(identity, authorities, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new SSLException("the JDK's TLS can't be set up: " + e.getMessage(), e);
        }
    }

    private SSLParameters parameters(SSLContext context) throws TlsFault {
        CipherSuites choice = new CipherSuites(context.getSupportedSSLParameters());
        SSLParameters parameters = context.getDefaultSSLParameters();
        String[] versions = choice.versions(config.version());
        parameters.setProtocols(versions);
        String ciphers = config.ciphers();
        if (ciphers != null) {
            parameters.setCipherSuites(choice.suites(ciphers, versions));
        }
        parameters.setApplicationProtocols(config.alpn().toArray(String[]::new));
        if (config.certRequired() && !config.insecure()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        return parameters;
    }

    /** Sends the host as SNI, if it is a valid name; a broker in Java would hang up on {@code my_broker}. */
    private static void indicate(String name, SSLParameters parameters) {
        boolean address = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
        try {
            parameters.setServerNames(address ? List.of() : List.of(new SNIHostName(name)));
        } catch (IllegalArgumentException e) {
            parameters.setServerNames(List.of()); // it has no name to send
        }
    }

    private interface Attempt {
        @Nullable
        Object run() throws IOException;
    }

    private static void collect(List<TlsFault> faults, Attempt attempt) {
        try {
            attempt.run();
        } catch (TlsFault fault) {
            faults.add(fault);
        } catch (IOException e) {
            faults.add(new TlsFault("tls.enabled", "true", String.valueOf(e.getMessage())));
        }
    }
}
