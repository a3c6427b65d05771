package io.github.cdimqtt.internal.net.tls;

import io.github.cdimqtt.internal.text.Printable;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects certificates that are expired or not valid yet; the connection is tried all the same. Not thread-safe. */
final class Validity {
    private final Instant now;
    private final List<TlsFault> warnings = new ArrayList<>();

    Validity(Instant now) {
        this.now = now;
    }

    /** Checks a certificate of a file. */
    void check(TlsFile file, X509Certificate certificate) {
        String fault = fault(certificate);
        if (fault != null) {
            warnings.add(file.fault("the certificate of "
                    + Printable.of(certificate.getSubjectX500Principal().toString()) + " " + fault));
        }
    }

    /** Checks authorities of a file, of which one has to be valid: some of a large bundle always have expired. */
    void check(TlsFile file, List<X509Certificate> authorities) {
        if (authorities.stream().allMatch(each -> fault(each) != null)) {
            check(file, authorities.get(0));
        }
    }

    List<TlsFault> warnings() {
        return List.copyOf(warnings);
    }

    private @Nullable String fault(X509Certificate certificate) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant to = certificate.getNotAfter().toInstant();
        return now.isAfter(to) ? "expired on " + to : now.isBefore(from) ? "is not valid before " + from : null;
    }
}
