package benchmark;

/**
 * What a client does again and again: it receives or publishes as fast as it can, or it publishes
 * {@value #ROUND_TRIPS_A_SECOND} messages a second at QoS 1 on a topic that it is subscribed to.
 */
record Scenario(String name, String kind, int qos) {
    static final int ROUND_TRIPS_A_SECOND = 2_000;

    static Scenario named(String name) {
        String[] parts = name.split("-");
        return parts.length == 1
                ? new Scenario(name, name, 1)
                : new Scenario(name, parts[0], Integer.parseInt(parts[1]));
    }

    boolean isRoundTrip() {
        return kind.equals("roundtrip");
    }

    boolean isPublish() {
        return kind.equals("publish");
    }

    String title(int bytes) {
        String what = isRoundTrip()
                ? "Round trip at %,d a second".formatted(ROUND_TRIPS_A_SECOND)
                : isPublish() ? "Publish" : "Receive";
        return "%s, QoS %d, %,d bytes".formatted(what, qos, bytes);
    }

    /** The line that {@link Worker} takes. */
    String command(int count, int bytes) {
        return kind + " " + qos + " " + count + " " + bytes;
    }
}
