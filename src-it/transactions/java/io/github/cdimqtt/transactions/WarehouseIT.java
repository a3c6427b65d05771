package io.github.cdimqtt.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import com.arjuna.ats.jta.cdi.TransactionExtension;
import io.github.cdimqtt.MqttProperties;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.extension.MqttExtension;
import io.github.cdimqtt.testing.MqttTestBroker;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The receiving side of an outbox, as the page about transactions shows it: a message has its effect once. */
@Timeout(60)
class WarehouseIT {
    private static final Map<String, String> KEYS = Map.of(
            "mqtt.broker-url", "memory:warehouse",
            "mqtt.protocol-version", "5",
            "mqtt.client-id", "warehouse",
            "mqtt.clean-session", "false");

    private final MqttTestBroker broker = MqttTestBroker.named("warehouse");
    private SeContainer container;

    @BeforeEach
    void start() {
        Database.execute("CREATE TABLE stock (pieces INTEGER NOT NULL CHECK (pieces >= 0))");
        Database.execute("CREATE TABLE heard (message_id VARCHAR(36) NOT NULL PRIMARY KEY)");
        Database.execute("INSERT INTO stock (pieces) VALUES (10)");
        KEYS.forEach(System::setProperty);
        container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(MqttExtension.class, TransactionExtension.class)
                .addBeanClasses(Warehouse.class, Database.class)
                .initialize();
    }

    @AfterEach
    void stop() {
        container.close();
        KEYS.keySet().forEach(System::clearProperty);
        Database.execute("DROP TABLE stock");
        Database.execute("DROP TABLE heard");
    }

    private void deliver(String messageId, int pieces) {
        broker.publish(
                "orders",
                pieces,
                Qos.AT_LEAST_ONCE,
                false,
                MqttProperties.builder().user("message-id", messageId).build());
    }

    private static int stock() {
        return Integer.parseInt(Database.query("SELECT pieces FROM stock").get(0));
    }

    @Test
    void message_hasItsEffectOnce_howeverOftenItComes() {
        String first = UUID.randomUUID().toString();
        deliver(first, 3);
        deliver(first, 3);
        deliver(UUID.randomUUID().toString(), 3);
        deliver(first, 3);
        assertThat(stock()).isEqualTo(4);
    }

    @Test
    void messageThatFails_leavesNoTrace_andHasItsEffectWhenItComesAgain() {
        String messageId = UUID.randomUUID().toString();
        Database.execute("UPDATE stock SET pieces = 1");
        broker.publishExpectingFailure(
                "orders",
                3,
                Qos.AT_LEAST_ONCE,
                false,
                MqttProperties.builder().user("message-id", messageId).build());
        assertThat(Database.query("SELECT message_id FROM heard")).isEmpty();
        Database.execute("UPDATE stock SET pieces = 5");
        deliver(messageId, 3);
        assertThat(stock()).isEqualTo(2);
    }

    @Test
    void page_showsThisClass() throws IOException {
        Path project = Path.of(System.getProperty("project"));
        String source = Files.readString(project.resolve("src-it/transactions/java")
                .resolve(Warehouse.class.getName().replace('.', '/') + ".java"));
        assertThat(Files.readString(project.resolve("src/site/markdown/transactions.md")))
                .contains(source.substring(source.indexOf("import ")));
    }
}
