package io.github.cdimqtt.internal.session.inbound;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.internal.packet.Packet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much memory a queued message takes, roughly. */
final class MessageSize {
    /** Memory of a message besides its payload, topic and properties. */
    private static final int MESSAGE_OVERHEAD_BYTES = 256;

    /** Memory of a user property besides its characters: an entry with two strings. */
    private static final int PROPERTY_OVERHEAD_BYTES = 128;

    private MessageSize() {}

    /** Returns the size of a message in bytes, the same each time. */
    static int of(Packet.Publish message) {
        int size = message.payload().remaining() + message.topic().length() + MESSAGE_OVERHEAD_BYTES;
        MqttProperties properties = message.properties();
        return properties.equals(MqttProperties.NONE) ? size : size + of(properties);
    }

    private static int of(MqttProperties properties) {
        byte[] correlationData = properties.correlationData();
        int size = length(properties.contentType())
                + length(properties.responseTopic())
                + (correlationData == null ? 0 : correlationData.length);
        for (Map.Entry<String, String> each : properties.user()) {
            size += each.getKey().length() + each.getValue().length() + PROPERTY_OVERHEAD_BYTES;
        }
        return size;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
