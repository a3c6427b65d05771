package io.github.cdimqtt;

import org.jspecify.annotations.Nullable;

/** The part of the builder that is about TLS. */
abstract sealed class TlsSetters permits MqttConfigBuilder {
    final Settings settings;

    TlsSetters(Settings settings) {
        this.settings = settings;
    }

    /** Sets TLS also where {@code broker-url} does not say it. */
    public MqttConfigBuilder tlsEnabled(boolean value) {
        return put(Setting.TLS_ENABLED, value);
    }

    /** Sets the PEM file of trusted certificates. */
    public MqttConfigBuilder tlsCaCerts(@Nullable String value) {
        return text(Setting.TLS_CA_CERTS, value);
    }

    /** Sets the PEM file of the client's certificate chain. */
    public MqttConfigBuilder tlsCertfile(@Nullable String value) {
        return text(Setting.TLS_CERTFILE, value);
    }

    /** Sets the PEM file of the client's private key. */
    public MqttConfigBuilder tlsKeyfile(@Nullable String value) {
        return text(Setting.TLS_KEYFILE, value);
    }

    /** Sets the password of the private key. */
    public MqttConfigBuilder tlsKeyfilePassword(@Nullable String value) {
        return text(Setting.TLS_KEYFILE_PASSWORD, value);
    }

    /** Sets {@code required}, or {@code none} to accept any certificate of the broker. */
    public MqttConfigBuilder tlsCertReqs(@Nullable String value) {
        return text(Setting.TLS_CERT_REQS, value);
    }

    /** Sets {@code TLSv1.2} or {@code TLSv1.3}. */
    public MqttConfigBuilder tlsVersion(@Nullable String value) {
        return text(Setting.TLS_VERSION, value);
    }

    /** Sets the cipher suites allowed. */
    public MqttConfigBuilder tlsCiphers(@Nullable String value) {
        return text(Setting.TLS_CIPHERS, value);
    }

    /** Sets the protocols to offer by ALPN (RFC 7301), a comma list; {@code x-amzn-mqtt-ca} for AWS IoT on port 443. */
    public MqttConfigBuilder tlsAlpn(@Nullable String value) {
        return text(Setting.TLS_ALPN, value);
    }

    /** Sets whether a certificate of another host is accepted. */
    public MqttConfigBuilder tlsInsecure(boolean value) {
        return put(Setting.TLS_INSECURE, value);
    }

    /** Sets the key store of the client's certificate and private key. */
    public MqttConfigBuilder tlsKeystore(@Nullable String value) {
        return text(Setting.TLS_KEYSTORE, value);
    }

    /** Sets the password of the key store. */
    public MqttConfigBuilder tlsKeystorePassword(@Nullable String value) {
        return text(Setting.TLS_KEYSTORE_PASSWORD, value);
    }

    /** Sets {@code PKCS12} or {@code JKS}. */
    public MqttConfigBuilder tlsKeystoreType(@Nullable String value) {
        return text(Setting.TLS_KEYSTORE_TYPE, value);
    }

    /** Sets the key store of trusted certificates. */
    public MqttConfigBuilder tlsTruststore(@Nullable String value) {
        return text(Setting.TLS_TRUSTSTORE, value);
    }

    /** Sets the password of the trust store. */
    public MqttConfigBuilder tlsTruststorePassword(@Nullable String value) {
        return text(Setting.TLS_TRUSTSTORE_PASSWORD, value);
    }

    /** Sets {@code PKCS12} or {@code JKS}. */
    public MqttConfigBuilder tlsTruststoreType(@Nullable String value) {
        return text(Setting.TLS_TRUSTSTORE_TYPE, value);
    }

    final MqttConfigBuilder put(Setting setting, @Nullable Object value) {
        settings.set(setting, value);
        return (MqttConfigBuilder) this;
    }

    final MqttConfigBuilder text(Setting setting, @Nullable String value) {
        return value == null ? put(setting, null) : ((MqttConfigBuilder) this).set(setting.key(), value);
    }
}
