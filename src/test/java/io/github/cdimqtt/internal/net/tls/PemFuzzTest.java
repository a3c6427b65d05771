package io.github.cdimqtt.internal.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.cdimqtt.support.Canary;
import io.github.cdimqtt.support.PemText;
import io.github.cdimqtt.support.Seeded;
import io.github.cdimqtt.support.TestAuthority;
import io.github.cdimqtt.support.TestIdentity;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files that look like certificates and keys: each is read, or reported with a reason that holds nothing of it. */
class PemFuzzTest {
    private static final int INPUTS = 100_000;
    private static final String[] PIECES = {
        "-----BEGIN ",
        "-----END ",
        "PRIVATE KEY",
        "CERTIFICATE",
        "RSA ",
        "EC ",
        "ENCRYPTED ",
        "-----",
        "\n",
        "\r\n",
        "=",
        "AAAA",
        "MAYCAQEEAQE=",
        "Proc-Type: 4,ENCRYPTED\n",
        ":",
        "\0",
        "\uFFFD",
        " "
    };

    private final TestIdentity ec = new TestAuthority("fuzz").issue("me");
    private final String[] files = {
        PemText.of(ec.certificate()),
        PemText.pkcs8(ec.key()),
        PemText.sec1(ec.key()),
        PemText.encrypted(ec.key(), Canary.WORD),
        PemText.traditional(ec.key(), Canary.WORD),
        PemText.sec1(ec.key()) + PemText.of(ec.certificate())
    };

    @Test
    void anyFile_isReadOrReported() {
        Seeded.run("PemFuzzTest", random -> {
            int read = 0;
            for (int i = 0; i < INPUTS; i++) {
                String text = random.nextInt(4) == 0 ? nonsense(random) : damaged(random, Seeded.oneOf(random, files));
                read += tryToRead(text) ? 1 : 0;
            }
            assertThat(read).isBetween(INPUTS / 100, INPUTS * 9 / 10); // both outcomes occur
        });
    }

    private static boolean tryToRead(String text) {
        try {
            List<PemSection> sections = Pem.read(text);
            if (sections.stream().anyMatch(PemSection::isCertificate)) {
                CertificateReader.read(sections);
            } else {
                new PrivateKeyReader("f", sections, null).read();
            }
            return true;
        } catch (PemException e) {
            String message = String.valueOf(e.getMessage());
            if (message.isBlank() || message.length() > 300 || e.getCause() != null) {
                fail(message);
            }
            return false;
        }
    }

    private static String nonsense(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(Seeded.oneOf(random, PIECES));
        }
        return text.toString();
    }

    /** Damages mostly the bytes within the base64, so that more than the base64 is tested. */
    private static String damaged(Random random, String file) {
        StringBuilder text = new StringBuilder(file);
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(6)) {
                case 0 -> text.setLength(at);
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.insert(at, Seeded.oneOf(random, PIECES));
                default ->
                    text.setCharAt(
                            at, (char) (random.nextBoolean() ? 'A' + random.nextInt(26) : '0' + random.nextInt(10)));
            }
            if (text.length() == 0) {
                break;
            }
        }
        return text.toString();
    }
}
