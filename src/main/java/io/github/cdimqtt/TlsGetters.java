package io.github.cdimqtt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The part of the configuration that is about TLS. */
abstract sealed class TlsGetters permits MqttConfig {
    final Settings settings;

    TlsGetters(Settings settings) {
        this.settings = settings;
    }

    /** Returns the PEM file of trusted certificates. */
    public @Nullable String tlsCaCerts() {
        return settings.find(Setting.TLS_CA_CERTS);
    }

    /** Returns the PEM file of the client's certificate chain. */
    public @Nullable String tlsCertfile() {
        return settings.find(Setting.TLS_CERTFILE);
    }

    /** Returns the PEM file of the client's private key. */
    public @Nullable String tlsKeyfile() {
        return settings.find(Setting.TLS_KEYFILE);
    }

    /** Returns the password of the private key. */
    public @Nullable String tlsKeyfilePassword() {
        return settings.find(Setting.TLS_KEYFILE_PASSWORD);
    }

    /** Tells whether the broker must present a certificate that is trusted. */
    public boolean tlsCertRequired() {
        return Words.REQUIRED.equals(settings.get(Setting.TLS_CERT_REQS));
    }

    /** Returns {@code TLSv1.2} or {@code TLSv1.3}; null for the choice of the JDK. */
    public @Nullable String tlsVersion() {
        return settings.find(Setting.TLS_VERSION);
    }

    /** Returns the cipher suites allowed, as they were written; null for the choice of the JDK. */
    public @Nullable String tlsCiphers() {
        return settings.find(Setting.TLS_CIPHERS);
    }

    /** Returns the protocols to offer by ALPN, in order; empty for none. */
    public List<String> tlsAlpn() {
        List<String> protocols = settings.find(Setting.TLS_ALPN);
        return protocols == null ? List.of() : protocols;
    }

    /** Tells whether a certificate of another host is accepted. */
    public boolean tlsInsecure() {
        return settings.get(Setting.TLS_INSECURE);
    }

    /** Returns the key store of the client's certificate and private key. */
    public @Nullable String tlsKeystore() {
        return settings.find(Setting.TLS_KEYSTORE);
    }

    /** Returns the password of the key store. */
    public @Nullable String tlsKeystorePassword() {
        return settings.find(Setting.TLS_KEYSTORE_PASSWORD);
    }

    /** Returns {@code PKCS12} or {@code JKS}. */
    public @Nullable String tlsKeystoreType() {
        return settings.find(Setting.TLS_KEYSTORE_TYPE);
    }

    /** Returns the key store of trusted certificates. */
    public @Nullable String tlsTruststore() {
        return settings.find(Setting.TLS_TRUSTSTORE);
    }

    /** Returns the password of the trust store. */
    public @Nullable String tlsTruststorePassword() {
        return settings.find(Setting.TLS_TRUSTSTORE_PASSWORD);
    }

    /** Returns {@code PKCS12} or {@code JKS}. */
    public @Nullable String tlsTruststoreType() {
        return settings.find(Setting.TLS_TRUSTSTORE_TYPE);
    }
}
