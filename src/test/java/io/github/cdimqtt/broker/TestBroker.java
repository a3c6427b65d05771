package io.github.cdimqtt.broker;

/**
 * An MQTT broker for tests, on the loopback interface. It keeps retained messages and sessions from an orderly {@link #stop} to
 * the next {@link #start}.
 */
public interface TestBroker extends AutoCloseable {

    /**
     * The system property that selects it: {@code artemis} (embedded, the default), {@code mosquitto} (a process), {@code hivemq}
     * (a JVM of its own) or {@code memory} (that of the library; other clients reach it over TCP).
     */
    String CHOICE = "it.broker";

    /** What is started where nothing is named. */
    String DEFAULT = "artemis";

    /** Starts the broker that {@value #CHOICE} names. */
    static TestBroker launch() {
        return launch(chosenOr(DEFAULT));
    }

    /** Returns what {@value #CHOICE} names; where it is not set, the other. */
    static String chosenOr(String other) {
        return System.getProperty(CHOICE, other);
    }

    /** Starts a broker by its name there. */
    static TestBroker launch(String choice) {
        return switch (choice) {
            case DEFAULT -> ArtemisBroker.launch();
            // By default it drops what is more than 1,000 messages ahead of a slow client.
            case "mosquitto" -> MosquittoBroker.launch("max_queued_messages 1000000");
            case "hivemq" -> byName("HiveMqBroker");
            case "memory" -> byName("MemoryTestBroker");
            default ->
                throw new IllegalArgumentException(
                        CHOICE + "=" + choice + ": artemis, mosquitto, hivemq and memory are known");
        };
    }

    /** By its name: the tests in src-it/servers are compiled with this type, and without those. */
    private static TestBroker byName(String type) {
        try {
            return (TestBroker) Class.forName(TestBroker.class.getPackageName() + "." + type)
                    .getMethod("launch", String[].class)
                    .invoke(null, (Object) new String[0]);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " does not start", e);
        }
    }

    /** Returns its port, which stays the same. */
    int port();

    /** Returns the address for applications in this JVM. */
    default String url() {
        return tcpUrl();
    }

    /** Returns the address for every client. */
    default String tcpUrl() {
        return "tcp://127.0.0.1:" + port();
    }

    /** Returns an address over TCP in place of a {@link #url}. */
    static String tcpUrl(String url) {
        return url.startsWith("memory:") ? System.getProperty("it." + url) : url;
    }

    /** Ends the broker in an orderly way, closing every connection; does nothing where it is not running. */
    void stop();

    /** Starts it again on the same port and returns when it answers; does nothing where it is running. */
    void start();

    /** Stops it for good and deletes its state. */
    @Override
    void close();
}
