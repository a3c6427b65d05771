package io.github.cdimqtt.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdimqtt.Mqtt;
import io.github.cdimqtt.MqttBroker;
import io.github.cdimqtt.MqttConfig;
import io.github.cdimqtt.MqttCredentials;
import io.github.cdimqtt.MqttEvent;
import io.github.cdimqtt.MqttException;
import io.quarkus.test.QuarkusUnitTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Settings from application.properties, from beans that nobody injects, and from the profile of a connection. */
class ConfigurationIT {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = BrokerOfTests.application(ConfigurationIT.class)
            .overrideConfigKey("site", "north")
            .overrideConfigKey("quarkus.application.name", "climate")
            .overrideConfigKey("mqtt.client-id", "{app}-${site}")
            .overrideConfigKey("mqtt.off.broker-url", "tcp://localhost:1")
            .overrideConfigKey("mqtt.off.enabled", "false");

    @ApplicationScoped
    static class Settings {
        @Produces
        @MqttBroker("produced")
        @Singleton
        MqttConfig config(@ConfigProperty(name = "mqtt.broker-url") String url) {
            return MqttConfig.builder().brokerUrl(url).clientId("quarkus-produced").build();
        }
    }

    @ApplicationScoped
    @MqttBroker("produced")
    static class Credentials implements MqttCredentials {
        @Inject
        Heard heard;

        @Override
        public String username() {
            heard.add("asked for the user");
            return "someone";
        }

        @Override
        public String password() {
            return "secret";
        }
    }

    @ApplicationScoped
    static class Observers {
        @Inject
        Heard heard;

        void connected(@Observes MqttEvent.Connected event) {
            heard.add(event.broker() + " " + event.clientId());
        }
    }

    @Inject
    Heard heard;

    @Inject
    @MqttBroker("produced")
    Mqtt produced;

    @Inject
    @MqttBroker("off")
    Mqtt off;

    @Test
    void connections_haveTheirSettings() throws Exception {
        List<String> all = heard.next(4);
        assertThat(all)
                .contains("default climate-north", "produced quarkus-produced", "asked for the user")
                .noneMatch(each -> each.startsWith("off "));
        assertThat(produced.isConnected()).isTrue();
    }

    @Test
    void connectionThatIsSwitchedOff_saysSo() {
        assertThat(off.publish("a", "b").toCompletableFuture())
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(MqttException.class)
                .withMessageContaining("mqtt.off.enabled");
    }
}
