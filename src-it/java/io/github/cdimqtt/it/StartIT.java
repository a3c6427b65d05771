package io.github.cdimqtt.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.github.cdimqtt.MqttLog;
import io.github.cdimqtt.MqttTopic;
import io.github.cdimqtt.Qos;
import io.github.cdimqtt.broker.AnyBroker;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.MqttThreads;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.Recorder;
import io.github.cdimqtt.support.TestContainer;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When the connection opens, and what the start waits for. */
@ExtendWith({QuietLog.class, AnyBroker.class})
class StartIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @ApplicationScoped
    static class Echo extends Recorder<String> {

        void on(@Observes @MqttTopic(value = "start/echo", qos = Qos.AT_LEAST_ONCE) String text) {
            record(text);
        }
    }

    /** An application that prepares itself as late as possible. */
    @ApplicationScoped
    static class Preparation extends Recorder<String> {

        private static final int LATE = Integer.MAX_VALUE - 1;

        @Inject
        Mqtt mqtt;

        void initialized(@Observes @Priority(LATE) @Initialized(ApplicationScoped.class) Object event) {
            record("initialized, connected " + mqtt.isConnected());
        }

        void startup(@Observes @Priority(LATE) Startup event) {
            record("startup, connected " + mqtt.isConnected());
            mqtt.publish("start/echo", "from startup", Qos.AT_LEAST_ONCE);
        }

        void connected(@Observes MqttEvent.Connected event) {
            record("connected");
        }
    }

    @ApplicationScoped
    static class Others {

        @Inject
        @MqttBroker("second")
        Mqtt second;

        @Inject
        @MqttBroker("third")
        Mqtt third;

        boolean areConnected() {
            return second.isConnected() && third.isConnected();
        }
    }

    @Test
    void connection_opensAfterTheApplicationsOwnStart_andNoMessageIsMissed(TestBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.of(broker), Preparation.class, Echo.class)) {
            assertThat(container.get(Mqtt.class).isConnected()).isTrue();
            await().until(
                            container.get(Preparation.class)::recorded,
                            List.of("initialized, connected false", "startup, connected false", "connected")::equals);
            await().until(container.get(Echo.class)::recorded, List.of("from startup")::equals);
        }
    }

    /** An application that starts slowly: in more time than the start without Startup would wait for. */
    @ApplicationScoped
    static class SlowStart extends Recorder<String> {

        @Inject
        Mqtt mqtt;

        void startup(@Observes Startup event) {
            await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
            record("ready, connected " + mqtt.isConnected());
        }
    }

    @Test
    void connection_waitsForASlowStart(TestBroker broker) {
        try (TestContainer container = TestContainer.start(Keys.of(broker), SlowStart.class)) {
            assertThat(container.get(SlowStart.class).recorded()).containsExactly("ready, connected false");
            assertThat(container.get(Mqtt.class).isConnected()).isTrue();
        }
    }

    @Test
    void startUp_waitsForConnectionAndSubscriptions(TestBroker broker) {
        try (Proxy proxy = Proxy.to(broker.port())) {
            proxy.delay(Duration.ofMillis(200));
            try (TestContainer container = TestContainer.start(Keys.of(proxy.url()), Echo.class)) {
                assertThat(container.get(Mqtt.class).isConnected()).isTrue();
                assertThat(container.get(Mqtt.class).subscriptions()).containsOnlyKeys("start/echo");
            }
        }
    }

    @Test
    void startUp_withConnectAsync_waitsForNothing(TestBroker broker) {
        try (Proxy proxy = Proxy.to(broker.port())) {
            proxy.stall();
            try (TestContainer container = TestContainer.start(
                    Keys.of(proxy.url(), "connect-async", "true", "connection-timeout", "10s"), Echo.class)) {
                assertThat(container.get(Mqtt.class).isConnected()).isFalse();
                proxy.forward();
                await().until(
                                container.get(Mqtt.class)::subscriptions,
                                Map.of("start/echo", Qos.AT_LEAST_ONCE)::equals);
            }
        }
    }

    @Test
    void startUp_withStalledBrokers_waitsForOneTimeoutInAll_andTheApplicationRuns(TestBroker broker) {
        try (Proxy proxy = Proxy.to(broker.port())) {
            proxy.stall();
            String[] keys = {"connection-timeout", "2s", "reconnect.min-delay", "50ms"};
            Map<String, String> all = Keys.and(
                    Keys.of(proxy.url(), keys),
                    Keys.and(Keys.named("second", proxy.url(), keys), Keys.named("third", proxy.url(), keys)));
            long began = System.nanoTime();
            try (TestContainer container = TestContainer.start(all, Echo.class, Others.class)) {
                assertThat(Duration.ofNanos(System.nanoTime() - began))
                        .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(5));
                assertThat(container.get(Mqtt.class).isConnected()).isFalse();
                proxy.forward();
                await().until(() -> container.get(Others.class).areConnected()
                        && container.get(Mqtt.class).isConnected());
            }
        }
    }

    @Test
    void startUp_withoutItsBroker_isLogged_andObserved(TestBroker broker) {
        try (Proxy proxy = Proxy.to(broker.port())) {
            proxy.refuse();
            try (TestContainer container =
                    TestContainer.start(Keys.of(proxy.url(), "client-id", "me"), Echo.class, DebugRecorder.class)) {
                await().untilAsserted(() -> assertThat(
                                container.get(DebugRecorder.class).lines())
                        .extracting(MqttLog::text)
                        .anyMatch(
                                text -> text.startsWith("MQTT-112: the application starts without Mqtt[default as me],"
                                        + " which is tried again and again: ")));
            }
        }
    }

    @Test
    void failFast_failsTheDeployment_andLeavesNoThread() {
        try (TestBroker broker = TestBroker.launch()) {
            broker.stop();
            for (String async : List.of("false", "true")) {
                assertThatThrownBy(() -> TestContainer.start(
                                Keys.of(broker, "fail-fast", "true", "connect-async", async), Echo.class))
                        .hasStackTraceContaining("MQTT-111")
                        .hasStackTraceContaining("connection refused by " + broker.url());
                MqttThreads.awaitNone();
            }
        }
    }

    @Test
    void failFast_triesEachBrokerFirst(TestBroker broker) {
        try (Proxy stalled = Proxy.to(broker.port())) {
            stalled.stall();
            String both = stalled.url() + "," + broker.tcpUrl();
            try (TestContainer container =
                    TestContainer.start(Keys.of(both, "fail-fast", "true", "connection-timeout", "2s"), Echo.class)) {
                assertThat(container.get(Mqtt.class).isConnected()).isTrue();
            }
        }
    }

    @Test
    void disabledConnection_isNotOpened_andItsCallsFail(TestBroker broker) {
        try (Proxy proxy = Proxy.to(broker.port());
                TestContainer container = TestContainer.start(
                        Keys.of(proxy.url(), "enabled", "false"), Echo.class, DebugRecorder.class)) {
            Mqtt mqtt = container.get(Mqtt.class);
            assertThat(mqtt.publish("start/echo", "x"))
                    .failsWithin(SOON)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOf(MqttException.class)
                    .withMessageContaining("is switched off; set mqtt.enabled=true");
            assertThat(mqtt.connect()).failsWithin(SOON);
            assertThat(mqtt.subscribe("start/other")).failsWithin(SOON);
            assertThat(mqtt.disconnect()).succeedsWithin(SOON);
            assertThat(mqtt.isConnected()).isFalse();
            assertThat(container.get(DebugRecorder.class).events()).isEmpty();
            assertThat(proxy.accepted()).isZero();
        }
    }

    @Test
    void unusedConnection_isNotOpened() {
        try (TestContainer container = TestContainer.start(DebugRecorder.class)) {
            await().during(Duration.ofMillis(300))
                    .until(() -> container.get(DebugRecorder.class).lines().isEmpty());
            assertThat(MqttThreads.names()).noneMatch(name -> name.startsWith("mqtt-connect"));
        }
    }
}
