package io.github.cdimqtt.internal.outbox;

import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.OutboxConfig;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.internal.concurrent.SessionExecutors;
import io.github.cdimqtt.internal.packet.Packet;
import io.github.cdimqtt.internal.session.RecordingConnectionListener;
import io.github.cdimqtt.internal.text.Bytes;
import io.github.cdimqtt.support.ManualTimer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** One copy of an application, with a broker that answers as the test says. Everything happens on the thread of the test. */
final class Copy implements MessageSender, ApplicationResources {
    static final Duration INTERVAL = Duration.ofSeconds(5);

    final ManualTimer timer = new ManualTimer();
    final RecordingConnectionListener listener = new RecordingConnectionListener();
    final Map<Packet.Publish, CompletableFuture<MqttEvent.Published>> unanswered = new LinkedHashMap<>();
    final List<Packet.Publish> sent = new ArrayList<>();
    final Outbox outbox;
    private final TestDatabase database;
    String transactions;
    boolean connected = true;
    boolean mqtt5 = true;
    CompletableFuture<Void> connects = new CompletableFuture<>();

    Copy(TestDatabase database, int offlineBuffer, Consumer<OutboxConfig.Builder> settings) {
        this.database = database;
        MqttConfig config = MqttConfig.builder()
                .offlineBuffer(offlineBuffer)
                .connectionTimeout(Duration.ofMinutes(1)) // longer than a test may take
                .outbox(outbox -> settings.accept(outbox.dataSource("test")
                        .create(true)
                        .interval(INTERVAL)
                        .attempts(2)))
                .build();
        outbox = new Outbox(
                config,
                this,
                this,
                listener,
                new SessionExecutors(Runnable::run, Runnable::run, Runnable::run, Runnable::run, Runnable::run, timer));
    }

    Copy(TestDatabase database, Consumer<OutboxConfig.Builder> settings) {
        this(database, 1_000, settings);
    }

    Copy(TestDatabase database) {
        this(database, same -> {});
    }

    @Override
    public DataSource dataSource() {
        return database.dataSource();
    }

    @Override
    public boolean inTransaction(boolean commit, Trial trial) throws Exception {
        if (transactions == null) {
            return false;
        }
        boolean takesPart = transactions.equals("taken part in");
        trial.run();
        if (takesPart && !commit) {
            database.execute("DELETE FROM cdi_mqtt_outbox WHERE topic = '-'");
        }
        return true;
    }

    Copy start() {
        outbox.start();
        return this;
    }

    static Packet.Publish message(String topic, String payload) {
        return message(topic, payload, MqttProperties.NONE);
    }

    static Packet.Publish message(String topic, String payload, MqttProperties properties) {
        return new Packet.Publish(
                topic, ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)), Qos.AT_LEAST_ONCE, false, properties);
    }

    /** Writes a message without a transaction. */
    CompletableFuture<MqttEvent.Published> publish(Packet.Publish message) {
        CompletableFuture<MqttEvent.Published> stage = new CompletableFuture<>();
        outbox.committed(outbox.write(message, false, stage));
        return stage;
    }

    CompletableFuture<MqttEvent.Published> publish(String payload) {
        return publish(message("t", payload));
    }

    void intervals(int count) {
        for (int i = 0; i < count; i++) {
            timer.pass(INTERVAL);
        }
    }

    @Override
    public boolean isMqtt5() {
        return mqtt5;
    }

    @Override
    public boolean isConnected() {
        return connected;
    }

    @Override
    public CompletableFuture<?> connected() {
        return connects;
    }

    @Override
    public CompletableFuture<MqttEvent.Published> send(Packet.Publish message) {
        CompletableFuture<MqttEvent.Published> stage = new CompletableFuture<>();
        sent.add(message);
        unanswered.put(message, stage);
        return stage;
    }

    static List<String> numbers(int from, int until) {
        return IntStream.range(from, until).mapToObj(Integer::toString).toList();
    }

    List<String> sent() {
        return sent.stream().map(Copy::text).toList();
    }

    static String text(Packet.Publish message) {
        return new String(Bytes.copyOf(message.payload()), StandardCharsets.UTF_8);
    }

    private CompletableFuture<MqttEvent.Published> next() {
        return unanswered.remove(unanswered.keySet().iterator().next());
    }

    /** The broker acknowledges the first messages that it has not answered yet. */
    void acknowledge(int count) {
        for (int i = 0; i < count; i++) {
            next().complete(new MqttEvent.Published("default", "t", Qos.AT_LEAST_ONCE, 7));
        }
    }

    /** The first message that is not answered yet fails. */
    void fail(MqttException cause) {
        next().completeExceptionally(cause);
    }
}
