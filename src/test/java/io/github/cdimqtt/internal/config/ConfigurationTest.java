package io.github.cdimqtt.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ConfigurationTest {

    @Test
    void ofApplication_withMicroProfileConfig_isThat() {
        assertThat(Configuration.ofApplication()).isInstanceOf(MicroProfileConfiguration.class);
    }

    @Test
    @Tag("bare")
    void ofApplication_withoutMicroProfileConfig_isBuiltIn() {
        Configuration configuration = Configuration.ofApplication();
        assertThat(configuration).isInstanceOf(BuiltInConfiguration.class);
        assertThat(configuration.text("java.version")).isEqualTo(System.getProperty("java.version"));
        assertThat(configuration.text("path")).isEqualTo(System.getenv("PATH"));
    }
}
