package io.github.cdimqtt.internal.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.github.cdimqtt.support.Canary;
import io.github.cdimqtt.support.Seeded;
import io.github.cdimqtt.support.TestAuthority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Test;

/** Keys of valid PEM with damaged bytes: each is read or reported with a reason, and takes little memory. */
class KeyFuzzTest {
    private static final int INPUTS = 100_000;

    /** Fewer inputs, as decrypting takes long. */
    private static final int ENCRYPTED = 1_000;

    /** Memory that the JDK's own classes take at their first use, with a margin. */
    private static final long MOST = 8_000_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String CIPHER = "PBEWithHmacSHA256AndAES_256";
    private static final byte[] CURVE = {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7};

    /** Keys damaged before or after encryption. */
    @Test
    void anyEncryptedKey_isDecryptedOrReported() {
        Seeded.run("KeyFuzzTest, encrypted keys", random -> {
            byte[] key = new TestAuthority("fuzz").issue("me").key().getEncoded();
            SecretKey secret = secret();
            Map<String, Integer> outcomes = new TreeMap<>();
            for (int i = 0; i < ENCRYPTED; i++) {
                boolean inside = random.nextBoolean();
                byte[] encrypted = encrypt(secret, inside ? damaged(random, key) : key);
                String reason = tryToRead(inside ? encrypted : damaged(random, encrypted));
                outcomes.merge(reason == null ? "read" : reason.replaceFirst("[;:].*", ""), 1, Integer::sum);
            }
            assertThat(outcomes)
                    .hasEntrySatisfying("read", count -> assertThat(count).isGreaterThan(ENCRYPTED / 10))
                    .hasEntrySatisfying(
                            "wrong password of the private key",
                            count -> assertThat(count).isGreaterThan(ENCRYPTED / 10));
        });
    }

    /** Wrong lengths: the one thing in a key that is not parsed by the JDK. */
    @Test
    void anyLengths_inAnEllipticCurveKey_areReadOrReported() {
        Seeded.run("KeyFuzzTest, lengths", random -> {
            int read = 0;
            for (int i = 0; i < INPUTS; i++) {
                byte[] curve = value(random, 0xa0, CURVE);
                byte[] secret = new byte[1 + random.nextInt(40)];
                random.nextBytes(secret);
                byte[] content = join(value(random, 2, new byte[] {1}), value(random, 4, secret), curve);
                byte[] key = value(random, Der.SEQUENCE, content);
                try {
                    byte[] found = measured(() -> Der.curveOf(key));
                    read += found.length == 0 || Arrays.equals(found, CURVE) ? 1 : 0;
                } catch (PemException e) {
                    assertThat(e).hasMessage("the private key in it is damaged");
                }
            }
            assertThat(read).isBetween(INPUTS / 100, INPUTS * 9 / 10);
        });
    }

    /** Returns the reason why an encrypted key can't be used; null if it can. */
    private static String tryToRead(byte[] encrypted) {
        List<PemSection> sections = List.of(new PemSection("ENCRYPTED PRIVATE KEY", false, encrypted));
        try {
            measured(() -> new PrivateKeyReader("f", sections, Canary.WORD).read());
            return null;
        } catch (PemException e) {
            assertThat(e).hasNoCause().message().isNotBlank().doesNotContain(Canary.WORD);
            return e.getMessage();
        }
    }

    private interface Reading<T> {
        T read() throws PemException;
    }

    /** Reads a key, and fails if that takes much more memory than the input has bytes. */
    private static <T> T measured(Reading<T> reading) throws PemException {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            return reading.read();
        } finally {
            long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
            if (taken > MOST) {
                fail("took " + taken + " bytes");
            }
        }
    }

    private static byte[] damaged(Random random, byte[] key) {
        byte[] damaged = key.clone();
        for (int i = random.nextInt(3); i > 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        return random.nextInt(8) > 0 ? damaged : Arrays.copyOf(damaged, random.nextInt(damaged.length));
    }

    /** A value of DER; one in four declares a length that is too long or too short. */
    private static byte[] value(Random random, int tag, byte[] content) {
        int length = random.nextInt(4) > 0 ? content.length : random.nextInt(1 << random.nextInt(25));
        int digits = Math.max(random.nextInt(4), length > 0xffff ? 3 : length > 0xff ? 2 : length > 0x7f ? 1 : 0);
        byte[] head = new byte[2 + digits];
        head[0] = (byte) tag;
        head[1] = (byte) (digits == 0 ? length : 0x80 | digits);
        for (int i = 0; i < digits; i++) {
            head[2 + i] = (byte) (length >> 8 * (digits - 1 - i));
        }
        return join(head, content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Stream.of(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static SecretKey secret() {
        try {
            return SecretKeyFactory.getInstance(CIPHER).generateSecret(new PBEKeySpec(Canary.WORD.toCharArray()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Encrypts as OpenSSL 3 does, but with one round of key derivation in place of thousands. */
    private static byte[] encrypt(SecretKey secret, byte[] key) {
        byte[] salt = new byte[8];
        byte[] start = new byte[16];
        AlgorithmIdentifier hash = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256);
        PBES2Parameters parameters = new PBES2Parameters(
                new KeyDerivationFunc(PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(salt, 1, 32, hash)),
                new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(start)));
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(Cipher.ENCRYPT_MODE, secret, new PBEParameterSpec(salt, 1, new IvParameterSpec(start)));
            return new EncryptedPrivateKeyInfo(
                            new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters), cipher.doFinal(key))
                    .getEncoded();
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }
}
