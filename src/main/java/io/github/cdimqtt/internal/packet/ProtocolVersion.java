package io.github.cdimqtt.internal.packet;

/** A version of MQTT. */
public enum ProtocolVersion {
    V3_1("3.1", "MQIsdp", 3),
    V3_1_1("3.1.1", "MQTT", 4),
    V5("5", "MQTT", 5);

    private final String text;
    private final String name;
    private final int level;

    ProtocolVersion(String text, String name, int level) {
        this.text = text;
        this.name = name;
        this.level = level;
    }

    /** Returns the version that is configured by this text. */
    public static ProtocolVersion of(String text) {
        for (ProtocolVersion each : values()) {
            if (each.text.equals(text)) {
                return each;
            }
        }
        throw new IllegalArgumentException("there is no MQTT " + text);
    }

    /** Returns the protocol name of CONNECT (MQTT 3.1.1, section 3.1.2.1). */
    String protocolName() {
        return name;
    }

    /** Returns the protocol level of CONNECT (MQTT 3.1.1, section 3.1.2.2). */
    int level() {
        return level;
    }

    /** Returns whether CONNACK reports if the broker has kept the session. */
    public boolean reportsSessionPresent() {
        return this != V3_1;
    }

    /** Tells whether packets have properties and reason codes. */
    public boolean hasProperties() {
        return this == V5;
    }

    /** Returns the version as it is configured. */
    @Override
    public String toString() {
        return text;
    }
}
