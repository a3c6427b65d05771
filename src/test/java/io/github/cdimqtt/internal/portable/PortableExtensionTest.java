package io.github.cdimqtt.internal.portable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.internal.dispatch.ObserverCollector;
import io.github.cdimqtt.support.Canary;
import io.github.cdimqtt.support.LogRecorder;
import io.github.cdimqtt.support.PortableOnly;
import io.github.cdimqtt.support.SharedRecorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a deployment opens, replaces and leaves alone; no broker listens at the addresses of its connections. */
@Tag("container")
class PortableExtensionTest {
    private static final Map<String, String> NOBODY =
            Map.of("mqtt.broker-url", "tcp://localhost:1", "mqtt.connect-async", "true");

    @Dependent
    static class OfScopes {
        void init(@Observes @Initialized(ApplicationScoped.class) Object event) {}

        void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {}

        void startup(@Observes Startup event) {}
    }

    @Dependent
    static class OfEverything {
        void every(@Observes Object event) {}
    }

    @Dependent
    static class OfATopic {
        void on(@Observes @MqttTopic("a/+") String text) {}
    }

    @Dependent
    static class Behind {
        @Inject
        Instance<Mqtt> mqtt;
    }

    @Dependent
    static class Secure {
        @Produces
        @MqttBroker("plant")
        MqttConfig plant() {
            return MqttConfig.builder()
                    .brokerUrl("ssl://plant")
                    .tls(tls -> tls.caCerts("/nowhere/ca.pem"))
                    .password(Canary.WORD)
                    .username("me")
                    .build();
        }
    }

    @Dependent
    static class Unrelated {
        @Produces
        @Initialized(ApplicationScoped.class)
        MqttConfig other() {
            return MqttConfig.builder().enabled(false).build();
        }
    }

    @ApplicationScoped
    static class EarlyUser {
        @Inject
        Mqtt mqtt;

        @Inject
        SharedRecorder recorder;

        void init(@Observes @Initialized(ApplicationScoped.class) Object event) {
            recorder.record(mqtt.isConnected());
        }
    }

    @RegisterExtension
    final LogRecorder log = LogRecorder.of("io.github.cdimqtt");

    @Test
    void observers_ofOtherEvents_areLeftAlone() {
        try (TestContainer container = TestContainer.start(OfScopes.class, ObserverCollector.class)) {
            assertThat(replaced(container)).isEqualTo("[]");
        }
    }

    @Test
    @PortableOnly
    void observers_ofAnyObject_areIsolated() {
        try (TestContainer container =
                TestContainer.start(Map.of("mqtt.enabled", "false"), OfEverything.class, ObserverCollector.class)) {
            assertThat(replaced(container)).isEqualTo("[OfEverything#every(Object)]");
        }
    }

    @Test
    @PortableOnly
    void connection_namedInTheConfigurationAlone_canBeSelected() {
        Map<String, String> keys =
                Map.of("mqtt.cloud.broker-url", "tcp://localhost:1", "mqtt.cloud.connect-async", "true");
        try (TestContainer container = TestContainer.start(keys, OfScopes.class)) {
            assertThat(container
                            .se()
                            .select(Mqtt.class, MqttBroker.Literal.of("cloud"))
                            .get()
                            .isConnected())
                    .isFalse();
        }
    }

    private static String replaced(TestContainer container) {
        return TestedFront.observers(container).toString();
    }

    @Test
    void disabledConnection_isInjectable_andLogsNothing() {
        try (TestContainer container = TestContainer.start(Map.of("mqtt.enabled", "false"), OfATopic.class)) {
            Mqtt mqtt = container.get(Mqtt.class);
            assertThat(mqtt.isConnected()).isFalse();
            assertThat(mqtt.disconnect().toCompletableFuture()).succeedsWithin(10, TimeUnit.SECONDS);
        }
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void unusedConnection_isNotOpened() {
        try (TestContainer container = TestContainer.start(OfScopes.class)) {
            Mqtt mqtt = container.get(Mqtt.class);
            assertThatThrownBy(() -> mqtt.publish("a", "x"))
                    .isInstanceOf(MqttException.class)
                    .hasMessage("there is no connection 'default'; set mqtt.broker-url");
        }
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void connection_injectedAsInstance_isOpened() {
        try (TestContainer container = TestContainer.start(Behind.class)) {
            assertThat(container.get(Behind.class).mqtt.get().clientId()).startsWith("cdimqtt");
        }
    }

    @Test
    void connection_usedBeforeItIsOpened_exists() {
        try (TestContainer container = TestContainer.start(NOBODY, EarlyUser.class, SharedRecorder.class)) {
            assertThat(container.get(SharedRecorder.class).recorded()).containsExactly(false);
        }
    }

    @Test
    void configurationBean_withAFault_isRejected_withoutItsSecret() {
        try (TestContainer container = TestContainer.start(NOBODY, Secure.class, OfATopic.class)) {
            assertThat(container.get(Mqtt.class).clientId()).startsWith("cdimqtt"); // the other connection exists
        }
        assertThat(log.lines())
                .filteredOn(line -> line.startsWith("SEVERE"))
                .singleElement()
                .asString()
                .startsWith("SEVERE MQTT-115: the connection 'plant' can't be used: the MqttConfig bean of 'plant': ")
                .contains("tls.ca-certs", "/nowhere/ca.pem", "there is no such file");
        assertThat(log.lines()).noneMatch(line -> line.contains(Canary.WORD));
    }

    @Test
    void configurationBean_ofAnotherQualifier_isIgnored() {
        try (TestContainer container =
                TestContainer.start(Map.of("mqtt.enabled", "false"), Unrelated.class, OfATopic.class)) {
            assertThat(container.get(Mqtt.class).isConnected()).isFalse();
        }
    }
}
