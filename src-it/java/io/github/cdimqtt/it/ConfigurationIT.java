package io.github.cdimqtt.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.broker.AnyBroker;
import io.github.cdimqtt.broker.ArtemisBroker;
import io.github.cdimqtt.broker.Proxy;
import io.github.cdimqtt.broker.SecuredBroker;
import io.github.cdimqtt.broker.TestBroker;
import io.github.cdimqtt.support.Canary;
import io.github.cdimqtt.support.QuietLog;
import io.github.cdimqtt.support.TestContainer;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sources of settings: beans, MicroProfile Config, and the built-in sources without it. */
@ExtendWith({QuietLog.class, AnyBroker.class, SecuredBroker.class})
class ConfigurationIT {

    private static final String URL = "configuration-it.url";

    /** Settings in code, with the address of the test. */
    @ApplicationScoped
    static class ProducedConfigs {

        @Produces
        MqttConfig first() {
            return MqttConfig.builder()
                    .brokerUrl(System.getProperty(URL))
                    .protocolVersion(TestContainer.protocol())
                    .clientId("produced-first")
                    .build();
        }

        @Produces
        @MqttBroker("second")
        MqttConfig second() {
            return MqttConfig.builder()
                    .brokerUrl(System.getProperty(URL))
                    .protocolVersion(TestContainer.protocol())
                    .clientId("produced-second")
                    .build();
        }
    }

    @ApplicationScoped
    static class Both {

        @Inject
        Mqtt first;

        @Inject
        @MqttBroker("second")
        Mqtt second;

        List<String> clientIds() {
            return List.of(first.clientId(), second.clientId());
        }

        boolean areConnected() {
            return first.isConnected() && second.isConnected();
        }
    }

    /** Tokens: the first one is refused. */
    @ApplicationScoped
    static class Tokens implements MqttCredentials {

        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public String username() {
            return SecuredBroker.USER;
        }

        @Override
        public String password() {
            return asked.incrementAndGet() == 1 ? Canary.WORD + "-expired" : SecuredBroker.PASSWORD;
        }

        int asked() {
            return asked.get();
        }
    }

    @MqttBroker("second")
    @ApplicationScoped
    static class CredentialsOfTheSecond implements MqttCredentials {

        @Override
        public String username() {
            return SecuredBroker.USER;
        }

        @Override
        public String password() {
            return SecuredBroker.PASSWORD;
        }
    }

    @ApplicationScoped
    static class BrokenCredentials implements MqttCredentials {

        @Override
        public String username() {
            throw new IllegalStateException("the vault is shut");
        }

        @Override
        public String password() {
            return Canary.WORD;
        }
    }

    @Test
    void producedConfigs_replaceTheKeys_ofDefaultAndNamedConnections(TestBroker broker) {
        Map<String, String> keys = Keys.and(Map.of(URL, broker.url()), Keys.of(broker, "client-id", "by-key"));
        try (TestContainer container = TestContainer.start(keys, ProducedConfigs.class, Both.class)) {
            assertThat(container.get(Both.class).areConnected()).isTrue();
            assertThat(container.get(Both.class).clientIds()).containsExactly("produced-first", "produced-second");
        }
    }

    @Test
    void credentials_areLookedUpBeforeEachConnect(ArtemisBroker secured) {
        try (Proxy proxy = Proxy.to(secured.port());
                TestContainer container = TestContainer.start(
                        Keys.of(proxy.url(), "reconnect.min-delay", "50ms"), Tokens.class, DebugRecorder.class)) {
            Mqtt mqtt = container.get(Mqtt.class);
            await().until(mqtt::isConnected);
            assertThat(container.get(Tokens.class).asked()).isEqualTo(2);
            DebugRecorder recorder = container.get(DebugRecorder.class);
            await().until(() -> recorder.events(MqttEvent.Connected.class).size() == 1);
            assertThat(recorder.events(MqttEvent.ConnectFailed.class)).hasSize(1);
            proxy.cut();
            await().until(() -> recorder.events(MqttEvent.Connected.class).size() == 2);
            assertThat(container.get(Tokens.class).asked()).isEqualTo(3);
            assertThat(recorder.lines().toString() + recorder.events()).doesNotContain(Canary.WORD);
        }
    }

    @Test
    void credentialsOfANamedConnection_areUsedForThatOne(TestBroker broker, ArtemisBroker secured) {
        Map<String, String> keys = Keys.and(Keys.of(broker), Keys.named("second", secured.url()));
        try (TestContainer container = TestContainer.start(keys, CredentialsOfTheSecond.class, Both.class)) {
            assertThat(container.get(Both.class).areConnected()).isTrue();
        }
    }

    @Test
    void failingCredentials_failTheAttempt_whichIsRepeated(TestBroker broker) {
        try (TestContainer container = TestContainer.start(
                Keys.of(broker, "reconnect.min-delay", "20ms"), BrokenCredentials.class, DebugRecorder.class)) {
            await().until(
                            () -> container.get(DebugRecorder.class).events(MqttEvent.ConnectFailed.class),
                            failures -> failures.size() > 1);
            assertThat(container.get(DebugRecorder.class).events(MqttEvent.ConnectFailed.class))
                    .allSatisfy(failure -> assertThat(failure.cause())
                            .hasMessageContaining("MqttCredentials")
                            .hasMessageContaining("the vault is shut"));
        }
    }

    @Test
    void microProfileConfig_isRead_whereItIsPresent(TestBroker broker) {
        Config config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "mqtt.broker-url",
                                broker.url(),
                                "mqtt.protocol-version",
                                TestContainer.protocol(),
                                "mqtt.client-id",
                                "from-${it.name}",
                                "it.name",
                                "mp"),
                        "a source of the application",
                        100))
                .build();
        try (ConfigProvider provider = ConfigProvider.of(() -> config);
                TestContainer container = TestContainer.start(DebugRecorder.class)) {
            assertThat(container.get(Mqtt.class).isConnected()).isTrue();
            assertThat(container.get(Mqtt.class).clientId()).isEqualTo("from-mp");
        }
    }

    @Test
    void builtInSources_areRead_whereMicroProfileConfigHasNoProvider(TestBroker broker) {
        Supplier<Config> nothing = () -> {
            throw new NoClassDefFoundError("a provider");
        };
        try (ConfigProvider provider = ConfigProvider.of(nothing);
                TestContainer container = TestContainer.start(
                        Keys.of(broker, "client-id", "from-${it.name:built-in}"), DebugRecorder.class)) {
            assertThat(container.get(Mqtt.class).isConnected()).isTrue();
            assertThat(container.get(Mqtt.class).clientId()).isEqualTo("from-built-in");
        }
    }
}
