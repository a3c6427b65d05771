package io.github.cdimqtt.internal.net.tls;

import io.github.cdimqtt.internal.text.Printable;
import io.github.cdimqtt.internal.text.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that a setting names. Immutable.
 *
 * @param key the setting, without the name of the connection
 */
record TlsFile(String key, String name) {
    /** The largest bundle of authorities has a quarter of a MiB. */
    private static final int LARGEST = 16 * 1024 * 1024;

    byte[] bytes() throws TlsFault {
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                throw fault("it is a directory; name a file");
            }
            try (InputStream in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(LARGEST + 1);
                if (bytes.length > LARGEST) {
                    throw fault("it has more than 16 MiB, and so can't be what is asked for here");
                }
                return bytes;
            }
        } catch (TlsFault fault) {
            throw fault;
        } catch (InvalidPathException e) {
            throw fault("not a path; " + e.getReason());
        } catch (NoSuchFileException e) {
            throw fault("there is no such file, seen from " + Path.of("").toAbsolutePath());
        } catch (AccessDeniedException e) {
            throw fault("this process may not read it");
        } catch (IOException e) {
            throw fault("it can't be read: " + Printable.reason(e));
        }
    }

    /** Reads it as PEM, with at least one section. */
    List<PemSection> sections() throws TlsFault {
        byte[] bytes = bytes();
        try {
            List<PemSection> sections = Pem.read(TextFile.decode(bytes));
            if (!sections.isEmpty()) {
                return sections;
            }
        } catch (PemException e) {
            throw fault(String.valueOf(e.getMessage()));
        }
        throw fault(
                bytes.length > 0 && bytes[0] == Der.SEQUENCE
                        ? "it is DER or PKCS12, not PEM; convert it with openssl x509 -inform DER, openssl pkey -inform DER, or"
                                + " set tls.keystore or tls.truststore to it"
                        : "nothing in it is PEM: there is no line -----BEGIN ...-----");
    }

    TlsFault fault(String reason) {
        return new TlsFault(key, name, reason);
    }
}
