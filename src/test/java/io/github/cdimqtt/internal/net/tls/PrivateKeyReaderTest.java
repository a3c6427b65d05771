package io.github.cdimqtt.internal.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.support.Canary;
import io.github.cdimqtt.support.PemText;
import io.github.cdimqtt.support.TestAuthority;
import io.github.cdimqtt.support.TestIdentity;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyReaderTest {
    private static final TestAuthority AUTHORITY = new TestAuthority("test");
    private static final TestIdentity EC = AUTHORITY.issueOf("EC", "ec");
    private static final TestIdentity RSA = AUTHORITY.issueOf("RSA", "rsa");

    /** PBE with SHA-1 and triple DES, and no content. */
    private static final String MANY_ROUNDS = "MCowHgYKKoZIhvcNAQwBAzAQBAgAAAAAAAAAAAIEAExLQQQIAAAAAAAAAAA=";

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519", "RSASSA-PSS"})
    void pkcs8_ofEveryAlgorithm_isRead_andBelongsToItsCertificate(String algorithm) throws Exception {
        TestIdentity identity = AUTHORITY.issueOf(algorithm, "me");
        var key = read(PemText.pkcs8(identity.key()), null);
        assertThat(key).isEqualTo(identity.key());
        assertThat(KeyPairCheck.belong(key, identity.certificate().getPublicKey()))
                .isTrue();
        assertThat(KeyPairCheck.belong(
                        key, AUTHORITY.issueOf(algorithm, "you").certificate().getPublicKey()))
                .isFalse();
    }

    static Stream<Arguments> key_inAnyFormat_isRead() {
        String curve = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
        String sec1 = PemText.sec1(EC.key());
        return Stream.of(
                Arguments.of(RSA, PemText.traditional(RSA.key()), null),
                Arguments.of(EC, sec1, null),
                Arguments.of(EC, curve + sec1, null),
                Arguments.of(EC, curve + PemText.traditional(EC.key()), null),
                Arguments.of(
                        EC,
                        "Bag Attributes\n  friendlyName: me\n"
                                + PemText.pkcs8(EC.key()).replace("\n", "\r\n"),
                        null),
                Arguments.of(EC, PemText.of(EC.certificate()) + PemText.pkcs8(EC.key()), null),
                Arguments.of(RSA, PemText.encrypted(RSA.key(), Canary.WORD), Canary.WORD),
                Arguments.of(
                        EC,
                        PemText.encrypted(EC.key(), Canary.WORD, JceOpenSSLPKCS8EncryptorBuilder.AES_128_CBC),
                        Canary.WORD),
                Arguments.of(
                        EC,
                        PemText.encrypted(EC.key(), Canary.WORD, JceOpenSSLPKCS8EncryptorBuilder.PBE_SHA1_3DES),
                        Canary.WORD));
    }

    @ParameterizedTest
    @MethodSource
    void key_inAnyFormat_isRead(TestIdentity identity, String pem, String password) throws Exception {
        assertThat(KeyPairCheck.belong(
                        read(pem, password), identity.certificate().getPublicKey()))
                .isTrue();
    }

    static Stream<Arguments> unusableKey_isReported() {
        String convert = "; convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -in 'my.key'"
                + " -out 'my.key.pkcs8'";
        String encrypted = PemText.encrypted(EC.key(), Canary.WORD);
        return Stream.of(
                Arguments.of(encrypted, null, "the private key is encrypted; set tls.keyfile-password"),
                Arguments.of(
                        encrypted,
                        Canary.WORD + "-wrong",
                        "wrong password of the private key; set tls.keyfile-password"),
                Arguments.of(
                        PemText.traditional(RSA.key(), Canary.WORD),
                        Canary.WORD,
                        "the private key is encrypted in OpenSSL's old way" + convert),
                Arguments.of(
                        PemText.encrypted(EC.key(), Canary.WORD, JceOpenSSLPKCS8EncryptorBuilder.DES3_CBC),
                        Canary.WORD,
                        "the JDK can't read how the private key is encrypted" + convert),
                Arguments.of(
                        section("ENCRYPTED PRIVATE KEY").replace("AAAA", MANY_ROUNDS),
                        Canary.WORD,
                        "the private key wants 5,000,001 rounds of its password, more than 5,000,000" + convert),
                Arguments.of(
                        section("OPENSSH PRIVATE KEY"),
                        null,
                        "OpenSSH's own format can't be read; convert it: ssh-keygen -p -m PKCS8 -f 'my.key'"),
                Arguments.of(section("DSA PRIVATE KEY"), null, "a DSA PRIVATE KEY can't be read" + convert),
                Arguments.of(
                        section("PRIVATE KEY"),
                        null,
                        "the private key in it is damaged, or of a kind that the JDK does not know"),
                Arguments.of(section("EC PRIVATE KEY"), null, "the private key in it is damaged"),
                Arguments.of(PemText.of(EC.certificate()), null, "there is no private key in it"));
    }

    @ParameterizedTest
    @MethodSource
    void unusableKey_isReported(String pem, String password, String words) {
        assertThatThrownBy(() -> read(pem, password))
                .isInstanceOf(PemException.class)
                .hasMessage(words)
                .hasNoCause();
    }

    /** JDK 17 rejects the characters, JDK 25 the password. */
    @Test
    void passwordBeyondAscii_isReported() {
        String encrypted = PemText.encrypted(EC.key(), Canary.WORD);
        assertThatThrownBy(() -> read(encrypted, Canary.WORD + "größer"))
                .isInstanceOf(PemException.class)
                .message()
                .isIn(
                        "the JDK takes only ASCII in the password of a private key; give it another one",
                        "wrong password of the private key; set tls.keyfile-password");
    }

    @Test
    void keyWithoutACurve_isReported() {
        // SEQUENCE { INTEGER 1, OCTET STRING 01 }
        String pem = "-----BEGIN EC PRIVATE KEY-----\nMAYCAQEEAQE=\n-----END EC PRIVATE KEY-----\n";
        assertThatThrownBy(() -> read(pem, null)).hasMessageStartingWith("the private key names no curve; convert it");
    }

    private static String section(String label) {
        return "-----BEGIN " + label + "-----\nAAAA\n-----END " + label + "-----\n";
    }

    private static java.security.PrivateKey read(String pem, String password) throws PemException {
        List<PemSection> sections = Pem.read(pem);
        return new PrivateKeyReader("my.key", sections, password).read();
    }
}
