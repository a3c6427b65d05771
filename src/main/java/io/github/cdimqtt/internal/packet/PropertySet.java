package io.github.cdimqtt.internal.packet;

import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.MqttReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The properties of a packet that came (MQTT 5.0, section 2.2.2). */
final class PropertySet {
    static final PropertySet NONE = new PropertySet();

    private final Map<Property, Object> values = new EnumMap<>(Property.class);
    private final List<Map.Entry<String, String>> user = new ArrayList<>();
    private final List<Integer> subscriptionIdentifiers = new ArrayList<>();

    private PropertySet() {}

    /**
     * Reads the properties of a packet.
     *
     * @throws MalformedPacketException if the packet may not have them so: it names the property, and never a value
     */
    static PropertySet read(FieldReader fields, int packet) throws MalformedPacketException {
        int length = fields.readVariable();
        if (length == 0) {
            return NONE;
        }
        if (length > fields.remaining()) {
            throw fields.malformed("that is cut off");
        }
        PropertySet read = new PropertySet();
        int end = fields.limit(fields.position() + length);
        while (fields.remaining() > 0) {
            read.readNext(fields, packet);
        }
        fields.limit(end);
        return read;
    }

    private void readNext(FieldReader fields, int packet) throws MalformedPacketException {
        int number = fields.readVariable();
        Property property = Property.of(number);
        if (property == null || !property.isAllowedIn(packet)) {
            throw fields.malformed("with " + (property == null ? "an unknown property " + number : name(property))
                    + ", which it can't have");
        }
        switch (property.type()) {
            case PAIR -> user.add(Map.entry(fields.readText(property), fields.readText(property)));
            case TEXT -> put(fields, property, fields.readText(property));
            case DATA -> put(fields, property, fields.readData());
            default -> readNumber(fields, property, packet);
        }
    }

    private void readNumber(FieldReader fields, Property property, int packet) throws MalformedPacketException {
        long value = switch (property.type()) {
            case BYTE -> fields.read8();
            case TWO_BYTES -> fields.read16();
            case FOUR_BYTES -> fields.read32();
            default -> fields.readVariable();
        };
        if (!property.allows(value)) {
            throw fields.wrong(
                    "with " + name(property) + " of " + value + ", which is out of range",
                    property == Property.TOPIC_ALIAS
                            ? MalformedPacketException.TOPIC_ALIAS_INVALID
                            : MalformedPacketException.PROTOCOL_ERROR);
        }
        if (property.isRepeatable(packet)) {
            subscriptionIdentifiers.add((int) value);
        } else {
            put(fields, property, value);
        }
    }

    private void put(FieldReader fields, Property property, Object value) throws MalformedPacketException {
        if (values.put(property, value) != null) {
            throw fields.wrong("with " + name(property) + " twice", MalformedPacketException.PROTOCOL_ERROR);
        }
    }

    private static String name(Property property) {
        return "the property '" + property + "'";
    }

    boolean has(Property property) {
        return values.containsKey(property);
    }

    long number(Property property, long absent) {
        return values.get(property) instanceof Long value ? value : absent;
    }

    /** Returns whether the broker has something, as it has if it says nothing. */
    boolean isAvailable(Property property) {
        return number(property, 1) == 1;
    }

    @Nullable
    String text(Property property) {
        return (String) values.get(property);
    }

    byte @Nullable [] data(Property property) {
        return (byte[]) values.get(property);
    }

    List<Integer> subscriptionIdentifiers() {
        return List.copyOf(subscriptionIdentifiers);
    }

    MqttReason reason(int code) {
        return code == 0 && this == NONE
                ? MqttReason.SUCCESS
                : new MqttReason(code, text(Property.REASON_STRING), text(Property.SERVER_REFERENCE), user);
    }

    /** Returns what a message came with, whatever its response topic: [MQTT-3.3.2-14] binds who sends it. */
    MqttProperties message() {
        boolean onlyAlias = values.size() == 1 && has(Property.TOPIC_ALIAS);
        if ((values.isEmpty() || onlyAlias) && user.isEmpty()) {
            return MqttProperties.NONE;
        }
        long expiry = number(Property.MESSAGE_EXPIRY_INTERVAL, -1);
        MqttProperties.Builder message = MqttProperties.receivedBuilder()
                .contentType(text(Property.CONTENT_TYPE))
                .responseTopic(text(Property.RESPONSE_TOPIC))
                .correlationData(data(Property.CORRELATION_DATA))
                .expiry(expiry < 0 ? null : Duration.ofSeconds(expiry))
                .text(number(Property.PAYLOAD_FORMAT_INDICATOR, 0) == 1);
        user.forEach(each -> message.user(each.getKey(), each.getValue()));
        return message.build();
    }
}
