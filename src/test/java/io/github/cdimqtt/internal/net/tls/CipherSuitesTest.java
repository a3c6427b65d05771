package io.github.cdimqtt.internal.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cipher lists of OpenSSL; the expected suites are the output of {@code openssl ciphers -tls1_2} of OpenSSL 3.0. */
class CipherSuitesTest {
    private static final String[] BOTH = {"TLSv1.3", "TLSv1.2"};

    /** Suites of each key exchange, cipher and digest, some of which recent JDKs no longer have. */
    private static final String[] JDK = {
        "TLS_AES_256_GCM_SHA384",
        "TLS_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_DHE_DSS_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
        "TLS_DHE_RSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
        "TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
        "TLS_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_RSA_WITH_AES_256_CBC_SHA",
        "TLS_DH_anon_WITH_AES_128_GCM_SHA256",
        "TLS_ECDH_anon_WITH_AES_256_CBC_SHA",
        "TLS_ECDH_RSA_WITH_AES_256_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_NULL_SHA",
        "SSL_RSA_WITH_3DES_EDE_CBC_SHA",
        "TLS_EMPTY_RENEGOTIATION_INFO_SCSV"
    };

    private final CipherSuites suites = new CipherSuites(new SSLParameters(JDK, BOTH));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ECDHE-ECDSA-AES256-GCM-SHA384 | ECDHE-ECDSA-AES256-GCM-SHA384
                    TLS_RSA_WITH_AES_256_CBC_SHA  | AES256-SHA
                    ALL                           | ECDHE-ECDSA-AES256-GCM-SHA384 ECDHE-RSA-CHACHA20-POLY1305 DHE-DSS-AES128-GCM-SHA256 ECDHE-RSA-AES256-SHA384 DHE-RSA-AES128-SHA256 ECDHE-ECDSA-AES128-SHA DHE-RSA-AES256-SHA AES128-GCM-SHA256 AES256-SHA ADH-AES128-GCM-SHA256 AECDH-AES256-SHA DES-CBC3-SHA
                    DEFAULT                       | ECDHE-ECDSA-AES256-GCM-SHA384 ECDHE-RSA-CHACHA20-POLY1305 ECDHE-RSA-AES256-SHA384 DHE-RSA-AES128-SHA256 ECDHE-ECDSA-AES128-SHA DHE-RSA-AES256-SHA AES128-GCM-SHA256 AES256-SHA
                    HIGH:!aNULL                   | ECDHE-ECDSA-AES256-GCM-SHA384 ECDHE-RSA-CHACHA20-POLY1305 DHE-DSS-AES128-GCM-SHA256 ECDHE-RSA-AES256-SHA384 DHE-RSA-AES128-SHA256 ECDHE-ECDSA-AES128-SHA DHE-RSA-AES256-SHA AES128-GCM-SHA256 AES256-SHA
                    HIGH:!aNULL:!kRSA:!SHA1       | ECDHE-ECDSA-AES256-GCM-SHA384 ECDHE-RSA-CHACHA20-POLY1305 DHE-DSS-AES128-GCM-SHA256 ECDHE-RSA-AES256-SHA384 DHE-RSA-AES128-SHA256
                    ECDHE+AESGCM:DHE+SHA256       | ECDHE-ECDSA-AES256-GCM-SHA384 DHE-RSA-AES128-SHA256
                    EECDH+AESGCM:EDH+AESGCM:AES256+EECDH | ECDHE-ECDSA-AES256-GCM-SHA384 DHE-DSS-AES128-GCM-SHA256 ECDHE-RSA-AES256-SHA384
                    kRSA:kECDHE+aNULL             | AES128-GCM-SHA256 AES256-SHA DES-CBC3-SHA AECDH-AES256-SHA
                    TLSv1.2+aRSA                  | ECDHE-RSA-CHACHA20-POLY1305 ECDHE-RSA-AES256-SHA384 DHE-RSA-AES128-SHA256 AES128-GCM-SHA256
                    TLSv1:SSLv3+DHE               | ECDHE-ECDSA-AES128-SHA AECDH-AES256-SHA ECDHE-RSA-NULL-SHA DHE-RSA-AES256-SHA
                    CHACHA20:CAMELLIA:AES128-CCM:!PSK:!ROT13 | ECDHE-RSA-CHACHA20-POLY1305
                    COMPLEMENTOFDEFAULT           | DHE-DSS-AES128-GCM-SHA256 ADH-AES128-GCM-SHA256 AECDH-AES256-SHA
                    """)
    void list_meansWhatItMeansToOpenSsl(String list, String expected) throws TlsFault {
        assertThat(openSsl(list)).containsExactlyInAnyOrder(expected.split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    DHE+AESGCM:ECDHE+AESGCM                | DHE-DSS-AES128-GCM-SHA256 ECDHE-ECDSA-AES256-GCM-SHA384
                    ECDHE+SHA384:CHACHA20:+ECDHE+SHA384    | ECDHE-RSA-CHACHA20-POLY1305 ECDHE-RSA-AES256-SHA384
                    AESGCM:!aNULL:-ECDHE:kRSA+AES:ECDHE+AESGCM | DHE-DSS-AES128-GCM-SHA256 AES128-GCM-SHA256 AES256-SHA ECDHE-ECDSA-AES256-GCM-SHA384
                    AESGCM:!ECDHE:ECDHE+AESGCM:!aNULL      | DHE-DSS-AES128-GCM-SHA256 AES128-GCM-SHA256
                    kRSA+AES:@STRENGTH                     | AES256-SHA AES128-GCM-SHA256
                    :@SECLEVEL=1: :kRSA+AES::              | AES128-GCM-SHA256 AES256-SHA
                    kRSA+AES@SECLEVEL=2                    | AES128-GCM-SHA256 AES256-SHA
                    """)
    void operators_removeAndReorder(String list, String expected) throws TlsFault {
        assertThat(openSsl(list)).containsExactly(expected.split(" "));
    }

    @Test
    void tls13_isAddedToEveryList_unlessItNamesSome() throws TlsFault {
        assertThat(suites.suites("CHACHA20", BOTH))
                .containsExactly(JDK[0], JDK[1], "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
        assertThat(suites.suites("CHACHA20:TLS_AES_128_GCM_SHA256", BOTH))
                .containsExactly("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    HIGH:ROT13:@SECLEVEL=3:!aNULL | tls.ciphers='HIGH:ROT13:@SECLEVEL=3:!aNULL': neither the JDK nor OpenSSL has the cipher suite ROT13, @SECLEVEL=3; write names such as TLS_AES_128_GCM_SHA256 or ECDHE-RSA-AES128-GCM-SHA256
                    ECDHE+ROT13                   | tls.ciphers='ECDHE+ROT13': neither the JDK nor OpenSSL has the cipher suite ECDHE+ROT13; write names such as TLS_AES_128_GCM_SHA256 or ECDHE-RSA-AES128-GCM-SHA256
                    CAMELLIA                      | tls.ciphers='CAMELLIA': none of them is for TLSv1.3 or TLSv1.2; see tls.version
                    HIGH:!ALL                     | tls.ciphers='HIGH:!ALL': none of them is for TLSv1.3 or TLSv1.2; see tls.version
                    """)
    void listWithoutSuites_isAFault(String list, String fault) {
        assertThatThrownBy(() -> suites.suites(list, BOTH)).hasMessage(fault);
    }

    /** The suites without those of TLS 1.3, by their names in OpenSSL. */
    private List<String> openSsl(String list) throws TlsFault {
        return Stream.of(suites.suites(list, BOTH))
                .filter(suite -> !Arrays.asList(JDK).subList(0, 2).contains(suite))
                .map(CipherSuites::openSslNameOf)
                .toList();
    }
}
