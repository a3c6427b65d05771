package io.github.cdimqtt.internal.value;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.github.cdimqtt.internal.text.MqttText;
import io.github.cdimqtt.internal.text.Printable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The limits of settings, whether they are set in code or read from text. */
public final class Limits {
    /** MQTT's own limit of a packet, in bytes: four bytes of remaining length (MQTT 3.1.1, section 2.2.3). */
    public static final int MAX_PACKET = 268_435_455;

    /** What is said of a failure policy that there is not. */
    public static final String UNKNOWN_ON_FAILURE = "unknown; write ack, redeliver or dead-letter";

    /** What still converts to nanoseconds and milliseconds everywhere. */
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final long MAX_SECONDS = 0xffff_ffffL;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final String PEM = "-----BEGIN";

    /** Text as MQTT can carry it (MQTT 3.1.1, section 1.5.3). */
    public static final Limit<String> TEXT = MqttText::fault;

    /** A string of CONNECT: what a broker hangs up on, again and again, is refused. */
    public static final Limit<String> STRING = MqttText::stringFault;

    /** The name of a file: the file itself in its place is refused, and may be a secret. */
    public static final Limit<String> FILE = TEXT.and(Limits::file);

    public static final Limit<Path> DIRECTORY = path -> file(path.toString());

    public static final Limit<String> CLIENT_ID = STRING.and(placeholders("host", "app", "random"));

    /** A topic to publish to; what it may hold besides is checked where its placeholders are filled in. */
    public static final Limit<String> TOPIC = TEXT.and(placeholders("host", "app", "client-id"));

    public static final Limit<String> DEAD_LETTER_TOPIC = TEXT.and(placeholders("topic", "host", "app", "client-id"));

    /** A topic for answers (MQTT 5.0, section 3.3.2.3.5). */
    public static final Limit<String> RESPONSE_TOPIC = TEXT.and(topic -> topic.isEmpty()
            ? "empty; write a topic"
            : topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0 ? "contains a wildcard; write a topic" : null);

    /** A topic for answers to a last will, which CONNECT has. */
    public static final Limit<String> WILL_RESPONSE_TOPIC =
            STRING.and(RESPONSE_TOPIC).and(TOPIC);

    /** Bytes with a length before them, as the payload of a last will (MQTT 3.1.1, section 3.1.3.3). */
    public static final Limit<byte[]> DATA = bytes ->
            bytes.length > MqttText.MAX_BYTES ? bytes.length + " bytes long; at most " + MqttText.MAX_BYTES : null;

    /** User properties of CONNECT: names and values in order (MQTT 5.0, section 3.1.2.11.8). */
    public static final Limit<List<Map.Entry<String, String>>> USER_PROPERTIES = properties -> properties.stream()
            .flatMap(each -> Stream.of(each.getKey(), each.getValue()))
            .map(STRING::fault)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);

    /** A period of MQTT 5: seconds in four bytes (MQTT 5.0, section 3.3.2.3.3, and others). */
    public static final Limit<Duration> EXPIRY =
            period -> period.isNegative() || period.compareTo(Duration.ofSeconds(MAX_SECONDS)) > 0
                    ? "out of range; 0 s to " + MAX_SECONDS + " s"
                    : null;

    public static final Limit<Duration> KEEPALIVE = duration(
            period ->
                    !period.isNegative() && period.toSeconds() <= 65_535 && period.equals(period.truncatedTo(SECONDS)),
            "0 s (off) to 65535 s, in whole seconds");

    public static final Limit<Duration> DURATION = duration(period -> !period.isNegative(), "0 s to 365 days");

    /** Within which a copy of an application that has died is replaced, too: no longer than anybody would wait. */
    public static final Limit<Duration> OUTBOX_INTERVAL = duration(
            period -> period.compareTo(Duration.ofMillis(100)) >= 0 && period.compareTo(Duration.ofHours(1)) <= 0,
            "100 ms to 1 hour");

    public static final Limit<Duration> POSITIVE_DURATION =
            duration(period -> !period.isNegative() && !period.isZero(), "more than 0 s, at most 365 days");

    public static final IntRange PORT = new IntRange(1, 65_535);

    /** Of 65,535 packet identifiers; subscribing needs some, too. */
    public static final IntRange MAX_INFLIGHT = new IntRange(1, 65_000);

    /** Of messages of QoS 1 and 2 to us (MQTT 5.0, section 3.1.2.11.3). */
    public static final IntRange RECEIVE_MAXIMUM = new IntRange(1, 65_535);

    /** Of topics that go as a number (MQTT 5.0, section 3.1.2.11.5). */
    public static final IntRange TOPIC_ALIAS_MAXIMUM = new IntRange(0, 65_535);

    public static final IntRange OFFLINE_BUFFER = new IntRange(0, Integer.MAX_VALUE);

    public static final IntRange ATTEMPTS = new IntRange(1, Integer.MAX_VALUE);

    /** A table, perhaps with its schema; what is not quoted is the same in all databases. */
    public static final Limit<String> TABLE =
            name -> name.matches("[A-Za-z][A-Za-z0-9_]{0,59}(\\.[A-Za-z][A-Za-z0-9_]{0,59})?")
                    ? null
                    : "no name of a table; write letters, digits and _, at most 60, perhaps behind a schema and a dot";

    public static final IntRange CONCURRENCY = new IntRange(1, 1024);

    public static final IntRange QUEUE_CAPACITY = new IntRange(1, Integer.MAX_VALUE);

    public static final Limit<Integer> MAX_MESSAGE_SIZE =
            bytes -> bytes < 1 || bytes > MAX_PACKET ? "out of range; 1 to " + MAX_PACKET + " bytes" : null;

    public static final Limit<String> PROTOCOL_VERSION = version -> switch (version) {
        case "5", "3.1.1", "3.1" -> null;
        default -> "unknown; write 5, 3.1.1 or 3.1";
    };

    public static final Limit<String> LIBRARY = library -> switch (library) {
        case "auto", "paho", "direct" -> null;
        default -> "unknown; write auto, paho or direct";
    };

    public static final Limit<String> TLS_VERSION = version -> switch (version) {
        case "TLSv1.2", "TLSv1.3" -> null;
        case "TLSv1", "TLSv1.1" -> "not safe any more; write TLSv1.2 or TLSv1.3";
        default -> "unknown; write TLSv1.2 or TLSv1.3";
    };

    public static final Limit<String> STORE_TYPE =
            type -> type.equals("PKCS12") || type.equals("JKS") ? null : "unknown; write PKCS12 or JKS";

    /** Protocols of ALPN, of up to 255 bytes each (RFC 7301, section 3.1); the IANA names none that is not ASCII. */
    public static final Limit<List<String>> ALPN =
            names -> names.stream().allMatch(name -> name.matches("[!-~&&[^,]]{1,255}"))
                    ? null
                    : "not a comma list of names of 1 to 255 ASCII characters";

    private Limits() {}

    private static Limit<Duration> duration(Predicate<Duration> allowed, String range) {
        return period -> allowed.test(period) && period.compareTo(LONGEST) <= 0 ? null : "out of range; " + range;
    }

    /** A path may hold anything but U+0000; what ends a line in it has come there by accident. */
    private static @Nullable String file(String name) {
        if (name.contains(PEM)) {
            return "is PEM itself; write that to a file and its path here";
        }
        if (name.contains("://")) {
            return "is a URI; write a path";
        }
        boolean control = name.codePoints().anyMatch(Character::isISOControl);
        return control ? "contains a control character or the end of a line; write a path" : null;
    }

    /** Allows text that has no other placeholders than these. */
    private static Limit<String> placeholders(String... known) {
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
