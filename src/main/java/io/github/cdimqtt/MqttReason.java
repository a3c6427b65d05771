package io.github.cdimqtt;

import io.github.cdimqtt.internal.text.Printable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a broker answered (MQTT 5.0, section 2.4); the codes of MQTT 3.1.1 appear as their counterparts. Immutable and
 * thread-safe.
 *
 * @param code 0 to 255; a broker may send one that the specification does not have
 * @param text what the broker says in words; null for nothing
 * @param serverReference another server that the broker names; null for none
 * @param user the user properties in order; a name may occur more than once
 */
public record MqttReason(
        int code, @Nullable String text, @Nullable String serverReference, List<Map.Entry<String, String>> user) {
    /** Code 0, and nothing besides. */
    public static final MqttReason SUCCESS = new MqttReason(0);

    private static final int FAILURE = 0x80;

    /**
     * Creates a reason.
     *
     * @throws MqttException if the code is not one of a byte
     */
    public MqttReason {
        if (code < 0 || code > 0xff) {
            throw new MqttException("a reason code is 0 to 255, not " + code);
        }
        user = user.stream()
                .map(each -> Map.entry(each.getKey(), each.getValue()))
                .toList();
    }

    /** Creates a reason of a code alone. */
    public MqttReason(int code) {
        this(code, null, null, List.of());
    }

    /** Returns whether the broker refused: 0x80 and above. */
    public boolean isFailure() {
        return code >= FAILURE;
    }

    /** Returns what the code means; {@code reason code 0xa3} for one that the specification does not have. */
    public String meaning() {
        return switch (code) {
            case 0x00 -> "success";
            case 0x01 -> "granted QoS 1";
            case 0x02 -> "granted QoS 2";
            case 0x04 -> "disconnect with will message";
            case 0x10 -> "no matching subscribers";
            case 0x11 -> "no subscription existed";
            case 0x18 -> "continue authentication";
            case 0x19 -> "re-authenticate";
            case 0x80 -> "unspecified error";
            case 0x81 -> "malformed packet";
            case 0x82 -> "protocol error";
            case 0x83 -> "implementation specific error";
            case 0x84 -> "unsupported protocol version";
            case 0x85 -> "client identifier not valid";
            case 0x86 -> "bad user name or password";
            case 0x87 -> "not authorised";
            case 0x88 -> "server unavailable";
            case 0x89 -> "server busy";
            case 0x8a -> "banned";
            case 0x8b -> "server shutting down";
            case 0x8c -> "bad authentication method";
            case 0x8d -> "keep alive timeout";
            case 0x8e -> "session taken over";
            case 0x8f -> "topic filter invalid";
            case 0x90 -> "topic name invalid";
            case 0x91 -> "packet identifier in use";
            case 0x92 -> "packet identifier not found";
            case 0x93 -> "receive maximum exceeded";
            case 0x94 -> "topic alias invalid";
            case 0x95 -> "packet too large";
            case 0x96 -> "message rate too high";
            case 0x97 -> "quota exceeded";
            case 0x98 -> "administrative action";
            case 0x99 -> "payload format invalid";
            case 0x9a -> "retain not supported";
            case 0x9b -> "QoS not supported";
            case 0x9c -> "use another server";
            case 0x9d -> "server moved";
            case 0x9e -> "shared subscriptions not supported";
            case 0x9f -> "connection rate exceeded";
            case 0xa0 -> "maximum connect time";
            case 0xa1 -> "subscription identifiers not supported";
            case 0xa2 -> "wildcard subscriptions not supported";
            default -> "reason code " + number();
        };
    }

    private String number() {
        return String.format(Locale.ROOT, "0x%02x", code);
    }

    /** Describes the reason without its user properties, which may hold secrets: {@code 0x87 not authorised: not today}. */
    @Override
    public String toString() {
        String meaning = meaning();
        return (meaning.endsWith(number()) ? meaning : number() + " " + meaning)
                + (text == null ? "" : ": " + Printable.of(text));
    }
}
