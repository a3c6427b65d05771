package io.github.cdimqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingTest {
    private static final int FUZZ_INPUTS = 100_000;

    /** What faults and values are made of. */
    private static final String[] PIECES = {
        "",
        " ",
        ",",
        ":",
        "/",
        "//",
        "://",
        "@",
        "?",
        "#",
        "[",
        "]",
        "{",
        "}",
        "%",
        ".",
        "-",
        "_",
        "+",
        "\0",
        "\n",
        "\ud83d",
        "\udc00",
        "ä",
        "tcp",
        "ssl",
        "ws",
        "wss",
        "mqtt",
        "host",
        "::1",
        "0",
        "1",
        "5",
        "65535",
        "65536",
        "2147483648",
        "9223372036854775808",
        "s",
        "ms",
        "m",
        "h",
        "PT",
        "P",
        "T",
        "KiB",
        "MiB",
        "true",
        "None",
        "CERT_",
        "TLSv1.",
        "{host}",
        "{random}",
        "ack",
        "dead-letter",
        "\u2028",
        "canary"
    };

    /** The table of the contract, by hand. */
    @Test
    void keys_areThoseOfTheContract() {
        assertThat(MqttConfig.keys()).containsExactly("""
                        broker-url broker-port client-id clean-session username password keepalive
                        connection-timeout transport protocol-version tls.enabled tls.ca-certs tls.certfile
                        tls.keyfile tls.keyfile-password tls.cert-reqs tls.version tls.ciphers tls.alpn tls.insecure
                        tls.keystore tls.keystore-password tls.keystore-type tls.truststore
                        tls.truststore-password tls.truststore-type last-will.topic last-will.message
                        last-will.qos last-will.retain presence.topic connect-async enabled fail-fast
                        reconnect.min-delay reconnect.max-delay max-inflight offline-buffer persistence-directory
                        dispatch.concurrency dispatch.queue-capacity on-failure dead-letter-topic shutdown-timeout
                        max-message-size
                        """.split("\\s+"));
    }

    @ParameterizedTest
    @EnumSource
    void description_ofEachSetting_isOneLine(Setting setting) {
        assertThat(setting.description())
                .isNotBlank()
                .hasLineCount(1)
                .doesNotEndWith(".")
                .hasSizeLessThan(120);
    }

    @ParameterizedTest
    @EnumSource
    void defaultText_ofEachSetting_isOneOfItsValues(Setting setting) {
        if (setting.defaultText() != null) {
            assertThat(setting.defaultValue()).isNotNull().isEqualTo(setting.read(setting.defaultText()));
        }
    }

    @Test
    void secrets_areThese() {
        List<String> secrets = new ArrayList<>();
        Setting.all().forEach((key, setting) -> {
            if (setting.secret()) {
                secrets.add(key);
            }
        });
        assertThat(secrets)
                .containsExactly(
                        "username",
                        "password",
                        "tls.keyfile-password",
                        "tls.keystore-password",
                        "tls.truststore-password",
                        "last-will.message");
    }

    @Test
    void set_ofAnyText_givesAValueOrAnMqttException() {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        System.out.println("SettingTest: fuzz.seed=" + seed);
        Random random = new Random(seed);
        List<String> keys = List.copyOf(MqttConfig.keys());
        for (int i = 0; i < FUZZ_INPUTS; i++) {
            String key = keys.get(random.nextInt(keys.size()));
            String text = text(random);
            assertThatCode(() -> fuzz(key, text))
                    .as("%s='%s', seed %d", key, text, seed)
                    .doesNotThrowAnyException();
        }
    }

    private static void fuzz(String key, String text) {
        try {
            MqttConfig config = MqttConfig.builder().set(key, text).build();
            assertThat(config.serverUris())
                    .allMatch(uri -> uri.matches("(tcp|ssl|wss?)://[^@?#]+:[0-9]+([/?][^@#]*)?"));
            assertThat(config.toString()).doesNotContain("\0");
        } catch (MqttException e) {
            assertThat(e.getMessage().lines()).allMatch(line -> !line.isBlank());
            if (Setting.all().get(key).secret()) {
                assertThat(e.getMessage()).doesNotContain("canary");
            }
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            text.append(
                    random.nextInt(20) == 0
                            ? Character.toString(random.nextInt(0x110000))
                            : PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
