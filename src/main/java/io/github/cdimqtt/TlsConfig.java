package io.github.cdimqtt;

import io.github.cdimqtt.internal.value.Faults;
import io.github.cdimqtt.internal.value.Limits;
import io.github.cdimqtt.internal.value.ShownSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a connection speaks TLS: the keys {@code tls.*}. Immutable. */
public final class TlsConfig {
    private final Values values;

    private TlsConfig(Values values) {
        this.values = values;
    }

    /** Returns a builder in which everything has its default: TLS where {@code broker-url} says it, as the JDK does it. */
    public static Builder builder() {
        return new Builder(new Values());
    }

    /** Returns a builder that begins with these settings. */
    public Builder toBuilder() {
        return new Builder(values.copy());
    }

    /** Returns whether TLS is used also where {@code broker-url} does not say it. */
    public boolean enabled() {
        return values.enabled;
    }

    /** Returns the PEM file of trusted certificates; null for the authorities of the JDK. */
    public @Nullable String caCerts() {
        return values.caCerts;
    }

    /** Returns the PEM file of the client's certificate chain; null for none. */
    public @Nullable String certfile() {
        return values.certfile;
    }

    /** Returns the PEM file of the client's private key; null if it is in {@code certfile}. */
    public @Nullable String keyfile() {
        return values.keyfile;
    }

    /** Returns the password of the private key; null for none. */
    public @Nullable String keyfilePassword() {
        return values.keyfilePassword;
    }

    /** Returns whether the broker must present a certificate that is trusted. */
    public boolean certRequired() {
        return values.certRequired;
    }

    /** Returns {@code TLSv1.2} or {@code TLSv1.3}; null for both. */
    public @Nullable String version() {
        return values.version;
    }

    /** Returns the cipher suites allowed, as they were written; null for the choice of the JDK. */
    public @Nullable String ciphers() {
        return values.ciphers;
    }

    /** Returns the protocols to offer by ALPN (RFC 7301), in order; empty for none. */
    public List<String> alpn() {
        return values.alpn;
    }

    /** Returns whether a certificate of another host is accepted. */
    public boolean insecure() {
        return values.insecure;
    }

    /** Returns the key store of the client's certificate and private key; null for none. */
    public @Nullable String keystore() {
        return values.keystore;
    }

    /** Returns the password of the key store; null for none. */
    public @Nullable String keystorePassword() {
        return values.keystorePassword;
    }

    /** Returns {@code PKCS12} or {@code JKS}; null for what the file is. */
    public @Nullable String keystoreType() {
        return values.keystoreType;
    }

    /** Returns the key store of trusted certificates; null for none. */
    public @Nullable String truststore() {
        return values.truststore;
    }

    /** Returns the password of the trust store; null for none. */
    public @Nullable String truststorePassword() {
        return values.truststorePassword;
    }

    /** Returns {@code PKCS12} or {@code JKS}; null for what the file is. */
    public @Nullable String truststoreType() {
        return values.truststoreType;
    }

    /** Lists what is not the default, without secrets. */
    @Override
    public String toString() {
        ShownSettings shown = new ShownSettings("TlsConfig");
        show(shown);
        return shown.toString();
    }

    void show(ShownSettings shown) {
        shown.add("tls.enabled", values.enabled, false)
                .add("tls.ca-certs", values.caCerts)
                .add("tls.certfile", values.certfile)
                .add("tls.keyfile", values.keyfile)
                .add("tls.keyfile-password", values.keyfilePassword)
                .add("tls.cert-reqs", values.certRequired ? null : "none")
                .add("tls.version", values.version)
                .add("tls.ciphers", values.ciphers)
                .add("tls.alpn", values.alpn, List.of())
                .add("tls.insecure", values.insecure, false)
                .add("tls.keystore", values.keystore)
                .add("tls.keystore-password", values.keystorePassword)
                .add("tls.keystore-type", values.keystoreType)
                .add("tls.truststore", values.truststore)
                .add("tls.truststore-password", values.truststorePassword)
                .add("tls.truststore-type", values.truststoreType);
    }

    /** Every setting, with its default. */
    private static final class Values implements Cloneable {
        private boolean enabled;
        private @Nullable String caCerts;
        private @Nullable String certfile;
        private @Nullable String keyfile;
        private @Nullable String keyfilePassword;
        private boolean certRequired = true;
        private @Nullable String version;
        private @Nullable String ciphers;
        private List<String> alpn = List.of();
        private boolean insecure;
        private @Nullable String keystore;
        private @Nullable String keystorePassword;
        private @Nullable String keystoreType;
        private @Nullable String truststore;
        private @Nullable String truststorePassword;
        private @Nullable String truststoreType;

        Values copy() {
            try {
                return (Values) clone();
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /**
     * Makes a {@link TlsConfig}. Each setter takes only what is allowed: anything else is an {@link MqttException} that
     * starts with the key and says what is allowed. Null or empty text unsets. Not thread-safe.
     */
    public static final class Builder {
        private final Values values;

        private Builder(Values values) {
            this.values = values;
        }

        /** Sets TLS also where {@code broker-url} does not say it. */
        public Builder enabled(boolean value) {
            values.enabled = value;
            return this;
        }

        /** Sets the PEM file of trusted certificates. */
        public Builder caCerts(@Nullable String value) {
            values.caCerts = MqttException.checkedText("tls.ca-certs", value, Limits.FILE);
            return this;
        }

        /** Sets the PEM file of the client's certificate chain, its own first. */
        public Builder certfile(@Nullable String value) {
            values.certfile = MqttException.checkedText("tls.certfile", value, Limits.FILE);
            return this;
        }

        /** Sets the PEM file of the client's private key. */
        public Builder keyfile(@Nullable String value) {
            values.keyfile = MqttException.checkedText("tls.keyfile", value, Limits.FILE);
            return this;
        }

        /** Sets the password of the private key. */
        public Builder keyfilePassword(@Nullable String value) {
            values.keyfilePassword = MqttException.checkedText("tls.keyfile-password", value, Limits.TEXT);
            return this;
        }

        /** Sets whether the broker must present a certificate that is trusted; false accepts any, of any host: the key {@code tls.cert-reqs}. */
        public Builder certRequired(boolean value) {
            values.certRequired = value;
            return this;
        }

        /** Sets {@code TLSv1.2} or {@code TLSv1.3}, and no other. */
        public Builder version(@Nullable String value) {
            values.version = MqttException.checkedText("tls.version", value, Limits.TLS_VERSION);
            return this;
        }

        /** Sets the cipher suites allowed, by their names in the JDK or in OpenSSL, separated by {@code :}. */
        public Builder ciphers(@Nullable String value) {
            values.ciphers = MqttException.checkedText("tls.ciphers", value, Limits.TEXT);
            return this;
        }

        /** Sets the protocols to offer by ALPN (RFC 7301): {@code x-amzn-mqtt-ca} for AWS IoT on port 443. */
        public Builder alpn(List<String> value) {
            values.alpn = MqttException.checked("tls.alpn", List.copyOf(value), Limits.ALPN);
            return this;
        }

        /** Sets whether a certificate of another host is accepted. */
        public Builder insecure(boolean value) {
            values.insecure = value;
            return this;
        }

        /** Sets the key store of the client's certificate and private key, in place of {@code certfile}. */
        public Builder keystore(@Nullable String value) {
            values.keystore = MqttException.checkedText("tls.keystore", value, Limits.FILE);
            return this;
        }

        /** Sets the password of the key store. */
        public Builder keystorePassword(@Nullable String value) {
            values.keystorePassword = MqttException.checkedText("tls.keystore-password", value, Limits.TEXT);
            return this;
        }

        /** Sets {@code PKCS12} or {@code JKS}. */
        public Builder keystoreType(@Nullable String value) {
            values.keystoreType = MqttException.checkedText("tls.keystore-type", value, Limits.STORE_TYPE);
            return this;
        }

        /** Sets the key store of trusted certificates, in place of {@code caCerts}. */
        public Builder truststore(@Nullable String value) {
            values.truststore = MqttException.checkedText("tls.truststore", value, Limits.FILE);
            return this;
        }

        /** Sets the password of the trust store. */
        public Builder truststorePassword(@Nullable String value) {
            values.truststorePassword = MqttException.checkedText("tls.truststore-password", value, Limits.TEXT);
            return this;
        }

        /** Sets {@code PKCS12} or {@code JKS}. */
        public Builder truststoreType(@Nullable String value) {
            values.truststoreType = MqttException.checkedText("tls.truststore-type", value, Limits.STORE_TYPE);
            return this;
        }

        /**
         * Makes the settings.
         *
         * @throws MqttException if they contradict one another, as {@link MqttConfig.Builder#build()} does
         */
        public TlsConfig build() {
            Faults faults = new Faults();
            check(faults);
            MqttException.throwAll(faults);
            return new TlsConfig(values.copy());
        }

        /** Returns the keys of what is not the default. */
        List<String> keys() {
            ShownSettings shown = new ShownSettings("TlsConfig");
            new TlsConfig(values).show(shown);
            return shown.keys();
        }

        void check(Faults faults) {
            rejectBoth(faults, "tls.ca-certs", values.caCerts, "tls.truststore", values.truststore);
            rejectBoth(faults, "tls.certfile", values.certfile, "tls.keystore", values.keystore);
        }

        private static void rejectBoth(
                Faults faults, String key, @Nullable String value, String otherKey, @Nullable String other) {
            boolean both = value != null && other != null;
            faults.addIf(both, key, value, "says the same as " + otherKey + "; remove one of them");
        }
    }
}
