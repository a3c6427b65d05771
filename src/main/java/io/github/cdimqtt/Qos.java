package io.github.cdimqtt;

/** The quality of service of a message or of a subscription (MQTT 3.1.1, section 4.3). */
public enum Qos {
    /** QoS 0: sent once, not acknowledged; may be lost. */
    AT_MOST_ONCE,
    /** QoS 1: repeated until acknowledged; may come more than once. */
    AT_LEAST_ONCE,
    /** QoS 2: a four-part handshake; neither lost nor doubled within one session. */
    EXACTLY_ONCE;

    private static final Qos[] LEVELS = values();

    /** Returns the number that stands for this level on the wire: 0, 1 or 2. */
    public int level() {
        return ordinal();
    }

    /**
     * Returns the quality of service for a number on the wire.
     *
     * @param level 0, 1 or 2
     * @throws IllegalArgumentException if {@code level} is anything else
     */
    public static Qos of(int level) {
        if (level < 0 || level >= LEVELS.length) {
            throw new IllegalArgumentException("QoS is 0, 1 or 2, not " + level);
        }
        return LEVELS[level];
    }
}
