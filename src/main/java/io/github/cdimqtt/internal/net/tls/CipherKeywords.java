package io.github.cdimqtt.internal.net.tls;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keywords of OpenSSL 3 for groups of cipher suites (ciphers(1)), as patterns of the names of suites. */
final class CipherKeywords {
    private static final String NO_EXCHANGE = "^(?!(ECDHE|DHE|ADH|AECDH)-)";
    private static final String NOT_AEAD = "^(?!.*(GCM|CHACHA20)).*";

    private static final Map<String, Pattern> MEANING = new HashMap<>();

    static {
        mean("^(?!.*NULL)", "ALL");
        mean("^(?!ADH|AECDH)(?!.*(NULL|DSS|DES|RC4))", "DEFAULT");
        mean("^(ADH|AECDH|DHE-DSS)-(?!.*NULL)", "COMPLEMENTOFDEFAULT");
        mean("NULL", "eNULL", "NULL", "COMPLEMENTOFALL");
        mean("AES|CHACHA20", "HIGH");
        mean("DES-CBC3|RC4", "MEDIUM");
        mean("DES-(?!CBC3)", "LOW", "DES");
        mean(NO_EXCHANGE, "RSA", "kRSA");
        mean("^(ECDHE|DHE)-RSA-|" + NO_EXCHANGE, "aRSA");
        mean("^DHE-", "DHE", "EDH");
        mean("^(DHE|ADH)-", "DH", "kDHE", "kEDH");
        mean("^ECDHE-", "ECDHE", "EECDH");
        mean("^(ECDHE|AECDH)-", "ECDH", "kECDHE", "kEECDH");
        mean("^(ADH|AECDH)-", "aNULL");
        mean("^ADH-", "ADH");
        mean("^AECDH-", "AECDH");
        mean("-ECDSA-", "ECDSA", "aECDSA");
        mean("-DSS-", "DSS", "aDSS");
        mean("GCM|CHACHA20|SHA256$|SHA384$", "TLSv1.2");
        mean("^(ECDHE|AECDH)-.*SHA$", "TLSv1", "TLSv1.0");
        mean("^(?!ECDHE|AECDH).*(SHA|MD5)$", "SSLv3");
        mean("AES128", "AES128");
        mean("AES256", "AES256");
        mean("AES", "AES");
        mean("GCM", "AESGCM");
        mean("CHACHA20", "CHACHA20");
        mean("DES-CBC3", "3DES");
        mean("RC4", "RC4");
        mean("MD5$", "MD5");
        mean("SHA$", "SHA", "SHA1");
        mean(NOT_AEAD + "SHA256$", "SHA256");
        mean(NOT_AEAD + "SHA384$", "SHA384");
    }

    /** Algorithms that OpenSSL has and the JDK has not. */
    private static final Pattern ABSENT = Pattern.compile("ARIA|CAMELLIA|CCM|EXP|GOST|IDEA|PSK|RC2|SEED|SRP");

    private CipherKeywords() {}

    private static void mean(String names, String... words) {
        for (String word : words) {
            MEANING.put(word, Pattern.compile(names));
        }
    }

    /** Returns the pattern of the names that a keyword means; null if OpenSSL has no such keyword. */
    static @Nullable Pattern meaning(String word) {
        return MEANING.get(word);
    }

    /** Returns whether a name or keyword of OpenSSL means only suites that the JDK does not have. */
    static boolean isAbsent(String name) {
        return ABSENT.matcher(name).find();
    }
}
