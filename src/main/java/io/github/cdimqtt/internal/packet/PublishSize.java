package io.github.cdimqtt.internal.packet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.internal.value.Limits;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many bytes a PUBLISH takes, before it is encoded (MQTT 3.1.1 and 5.0, section 3.3). */
public final class PublishSize {
    /** The most that a topic alias adds: itself, and a byte for each of two lengths (MQTT 5.0, section 3.3.2.3.4). */
    public static final int OF_ALIAS = 5;

    /** The most that payload, texts and data leave out: header, identifier, and of the properties length, format, expiry, alias. */
    private static final int MOST_BESIDES = 5 + 2 + 4 + 2 + 5 + OF_ALIAS;

    /** The number of a property, and a length. */
    private static final int BEFORE_A_FIELD = 3;

    private static final int MOST_BYTES_OF_A_CHAR = 3;

    /** Their length, 0, is one byte [MQTT-2.2.2-1]. */
    private static final int NO_PROPERTIES = 1;

    private PublishSize() {}

    /** Returns what of a message is more than a packet can hold; null if nothing is. */
    public static @Nullable String excess(Packet.Publish message, ProtocolVersion version) {
        String topic = message.topic();
        if (isSmall(message, Limits.MAX_PACKET) && topic.length() <= ByteWriter.LONGEST_FIELD / MOST_BYTES_OF_A_CHAR) {
            return null;
        }
        int topicLength = topic.getBytes(UTF_8).length;
        if (topicLength > ByteWriter.LONGEST_FIELD) {
            return String.format(Locale.ROOT, "a topic of %,d bytes", topicLength);
        }
        if (content(message, version) <= Limits.MAX_PACKET) {
            return null;
        }
        int payload = message.payload().remaining();
        int properties = properties(message, version);
        return properties > NO_PROPERTIES
                ? String.format(Locale.ROOT, "a message of %,d bytes with properties of %,d", payload, properties)
                : String.format(Locale.ROOT, "a message of %,d bytes", payload);
    }

    /** Returns whether a message is a packet of MQTT 5 of at most this size, with its fixed header. */
    public static boolean fits(Packet.Publish message, int maximum) {
        return isSmall(message, maximum) || of(message) <= maximum;
    }

    /** Returns the size of a message as a packet of MQTT 5 in bytes, with its fixed header. */
    public static long of(Packet.Publish message) {
        long content = content(message, ProtocolVersion.V5);
        return 1 + ByteWriter.lengthOfVariable((int) Math.min(content, Limits.MAX_PACKET)) + content;
    }

    /**
     * Checks a message that came without being encoded.
     *
     * @param maximum as {@code max-message-size} counts: on MQTT 3.1.1 without the fixed header
     * @throws MalformedPacketException if it is larger
     */
    public static void check(Packet.Publish message, ProtocolVersion version, int maximum)
            throws MalformedPacketException {
        if (!isSmall(message, maximum)) {
            long size = version.hasProperties() ? of(message) : content(message, version);
            if (size > maximum) {
                throw MalformedPacketException.tooLarge(size, maximum);
            }
        }
    }

    /**
     * Returns whether a message is certainly of this size at most, without encoding its texts: almost every one is. It is asked
     * several times for each message.
     */
    static boolean isSmall(Packet.Publish message, int maximum) {
        MqttProperties properties = message.properties();
        byte[] correlationData = properties.correlationData();
        long most = MOST_BESIDES
                + most(message.topic())
                + message.payload().remaining()
                + most(properties.contentType())
                + most(properties.responseTopic())
                + (correlationData == null ? 0 : BEFORE_A_FIELD + correlationData.length);
        for (Map.Entry<String, String> each : properties.user()) {
            most += most(each.getKey()) + most(each.getValue());
        }
        return most <= maximum;
    }

    private static long most(@Nullable String text) {
        return text == null ? 0 : BEFORE_A_FIELD + (long) MOST_BYTES_OF_A_CHAR * text.length();
    }

    private static long content(Packet.Publish message, ProtocolVersion version) {
        int identifier = message.qos().level() == 0 ? 0 : 2;
        return 2L
                + message.topic().getBytes(UTF_8).length
                + identifier
                + properties(message, version)
                + message.payload().remaining();
    }

    private static int properties(Packet.Publish message, ProtocolVersion version) {
        return version.hasProperties()
                ? new PropertyWriter()
                        .add(Property.TOPIC_ALIAS, message.topicAlias(), 0)
                        .add(message.properties())
                        .length()
                : 0;
    }
}
