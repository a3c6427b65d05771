package io.github.cdimqtt.support;

import io.github.cdimqtt.TlsConfig;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority that exists for one test. */
public final class TestAuthority {
    private static final Duration YEAR = Duration.ofDays(365);

    private final X500Principal name;
    private final KeyPair keys = generate("EC");
    private final X509Certificate certificate;

    public TestAuthority(String name) {
        this.name = new X500Principal("CN=" + name);
        this.certificate = sign(this.name, keys, true, Instant.now().plus(YEAR), new GeneralName[0]);
    }

    /** Its own certificate. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** Writes its own certificate. */
    public Path write(Path file) {
        return PemText.write(file, PemText.of(certificate));
    }

    /** Settings that trust it alone, by a file that is written into this directory. */
    public TlsConfig.Builder trusted(Path directory) {
        return TlsConfig.builder().caCerts(write(directory.resolve("ca.pem")).toString());
    }

    /** A certificate for hosts, the first of which is its name too. */
    public TestIdentity issue(String... hosts) {
        return issue("EC", Instant.now().plus(YEAR), hosts);
    }

    /** A certificate that was valid until yesterday. */
    public TestIdentity issueExpired(String... hosts) {
        return issue("EC", Instant.now().minus(Duration.ofDays(1)), hosts);
    }

    /** A certificate that is valid from next year on. */
    public TestIdentity issueForNextYear(String... hosts) {
        return issue("EC", Instant.now().plus(YEAR).plus(YEAR).plus(YEAR), hosts);
    }

    /** A certificate of a key of this algorithm. */
    public TestIdentity issueOf(String algorithm, String... hosts) {
        return issue(algorithm, Instant.now().plus(YEAR), hosts);
    }

    private TestIdentity issue(String algorithm, Instant end, String... hosts) {
        KeyPair pair = generate(algorithm);
        GeneralName[] names = Stream.of(hosts)
                .map(host -> new GeneralName(
                        host.matches("[0-9.]+|.*:.*") ? GeneralName.iPAddress : GeneralName.dNSName, host))
                .toArray(GeneralName[]::new);
        X509Certificate issued = sign(new X500Principal("CN=" + hosts[0]), pair, false, end, names);
        return new TestIdentity(pair.getPrivate(), issued, certificate);
    }

    private X509Certificate sign(
            X500Principal subject, KeyPair pair, boolean authority, Instant end, GeneralName[] hosts) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name,
                    new BigInteger(64, ThreadLocalRandom.current()),
                    Date.from(end.minus(YEAR).minus(YEAR)),
                    Date.from(end),
                    subject,
                    pair.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (hosts.length > 0) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(hosts));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair generate(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (!algorithm.startsWith("Ed")) {
                generator.initialize(algorithm.equals("EC") ? 256 : 2048);
            }
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
