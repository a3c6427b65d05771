package io.github.cdimqtt.internal.net.tls;

import io.github.cdimqtt.TlsConfig;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Reads the authorities that the broker is verified with: those of a file, those of the JDK, or none. */
final class TrustManagers {
    private final TlsConfig config;
    private final Validity validity;

    TrustManagers(TlsConfig config, Validity validity) {
        this.config = config;
        this.validity = validity;
    }

    /** Reads them from their file; null for those of the JDK. */
    TrustManager @Nullable [] read() throws TlsFault {
        String bundle = config.caCerts();
        String store = config.truststore();
        TrustManager[] managers = null;
        if (bundle != null) {
            managers = ofPem(new TlsFile("tls.ca-certs", bundle));
        } else if (store != null) {
            managers = ofStore(new StoreFile(
                    new TlsFile("tls.truststore", store), config.truststorePassword(), config.truststoreType()));
        }
        return config.certRequired() ? managers : new TrustManager[] {new TrustAllManager()};
    }

    private TrustManager[] ofPem(TlsFile file) throws TlsFault {
        try {
            List<X509Certificate> certificates = CertificateReader.read(file.sections());
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("ca-" + i, certificates.get(i));
            }
            validity.check(file, certificates);
            return managers(store);
        } catch (PemException e) {
            throw file.fault(String.valueOf(e.getMessage()));
        } catch (TlsFault e) {
            throw e;
        } catch (GeneralSecurityException | IOException e) {
            throw file.fault("the JDK can't use it: " + e);
        }
    }

    private TrustManager[] ofStore(StoreFile file) throws TlsFault {
        KeyStore store = file.load();
        try {
            List<X509Certificate> trusted = new ArrayList<>();
            for (String alias : file.aliases(store)) {
                if (store.isCertificateEntry(alias) && store.getCertificate(alias) instanceof X509Certificate each) {
                    trusted.add(each);
                }
            }
            if (trusted.isEmpty()) {
                throw file.file()
                        .fault("there is no trusted certificate in it"
                                + (file.password() == null
                                        ? ", or it has a password; set tls.truststore-password"
                                        : ""));
            }
            validity.check(file.file(), trusted);
            return managers(store);
        } catch (GeneralSecurityException e) {
            throw file.file().fault("the JDK can't use it: " + e);
        }
    }

    private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
