package io.github.cdimqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds what the build promises about the two class paths that tests run on. */
class ClassPathTest {

    @Tag("bare")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jakarta.json.bind.Jsonb",
                "org.eclipse.microprofile.config.Config",
                "jakarta.enterprise.concurrent.ManagedExecutorService",
                "jakarta.transaction.Transactional",
                "io.micrometer.core.instrument.MeterRegistry",
                "org.eclipse.microprofile.metrics.MetricRegistry",
                "org.jspecify.annotations.Nullable"
            })
    void optionalApi_onBareClassPath_isAbsent(String type) {
        assertThat(isPresent(type)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jakarta.json.bind.Jsonb", "org.eclipse.microprofile.config.Config"})
    void optionalApi_onFullClassPath_isPresent(String type) {
        assertThat(isPresent(type)).isTrue();
    }

    @Test
    void cdiApi_atRunTime_isTheContainersOwn() {
        assertThat(isPresent("jakarta.enterprise.invoke.Invoker"))
                .isEqualTo(isPresent("org.jboss.weld.invokable.InvokerImpl"));
    }

    private static boolean isPresent(String type) {
        return ClassPathTest.class.getClassLoader().getResource(type.replace('.', '/') + ".class") != null;
    }
}
