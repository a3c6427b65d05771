package io.github.cdimqtt.internal.net.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.TlsConfig;
import io.github.cdimqtt.support.Canary;
import io.github.cdimqtt.support.PemText;
import io.github.cdimqtt.support.TestAuthority;
import io.github.cdimqtt.support.TestIdentity;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults and warnings of TLS settings, before any connection. */
class TlsTest {
    private static final TestAuthority AUTHORITY = new TestAuthority("test");
    private static final TestIdentity ME = AUTHORITY.issue("me");

    @TempDir
    static Path files;

    private static Path certificate;
    private static Path key;

    @BeforeAll
    static void write() {
        certificate = files.resolve("me.pem");
        key = files.resolve("me.key");
        ME.write(certificate, key);
    }

    private static TlsConfig.Builder tls() {
        return TlsConfig.builder();
    }

    private static void assertFault(TlsConfig.Builder config, String... words) {
        assertThat(new Tls(config.build()).faults())
                .extracting(Throwable::getMessage)
                .containsExactly(words);
    }

    @Test
    void goodFiles_haveNoFault() {
        Path store = ME.writeStore(files.resolve("me.p12"), "PKCS12", Canary.WORD);
        Path old = ME.writeStore(files.resolve("me.jks"), "JKS", Canary.WORD);
        Path trust =
                TestIdentity.writeTrust(files.resolve("trust.p12"), "PKCS12", Canary.WORD, AUTHORITY.certificate());
        Path both = PemText.write(files.resolve("both.pem"), PemText.of(ME.certificate()) + PemText.pkcs8(ME.key()));
        assertFault(tls());
        assertFault(tls().caCerts(certificate.toString())
                .certfile(certificate.toString())
                .keyfile(key.toString()));
        assertFault(tls().certfile(both.toString()));
        assertFault(tls().keystore(store.toString())
                .keystorePassword(Canary.WORD)
                .truststore(trust.toString())
                .truststorePassword(Canary.WORD));
        assertFault(tls().keystore(old.toString()).keystorePassword(Canary.WORD).keystoreType("JKS"));
        assertFault(tls().keystore(old.toString()).keystorePassword(Canary.WORD));
        assertThat(new Tls(tls().certfile(both.toString()).build()).warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void filesOfWindows_areRead(String charset) throws IOException {
        String text = "\ufeff" + (PemText.of(ME.certificate()) + PemText.pkcs8(ME.key())).replace("\n", "\r\n");
        Path file = Files.write(files.resolve(charset), text.getBytes(Charset.forName(charset)));
        assertFault(tls().caCerts(file.toString()).certfile(file.toString()));
    }

    @Test
    void concatenatedFiles_areReadToTheirEnd() throws Exception {
        String first = PemText.of(new TestAuthority("first").certificate());
        String second = PemText.of(AUTHORITY.certificate());
        for (String bundle : List.of(
                "\ufeff" + first + "\ufeff" + second,
                first.strip() + second.strip(),
                first + "\n\n# Z\u00fcrich\n" + second)) {
            assertThat(CertificateReader.read(Pem.read(bundle))).hasSize(2);
        }
    }

    @Test
    void faults_areReportedTogether() {
        String missing = files.resolve("missing").toString();
        String here = "there is no such file, seen from " + Path.of("").toAbsolutePath();
        assertFault(
                tls().caCerts(missing).certfile(certificate.toString()).keyfile(missing),
                "tls.ca-certs='" + missing + "': " + here,
                "tls.keyfile='" + missing + "': " + here);
        assertFault(
                tls().truststore(missing).keystore(missing),
                "tls.truststore='" + missing + "': " + here,
                "tls.keystore='" + missing + "': " + here);
    }

    @Test
    void fileOfAnotherKind_isReported() throws IOException {
        Path der = Files.write(
                files.resolve("der"), ME.certificate().getIssuerX500Principal().getEncoded());
        Path text = PemText.write(files.resolve("text"), "hello");
        Path cut = PemText.write(files.resolve("cut"), PemText.pkcs8(ME.key()).substring(0, 60));
        assertFault(tls().caCerts(files.toString()), "tls.ca-certs='" + files + "': it is a directory; name a file");
        assertFault(
                tls().caCerts(der.toString()),
                "tls.ca-certs='" + der + "': it is DER or PKCS12, not PEM; convert it with openssl x509 -inform DER,"
                        + " openssl pkey -inform DER, or set tls.keystore or tls.truststore to it");
        assertFault(
                tls().caCerts(text.toString()),
                "tls.ca-certs='" + text + "': nothing in it is PEM: there is no line -----BEGIN ...-----");
        assertFault(
                tls().caCerts(key.toString()),
                "tls.ca-certs='" + key + "': there is no certificate in it, but PRIVATE KEY");
        assertFault(
                tls().certfile(certificate.toString()).keyfile(cut.toString()),
                "tls.keyfile='" + cut + "': BEGIN PRIVATE KEY has no END: the file is cut off");
        assertFault(
                tls().certfile(certificate.toString()),
                "tls.certfile='" + certificate + "': there is no private key in it (tls.keyfile is not set)");
        assertFault(
                tls().truststore(text.toString()),
                "tls.truststore='" + text + "': it is no key store of type PKCS12 or JKS, or it is damaged");
    }

    @Test
    void keyOfAnotherCertificate_isReported() {
        Path other = files.resolve("other.pem");
        AUTHORITY.issue("you").write(other, files.resolve("other.key"));
        assertFault(
                tls().certfile(other.toString()).keyfile(key.toString()),
                "tls.keyfile='" + key + "': the private key does not belong to the first certificate of tls.certfile '"
                        + other + "', which is of CN=you");
    }

    @Test
    void keyWithoutACertificate_isReported() {
        assertFault(
                tls().keyfile(key.toString()),
                "tls.keyfile='" + key + "': a key is shown with its certificate; set tls.certfile");
    }

    @Test
    void wrongPassword_isReported() {
        Path store = ME.writeStore(files.resolve("locked.p12"), "PKCS12", Canary.WORD);
        Path trust = TestIdentity.writeTrust(files.resolve("locked-trust.p12"), "PKCS12", Canary.WORD, ME.issuer());
        Path encrypted = PemText.write(files.resolve("locked.key"), PemText.encrypted(ME.key(), Canary.WORD));
        assertFault(
                tls().keystore(store.toString()).keystorePassword(Canary.WORD + "-wrong"),
                "tls.keystore='" + store + "': wrong password; set tls.keystore-password");
        assertFault(
                tls().truststore(trust.toString()),
                "tls.truststore='" + trust + "': there is no trusted certificate in it, or it has a password; set"
                        + " tls.truststore-password");
        assertFault(
                tls().certfile(certificate.toString())
                        .keyfile(encrypted.toString())
                        .keyfilePassword(Canary.WORD + "-wrong"),
                "tls.keyfile='" + encrypted + "': wrong password of the private key; set tls.keyfile-password");
    }

    @Test
    void incompleteStore_isReported() {
        Path keys = ME.writeStore(files.resolve("keys.p12"), "PKCS12", Canary.WORD);
        Path trust = TestIdentity.writeTrust(files.resolve("only-trust.p12"), "PKCS12", Canary.WORD, ME.issuer());
        assertFault(
                tls().keystore(trust.toString())
                        .keystorePassword(Canary.WORD)
                        .truststore(keys.toString())
                        .truststorePassword(Canary.WORD),
                "tls.truststore='" + keys + "': there is no trusted certificate in it",
                "tls.keystore='" + trust + "': there is no private key with a certificate in it");
    }

    @Test
    void expiredCertificate_isAWarning() {
        Path expired = files.resolve("expired.pem");
        TestIdentity identity = AUTHORITY.issueExpired("old").write(expired, files.resolve("expired.key"));
        TlsConfig config = tls().caCerts(expired.toString())
                .certfile(expired.toString())
                .keyfile(files.resolve("expired.key").toString())
                .build();
        assertThat(new Tls(config).faults()).isEmpty();
        assertThat(new Tls(config).warnings())
                .extracting(Throwable::getMessage)
                .containsExactly("tls.certfile='" + expired + "': the certificate of CN=old expired on "
                        + identity.certificate().getNotAfter().toInstant());
    }

    @Test
    void ciphers_areKnownByBothNames() {
        assertFault(tls().ciphers("TLS_AES_128_GCM_SHA256"));
        assertFault(
                tls().ciphers(
                                "ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305,ECDHE-RSA-AES128-SHA DHE-RSA-AES256-SHA256"));
        assertFault(
                tls().ciphers("HIGH:ECDHE-RSA-AES127-SHA:!aNULL"),
                "tls.ciphers='HIGH:ECDHE-RSA-AES127-SHA:!aNULL': neither the JDK nor OpenSSL has the cipher suite"
                        + " ECDHE-RSA-AES127-SHA; write names such as TLS_AES_128_GCM_SHA256 or ECDHE-RSA-AES128-GCM-SHA256");
        assertFault(
                tls().ciphers("ECDHE-RSA-AES128-SHA").version("TLSv1.3"),
                "tls.ciphers='ECDHE-RSA-AES128-SHA': none of them is for TLSv1.3; see tls.version");
    }

    @Test
    void verificationGap_isNamed() {
        assertThat(verificationGap(tls().enabled(true))).isNull();
        assertThat(verificationGap(tls().insecure(true))).isNull();
        assertThat(verificationGap(tls().enabled(true).insecure(true))).startsWith("tls.insecure=true: ");
        assertThat(verificationGap(tls().enabled(true).certRequired(false))).startsWith("tls.cert-reqs=none: ");
    }

    private static String verificationGap(TlsConfig.Builder tls) {
        return Tls.verificationGap(MqttConfig.builder().tls(tls.build()).build());
    }
}
