package io.github.cdimqtt.interop;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.cdimqtt.broker.TestBroker;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * mqtt.js (the npm package {@code mqtt}) in Node.js: {@code src-it/mqttjs/client.js} takes a line of JSON for each command and
 * prints one for each event. The environment variable {@value #DIRECTORY} names the directory where npm has installed it.
 */
final class MqttJsClient implements OtherClient {
    private static final String DIRECTORY = "NPM_MQTT";
    private static final String PROGRAM = "src-it/mqttjs/client.js";

    private final Process process;
    private final Lines lines;
    private int subscriptions;
    private int publishes;

    MqttJsClient(TestBroker broker) {
        ProcessBuilder node = new ProcessBuilder("node", PROGRAM, broker.tcpUrl()).redirectErrorStream(true);
        node.environment()
                .put(
                        "NODE_PATH",
                        Path.of(System.getenv(DIRECTORY), "node_modules").toString());
        try {
            process = node.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lines = new Lines(process);
        awaitEvents("connected", 1);
    }

    static boolean isInstalled() {
        return System.getenv(DIRECTORY) != null;
    }

    @Override
    public synchronized void subscribe(String filter) {
        write(Json.createObjectBuilder().add("subscribe", filter).build());
        subscriptions++;
        awaitEvents("subscribed", subscriptions);
    }

    @Override
    public synchronized void publish(TestMessage message) {
        JsonArrayBuilder user = Json.createArrayBuilder();
        message.user()
                .forEach(each ->
                        user.add(Json.createArrayBuilder().add(each.getKey()).add(each.getValue())));
        JsonObjectBuilder command = Json.createObjectBuilder()
                .add("publish", message.topic())
                .add("text", message.text())
                .add("qos", message.qos())
                .add("retained", message.retained())
                .add("contentType", message.contentType())
                .add("responseTopic", message.responseTopic())
                .add("correlation", message.correlation())
                .add("isText", message.isText())
                .add("user", user);
        if (message.expiry() != null) {
            command.add("expiry", message.expiry());
        }
        write(command.build());
        publishes++;
        awaitEvents("published", publishes);
    }

    @Override
    public List<TestMessage> received() {
        return lines.all().stream()
                .filter(line -> isEvent("message", line))
                .map(line -> message(Json.createReader(new StringReader(line)).readObject()))
                .toList();
    }

    private static TestMessage message(JsonObject event) {
        return new TestMessage(
                event.getString("topic"),
                event.getString("text"),
                event.getInt("qos"),
                event.getBoolean("retained"),
                event.getString("contentType"),
                event.getString("responseTopic"),
                event.getString("correlation"),
                event.getBoolean("isText"),
                event.containsKey("expiry") ? event.getJsonNumber("expiry").longValue() : null,
                event.getJsonArray("user").getValuesAs(JsonArray.class).stream()
                        .map(pair -> Map.entry(pair.getString(0), pair.getString(1)))
                        .toList());
    }

    private void awaitEvents(String name, int count) {
        lines.awaitCount(count, line -> isEvent(name, line));
    }

    private static boolean isEvent(String name, String line) {
        return line.startsWith("{\"event\":\"" + name + "\"");
    }

    private void write(JsonObject command) {
        try {
            process.getOutputStream().write((command + "\n").getBytes(UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("mqtt.js has ended: " + lines.all(), e);
        }
    }

    /** The end of its input is the end of the program. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            process.destroy();
        }
    }
}
