package io.github.cdimqtt.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.cdimqtt.LastWill;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.OutboxConfig;
import io.github.cdimqtt.ReconnectConfig;
import io.github.cdimqtt.TlsConfig;
import io.github.cdimqtt.internal.value.Faults;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {
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
        "never",
        "=",
        "canary"
    };

    /** The table of the contract, by hand. */
    @Test
    void keys_areThoseOfTheContract() {
        assertThat(Settings.KEYS).containsExactly("""
                        broker-url broker-port client-id clean-session username password keepalive
                        connection-timeout transport protocol-version library tls.enabled tls.ca-certs
                        tls.certfile tls.keyfile tls.keyfile-password tls.cert-reqs tls.version tls.ciphers tls.alpn tls.insecure
                        tls.keystore tls.keystore-password tls.keystore-type tls.truststore
                        tls.truststore-password tls.truststore-type last-will.topic last-will.message
                        last-will.qos last-will.retain last-will.delay last-will.expiry last-will.content-type
                        last-will.response-topic last-will.user-properties presence.topic connect-async enabled fail-fast
                        reconnect.min-delay reconnect.max-delay max-inflight offline-buffer persistence-directory
                        dispatch.concurrency dispatch.queue-capacity on-failure dead-letter-topic
                        publish-in-transaction outbox.data-source outbox.table outbox.create outbox.interval outbox.attempts
                        shutdown-timeout
                        max-message-size session-expiry receive-maximum topic-alias-maximum subscription-identifiers
                        no-local retain-as-published user-properties reply-topic request-timeout
                        """.split("\\s+"));
    }

    static Stream<Setting<?>> settings() {
        return Settings.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void description_ofEachSetting_isOneLine(Setting<?> setting) {
        assertThat(setting.description())
                .isNotBlank()
                .hasLineCount(1)
                .doesNotEndWith(".")
                .hasSizeLessThan(120);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void defaultText_ofEachSetting_isWhatTheBuilderBeginsWith(Setting<?> setting) {
        boolean ofVersion = setting.key().equals("protocol-version");
        MqttConfig.Builder builder = MqttConfig.builder().protocolVersion(ofVersion ? "3.1.1" : "5");
        if (setting.defaultText() != null) {
            setting.read(setting.defaultText(), builder);
        }
        // A last will is shown as far as it was set.
        assertThat(builder.lastWill(will -> will.topic("w")).build().toString())
                .isEqualTo("MqttConfig[" + (ofVersion ? "" : "protocol-version=5, ") + "last-will.topic=w"
                        + switch (setting.key()) {
                            case "last-will.qos" -> ", last-will.qos=AT_MOST_ONCE]";
                            case "last-will.retain" -> ", last-will.retain=false]";
                            default -> "]";
                        });
    }

    @Test
    void setters_areNamedAfterTheKeys() {
        Map<String, String> others = Map.of(
                "transport", "webSockets",
                "tls.certReqs", "tls.certRequired",
                "lastWill.message", "lastWill.payload",
                "presence.topic", "presenceTopic",
                "dispatch.concurrency", "dispatchConcurrency",
                "dispatch.queueCapacity", "dispatchQueueCapacity");
        Set<String> setters = new TreeSet<>();
        setters.addAll(setters("", MqttConfig.Builder.class));
        setters.addAll(setters("tls.", TlsConfig.Builder.class));
        setters.addAll(setters("lastWill.", LastWill.Builder.class));
        setters.addAll(setters("reconnect.", ReconnectConfig.Builder.class));
        setters.addAll(setters("outbox.", OutboxConfig.Builder.class));
        setters.removeAll(Set.of("tls", "lastWill", "reconnect", "outbox"));
        assertThat(setters)
                .isEqualTo(Settings.KEYS.stream()
                        .map(key -> Pattern.compile("-(.)")
                                .matcher(key)
                                .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT)))
                        .map(name -> others.getOrDefault(name, name))
                        .collect(Collectors.toSet()));
    }

    private static Set<String> setters(String group, Class<?> builder) {
        return Stream.of(builder.getMethods())
                .filter(method -> method.getReturnType() == builder && method.getParameterCount() == 1)
                .map(method -> group + method.getName())
                .collect(Collectors.toSet());
    }

    @Test
    void secrets_areThese() {
        assertThat(Settings.KEYS.stream().filter(Faults::isSecret))
                .containsExactly(
                        "username",
                        "password",
                        "tls.keyfile-password",
                        "tls.keystore-password",
                        "tls.truststore-password",
                        "last-will.message",
                        "last-will.user-properties",
                        "user-properties");
    }

    @Test
    void set_ofAnyText_givesAValueOrAnMqttException() {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        System.out.println("SettingsTest: fuzz.seed=" + seed);
        Random random = new Random(seed);
        List<String> keys = Settings.KEYS;
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
            MqttConfig.Builder builder = MqttConfig.builder().protocolVersion("5");
            SettingTest.of(key).read(text, builder);
            MqttConfig config = builder.build();
            assertThat(config.serverUris())
                    .allMatch(uri -> uri.matches("(tcp|ssl|wss?)://[^@?#]+:[0-9]+([/?][^@#]*)?"));
            assertThat(config.toString()).doesNotContain("\0");
        } catch (MqttException e) {
            assertThat(e.getMessage().lines()).allMatch(line -> !line.isBlank());
            if (Faults.isSecret(key)) {
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
