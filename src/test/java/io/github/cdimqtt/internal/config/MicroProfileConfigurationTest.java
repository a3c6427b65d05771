package io.github.cdimqtt.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cdimqtt.MqttException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MicroProfileConfigurationTest {

    @Test
    void find_ofAKey_givesTheHighestSourceAndItsName() {
        Configuration configuration =
                Sources.MICRO_PROFILE.of(Map.of("a.b", "file", "c", "file"), Map.of("A_B", "env"));
        assertThat(configuration.find("a.b")).isEqualTo(new Configuration.Value("env", "EnvConfigSource"));
        assertThat(configuration.find("c"))
                .isEqualTo(new Configuration.Value("file", "PropertiesConfigSource[source=app.properties]"));
        assertThat(configuration.find("d")).isNull();
        assertThat(configuration.names()).contains("a.b", "c", "A_B");
    }

    @Test
    void find_ofExpressions_isTheWorkOfMicroProfile() {
        assertThat(Sources.MICRO_PROFILE
                        .of(Map.of("a", "${b}-${c:x}", "b", "${d}", "d", "D"), Map.of())
                        .text("a"))
                .isEqualTo("D-x");
    }

    @ParameterizedTest
    @CsvSource({
        "canary${b}, ${b} has no value; set b or write ${b:default}; write \\${ where no expression is meant",
        "canary${c}, 'in the value of ${c} an expression has no value or no end, or leads back to it; write \\${ where no expression is meant'"
    })
    void find_ofAnExpressionWithoutAValue_saysWhich(String value, String fault) {
        Configuration configuration = Sources.MICRO_PROFILE.of(Map.of("a", value, "c", "canary${b}"), Map.of());
        assertThatThrownBy(() -> configuration.find("a"))
                .isInstanceOf(MqttException.class)
                .hasMessage(fault);
    }

    @Test
    void find_ofACircle_isAnMqttException() {
        Configuration configuration = Sources.MICRO_PROFILE.of(Map.of("a", "canary${b}", "b", "canary${a}"), Map.of());
        assertThatThrownBy(() -> configuration.find("a"))
                .isInstanceOf(MqttException.class)
                .hasMessage("MicroProfile Config can't read it: java.lang.IllegalArgumentException");
    }
}
