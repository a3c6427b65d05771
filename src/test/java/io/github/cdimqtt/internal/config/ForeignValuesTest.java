package io.github.cdimqtt.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.internal.deployment.TlsValidator;
import io.github.cdimqtt.internal.net.tls.Tls;
import io.github.cdimqtt.support.PemText;
import io.github.cdimqtt.support.Seeded;
import io.github.cdimqtt.support.TestAuthority;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user wrote to a key by mistake, whichever it is: reported in one line, within a bound, and without a secret. */
class ForeignValuesTest {
    private static final int LONGEST = 1000;
    private static final List<String> VERSIONS = List.of("3.1.1", "5");
    private static final String[] PIECES = {
        "\n",
        "\r\n",
        "\u2028",
        "\u0000",
        "\u001b[2J",
        " ",
        ",",
        ":",
        "/",
        "MQTT-101: connected",
        "tls.",
        "{host}",
        "\ud83d",
        "}",
        "${",
        "\\"
    };
    private static final PrivateKey KEY = new TestAuthority("test").issue("me").key();
    private static final String PEM = PemText.pkcs8(KEY);
    private static final String BASE64 = PEM.replaceAll("-----[^-]+-----", "").replaceAll("\\s", "");

    /** What no text may hold: from the middle of the key, where it is the key's own. */
    private static final String HEART = BASE64.substring(70, 82);

    static Stream<String> keys() {
        return Settings.KEYS.stream();
    }

    private static List<String> secrets() {
        return List.of(
                PEM,
                PEM.replace("\n", "\r\n"),
                PEM.replace("\n", ""),
                PEM.replace("\n", "\\n"),
                PEM.strip().lines().skip(1).reduce("", String::concat),
                BASE64,
                "/etc/" + PEM,
                "x\n" + PEM,
                "tcp://user:" + HEART + "@broker",
                "wss://user:" + HEART + "@broker/mqtt",
                "wss://broker/mqtt?X-Amz-Signature=" + HEART,
                "broker,wss://broker/mqtt?" + HEART + ",tcp://x",
                "https://broker/?a=b&c=" + HEART,
                "HostName=hub;SharedAccessKey=" + HEART,
                "password=" + HEART,
                "eyJhbGciOiJIUzI1NiJ9." + HEART + "." + HEART);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void anyText_aboutASecretInTheWrongKey_holdsItNot(String key) {
        for (String secret : secrets()) {
            assertThat(texts(key, secret))
                    .as("what is reported of %s=%s", key, secret)
                    .noneMatch(text -> text.contains(HEART))
                    .allMatch(text -> text.lines().count() <= 1 && text.length() <= LONGEST);
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void anyText_aboutAnyValue_isOneLineWithinABound(String key) {
        Seeded.run("ForeignValuesTest of " + key, random -> {
            for (int i = 0; i < 40; i++) {
                StringBuilder value =
                        new StringBuilder("x".repeat(random.nextInt(3) == 0 ? random.nextInt(70_000) : 0));
                for (int n = random.nextInt(6); n >= 0; n--) {
                    value.append(Seeded.oneOf(random, PIECES));
                }
                assertThat(texts(key, value.toString()))
                        .allMatch(text -> text.lines().count() <= 1 && text.length() <= LONGEST);
            }
        });
    }

    @Test
    void keyTextInPlaceOfAFile_isRefusedWithTheRemedy() {
        assertThat(texts("tls.keyfile", PEM))
                .contains(
                        "MQTT-001: mqtt.tls.keyfile='-----BEGIN ***': is PEM itself; write that to a file and its path"
                                + " here (app.properties)");
    }

    @Test
    void expressionWithinAnExpression_isToldAsItIsWritten() {
        List<String> problems = new ArrayList<>();
        reader(Map.of("mqtt.username", "${${mqtt.password}}", "mqtt.password", HEART), problems)
                .read("default");
        assertThat(problems)
                .containsExactly("MQTT-004: mqtt.username: ${${mqtt.password}} has no value; set ${mqtt.password} or"
                        + " write ${${mqtt.password}:default}; write \\${ where no expression is meant");
    }

    @ParameterizedTest
    @EnumSource
    void read_ofSecretsThatLookLikeExpressions_showsNothingOfThem(Sources sources) {
        List<String> problems = new ArrayList<>();
        ConfigReader reader = reader(
                sources.of(
                        Map.of(
                                "mqtt.password", "${BROKER_PASSWORD}",
                                "mqtt.username", "${user}",
                                "mqtt.tls.keystore-password", "p$a${canary}w",
                                "mqtt.last-will.message", "p$a${canary",
                                "mqtt.client-id", "a-${BROKER_PASSWORD}"),
                        Map.of("BROKER_PASSWORD", "p$a${canary}w")),
                problems);
        assertThat(reader.read("default")).isNull();
        assertThat(problems)
                .allMatch(problem -> problem.startsWith("MQTT-004: mqtt."))
                .allMatch(problem -> problem.endsWith("; write \\${ where no expression is meant"))
                .noneMatch(problem -> problem.contains("canary") || problem.contains("p$a"))
                .hasSize(5)
                .contains(
                        "MQTT-004: mqtt.password: in the value of ${BROKER_PASSWORD} an expression has no value or no end, or leads back to it; write \\${ where no expression is meant",
                        "MQTT-004: mqtt.username: ${user} has no value; set user or write ${user:default}; write \\${ where no expression is meant",
                        "MQTT-004: mqtt.tls.keystore-password: an expression in it has no value; write \\${ where no expression is meant");
    }

    @ParameterizedTest
    @EnumSource
    void read_ofASecretWithAnEscapedDollar_isThatSecret(Sources sources) {
        ConfigReader reader = reader(
                sources.of(
                        Map.of("mqtt.username", "u", "mqtt.password", "${BROKER_PASSWORD}"),
                        Map.of("BROKER_PASSWORD", "p$a\\${q}w")),
                new ArrayList<>());
        assertThat(reader.read("default").password()).isEqualTo("p$a${q}w");
    }

    /** Everything reported of a value, on each way that it can take. */
    private List<String> texts(String key, String value) {
        List<String> texts = new ArrayList<>();
        for (String connection : List.of("", "plant.")) {
            for (String version : VERSIONS) {
                Map<String, String> values = new HashMap<>(Map.of("mqtt.plant.broker-url", "x"));
                values.put("mqtt." + connection + "protocol-version", version);
                values.put("mqtt." + connection + key, value);
                ConfigReader reader = reader(values, texts);
                MqttConfig config = reader.read(connection.isEmpty() ? "default" : "plant");
                reader.warnOfUnknownKeys(List.of());
                if (config != null) {
                    texts.add(config.toString());
                    new TlsValidator(problem -> texts.add(problem.toString())).validate("mqtt.", config);
                }
            }
        }
        VERSIONS.forEach(version -> build(version, key, value, texts));
        return texts;
    }

    private static void build(String version, String key, String value, List<String> texts) {
        try {
            MqttConfig.Builder builder = MqttConfig.builder()
                    .protocolVersion(version)
                    .tls(tls -> tls.enabled(true).certfile("no-such-file"));
            SettingTest.of(key).read(value, builder);
            MqttConfig config = builder.build();
            texts.add(config.toString());
            texts.add(String.valueOf(config.lastWill()));
            Tls tls = new Tls(config.tls());
            tls.faults().forEach(fault -> add(fault, texts));
            tls.warnings().forEach(fault -> add(fault, texts));
        } catch (MqttException e) {
            e.getMessage().lines().forEach(texts::add); // a contradiction each
            Stream.of(e.getSuppressed()).forEach(each -> add(each, texts));
        }
    }

    /** What a stack trace shows. */
    private static void add(Throwable failure, List<String> texts) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            texts.add(each.toString());
        }
    }

    private static ConfigReader reader(Map<String, String> values, List<String> texts) {
        return reader(Sources.BUILT_IN.of(values, Map.of()), texts);
    }

    private static ConfigReader reader(Configuration configuration, List<String> texts) {
        return new ConfigReader(configuration, problem -> texts.add(problem.toString()));
    }
}
