package io.github.cdimqtt;

import static java.time.temporal.ChronoUnit.SECONDS;
import static java.util.Map.entry;

import io.github.cdimqtt.internal.text.MqttText;
import io.github.cdimqtt.internal.text.Printable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The formats that belong to one setting each: its words, those of Python and paho-mqtt included. */
final class Words {
    static final String WEB_SOCKETS = "websockets";
    static final String REQUIRED = "required";

    private static final String NONE = "none";
    private static final String ON_FAILURE_WORDS = "write ack, redeliver or dead-letter";

    /** MQTT's own limit: four bytes of remaining length (MQTT 3.1.1, section 2.2.3). */
    private static final int MAX_PACKET = 268_435_455;

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12}) ?(kib|mib|b|)");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    static final Format<String> TRANSPORT =
            Format.choice("write tcp or websockets", Map.of("tcp", "tcp", WEB_SOCKETS, WEB_SOCKETS));

    static final Format<String> PROTOCOL_VERSION = Format.choice(Words::protocolVersion);

    static final Format<Qos> QOS = Format.choice(
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

    static final Format<OnFailure> ON_FAILURE =
            new Format<>(Words::onFailure, value -> value == OnFailure.DEFAULT ? "unknown; " + ON_FAILURE_WORDS : null);

    /** What is asked of the broker's certificate; Flask-MQTT's documents write {@code True} too. */
    static final Format<String> CERT_REQS = Format.choice(
            "write required or none",
            Map.ofEntries(
                    entry("required", REQUIRED),
                    entry("cert_required", REQUIRED),
                    entry("ssl.cert_required", REQUIRED),
                    entry("2", REQUIRED),
                    entry("true", REQUIRED),
                    // A client that sends no certificate request: the same as required.
                    entry("optional", REQUIRED),
                    entry("cert_optional", REQUIRED),
                    entry("ssl.cert_optional", REQUIRED),
                    entry("1", REQUIRED),
                    entry("none", NONE),
                    entry("cert_none", NONE),
                    entry("ssl.cert_none", NONE),
                    entry("0", NONE),
                    entry("false", NONE)));

    static final Format<String> TLS_VERSION = Format.choice(Words::tlsVersion);

    /** Protocols of ALPN, of up to 255 bytes each (RFC 7301, section 3.1); the IANA names none that is not ASCII. */
    static final Format<List<String>> ALPN = new Format<>(
            text -> text.isBlank()
                    ? null
                    : Stream.of(text.split(",")).map(String::strip).toList(),
            names -> names.stream().allMatch(name -> name.matches("[!-~]{1,255}"))
                    ? null
                    : "not a comma list of names of 1 to 255 ASCII characters");

    static final Format<String> STORE_TYPE =
            Format.choice("write PKCS12 or JKS", Map.of("pkcs12", "PKCS12", "p12", "PKCS12", "jks", "JKS"));

    static final Format<Duration> KEEPALIVE = Format.duration(
            period ->
                    !period.isNegative() && period.toSeconds() <= 65_535 && period.equals(period.truncatedTo(SECONDS)),
            "0 s (off) to 65535 s, in whole seconds");

    static final Format<Duration> POSITIVE_DURATION =
            Format.duration(period -> !period.isNegative() && !period.isZero(), "more than 0 s, at most 365 days");

    static final Format<Integer> SIZE_OF_PACKET = new Format<>(
            Words::size, bytes -> bytes < 1 || bytes > MAX_PACKET ? "out of range; 1 to 268435455 bytes" : null);

    static final Format<Path> DIRECTORY = new Format<>(Words::path, path -> Format.checkFile(path.toString()));

    static final Format<String> CLIENT_ID = new Format<>(Format.STRING::read, placeholders("host", "app", "random"));

    /** A payload, which may be written as text. */
    static final Format<ByteBuffer> PAYLOAD = new Format<>(Words::payload, Words::checkPayload);

    /** A topic to publish to; what it may hold besides is checked where its placeholders are filled in. */
    static final Format<String> TOPIC = new Format<>(Format.TEXT::read, placeholders("host", "app", "client-id"));

    static final Format<String> DEAD_LETTER_TOPIC =
            new Format<>(Format.TEXT::read, placeholders("topic", "host", "app", "client-id"));

    private Words() {}

    private static String protocolVersion(String word) {
        return switch (word) {
            case "3.1.1", "4", "mqttv311" -> "3.1.1";
            case "3.1", "3", "mqttv31" -> "3.1";
            case "5", "5.0", "mqttv5" -> throw new MqttException("not supported yet; write 3.1.1 or 3.1");
            default -> throw new MqttException("unknown; write 3.1.1 or 3.1");
        };
    }

    private static OnFailure onFailure(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT).replace('_', '-')) {
            case "ack" -> OnFailure.ACK;
            case "redeliver" -> OnFailure.REDELIVER;
            case "dead-letter" -> OnFailure.DEAD_LETTER;
            default -> OnFailure.DEFAULT;
        };
    }

    /** None for the choice of the JDK. Python's numbers: 2 and 16 negotiate, 3 to 5 are TLS 1.0 to 1.2. */
    private static @Nullable String tlsVersion(String word) {
        return switch (word.replaceFirst("^ssl\\.", "")) {
            case "tlsv1.3", "1.3" -> "TLSv1.3";
            case "tlsv1.2", "1.2", "protocol_tlsv1_2", "5" -> "TLSv1.2";
            case "protocol_tls", "protocol_tls_client", "protocol_sslv23", "2", "16" -> null;
            case "tlsv1", "tlsv1.0", "1.0", "protocol_tlsv1", "3", "tlsv1.1", "1.1", "protocol_tlsv1_1", "4" ->
                throw new MqttException("not safe any more; write TLSv1.2 or TLSv1.3");
            default -> throw new MqttException("unknown; write TLSv1.2 or TLSv1.3");
        };
    }

    private static @Nullable Path path(String text) {
        String wrong = text.indexOf('\0') >= 0 ? null : Format.checkFile(text); // else in the words of the JDK
        if (wrong != null) {
            throw new MqttException(wrong); // before a path is made of it, which looks different
        }
        try {
            return text.isEmpty() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            throw new MqttException("not a path; " + e.getReason());
        }
    }

    private static @Nullable ByteBuffer payload(String text) {
        String known = Format.TEXT.read(text);
        return known == null
                ? null
                : ByteBuffer.wrap(known.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
    }

    private static @Nullable String checkPayload(ByteBuffer payload) {
        return payload.remaining() > MqttText.MAX_BYTES
                ? payload.remaining() + " bytes long; at most " + MqttText.MAX_BYTES
                : null;
    }

    private static Integer size(String text) {
        Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw new MqttException("not a size; write 1048576, 64KiB or 1MiB");
        }
        int unit = size.group(2).startsWith("k") ? 1024 : size.group(2).startsWith("m") ? 1024 * 1024 : 1;
        long bytes = Long.parseLong(size.group(1)) * unit;
        // 256 MiB is what everybody calls the limit; it is a byte less.
        return bytes == MAX_PACKET + 1L ? MAX_PACKET : (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    /** Checks that a text has no other placeholders than these. */
    private static Function<String, @Nullable String> placeholders(String... known) {
        String allowed = "{" + String.join("}, {", known).replaceFirst(", (?=[^,]*$)", " or ") + "}";
        return text -> PLACEHOLDER
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .filter(name -> !List.of(known).contains(name))
                .findFirst()
                .map(name -> "unknown placeholder {" + Printable.of(name) + "}; " + allowed)
                .orElse(null);
    }
}
