package io.github.cdimqtt.interop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** {@code mosquitto_sub} for each subscription, {@code mosquitto_pub} for each message, both with {@code -V 5}. */
final class MosquittoClient implements OtherClient {
    private static final String MARK = "MESSAGE";
    private static final String SEPARATOR = "\t";
    private static final String FORMAT =
            String.join(SEPARATOR, MARK, "%t", "%p", "%q", "%r", "%C", "%R", "%D", "%F", "%E", "%P");

    private record Subscriber(Process process, Lines lines) {}

    private final MosquittoClients programs;
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();

    MosquittoClient(MosquittoClients programs) {
        this.programs = programs;
    }

    @Override
    public void subscribe(String filter) {
        Process process = programs.start("mosquitto_sub", "-V", "5", "-t", filter, "-q", "2", "-d", "-F", FORMAT);
        Subscriber subscriber = new Subscriber(process, new Lines(process));
        subscribers.add(subscriber);
        subscriber.lines.awaitCount(1, line -> line.startsWith("Subscribed "));
    }

    @Override
    public void publish(TestMessage message) {
        List<String> options = new ArrayList<>(
                List.of("-V", "5", "-t", message.topic(), "-m", message.text(), "-q", "" + message.qos()));
        if (message.retained()) {
            options.add("-r");
        }
        property(options, "content-type", message.contentType());
        property(options, "response-topic", message.responseTopic());
        property(options, "correlation-data", message.correlation());
        property(options, "payload-format-indicator", message.isText() ? "1" : "");
        property(options, "message-expiry-interval", message.expiry() == null ? "" : "" + message.expiry());
        message.user()
                .forEach(each ->
                        options.addAll(List.of("-D", "publish", "user-property", each.getKey(), each.getValue())));
        programs.run("", "mosquitto_pub", options.toArray(String[]::new));
    }

    private static void property(List<String> options, String name, String value) {
        if (!value.isEmpty()) {
            options.addAll(List.of("-D", "publish", name, value));
        }
    }

    @Override
    public List<TestMessage> received() {
        return subscribers.stream()
                .flatMap(each -> each.lines.all().stream())
                .filter(line -> line.startsWith(MARK))
                .map(line -> message(line.split(SEPARATOR, -1)))
                .toList();
    }

    private static TestMessage message(String[] fields) {
        return new TestMessage(
                fields[1],
                fields[2],
                Integer.parseInt(fields[3]),
                fields[4].equals("1"),
                fields[5],
                fields[6],
                fields[7],
                fields[8].equals("1"),
                fields[9].isEmpty() ? null : Long.valueOf(fields[9]),
                user(fields[10]));
    }

    /** It prints {@code name:value name:value}. */
    private static List<Map.Entry<String, String>> user(String printed) {
        return Arrays.stream(printed.split(" "))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split(":", 2))
                .map(pair -> Map.entry(pair[0], pair[1]))
                .toList();
    }

    @Override
    public void close() {
        subscribers.forEach(each -> each.process.destroy());
    }
}
