package io.github.cdimqtt.internal.config;

import static java.util.Map.entry;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.OnFailure;
import io.github.cdimqtt.PublishInTransaction;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.value.Limits;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The formats that belong to one setting each: its words, those of Python and paho-mqtt included. */
final class ValueFormats {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12}) ?(kib|mib|b|)");

    /** Text that the builder takes apart, empty or not. */
    static final ValueFormat<String> ADDRESSES = new ValueFormat<>(text -> text, text -> null);

    /** Whether it is WebSocket. */
    static final ValueFormat<Boolean> TRANSPORT =
            ValueFormat.choice("write tcp or websockets", Map.of("tcp", false, "websockets", true));

    static final ValueFormat<String> PROTOCOL_VERSION =
            ValueFormat.words(ValueFormats::protocolVersion, Limits.PROTOCOL_VERSION);

    static final ValueFormat<String> LIBRARY = ValueFormat.words(word -> word, Limits.LIBRARY);

    static final ValueFormat<Qos> QOS = ValueFormat.choice(
            "write 0, 1 or 2",
            Map.of(
                    "0",
                    Qos.AT_MOST_ONCE,
                    "at_most_once",
                    Qos.AT_MOST_ONCE,
                    "1",
                    Qos.AT_LEAST_ONCE,
                    "at_least_once",
                    Qos.AT_LEAST_ONCE,
                    "2",
                    Qos.EXACTLY_ONCE,
                    "exactly_once",
                    Qos.EXACTLY_ONCE));

    static final ValueFormat<OnFailure> ON_FAILURE = ValueFormat.words(
            ValueFormats::onFailure, value -> value == OnFailure.DEFAULT ? Limits.UNKNOWN_ON_FAILURE : null);

    static final ValueFormat<PublishInTransaction> PUBLISH_IN_TRANSACTION = ValueFormat.choice(
            "write now, after-commit or outbox",
            Map.of(
                    "now", PublishInTransaction.NOW,
                    "after-commit", PublishInTransaction.AFTER_COMMIT,
                    "after_commit", PublishInTransaction.AFTER_COMMIT,
                    "outbox", PublishInTransaction.OUTBOX));

    /** Whether the broker needs a certificate that is trusted; Flask-MQTT's documents write {@code True} too. */
    static final ValueFormat<Boolean> CERT_REQS = ValueFormat.choice(
            "write required or none",
            Map.ofEntries(
                    entry("required", true),
                    entry("cert_required", true),
                    entry("ssl.cert_required", true),
                    entry("2", true),
                    entry("true", true),
                    // A client that sends no certificate request: the same as required.
                    entry("optional", true),
                    entry("cert_optional", true),
                    entry("ssl.cert_optional", true),
                    entry("1", true),
                    entry("none", false),
                    entry("cert_none", false),
                    entry("ssl.cert_none", false),
                    entry("0", false),
                    entry("false", false)));

    static final ValueFormat<String> TLS_VERSION = ValueFormat.words(ValueFormats::tlsVersion, Limits.TLS_VERSION);

    static final ValueFormat<List<String>> ALPN = new ValueFormat<>(
            text -> text.isBlank()
                    ? null
                    : Stream.of(text.split(",")).map(String::strip).toList(),
            Limits.ALPN);

    static final ValueFormat<String> STORE_TYPE =
            ValueFormat.words(word -> word.equals("p12") ? "PKCS12" : word.toUpperCase(Locale.ROOT), Limits.STORE_TYPE);

    static final ValueFormat<Integer> SIZE_OF_PACKET = new ValueFormat<>(ValueFormats::size, Limits.MAX_MESSAGE_SIZE);

    /** A period in seconds, or for ever. */
    static final ValueFormat<Duration> SESSION_EXPIRY = new ValueFormat<>(ValueFormats::sessionExpiry, Limits.EXPIRY);

    static final ValueFormat<List<Map.Entry<String, String>>> USER_PROPERTIES =
            new ValueFormat<>(ValueFormats::userProperties, Limits.USER_PROPERTIES);

    static final ValueFormat<Path> DIRECTORY = new ValueFormat<>(ValueFormats::path, Limits.DIRECTORY);

    private ValueFormats() {}

    private static String protocolVersion(String word) {
        return switch (word) {
            case "4", "mqttv311" -> "3.1.1";
            case "3", "mqttv31" -> "3.1";
            case "5.0", "mqttv5" -> "5";
            default -> word;
        };
    }

    private static OnFailure onFailure(String word) {
        return switch (word.replace('_', '-')) {
            case "ack" -> OnFailure.ACK;
            case "redeliver" -> OnFailure.REDELIVER;
            case "dead-letter" -> OnFailure.DEAD_LETTER;
            default -> OnFailure.DEFAULT;
        };
    }

    /** None for the choice of the JDK. Python's numbers: 2 and 16 negotiate, 3 to 5 are TLS 1.0 to 1.2. */
    private static @Nullable String tlsVersion(String word) {
        String version = word.replaceFirst("^ssl\\.", "");
        return switch (version) {
            case "tlsv1.3", "1.3" -> "TLSv1.3";
            case "tlsv1.2", "1.2", "protocol_tlsv1_2", "5" -> "TLSv1.2";
            case "tlsv1.1", "1.1", "protocol_tlsv1_1", "4" -> "TLSv1.1";
            case "tlsv1", "tlsv1.0", "1.0", "protocol_tlsv1", "3" -> "TLSv1";
            case "protocol_tls", "protocol_tls_client", "protocol_sslv23", "2", "16" -> null;
            default -> version;
        };
    }

    private static Duration sessionExpiry(String text) {
        if (text.strip().equalsIgnoreCase("never")) {
            return MqttConfig.NEVER;
        }
        try {
            return DurationFormat.parse(text);
        } catch (MqttException e) {
            throw new MqttException(e.getMessage() + ", or never");
        }
    }

    private static @Nullable List<Map.Entry<String, String>> userProperties(String text) {
        return text.isBlank()
                ? null
                : Stream.of(text.split(",", -1)).map(ValueFormats::userProperty).toList();
    }

    private static Map.Entry<String, String> userProperty(String text) {
        int equals = text.indexOf('=');
        if (equals < 0 || text.substring(0, equals).isBlank()) {
            throw new MqttException("not a comma list of name=value; set a value with a comma in code");
        }
        return entry(
                text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }

    private static @Nullable Path path(String text) {
        // Before a path is made of it, which looks different; what ends a string is said in the words of the JDK.
        String wrong = text.indexOf('\0') >= 0 ? null : Limits.FILE.fault(text);
        if (wrong != null) {
            throw new MqttException(wrong);
        }
        try {
            return text.isEmpty() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            throw new MqttException("not a path; " + e.getReason());
        }
    }

    private static Integer size(String text) {
        Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw new MqttException("not a size; write 1048576, 64KiB or 1MiB");
        }
        int unit = size.group(2).startsWith("k") ? 1024 : size.group(2).startsWith("m") ? 1024 * 1024 : 1;
        long bytes = Long.parseLong(size.group(1)) * unit;
        // 256 MiB is what everybody calls the limit; it is a byte less.
        return bytes == Limits.MAX_PACKET + 1L ? Limits.MAX_PACKET : (int) Math.min(bytes, Integer.MAX_VALUE);
    }
}
