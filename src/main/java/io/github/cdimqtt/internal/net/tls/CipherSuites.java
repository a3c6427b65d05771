package io.github.cdimqtt.internal.net.tls;

import io.github.cdimqtt.internal.text.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Selects protocol versions and cipher suites, by the names of the JDK or those of OpenSSL. Immutable. */
final class CipherSuites {
    private static final String KEY = "tls.ciphers";
    private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

    private static final Pattern SEPARATORS = Pattern.compile("[\\s:,]+");
    private static final Pattern PLUS = Pattern.compile("\\+");

    /** The security properties of the JDK decide about key sizes; these levels demand no more than usual. */
    private static final Pattern SECURITY_LEVEL = Pattern.compile("@SECLEVEL=[0-2]");

    /** Names of OpenSSL, except those of key exchanges that it no longer has. */
    private static final Pattern OPEN_SSL = Pattern.compile("^(?!ECDH-|KRB5|.*(EXPORT|SCSV$))[^_]+$");

    private final SSLParameters supported;
    private final Map<String, String> byName = new LinkedHashMap<>();

    /** Creates a selection among what the JDK supports. */
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

    /**
     * Returns the suites of a list, in its order. The list has names, and keywords and operators of OpenSSL. As in OpenSSL it
     * selects suites up to TLS 1.2; all suites of TLS 1.3 are added, unless the list names any of them.
     */
    String[] suites(String list, String[] versions) throws TlsFault {
        List<String> unknown = new ArrayList<>();
        List<String> chosen = chosen(list, unknown);
        if (!unknown.isEmpty()) {
            throw new TlsFault(
                    KEY,
                    list,
                    "neither the JDK nor OpenSSL has the cipher suite " + Printable.of(String.join(", ", unknown))
                            + "; write names such as TLS_AES_128_GCM_SHA256 or ECDHE-RSA-AES128-GCM-SHA256");
        }
        if (chosen.stream().noneMatch(suite -> List.of(versions).contains(versionOf(suite)))) {
            throw new TlsFault(KEY, list, "none of them is for " + String.join(" or ", versions) + "; see tls.version");
        }
        if (chosen.stream().noneMatch(CipherSuites::isOf13)) {
            chosen.addAll(
                    0,
                    byName.values().stream()
                            .filter(CipherSuites::isOf13)
                            .distinct()
                            .toList());
        }
        return chosen.toArray(String[]::new);
    }

    /** Evaluates a list from left to right. */
    private List<String> chosen(String list, List<String> unknown) {
        List<String> chosen = new ArrayList<>();
        Set<String> ruledOut = new HashSet<>();
        for (String item : SEPARATORS.split(list.strip().replace("@", ":@"), -1)) {
            if (item.isEmpty()) {
                continue;
            }
            char sign = item.charAt(0);
            List<String> selected = suitesOf("!-+".indexOf(sign) < 0 ? item : item.substring(1));
            switch (sign) {
                case '@' -> {
                    if (item.equals("@STRENGTH")) {
                        chosen.sort(Comparator.comparing(CipherSuites::bits).reversed());
                    } else if (!SECURITY_LEVEL.matcher(item).matches()) {
                        unknown.add(item);
                    }
                }
                case '!' -> {
                    ruledOut.addAll(selected);
                    chosen.removeAll(selected);
                }
                case '-' -> chosen.removeAll(selected);
                case '+' -> {
                    selected.retainAll(chosen);
                    chosen.removeAll(selected);
                    chosen.addAll(selected);
                }
                default -> {
                    if (selected.isEmpty() && !CipherKeywords.isAbsent(item)) {
                        unknown.add(item);
                    }
                    selected.removeAll(chosen);
                    selected.removeAll(ruledOut);
                    chosen.addAll(selected);
                }
            }
        }
        return chosen;
    }

    /** Returns the suites that a name means, or keywords joined by plus signs, in the order of the JDK. */
    private List<String> suitesOf(String item) {
        String suite = byName.get(item);
        if (suite != null) {
            return new ArrayList<>(List.of(suite));
        }
        List<String> selected = new ArrayList<>();
        List<@Nullable Pattern> meanings =
                PLUS.splitAsStream(item).map(CipherKeywords::meaning).toList();
        byName.forEach((name, each) -> {
            if (OPEN_SSL.matcher(name).find()
                    && meanings.stream()
                            .allMatch(part -> part != null && part.matcher(name).find())) {
                selected.add(each);
            }
        });
        return selected;
    }

    private static boolean isOf13(String suite) {
        return versionOf(suite).equals("TLSv1.3") && !suite.endsWith("_SCSV");
    }

    private static int bits(String suite) {
        return suite.contains("_256_") || suite.contains("_CHACHA20_") ? 256 : suite.contains("_128_") ? 128 : 0;
    }

    /** The names of suites of TLS 1.3 have no key exchange (RFC 8446, appendix B.4). */
    private static String versionOf(String suite) {
        return suite.contains("_WITH_") ? "TLSv1.2" : "TLSv1.3";
    }

    static String openSslNameOf(String suite) {
        return isOf13(suite)
                ? suite
                : suite.replaceFirst("^(TLS|SSL)_", "")
                        .replaceFirst("^(DH|ECDH)_anon_WITH_", "A$1_")
                        .replaceFirst("^RSA_WITH_", "")
                        .replace("_WITH_", "_")
                        .replaceFirst("CHACHA20_POLY1305_SHA256$", "CHACHA20_POLY1305")
                        .replaceAll("AES_(128|256)", "AES$1")
                        .replace("3DES_EDE_CBC", "DES-CBC3")
                        .replace("_CBC_", "_")
                        .replace('_', '-');
    }
}
