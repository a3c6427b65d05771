package benchmark;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A client under measurement, connected to one broker. */
interface Client {

    /** What the tables call each client that can be named in the options. */
    Map<String, String> TITLES = new TreeMap<>(Map.of(
            "paho", "Eclipse Paho",
            "cdi-mqtt", "cdi-mqtt on Paho",
            "cdi-mqtt-direct", "cdi-mqtt, direct, MQTT 3.1.1",
            "cdi-mqtt-5", "cdi-mqtt, direct, MQTT 5",
            "hivemq-3", "HiveMQ client, MQTT 3.1.1",
            "hivemq-5", "HiveMQ client, MQTT 5",
            "smallrye", "SmallRye Reactive Messaging"));

    /** Connects, and subscribes to two topics at the highest QoS that it can. */
    void connect(int port, String in, String echo, Consumer<byte[]> received) throws Exception;

    /** Publishes; runs {@code done} when the client says that it is done: written, or acknowledged. */
    void publish(String topic, byte[] payload, int qos, Runnable done) throws Exception;

    /** Runs what is to be done after a publish, unless that has failed. */
    static void done(Throwable failure, Runnable done) {
        if (failure != null) {
            fail(failure);
        }
        done.run();
    }

    /** Ends the JVM, so that a failure is no fast success. */
    static void fail(Throwable failure) {
        failure.printStackTrace();
        Runtime.getRuntime().halt(1);
    }

    /** Whether a client can be asked for a scenario at all: SmallRye does not subscribe at QoS 2. */
    static boolean takes(String name, Scenario scenario) {
        return !name.equals("smallrye") || !scenario.name().equals("receive-2");
    }

    /** Whether its rate is that of the same work: SmallRye completes a publish when it is written. */
    static boolean isComparable(String name, Scenario scenario) {
        return !name.equals("smallrye") || !scenario.isPublish() || scenario.qos() == 0;
    }

    static Client named(String name) {
        return switch (name) {
            case "paho" -> new PahoClient();
            case "cdi-mqtt", "cdi-mqtt-direct", "cdi-mqtt-5" -> new CdiMqttClient(name);
            case "hivemq-3" -> new HiveMq3Client();
            case "hivemq-5" -> new HiveMq5Client();
            case "smallrye" -> new SmallRyeClient();
            default -> throw new IllegalArgumentException("unknown client: " + name);
        };
    }
}
