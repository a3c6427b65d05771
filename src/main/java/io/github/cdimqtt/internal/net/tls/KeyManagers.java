package io.github.cdimqtt.internal.net.tls;

import io.github.cdimqtt.TlsConfig;
import io.github.cdimqtt.internal.text.Printable;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/** Reads the client's certificate and key from {@code tls.certfile} or {@code tls.keystore}. */
final class KeyManagers {
    private final TlsConfig config;
    private final Validity validity;

    /**
     * Creates it.
     *
     * @param validity collects certificates that are not valid
     */
    KeyManagers(TlsConfig config, Validity validity) {
        this.config = config;
        this.validity = validity;
    }

    /** Reads them from their files; null if none are configured. */
    KeyManager @Nullable [] read() throws TlsFault {
        String certificate = config.certfile();
        String store = config.keystore();
        if (certificate != null) {
            return new KeyManager[] {ofPem(new TlsFile("tls.certfile", certificate))};
        }
        if (config.keyfile() != null) {
            throw new TlsFile("tls.keyfile", config.keyfile())
                    .fault("a key is shown with its certificate; set tls.certfile");
        }
        return store == null
                ? null
                : ofStore(new StoreFile(
                        new TlsFile("tls.keystore", store), config.keystorePassword(), config.keystoreType()));
    }

    /** Without {@code tls.keyfile} the key is in the file of the certificate, as in Python. */
    private KeyManager ofPem(TlsFile certificates) throws TlsFault {
        String named = config.keyfile();
        TlsFile keys = named == null ? certificates : new TlsFile("tls.keyfile", named);
        List<X509Certificate> chain;
        try {
            chain = CertificateReader.read(certificates.sections());
        } catch (PemException e) {
            throw certificates.fault(String.valueOf(e.getMessage()));
        }
        PrivateKey key;
        try {
            key = new PrivateKeyReader(keys.name(), keys.sections(), config.keyfilePassword()).read();
        } catch (PemException e) {
            throw keys.fault(e.getMessage() + (named == null ? " (tls.keyfile is not set)" : ""));
        }
        X509Certificate first = chain.get(0);
        if (!KeyPairCheck.belong(key, first.getPublicKey())) {
            throw keys.fault("the private key does not belong to the first certificate of tls.certfile '"
                    + Printable.of(certificates.name()) + "', which is of "
                    + Printable.of(first.getSubjectX500Principal().toString()));
        }
        validity.check(certificates, first);
        return new PemKeyManager(key, chain);
    }

    private KeyManager[] ofStore(StoreFile file) throws TlsFault {
        KeyStore store = file.load();
        boolean any = false;
        try {
            for (String alias : file.aliases(store)) {
                if (store.isKeyEntry(alias) && store.getKey(alias, file.secret()) instanceof PrivateKey key) {
                    any |= check(file.file(), alias, key, store.getCertificateChain(alias));
                }
            }
            if (!any) {
                throw file.file().fault("there is no private key with a certificate in it");
            }
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, file.secret());
            return factory.getKeyManagers();
        } catch (UnrecoverableKeyException e) {
            throw file.file()
                    .fault(
                            file.password() == null
                                    ? "it has a password; set tls.keystore-password"
                                    : "a key in it has another password than the store; give it the same one");
        } catch (GeneralSecurityException e) {
            throw file.file().fault("the JDK can't use it: " + e);
        }
    }

    private boolean check(TlsFile file, String alias, PrivateKey key, Certificate @Nullable [] chain) throws TlsFault {
        if (chain == null || !(chain[0] instanceof X509Certificate first)) {
            return false;
        }
        if (!KeyPairCheck.belong(key, first.getPublicKey())) {
            throw file.fault(
                    "the private key '" + Printable.of(alias) + "' does not belong to its certificate, which is of "
                            + Printable.of(first.getSubjectX500Principal().toString()));
        }
        validity.check(file, first);
        return Arrays.stream(chain).allMatch(X509Certificate.class::isInstance);
    }
}
