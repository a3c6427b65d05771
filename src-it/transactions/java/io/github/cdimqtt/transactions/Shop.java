package io.github.cdimqtt.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.extension.MqttExtension;
import io.github.cdimqtt.testing.MqttTestBroker;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An application with two connections to a broker inside the JVM, for each test a new one. */
final class Shop implements BeforeEachCallback, AfterEachCallback {
    static final Duration SOON = Duration.ofSeconds(10);

    @Dependent
    static class Counter {
        @Inject
        Mqtt mqtt;

        @Inject
        @MqttBroker("other")
        Mqtt other;
    }

    final TransactionManager transactions = Narayana.manager();
    final MqttTestBroker broker = MqttTestBroker.named("shop");
    private final Map<String, String> keys = new HashMap<>();
    private final List<Class<?>> parts = new ArrayList<>();
    private SeContainer container;
    Mqtt mqtt;
    Mqtt other;

    /** Both connections have these keys. */
    Shop(Map<String, String> both, Class<?>... extensionsAndBeans) {
        for (String prefix : List.of("mqtt.", "mqtt.other.")) {
            keys.put(prefix + "broker-url", "memory:shop");
            both.forEach((key, value) -> keys.put(prefix + key, value));
        }
        parts.add(Counter.class);
        parts.addAll(List.of(extensionsAndBeans));
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        start();
        broker.clear();
    }

    @Override
    public void afterEach(ExtensionContext test) throws Exception {
        if (transactions.getTransaction() != null) {
            transactions.rollback();
        }
        stop();
    }

    void start() {
        startAsItMay();
        assertThat(mqtt.isConnected() && other.isConnected()).isTrue();
    }

    /** Starts it even if its connections can't be used. */
    void startAsItMay() {
        keys.forEach(System::setProperty);
        container = container(parts);
        Counter counter = container.select(Counter.class).get();
        mqtt = counter.mqtt;
        other = counter.other;
    }

    void stop() {
        if (container != null) {
            container.close();
            container = null;
        }
        keys.keySet().forEach(System::clearProperty);
    }

    /** Starts a container with these extensions and beans, with the configuration as it is. */
    static SeContainer container(List<Class<?>> parts) {
        SeContainerInitializer container =
                SeContainerInitializer.newInstance().disableDiscovery().addExtensions(MqttExtension.class);
        for (Class<?> each : parts) {
            if (Extension.class.isAssignableFrom(each)) {
                container.addExtensions(each.asSubclass(Extension.class));
            } else {
                container.addBeanClasses(each);
            }
        }
        return container.initialize();
    }

    /** Returns what was published so far: topic and payload. */
    List<String> published() {
        return broker.published().stream()
                .map(message -> message.topic() + " " + message.text())
                .toList();
    }

    static void awaitDone(CompletionStage<MqttEvent.Published> stage) throws Exception {
        stage.toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    static void awaitDone(List<CompletionStage<MqttEvent.Published>> stages) throws Exception {
        CompletableFuture.allOf(stages.stream()
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture[]::new))
                .get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    static void assertFails(CompletionStage<MqttEvent.Published> stage, String message) {
        assertThat(stage)
                .failsWithin(SOON)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOf(MqttException.class)
                .withMessage(message);
    }

    static void assertRolledBack(CompletionStage<MqttEvent.Published> stage) {
        assertFails(stage, "the transaction was rolled back: the message to 'orders' is not sent");
    }
}
