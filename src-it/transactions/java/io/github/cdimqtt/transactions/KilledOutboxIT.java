package io.github.cdimqtt.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.MqttMessage;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.ArtemisProcess;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.SentMessages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Applications and the broker are killed in turn while orders are stored and told. Artemis has its messages on disk, and loses
 * none; as it may deliver them in another order than they came, their order is seen on their way to it.
 */
@Tag("slow")
@Timeout(600)
class KilledOutboxIT {
    private static final int KILLS = 20;
    private static final int ORDERS = Integer.getInteger("outbox.orders", 10_000);
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Hears every order, in a session that outlives the broker. */
    @ApplicationScoped
    static class Receiver {
        private final List<String> heard = new ArrayList<>(); // guarded by itself
        private final Map<String, Set<String>> messageIds = new HashMap<>(); // guarded by heard

        void order(@Observes @MqttTopic(value = "orders/#", qos = Qos.AT_LEAST_ONCE) MqttMessage message) {
            String order = message.topic() + " " + message.text();
            synchronized (heard) {
                heard.add(order);
                message.properties()
                        .user()
                        .forEach(each -> messageIds
                                .computeIfAbsent(order, first -> new HashSet<>())
                                .add(each.getValue()));
            }
        }

        List<String> heard() {
            synchronized (heard) {
                return List.copyOf(heard);
            }
        }

        /** Returns how many identifiers one order has come with, at most. */
        int idsOfOne() {
            synchronized (heard) {
                return messageIds.values().stream().mapToInt(Set::size).max().orElse(0);
            }
        }
    }

    private Server database;
    private String url;

    @BeforeEach
    void start() throws Exception {
        database = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        url = Database.chosenOr("jdbc:h2:tcp://127.0.0.1:" + database.getPort() + "/mem:killed;DB_CLOSE_DELAY=-1");
        Database.clear(url);
        Database.execute(url, "DROP TABLE IF EXISTS orders");
        Database.execute(
                url,
                "CREATE TABLE orders (topic VARCHAR(100) NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (topic, number))");
    }

    @AfterEach
    void stop() {
        database.stop();
    }

    private int stored() {
        return Integer.parseInt(
                Database.query(url, "SELECT COUNT(*) FROM orders").get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void ordersInTheDatabase_areThoseThatAreHeard(int copies) {
        int ofTopic = ORDERS / OrderingApplication.TOPICS / copies;
        Map.of(
                        "mqtt.protocol-version", "5",
                        "mqtt.client-id", "killed-outbox-receiver",
                        "mqtt.clean-session", "false",
                        "mqtt.reconnect.min-delay", "50ms",
                        "mqtt.reconnect.max-delay", "500ms")
                .forEach(System::setProperty);
        List<OrderingApplication> applications = new ArrayList<>();
        try (ArtemisProcess broker = ArtemisProcess.launch();
                Proxy proxy = Proxy.to(broker.port())) {
            SentMessages sent = SentMessages.through(proxy);
            System.setProperty("mqtt.broker-url", broker.url());
            try (SeContainer container = Shop.container(List.of(Receiver.class))) {
                Receiver receiver = container.select(Receiver.class).get();
                for (int i = 0; i < copies; i++) {
                    applications.add(new OrderingApplication(proxy.url(), url, "copy" + i, ofTopic));
                }
                for (int kill = 1; kill <= KILLS; kill++) {
                    int work = ORDERS * kill / (KILLS + 1);
                    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
                        applications.forEach(OrderingApplication::assertRuns);
                        return stored() >= work;
                    });
                    if (kill % 2 == 0) {
                        broker.kill();
                        broker.start();
                    } else {
                        applications.get(0).close();
                        applications.set(0, new OrderingApplication(proxy.url(), url, "copy0", ofTopic));
                    }
                }
                await().atMost(PATIENCE).until(() -> {
                    applications.forEach(OrderingApplication::assertRuns);
                    return stored() == ofTopic * OrderingApplication.TOPICS * copies;
                });
                await().atMost(PATIENCE)
                        .until(() -> Database.query(url, "SELECT COUNT(*) FROM cdi_mqtt_outbox")
                                .contains("0"));
                await().atMost(PATIENCE).until(() -> new HashSet<>(receiver.heard()).size() >= stored());
                check(receiver, sent, copies, ofTopic);
            }
        } finally {
            applications.forEach(OrderingApplication::close);
            List.of(
                            "broker-url",
                            "protocol-version",
                            "client-id",
                            "clean-session",
                            "reconnect.min-delay",
                            "reconnect.max-delay")
                    .forEach(key -> System.clearProperty("mqtt." + key));
        }
    }

    private void check(Receiver receiver, SentMessages sent, int copies, int ofTopic) {
        Set<String> heard = new HashSet<>(receiver.heard());
        assertThat(heard)
                .containsExactlyInAnyOrderElementsOf(
                        Database.query(url, "SELECT CONCAT(topic, ' ', number) FROM orders"));
        Set<String> firstSent = new LinkedHashSet<>(sent.all());
        for (int copy = 0; copy < copies; copy++) {
            for (int i = 0; i < OrderingApplication.TOPICS; i++) {
                String topic = "orders/copy" + copy + "/" + i + " ";
                assertThat(firstSent.stream().filter(order -> order.startsWith(topic)))
                        .as("in order of " + topic)
                        .containsExactlyElementsOf(IntStream.range(0, ofTopic)
                                .mapToObj(number -> topic + number)
                                .toList());
            }
        }
        assertThat(receiver.idsOfOne()).as("identifiers of one order").isEqualTo(1);
        System.out.printf(
                "outbox, %d cop%s, killed with -9 %d times (application, broker, in turn): %d orders, none lost, %d sent"
                        + " and %d heard more than once%n",
                copies,
                copies == 1 ? "y" : "ies",
                KILLS,
                heard.size(),
                sent.all().size() - firstSent.size(),
                receiver.heard().size() - heard.size());
    }
}
