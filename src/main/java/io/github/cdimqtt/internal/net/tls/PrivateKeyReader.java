package io.github.cdimqtt.internal.net.tls;

import io.github.cdimqtt.internal.text.Printable;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.jspecify.annotations.Nullable;

/** Reads a private key from the sections of a PEM file: PKCS#8, encrypted or not, PKCS#1 and SEC 1. */
final class PrivateKeyReader {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS", "DSA");

    /** The limit of the JDK's PKCS12. */
    private static final int MOST_ROUNDS = 5_000_000;

    private final String file;
    private final List<PemSection> sections;
    private final @Nullable String password;

    /**
     * Creates a reader.
     *
     * @param file the name of the file, for the commands that messages propose
     * @param password the password of the key; null for none
     */
    PrivateKeyReader(String file, List<PemSection> sections, @Nullable String password) {
        this.file = file;
        this.sections = sections;
        this.password = password;
    }

    /** Returns the first key. */
    PrivateKey read() throws PemException {
        PemSection section = sections.stream()
                .filter(PemSection::isKey)
                .findFirst()
                .orElseThrow(() -> new PemException("there is no private key in it"));
        if (section.encrypted()) {
            throw new PemException("the private key is encrypted in OpenSSL's old way; " + convert());
        }
        return switch (section.label()) {
            case "PRIVATE KEY" -> key(section.bytes());
            case "RSA PRIVATE KEY" -> key(Der.ofPkcs1(section.bytes()));
            case "EC PRIVATE KEY" -> key(Der.ofSec1(section.bytes(), curve(section)));
            case "ENCRYPTED PRIVATE KEY" -> decrypt(section);
            case "OPENSSH PRIVATE KEY" ->
                throw new PemException("OpenSSH's own format can't be read; convert it: ssh-keygen -p -m PKCS8 -f '"
                        + Printable.of(file) + "'");
            default -> throw new PemException("a " + section.label() + " can't be read; " + convert());
        };
    }

    /** OpenSSL writes the curve into a section of its own and into the key, or only into one of them. */
    private byte[] curve(PemSection key) throws PemException {
        byte[] curve = Der.curveOf(key.bytes());
        return curve.length > 0
                ? curve
                : sections.stream()
                        .filter(section -> section.label().equals("EC PARAMETERS"))
                        .findFirst()
                        .orElseThrow(() -> new PemException("the private key names no curve; " + convert()))
                        .bytes();
    }

    private PrivateKey decrypt(PemSection section) throws PemException {
        if (password == null) {
            throw new PemException("the private key is encrypted; set tls.keyfile-password");
        }
        EncryptedPrivateKeyInfo info;
        SecretKey secret;
        Cipher cipher;
        try {
            info = new EncryptedPrivateKeyInfo(section.bytes());
            checkRounds(info);
            String algorithm = algorithm(info);
            secret = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(password.toCharArray()));
            cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE, secret, info.getAlgParameters());
        } catch (PemException e) {
            throw e;
        } catch (InvalidKeySpecException e) {
            throw new PemException("the JDK takes only ASCII in the password of a private key; give it another one");
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new PemException("the JDK can't read how the private key is encrypted; " + convert());
        }
        try {
            return key(info.getKeySpec(cipher).getEncoded());
        } catch (InvalidKeySpecException | PemException | RuntimeException e) {
            throw new PemException("wrong password of the private key; set tls.keyfile-password");
        }
    }

    /** A file that demands two thousand million rounds would keep the deployment busy for an hour. */
    private void checkRounds(EncryptedPrivateKeyInfo info) throws GeneralSecurityException, PemException {
        int rounds =
                info.getAlgParameters().getParameterSpec(PBEParameterSpec.class).getIterationCount();
        if (rounds > MOST_ROUNDS) {
            throw new PemException(String.format(
                            Locale.ROOT,
                            "the private key wants %,d rounds of its password, more than %,d; ",
                            rounds,
                            MOST_ROUNDS)
                    + convert());
        }
    }

    /** The parameters of PBES2 name the algorithm. */
    private static String algorithm(EncryptedPrivateKeyInfo info) {
        String name = info.getAlgName();
        boolean pbes2 = name.equals("PBES2") || name.equals("1.2.840.113549.1.5.13");
        return pbes2 ? String.valueOf(info.getAlgParameters()) : name;
    }

    private static PrivateKey key(byte[] pkcs8) throws PemException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (GeneralSecurityException | RuntimeException e) {
                // The name of the scheme is all that is known.
            }
        }
        throw new PemException("the private key in it is damaged, or of a kind that the JDK does not know");
    }

    private String convert() {
        return "convert it: openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -in '" + Printable.of(file)
                + "' -out '" + Printable.of(file) + ".pkcs8'";
    }
}
