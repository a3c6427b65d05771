package io.github.cdimqtt.support;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;

/** A certificate, its key and its issuer. */
public record TestIdentity(PrivateKey key, X509Certificate certificate, X509Certificate issuer) {

    /** Writes certificate and chain as PEM, and the key as unencrypted PKCS#8. */
    public TestIdentity write(Path certificateFile, Path keyFile) {
        PemText.write(certificateFile, PemText.of(certificate) + PemText.of(issuer));
        PemText.write(keyFile, PemText.pkcs8(key));
        return this;
    }

    /** Writes a key store. */
    public Path writeStore(Path file, String type, String password) {
        return writeStore(file, type, password, password);
    }

    /** Writes a key store whose key may have a password of its own. */
    public Path writeStore(Path file, String type, String password, String keyPassword) {
        Certificate[] chain = {certificate, issuer};
        return store(file, type, password, store -> store.setKeyEntry("me", key, keyPassword.toCharArray(), chain));
    }

    /** Writes a trust store with one authority. */
    public static Path writeTrust(Path file, String type, String password, X509Certificate authority) {
        return store(file, type, password, store -> store.setCertificateEntry("ca", authority));
    }

    private interface Content {
        void put(KeyStore store) throws Exception;
    }

    private static Path store(Path file, String type, String password, Content content) {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance(type);
            store.load(null, null);
            content.put(store);
            store.store(out, password.toCharArray());
            return file;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
