package io.github.cdimqtt.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.Witness;
import io.github.cdimqtt.support.TestContainer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** Messages of QoS 1 and 2 in both directions between an application and a witness, both with kept sessions. */
final class Traffic implements AutoCloseable {

    private final Proxy proxy;
    private final Proxy witnessProxy;
    private final Wiretap applications;
    private final Wiretap witnesses;
    private final TestContainer application;
    private final Mqtt mqtt;
    private final Witness witness;
    private final Flow outOne = new Flow("resilience/out", Qos.AT_LEAST_ONCE, new ArrivalCounter());
    private final Flow outTwo = new Flow("resilience/out", Qos.EXACTLY_ONCE, new ArrivalCounter());
    private final Flow inOne;
    private final Flow inTwo;
    private final Queue<CompletionStage<MqttEvent.Published>> stages = new ConcurrentLinkedQueue<>();
    private final long began = System.nanoTime();

    /** Starts both; {@code further} beans belong to the application. */
    Traffic(int port, String clientId, Class<?>... further) {
        proxy = Proxy.to(port);
        applications = Wiretap.on(proxy);
        witnessProxy = Proxy.to(port);
        witnesses = Wiretap.on(witnessProxy);
        application = TestContainer.start(
                Map.of(
                        "mqtt.broker-url", proxy.url(),
                        "mqtt.client-id", clientId,
                        "mqtt.clean-session", "false",
                        "mqtt.keepalive", "2",
                        "mqtt.reconnect.min-delay", "50ms",
                        "mqtt.reconnect.max-delay", "500ms"),
                Stream.concat(Stream.of(CountingObservers.class), Stream.of(further))
                        .toArray(Class<?>[]::new));
        CountingObservers observers = application.get(CountingObservers.class);
        mqtt = observers.mqtt();
        inOne = new Flow("resilience/in", Qos.AT_LEAST_ONCE, observers.of(Qos.AT_LEAST_ONCE));
        inTwo = new Flow("resilience/in", Qos.EXACTLY_ONCE, observers.of(Qos.EXACTLY_ONCE));
        witness = new Witness(witnessProxy.port(), clientId + "-w", "resilience/out/#", new Witness.Listener() {
            @Override
            public void received(String topic, String text) {
                (topic.endsWith("1") ? outOne : outTwo).received(text);
            }

            @Override
            public void acknowledged(String topic, String text) {
                (topic.endsWith("1") ? inOne : inTwo).acknowledged(text);
            }
        });
    }

    /** Returns the proxy between the application and the broker. */
    Proxy line() {
        return proxy;
    }

    /** Returns the proxy between the witness and the broker. */
    Proxy witnessLine() {
        return witnessProxy;
    }

    /** Sends so many messages of each flow; does not wait. */
    void send(int count) {
        for (int i = 0; i < count; i++) {
            sendOut(1);
            for (Flow flow : List.of(inOne, inTwo)) {
                witness.publish(flow.topic(), flow.next(), flow.qos().level());
            }
        }
    }

    /** Sends so many messages of each flow of the application, none of the witness; does not wait. */
    void sendOut(int count) {
        for (int i = 0; i < count; i++) {
            for (Flow flow : List.of(outOne, outTwo)) {
                String text = flow.next();
                CompletionStage<MqttEvent.Published> stage = mqtt.publish(flow.topic(), text, flow.qos());
                stages.add(stage.whenComplete((published, failure) -> {
                    if (failure == null) {
                        flow.acknowledged(text);
                    }
                }));
            }
        }
    }

    /** Waits until so many messages of the application are acknowledged. */
    void awaitAnswers(long count, Duration patience) {
        await().atMost(patience)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> outOne.acknowledged() + outTwo.acknowledged() >= count);
    }

    /** Waits until both sides have every acknowledgement; no stage may fail or stay open. */
    void awaitEnd(Duration patience) {
        assertThat(Stages.awaitAll(List.copyOf(stages), patience))
                .as("failed stages")
                .isZero();
        await().atMost(patience)
                .until(() -> inOne.acknowledged() == inOne.sent() && inTwo.acknowledged() == inTwo.sent());
    }

    /** Every message that was acknowledged to its sender arrives. */
    void nothingIsLost() {
        flows().forEach(flow -> await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(flow.lost()).as(flow + " lost").isEmpty()));
    }

    boolean isConnected() {
        return mqtt.isConnected();
    }

    List<Flow> exactlyOnce() {
        return List.of(outTwo, inTwo);
    }

    /**
     * Returns whether the broker died while the message was in flight: the application or the witness had to reconnect. Artemis
     * 2.55 then sends session present, and has the subscriptions, but not the messages and packet identifiers of QoS 2.
     */
    boolean hasSeenAReconnect(Flow flow, String text) {
        return Stream.concat(applications.connacks().stream(), witnesses.connacks().stream())
                .anyMatch(each -> each.at() >= flow.sentAt(text) && each.at() <= flow.lastArrival(text));
    }

    /** Returns whether the broker sent the message again though it had released it. */
    boolean isSentAfterRelease(Flow flow, String text) {
        return applications.isSentAfterRelease(flow.topic(), text) || witnesses.isSentAfterRelease(flow.topic(), text);
    }

    /** Returns the messages that a client acknowledged to the broker and that its observers never received. */
    List<String> takenAndLost(Flow flow) {
        return flow.lost().stream()
                .filter(text -> applications.isTaken(flow.topic(), text) || witnesses.isTaken(flow.topic(), text))
                .toList();
    }

    void print(String what) {
        StringBuilder line = new StringBuilder(what).append(": ");
        flows().forEach(flow -> line.append("%s: %d sent, %d acknowledged, %d lost, %d doubled; "
                .formatted(
                        flow,
                        flow.sent(),
                        flow.acknowledged(),
                        flow.lost().size(),
                        flow.doubled().size())));
        long forgotten = applications.connacks().stream()
                .filter(each -> !each.sessionPresent())
                .count();
        System.out.println(line
                + "%d connections, %d without a session; 0 stages open; %d s"
                        .formatted(
                                applications.connacks().size(),
                                forgotten,
                                (System.nanoTime() - began) / 1_000_000_000));
    }

    Stream<Flow> flows() {
        return Stream.of(outOne, outTwo, inOne, inTwo);
    }

    @Override
    public void close() {
        application.close();
        witness.close();
        witnessProxy.close();
        proxy.close();
    }
}
