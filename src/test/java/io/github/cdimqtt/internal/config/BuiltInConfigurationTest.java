package io.github.cdimqtt.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInConfigurationTest {

    @Test
    void find_inAllSources_takesSystemThenEnvironmentThenTheFirstFile() {
        Configuration configuration = new BuiltInConfiguration(
                Map.of("a", "system"),
                Map.of("A", "environment", "B", "environment"),
                List.of(
                        new ConfigurationFile("file:/1", Map.of("a", "1", "b", "1", "c", "1")),
                        new ConfigurationFile("file:/2", Map.of("c", "2", "d", "2"))));
        assertThat(configuration.find("a")).isEqualTo(new Configuration.Value("system", "system properties"));
        assertThat(configuration.find("b")).isEqualTo(new Configuration.Value("environment", "environment variable B"));
        assertThat(configuration.find("c")).isEqualTo(new Configuration.Value("1", "file:/1"));
        assertThat(configuration.find("d")).isEqualTo(new Configuration.Value("2", "file:/2"));
        assertThat(configuration.find("e")).isNull();
        assertThat(configuration.names()).containsExactlyInAnyOrder("a", "A", "B", "b", "c", "d");
    }

    @ParameterizedTest
    @CsvSource({
        "mqtt.broker-url, mqtt.broker-url",
        "mqtt.broker-url, mqtt_broker_url",
        "mqtt.broker-url, MQTT_BROKER_URL",
        "mqtt.tls.ca-certs, MQTT_TLS_CA_CERTS",
        "mqtt.Plant 1.broker-url, MQTT_PLANT_1_BROKER_URL",
        "mqtt.größe.qos, MQTT_GR__E_QOS"
    })
    void find_ofAKey_readsItsVariable(String key, String variable) {
        assertThat(new BuiltInConfiguration(Map.of(), Map.of(variable, "value"), List.of()).text(key))
                .isEqualTo("value");
    }

    @Test
    void find_ofAnEmptyValue_isNoneAndHidesWhatIsBelow() {
        Configuration configuration = new BuiltInConfiguration(
                Map.of("a", ""), Map.of(), List.of(new ConfigurationFile("f", Map.of("a", "1", "b", "${a:}"))));
        assertThat(configuration.find("a")).isNull();
        assertThat(configuration.find("b")).isNull();
    }

    @Test
    void find_ofExpressions_resolvesThemAcrossSources() {
        Configuration configuration = new BuiltInConfiguration(
                Map.of("a", "${b}-${c:x}"), Map.of("B", "${d}"), List.of(new ConfigurationFile("f", Map.of("d", "D"))));
        assertThat(configuration.text("a")).isEqualTo("D-x");
    }

    @Test
    void find_ofACircle_saysSo() {
        Configuration configuration =
                new BuiltInConfiguration(Map.of("a", "${b}", "b", "x${c}", "c", "${a:1}"), Map.of(), List.of());
        assertThatThrownBy(() -> configuration.find("a"))
                .isInstanceOf(MqttException.class)
                .hasMessage(
                        "in the value of ${b} an expression has no value or no end, or leads back to it; write \\${ where no"
                                + " expression is meant");
    }

    @Test
    void find_ofAKeyTwiceInOneValue_isNoCircle() {
        assertThat(new BuiltInConfiguration(Map.of("a", "${b}${b}", "b", "1"), Map.of(), List.of()).text("a"))
                .isEqualTo("11");
    }

    @Test
    void value_inALog_doesNotShowItsText() {
        assertThat(new Configuration.Value("canary", "file")).hasToString("Value[from file]");
    }
}
