package io.github.cdimqtt.support;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemObjectGenerator;

/** PEM as OpenSSL writes it, by Bouncy Castle. */
public final class PemText {
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private PemText() {}

    public static String of(X509Certificate certificate) {
        return text(() -> new JcaMiscPEMGenerator(certificate));
    }

    /** BEGIN PRIVATE KEY. */
    public static String pkcs8(PrivateKey key) {
        return text(() -> new JcaPKCS8Generator(key, null));
    }

    /** BEGIN EC PRIVATE KEY, of P-256, with the name of the curve in it. */
    public static String sec1(PrivateKey key) {
        BigInteger secret = ((java.security.interfaces.ECPrivateKey) key).getS();
        return text(() -> new PemObject(
                "EC PRIVATE KEY", new ECPrivateKey(256, secret, SECObjectIdentifiers.secp256r1).getEncoded()));
    }

    /** BEGIN RSA PRIVATE KEY, BEGIN EC PRIVATE KEY without a curve. */
    public static String traditional(PrivateKey key) {
        return text(() -> new JcaMiscPEMGenerator(key));
    }

    /** The same with Proc-Type: 4,ENCRYPTED. */
    public static String traditional(PrivateKey key, String password) {
        return text(() -> new JcaMiscPEMGenerator(
                key,
                new JcePEMEncryptorBuilder("AES-256-CBC").setProvider(PROVIDER).build(password.toCharArray())));
    }

    /** BEGIN ENCRYPTED PRIVATE KEY as OpenSSL 3 writes it: AES-256 and HMAC-SHA-256. */
    public static String encrypted(PrivateKey key, String password) {
        return encrypted(key, password, JceOpenSSLPKCS8EncryptorBuilder.AES_256_CBC);
    }

    /** The same with another cipher. */
    public static String encrypted(PrivateKey key, String password, String cipher) {
        return text(() -> new JcaPKCS8Generator(
                key,
                new JceOpenSSLPKCS8EncryptorBuilder(new ASN1ObjectIdentifier(cipher))
                        .setProvider(PROVIDER)
                        .setPRF(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256))
                        .setPassword(password.toCharArray())
                        .build()));
    }

    public static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Source {
        PemObjectGenerator get() throws Exception;
    }

    private static String text(Source source) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(source.get());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }
}
