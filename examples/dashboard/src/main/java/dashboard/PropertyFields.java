package dashboard;

import io.github.cdimqtt.MqttProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;

/** The fields of the form for what only MQTT 5 can say of a message. Empty ones say nothing. */
final class PropertyFields {

    private PropertyFields() {}

    static MqttProperties of(HttpServletRequest request) {
        MqttProperties.Builder properties = MqttProperties.builder();
        String contentType = text(request, "content-type");
        if (!contentType.isEmpty()) {
            properties.contentType(contentType);
        }
        String expiry = text(request, "expiry").strip();
        if (!expiry.isEmpty()) {
            properties.expiry(seconds(expiry));
        }
        text(request, "user-properties")
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> addUser(properties, line));
        return properties.build();
    }

    private static String text(HttpServletRequest request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    private static Duration seconds(String expiry) {
        try {
            return Duration.ofSeconds(Long.parseLong(expiry));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "'Expires after' is a whole number of seconds, not '" + expiry + "'.", e);
        }
    }

    private static void addUser(MqttProperties.Builder properties, String line) {
        int end = line.indexOf('=');
        if (end < 0) {
            throw new IllegalArgumentException("A user property is name=value, not '" + line + "'.");
        }
        properties.user(line.substring(0, end), line.substring(end + 1));
    }
}
