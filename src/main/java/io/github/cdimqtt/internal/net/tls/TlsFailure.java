package io.github.cdimqtt.internal.net.tls;

import io.github.cdimqtt.TlsConfig;
import io.github.cdimqtt.internal.text.Printable;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Describes for users why TLS failed, where the JDK has "PKIX path building failed". */
public final class TlsFailure {
    private static final Pattern ALERT = Pattern.compile("Received fatal alert: (\\w+)");
    private static final Pattern HOST = Pattern.compile("(No subject alternative|No name matching).*");

    private final TlsConfig config;

    public TlsFailure(TlsConfig config) {
        this.config = config;
    }

    /** Returns a sentence about the broker; null if it was not TLS that failed. */
    public @Nullable String of(Throwable failure) {
        if (!(failure instanceof SSLException)) {
            return null;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String sentence = ofCertificate(cause);
            if (sentence != null) {
                return sentence;
            }
        }
        String message = String.valueOf(failure.getMessage());
        Matcher alert = ALERT.matcher(message);
        if (alert.find()) {
            return ofAlert(alert.group(1));
        } else if (message.contains("Unsupported or unrecognized SSL message")) {
            return "what answers there speaks no TLS; check scheme and port in broker-url";
        }
        return "TLS failed: " + Printable.of(message);
    }

    private @Nullable String ofCertificate(Throwable cause) {
        String message = Printable.of(String.valueOf(cause.getMessage()));
        if (cause instanceof CertificateExpiredException) {
            return "the certificate of the broker, or of an authority, has expired (" + message + ")";
        } else if (cause instanceof CertificateNotYetValidException) {
            return "the certificate of the broker, or of an authority, is not valid yet (" + message + ")";
        } else if (cause instanceof CertPathBuilderException) {
            return "the certificate of the broker is not from an authority of " + authorities();
        } else if (cause instanceof CertPathValidatorException && cause.getCause() == null) {
            return "the certificate of the broker is refused: " + message;
        } else if (message.startsWith("Illegal given domain name") && cause instanceof CertificateException) {
            return "the JDK verifies no host name with a character such as '_': name the broker otherwise, such as by its"
                    + " address, or do without (tls.insecure=true)";
        } else if (cause instanceof CertificateException
                && HOST.matcher(message).matches()) {
            return "the certificate of the broker is for another host: " + message;
        }
        return null;
    }

    private String authorities() {
        return config.caCerts() != null
                ? "tls.ca-certs '" + Printable.of(config.caCerts()) + "'"
                : config.truststore() != null
                        ? "tls.truststore '" + Printable.of(config.truststore()) + "'"
                        : "those that the JDK trusts; set tls.ca-certs to a file of its authority";
    }

    private String ofAlert(String alert) {
        boolean identified = config.certfile() != null || config.keystore() != null;
        String suffix = " (TLS alert " + alert + ")";
        return switch (alert) {
            case "certificate_required" -> "the broker asks for a client certificate; set tls.certfile" + suffix;
            case "protocol_version", "insufficient_security" ->
                "no version of TLS suits both sides; see tls.version and tls.ciphers" + suffix;
            case "no_application_protocol" -> "the broker wants another protocol by ALPN; see tls.alpn" + suffix;
            case "unrecognized_name" -> "the broker does not know itself by this host name" + suffix;
            case "bad_certificate",
                    "certificate_unknown",
                    "certificate_expired",
                    "certificate_revoked",
                    "unsupported_certificate",
                    "unknown_ca",
                    "access_denied",
                    "decrypt_error" ->
                (identified
                                ? "the broker refuses our certificate"
                                : "the broker asks for a client certificate; set tls.certfile")
                        + suffix;
            case "handshake_failure" ->
                (identified
                                ? "the broker refuses our certificate, or no cipher suite suits both sides"
                                : "the broker asks for a client certificate, or no cipher suite suits both sides; see"
                                        + " tls.certfile, tls.ciphers")
                        + suffix;
            default -> "the broker ended TLS" + suffix;
        };
    }
}
