package io.github.cdimqtt.internal.net;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Protocol versions and cipher suites: what settings say, by the names of the JDK or those of OpenSSL. */
final class CipherSuites {
    private static final String KEY = "tls.ciphers";
    private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

    private static final Pattern SEPARATORS = Pattern.compile("[\\s:,]+");

    private final SSLParameters supported;
    private final Map<String, String> byName = new LinkedHashMap<>();

    /** Creates a choice of what the JDK supports. */
    CipherSuites(SSLParameters supported) {
        this.supported = supported;
        for (String suite : supported.getCipherSuites()) {
            byName.put(suite, suite);
            byName.put(openSslNameOf(suite), suite);
        }
    }

    /** Returns the versions to offer: never below 1.2. */
    String[] versions(@Nullable String only) {
        List<String> known = List.of(supported.getProtocols());
        return VERSIONS.stream()
                .filter(version -> known.contains(version) && (only == null || only.equals(version)))
                .toArray(String[]::new);
    }

    /** Returns the suites of a list, separated by colons, commas or spaces. */
    String[] suites(String list, String[] versions) throws TlsFault {
        List<String> suites = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String name : SEPARATORS.split(list.strip(), -1)) {
            String suite = byName.get(name);
            if (suite == null) {
                unknown.add(name);
            } else {
                suites.add(suite);
            }
        }
        if (!unknown.isEmpty()) {
            throw new TlsFault(
                    KEY,
                    list,
                    "the JDK has no cipher suite " + String.join(", ", unknown)
                            + "; write names such as TLS_AES_128_GCM_SHA256 or ECDHE-RSA-AES128-GCM-SHA256");
        }
        boolean any = suites.stream().anyMatch(suite -> List.of(versions).contains(versionOf(suite)));
        if (!any) {
            throw new TlsFault(KEY, list, "none of them is for " + String.join(" or ", versions) + "; see tls.version");
        }
        return suites.toArray(String[]::new);
    }

    /** Those of TLS 1.3 don't say how keys are exchanged (RFC 8446, appendix B.4). */
    private static String versionOf(String suite) {
        return suite.contains("_WITH_") ? "TLSv1.2" : "TLSv1.3";
    }

    private static String openSslNameOf(String suite) {
        return versionOf(suite).equals("TLSv1.3")
                ? suite
                : suite.replaceFirst("^(TLS|SSL)_", "")
                        .replaceFirst("^RSA_WITH_", "")
                        .replace("_WITH_", "_")
                        .replaceFirst("CHACHA20_POLY1305_SHA256$", "CHACHA20_POLY1305")
                        .replaceAll("AES_(128|256)", "AES$1")
                        .replace("_CBC_", "_")
                        .replace('_', '-');
    }
}
