package io.github.cdimqtt.internal.net.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key store that the settings name: {@code tls.keystore} or {@code tls.truststore}, with {@code -password}, {@code -type}.
 *
 * @param type PKCS12 or JKS; null to detect it
 */
record StoreFile(
        TlsFile file, @Nullable String password, @Nullable String type) {

    KeyStore load() throws TlsFault {
        byte[] bytes = file.bytes();
        try {
            // The JDK's default type reads both.
            KeyStore store = KeyStore.getInstance(type == null ? "PKCS12" : type);
            store.load(new ByteArrayInputStream(bytes), secret());
            return store;
        } catch (IOException e) {
            throw file.fault(
                    e.getCause() instanceof UnrecoverableKeyException
                            ? (password == null ? "it has a password" : "wrong password") + "; set " + file.key()
                                    + "-password"
                            : "it is no key store of type " + (type == null ? "PKCS12 or JKS" : type)
                                    + ", or it is damaged");
        } catch (GeneralSecurityException | RuntimeException e) {
            throw file.fault("the JDK can't read it: " + e);
        }
    }

    List<String> aliases(KeyStore store) throws TlsFault {
        try {
            return Collections.list(store.aliases());
        } catch (GeneralSecurityException e) {
            throw file.fault("the JDK can't read it: " + e);
        }
    }

    char @Nullable [] secret() {
        return password == null ? null : password.toCharArray();
    }

    /** Returns its name, without the password. */
    @Override
    public String toString() {
        return file.toString();
    }
}
